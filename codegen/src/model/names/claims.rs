//! Names in Rust are claimed, each in a scope, and what is said when one is claimed twice.

use std::collections::HashMap;

use super::{field_name, type_name};
use crate::diagnostic::{At, Code, Diagnostic, Diagnostics, SpecPath};

static COLLISION: Code = Code::error(
    "E600",
    "name-collision",
    "No two things in one place have the same name in Rust.",
);
static RESERVED: Code = Code::error(
    "E601",
    "reserved-name",
    "Nothing takes a name that the client has for something else.",
);
static BAD_RUST: Code = Code::error(
    "E602",
    "bad-rust-name",
    "A name given by `rust:` can be one.",
);
static REDUNDANT_RUST: Code = Code::warning(
    "W603",
    "redundant-rust-name",
    "A name given by `rust:` is not what it would be anyway.",
);

/// What may be reported here.
pub static CODES: &[&Code] = &[&COLLISION, &RESERVED, &BAD_RUST, &REDUNDANT_RUST];

/// Names that are taken, each by something that stands somewhere.
pub(in crate::model) struct Taken {
    place: String,
    names: HashMap<String, (SpecPath, String)>,
}

impl Taken {
    pub fn new(place: &str) -> Self {
        Self {
            place: place.to_owned(),
            names: HashMap::new(),
        }
    }

    /// Whether something has the name.
    pub fn has(&self, name: &str) -> bool {
        self.names.contains_key(name)
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

pub(in crate::model) const RUST_KEY: &str = "give one of them another name by `rust:`";
pub(in crate::model) const GIVE_ANOTHER: &str = "give it another name by `rust:`";
pub(in crate::model) const RENAME: &str = "give one of them another name";
pub(in crate::model) const OTHER_NAME: &str = "choose another name";
pub(in crate::model) const SAME_WIRE: &str =
    "keep one of the two; they would be sent under one name";

pub(in crate::model) fn reserved(
    name: &str,
    why: &str,
    fix: &str,
    at: SpecPath,
    out: &mut Diagnostics,
) {
    out.push(
        Diagnostic::new(&RESERVED, at, format!("`{name}` is taken: {why}")).help(fix.to_owned()),
    );
}

/// How a kind of name is spelled in Rust.
pub(in crate::model) struct Spelling {
    name: fn(&str) -> String,
    rule: &'static str,
}

pub(in crate::model) const FIELD: Spelling = Spelling {
    name: field_name,
    rule: "fields and methods are named in snake case, and not by a keyword",
};
pub(in crate::model) const VARIANT: Spelling = Spelling {
    name: type_name,
    rule: "variants are named in camel case with a capital, and not by a keyword",
};

/// A name given by `rust:`, judged, or the one that follows from the wire.
pub(in crate::model) fn chosen(
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
