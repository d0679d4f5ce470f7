//! Fields and setters of a type, and the values of an enumeration.

use std::collections::HashSet;

use crate::model::claims::{FIELD, RUST_KEY, Taken, VARIANT, chosen, reserved};
use crate::{
    diagnostic::{At, Diagnostics},
    index::{Index, SchemaAt, view_suffix},
    model::type_name,
    spec::{Map, Member, View},
};

/// Whether the names are so plainly different that no view has to be looked at, as they nearly
/// always are.
fn names_differ<'n>(names: impl Iterator<Item = &'n str>) -> bool {
    let mut seen = HashSet::new();
    let mut names = names;
    names.all(|name| {
        !matches!(name, "rest" | "new") && !name.starts_with("clear_") && seen.insert(name)
    })
}

pub(in super::super) fn fields(cx: &Index<'_>, out: &mut Diagnostics) {
    for schema in cx.schemas() {
        let names: Vec<_> = schema
            .fields()
            .map(|field| {
                (
                    field,
                    chosen(&FIELD, field.spec.rust.as_ref(), field.name, field.at, out),
                )
            })
            .collect();
        if names_differ(names.iter().map(|(_, name)| name.as_str())) {
            continue;
        }
        let mut told: HashSet<&str> = HashSet::new();
        for view in schema.views() {
            let place = format!("`{}{}`", schema.name, view_suffix(*view));
            let mut taken = Taken::new(&place);
            let mut methods = Taken::new(&place);
            for (field, name) in &names {
                if !field.views().contains(view) || told.contains(field.name) {
                    continue;
                }
                let (before, at) = (out.len(), field.at.name());
                let what = format!("the field `{}`", field.name);
                if *view == View::Read && name == "rest" {
                    let why = "what the client does not know of an answer rests there";
                    reserved(name, why, "give it another name by `rust:`", at, out);
                } else if *view != View::Read && name == "new" {
                    let why = "that is how a value is made";
                    reserved(name, why, "give it another name by `rust:`", at, out);
                } else {
                    taken.take(name.clone(), what.clone(), at.clone(), RUST_KEY, out);
                    if *view != View::Read && out.len() == before {
                        methods.take(name.clone(), what.clone(), at.clone(), RUST_KEY, out);
                        if field.spec.nullable.holds_in(*view) {
                            let clear = format!("clear_{}", name.trim_end_matches('_'));
                            methods.take(clear, format!("clearing {what}"), at, RUST_KEY, out);
                        }
                    }
                }
                if out.len() > before {
                    told.insert(field.name);
                }
            }
        }
    }
}

pub(in super::super) fn variants(cx: &Index<'_>, out: &mut Diagnostics) {
    for schema in cx.schemas() {
        if let Some(values) = &schema.spec.values {
            choice(schema.name, values, schema.at.key("values"), out);
        }
        branches(schema, out);
    }
    for field in cx.fields() {
        if let Some(values) = &field.spec.values {
            let name = format!("{}{}", field.schema.name, type_name(field.name));
            choice(&name, values, field.at.key("enum"), out);
        }
    }
}

fn choice(name: &str, values: &Map<Member>, at: At<'_>, out: &mut Diagnostics) {
    let place = format!("`{name}`");
    let mut taken = Taken::new(&place);
    for (value, member) in values.iter() {
        let at = at.key(value);
        let variant = chosen(&VARIANT, member.rust.as_ref(), value, at, out);
        let at = at.name();
        if variant == "Unknown" {
            let why = "values that the spec does not know go there";
            reserved(value, why, "give it another name by `rust:`", at, out);
        } else {
            let fix = "keep the one that is sent, or give one of them another name by `rust:`";
            taken.take(variant, format!("`{value}`"), at, fix, out);
        }
    }
}

/// The branches of a one-of.
fn branches(schema: SchemaAt<'_>, out: &mut Diagnostics) {
    let place = format!("`{}`", schema.name);
    let mut taken = Taken::new(&place);
    for branch in schema.branches() {
        let name = branch.name;
        let variant = chosen(&VARIANT, branch.spec.rust.as_ref(), name, branch.at, out);
        let at = branch.at.name();
        if variant == "Other" {
            let why = "what is none of the branches goes there";
            reserved(name, why, "give it another name by `rust:`", at, out);
        } else {
            taken.take(
                variant,
                format!("`{name}`"),
                at,
                "give one of them another name by `rust:`",
                out,
            );
        }
    }
}
