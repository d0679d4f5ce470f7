//! Incomplete values: one type for each field still to be set, so that values that could be swapped as
//! positional arguments are set by name.

use super::{docs, print::Text, setter};
use crate::model::{Api, Field, Kind, TypeDef, type_name};

/// The module of a group's types of this kind.
pub(super) const MODULE: &str = "unfinished";

/// The fields that are set by name, in order; none if the required fields are arguments.
fn required(def: &TypeDef) -> Vec<&Field> {
    match &def.kind {
        Kind::Object {
            fields,
            named_in_turn: true,
            ..
        } => fields.iter().filter(|field| field.required).collect(),
        _ => Vec::new(),
    }
}

/// The types of an incomplete value, in the order in which it is built.
pub(super) fn names(def: &TypeDef) -> Vec<String> {
    let lacking = |field: &Field| format!("{}Without{}", def.name, type_name(&field.rust));
    required(def).into_iter().map(lacking).collect()
}

/// The constructor of a value whose required fields are set by name.
pub(super) fn start(def: &TypeDef) -> Option<Vec<String>> {
    Some(vec![format!("-> {}", names(def).first()?)])
}

/// The types of an incomplete value, each with the method that sets the next field.
pub(super) fn types(body: &mut Text, api: &Api, def: &TypeDef) {
    let (fields, names) = (required(def), names(def));
    if fields.is_empty() {
        return;
    }
    body.line("");
    body.block("crate::declare::stages!", |body| {
        body.block(&def.name, |body| {
            for (at, field) in fields.iter().enumerate() {
                let (name, next) = (&names[at], names.get(at + 1).unwrap_or(&def.name));
                docs::field(body, api, field, true);
                let taken = setter::taken(api, def, field);
                body.line(&format!("{name}: {} ({taken}) -> {next},", field.rust));
            }
        });
    });
}
