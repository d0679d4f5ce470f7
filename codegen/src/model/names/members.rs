//! The names in Rust of the parts of types: fields, enumeration values, branches of one-ofs.

use std::collections::{HashMap, HashSet};

use super::{
    claims::{FIELD, GIVE_ANOTHER, RENAME, RUST_KEY, Taken, VARIANT, chosen, reserved, what},
    constant_name,
};
use crate::{
    diagnostic::{At, Diagnostics},
    index::{FieldAt, Home, Index, SchemaAt, view_suffix},
    model::Member,
    spec::{self, Map, View},
};

/// The names of fields and branches, each the same in every view: by file, schema and field.
pub(in crate::model) struct Members<'a>(HashMap<(Home, &'a str, &'a str), String>);

impl<'a> Members<'a> {
    /// Claims the names of all fields and branches.
    pub fn claim(cx: &Index<'a>, out: &mut Diagnostics) -> Self {
        let mut names = Self(HashMap::new());
        for schema in cx.schemas() {
            let of_schema = fields(schema, out).into_iter();
            known_values(schema, out);
            for (member, name) in of_schema.chain(branches(schema, out)) {
                names.0.insert((schema.home, schema.name, member), name);
            }
        }
        names
    }

    /// The name of a schema's field or branch.
    pub fn of(&self, schema: SchemaAt<'a>, member: &'a str) -> Option<String> {
        self.0.get(&(schema.home, schema.name, member)).cloned()
    }
}

/// Whether the names are so clearly different that no view has to be checked, as they nearly always are.
fn names_differ<'n>(mut names: impl Iterator<Item = &'n str>) -> bool {
    let mut seen = HashSet::new();
    names.all(|name| {
        !matches!(name, "rest" | "new" | "between")
            && !name.starts_with("clear_")
            && seen.insert(name)
    })
}

fn fields<'a>(schema: SchemaAt<'a>, out: &mut Diagnostics) -> Vec<(&'a str, String)> {
    let named = schema.fields().map(|field| {
        let name = chosen(
            &FIELD,
            field.spec.rust.as_ref(),
            field.name,
            field.at(),
            out,
        );
        (field, name)
    });
    let named: Vec<_> = named.collect();
    if !names_differ(named.iter().map(|(_, name)| name.as_str())) {
        let mut told = HashSet::new();
        for view in schema.views() {
            in_view(schema, *view, &named, &mut told, out);
        }
    }
    let named = named.into_iter();
    named.map(|(field, name)| (field.name, name)).collect()
}

/// Claims the fields and setters of a schema in one view, except those rejected in another.
fn in_view<'a>(
    schema: SchemaAt<'a>,
    view: View,
    named: &[(FieldAt<'a>, String)],
    told: &mut HashSet<&'a str>,
    out: &mut Diagnostics,
) {
    let scope = what("`{}{}`", [schema.name, view_suffix(view)]);
    let mut taken = Taken::new(scope);
    let mut methods = Taken::new(scope);
    for (field, name) in named {
        if !field.views().contains(&view) || told.contains(field.name) {
            continue;
        }
        let (before, at) = (out.len(), field.at());
        let thing = what("the field `{}`", [field.name]).at_name(at);
        if view == View::Read && name == "rest" {
            let why = "it contains the unknown fields of a response";
            reserved(name, why, GIVE_ANOTHER, at.name(), out);
        } else if view != View::Read && name == "new" || view == View::Update && name == "between" {
            let why = "it is a constructor";
            reserved(name, why, GIVE_ANOTHER, at.name(), out);
        } else {
            taken.take(name, thing, RUST_KEY, out);
            if view != View::Read && out.len() == before {
                methods.take(name, thing, RUST_KEY, out);
                if field.spec.nullable.holds_in(view) {
                    let clear = format!("clear_{}", name.trim_end_matches('_'));
                    let clearing = what("clearing the field `{}`", [field.name]).at_name(at);
                    methods.take(&clear, clearing, RUST_KEY, out);
                }
            }
        }
        if out.len() > before {
            told.insert(field.name);
        }
    }
}

/// Claims the constants of the values of a key that are the same in every store.
fn known_values(schema: SchemaAt<'_>, out: &mut Diagnostics) {
    let mut taken = Taken::new(what("`{}`", [schema.name]));
    let at = schema.at().key("known_values");
    for (wire, value) in schema.spec.known_values.iter() {
        let thing = what("the known value `{}`", [wire]).at_name(at.key(wire));
        taken.take(&constant_name(&value.name), thing, RENAME, out);
    }
}

fn branches<'a>(schema: SchemaAt<'a>, out: &mut Diagnostics) -> Vec<(&'a str, String)> {
    let mut taken = Taken::new(what("`{}`", [schema.name]));
    let branches = schema.branches().map(|branch| {
        let name = branch.name;
        let variant = chosen(&VARIANT, branch.spec.rust.as_ref(), name, branch.at(), out);
        if variant == "Other" {
            let why = "it is the variant for values that match no branch";
            reserved(name, why, GIVE_ANOTHER, branch.at().name(), out);
        } else {
            let thing = what("`{}`", [name]).at_name(branch.at());
            taken.take(&variant, thing, RUST_KEY, out);
        }
        (name, variant)
    });
    branches.collect()
}

/// The values of the enumeration `name`, which claim its variants.
pub(in crate::model) fn members(
    name: &str,
    values: Option<&Map<spec::Member>>,
    at: At<'_>,
    out: &mut Diagnostics,
) -> Vec<Member> {
    let mut taken = Taken::new(what("`{}`", [name]));
    let values = values.into_iter().flat_map(Map::iter);
    let members = values.map(|(wire, spec)| {
        let at = at.key(wire);
        let variant = chosen(&VARIANT, spec.rust.as_ref(), wire, at, out);
        if variant == "Unknown" {
            let why = "it is the variant for values that the spec does not list";
            reserved(wire, why, GIVE_ANOTHER, at.name(), out);
        } else {
            let fix = "keep the one that is sent, or rename one of them with `rust:`";
            taken.take(&variant, what("`{}`", [wire]).at_name(at), fix, out);
        }
        Member {
            wire: wire.to_owned(),
            rust: variant,
            does: spec.does.clone(),
            deprecated: spec.deprecated.clone(),
        }
    });
    members.collect()
}
