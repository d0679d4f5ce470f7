//! Names in Rust are claimed, each in a scope; a name that is claimed twice is reported.

use std::{collections::HashMap, fmt};

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
    "No name is one that the client already uses.",
);
static BAD_RUST: Code = Code::error("E602", "bad-rust-name", "A name in `rust:` is valid.");
static REDUNDANT_RUST: Code = Code::warning(
    "W603",
    "redundant-rust-name",
    "A name in `rust:` differs from the default name.",
);

/// The codes that may be reported here.
pub static CODES: &[&Code] = &[&COLLISION, &RESERVED, &BAD_RUST, &REDUNDANT_RUST];

/// A description that is only formatted for a diagnostic, because nearly every claim succeeds.
#[derive(Clone, Copy)]
pub(in crate::model) struct What<'a> {
    form: &'static str,
    names: [&'a str; 2],
}

/// `form` with these names in its `{}`.
pub(in crate::model) fn what<'a, const N: usize>(
    form: &'static str,
    names: [&'a str; N],
) -> What<'a> {
    let mut kept = [""; 2];
    for (kept, name) in kept.iter_mut().zip(names) {
        *kept = name;
    }
    What { form, names: kept }
}

impl<'a> What<'a> {
    /// The same, declared by the key at `at`.
    pub fn at_name(self, at: At<'a>) -> Thing<'a> {
        Thing {
            what: self,
            at,
            by_key: true,
        }
    }

    /// The same, declared by the value at `at`.
    pub fn at_value(self, at: At<'a>) -> Thing<'a> {
        Thing {
            what: self,
            at,
            by_key: false,
        }
    }
}

impl fmt::Display for What<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut pieces = self.form.split("{}");
        f.write_str(pieces.next().unwrap_or_default())?;
        for (name, piece) in self.names.iter().zip(pieces) {
            f.write_str(name)?;
            f.write_str(piece)?;
        }
        Ok(())
    }
}

/// What has a name, and its place.
#[derive(Clone, Copy)]
pub(in crate::model) struct Thing<'a> {
    what: What<'a>,
    at: At<'a>,
    by_key: bool,
}

impl Thing<'_> {
    /// The part of the spec that declares it.
    pub fn place(&self) -> SpecPath {
        if self.by_key {
            self.at.name()
        } else {
            self.at.value()
        }
    }
}

/// The claimed names of a scope, each with its owner.
pub(in crate::model) struct Taken<'a> {
    scope: What<'a>,
    names: HashMap<String, Thing<'a>>,
}

impl<'a> Taken<'a> {
    /// A scope without claimed names.
    pub fn new(scope: What<'a>) -> Self {
        Self {
            scope,
            names: HashMap::new(),
        }
    }

    /// Whether the name is claimed.
    pub fn has(&self, name: &str) -> bool {
        self.names.contains_key(name)
    }

    /// Claims `name` for `thing`.
    pub fn take(&mut self, name: &str, thing: Thing<'a>, fix: &str, out: &mut Diagnostics) {
        match self.names.get(name) {
            None => {
                self.names.insert(name.to_owned(), thing);
            }
            Some(first) => {
                let (scope, what) = (self.scope, thing.what);
                let says = format!("{scope} has `{name}` twice: {} and {what}", first.what);
                out.push(
                    Diagnostic::new(&COLLISION, thing.place(), says)
                        .label(what.to_string())
                        .also(first.place(), first.what.to_string())
                        .help(fix),
                );
            }
        }
    }
}

pub(in crate::model) const RUST_KEY: &str = "rename one of them with `rust:`";
pub(in crate::model) const GIVE_ANOTHER: &str = "rename it with `rust:`";
pub(in crate::model) const RENAME: &str = "rename one of them";
pub(in crate::model) const OTHER_NAME: &str = "choose another name";
pub(in crate::model) const SAME_WIRE: &str =
    "keep one of the two; both would be sent under the same name";

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

/// The form of a kind of name in Rust.
pub(in crate::model) struct Spelling {
    name: fn(&str) -> String,
    rule: &'static str,
}

pub(in crate::model) const FIELD: Spelling = Spelling {
    name: field_name,
    rule: "fields and methods have names in snake case that are not keywords",
};
pub(in crate::model) const VARIANT: Spelling = Spelling {
    name: type_name,
    rule: "variants have names in upper camel case that are not keywords",
};

/// A name in `rust:`, checked, or the one derived from the wire.
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
                format!("`{given}` is not a valid Rust name here"),
            )
            .why(spelling.rule)
            .help(format!("write `{}`", name(given))),
        );
    } else if *given == natural {
        out.push(
            Diagnostic::new(
                &REDUNDANT_RUST,
                at.key("rust").value(),
                format!("`{wire}` is named `{natural}` by default"),
            )
            .help("remove `rust:`"),
        );
    }
    given.clone()
}
