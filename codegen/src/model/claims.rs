//! Names in Rust are claimed, each in a scope, and what is said when one is claimed twice.

use std::collections::HashMap;

use super::{field_name, type_name};
use crate::diagnostic::{At, Code, Diagnostic, Diagnostics, SpecPath};

pub static COLLISION: Code = Code::error(
    "E600",
    "name-collision",
    "No two things in one place have the same name in Rust.",
);
pub static RESERVED: Code = Code::error(
    "E601",
    "reserved-name",
    "Nothing takes a name that the client has for something else.",
);
pub static BAD_RUST: Code = Code::error(
    "E602",
    "bad-rust-name",
    "A name given by `rust:` can be one.",
);
pub static REDUNDANT_RUST: Code = Code::warning(
    "W603",
    "redundant-rust-name",
    "A name given by `rust:` is not what it would be anyway.",
);

/// Names that are taken, each by something that stands somewhere.
pub(crate) struct Taken {
    place: String,
    pub names: HashMap<String, (SpecPath, String)>,
}

impl Taken {
    pub fn new(place: &str) -> Self {
        Self {
            place: place.to_owned(),
            names: HashMap::new(),
        }
    }

    /// Takes `name` for `what`, which stands at `at`.
    pub fn take(
        &mut self,
        name: String,
        what: String,
        at: SpecPath,
        fix: &str,
        out: &mut Diagnostics,
    ) {
        match self.names.get(&name) {
            None => {
                self.names.insert(name, (at, what));
            }
            Some((first, first_what)) => out.push(
                Diagnostic::new(
                    &COLLISION,
                    at,
                    format!("{} has `{name}` twice: {first_what} and {what}", self.place),
                )
                .label(what)
                .also(first.clone(), first_what.clone())
                .help(fix),
            ),
        }
    }
}

pub(crate) const RUST_KEY: &str = "give one of them another name by `rust:`";
pub(crate) const RENAME: &str = "give one of them another name";
pub(crate) const OTHER_NAME: &str = "choose another name";
pub(crate) const SAME_WIRE: &str = "keep one of the two; they would be sent under one name";

pub(crate) fn reserved(name: &str, why: &str, fix: &str, at: SpecPath, out: &mut Diagnostics) {
    out.push(
        Diagnostic::new(&RESERVED, at, format!("`{name}` is taken: {why}")).help(fix.to_owned()),
    );
}

/// How a kind of name is spelled in Rust.
pub(crate) struct Spelling {
    name: fn(&str) -> String,
    rule: &'static str,
}

pub(crate) const FIELD: Spelling = Spelling {
    name: field_name,
    rule: "fields and methods are named in snake case, and not by a keyword",
};
pub(crate) const VARIANT: Spelling = Spelling {
    name: type_name,
    rule: "variants are named in camel case with a capital, and not by a keyword",
};

/// A name given by `rust:`, judged, or the one that follows from the wire.
pub(crate) fn chosen(
    spelling: &Spelling,
    given: Option<&String>,
    wire: &str,
    at: At<'_>,
    out: &mut Diagnostics,
) -> String {
    let name = spelling.name;
    let natural = name(wire);
    let Some(given) = given else { return natural };
    if name(given) != *given {
        out.push(
            Diagnostic::new(
                &BAD_RUST,
                at.key("rust").value(),
                format!("`{given}` cannot be a name in Rust here"),
            )
            .why(spelling.rule)
            .help(format!("write `{}`", name(given))),
        );
    } else if *given == natural {
        out.push(
            Diagnostic::new(
                &REDUNDANT_RUST,
                at.key("rust").value(),
                format!("`{wire}` is named `{natural}` anyway"),
            )
            .help("remove `rust:`"),
        );
    }
    given.clone()
}
