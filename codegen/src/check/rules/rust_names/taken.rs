//! Names that are taken, and what is said when one is taken twice.

use std::collections::HashMap;

use super::{BAD_RUST, COLLISION, REDUNDANT_RUST, RESERVED};
use crate::{
    diagnostic::{At, Diagnostic, Diagnostics, SpecPath},
    model::{field_name, type_name},
};

/// Names that are taken, each by something that stands somewhere.
pub(super) struct Taken<'a> {
    place: &'a str,
    pub names: HashMap<String, (SpecPath, String)>,
}

impl<'a> Taken<'a> {
    pub fn new(place: &'a str) -> Self {
        Self {
            place,
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

pub(super) const RUST_KEY: &str = "give one of them another name by `rust:`";
pub(super) const RENAME: &str = "give one of them another name";
pub(super) const OTHER_NAME: &str = "choose another name";
pub(super) const SAME_WIRE: &str = "keep one of the two; they would be sent under one name";

pub(super) fn reserved(name: &str, why: &str, fix: &str, at: SpecPath, out: &mut Diagnostics) {
    out.push(
        Diagnostic::new(&RESERVED, at, format!("`{name}` is taken: {why}")).help(fix.to_owned()),
    );
}

/// How a kind of name is spelled in Rust.
pub(super) struct Spelling {
    name: fn(&str) -> String,
    rule: &'static str,
}

pub(super) const FIELD: Spelling = Spelling {
    name: field_name,
    rule: "fields and methods are named in snake case, and not by a keyword",
};
pub(super) const VARIANT: Spelling = Spelling {
    name: type_name,
    rule: "variants are named in camel case with a capital, and not by a keyword",
};

/// A name given by `rust:`, judged, or the one that follows from the wire.
pub(super) fn chosen(
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
