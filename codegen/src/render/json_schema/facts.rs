//! Facts that JSON Schema cannot express: custom keywords, which validators ignore.

use serde_json::{Map, Value, json};

use crate::{
    model::{Api, Field, Kind, Ty, TypeDef},
    spec::{Deprecated, OnDelete, View, Wire},
};

/// The custom keywords, each with its meaning. They are published with the catalogue.
pub(super) const KEYWORDS: [(&str, &str); 15] = [
    (
        "x-by",
        "The field whose value distinguishes the branches of a one-of.",
    ),
    (
        "x-view",
        "The view of an object: `read`, `create`, `update` or `write`.",
    ),
    (
        "x-at-most-one-of",
        "Sets of mutually exclusive fields of a body.",
    ),
    (
        "x-type",
        "The type as written in the spec; every name in it is a key of `$defs`.",
    ),
    (
        "x-wire",
        "The spelling on the wire, if it is not the type's default: `text`, `rfc2822`, `unix` or \
         `one_zero`.",
    ),
    ("x-nullable", "Whether null is a distinct value."),
    ("x-secret", "Whether the value is a secret."),
    (
        "x-when",
        "The condition under which a field is present, such as `include=variants`.",
    ),
    (
        "x-key",
        "The field that identifies a value, if it is not `id`.",
    ),
    (
        "x-unique",
        "Sets of fields that must be unique, ignoring case.",
    ),
    (
        "x-refers-to",
        "The type whose key or keys a field contains; 0 means none.",
    ),
    (
        "x-known-values",
        "Values of the key that are the same in every store, each with its `name` and meaning \
         (`does`).",
    ),
    (
        "x-values-of",
        "The type whose `x-known-values` a field or its filter uses; other values are possible.",
    ),
    (
        "x-on-delete",
        "What happens to a value when the referenced value is deleted: it is deleted too \
         (`delete`), or its reference is cleared (`clear`).",
    ),
    (
        "x-deprecated",
        "Since when a field is deprecated and what replaces it; for an enum, by member.",
    ),
];

/// The keywords of a schema.
pub(super) fn of_type(def: &TypeDef) -> Value {
    let mut facts = Map::new();
    if let Some(view) = def.view {
        facts.insert("x-view".to_owned(), self::view(view).into());
    }
    if let Some(key) = &def.key {
        facts.insert("x-key".to_owned(), key.as_str().into());
    }
    if !def.unique.is_empty() {
        facts.insert("x-unique".to_owned(), json!(def.unique));
    }
    if !def.known.is_empty() {
        let known = def.known.iter().map(|one| {
            let told = json!({ "name": one.name, "does": one.does });
            (one.wire.clone(), told)
        });
        facts.insert(
            "x-known-values".to_owned(),
            known.collect::<Map<_, _>>().into(),
        );
    }
    match &def.kind {
        Kind::Object { at_most_one_of, .. } if !at_most_one_of.is_empty() => {
            let sets = def.kind.excluded().into_iter();
            let sets = sets.map(|set| set.into_iter().map(|it| it.wire.as_str()).collect());
            let sets: Vec<Vec<&str>> = sets.collect();
            facts.insert("x-at-most-one-of".to_owned(), json!(sets));
        }
        Kind::Object { .. } | Kind::OneOf { .. } => {}
        Kind::Choice(members) | Kind::Integers(members) => {
            let deprecated: Map<_, _> = members
                .iter()
                .filter_map(|member| {
                    let facts = member.deprecated.as_ref().map(deprecation)?;
                    Some((member.wire.clone(), facts))
                })
                .collect();
            if !deprecated.is_empty() {
                facts.insert("x-deprecated".to_owned(), deprecated.into());
            }
        }
    }
    facts.into()
}

/// The keywords of a field.
pub(super) fn of_field(api: &Api, field: &Field) -> Value {
    let mut facts = Map::new();
    let mut put = |key: &str, value: Value| facts.insert(key.to_owned(), value);
    put("x-type", type_text(api, &field.ty).into());
    if let Some(spelling) = field.spelling {
        put("x-wire", wire(spelling).into());
    }
    if field.nullable {
        put("x-nullable", true.into());
    }
    if field.secret {
        put("x-secret", true.into());
    }
    if let Some(to) = field.refers_to {
        put("x-refers-to", super::key(api, api.ty(to)).into());
    }
    if let Some(of) = field.values_of {
        put("x-values-of", super::key(api, api.ty(of)).into());
    }
    if let Some(then) = field.on_delete.filter(|_| field.refers_to.is_some()) {
        put("x-on-delete", on_delete(then).into());
    }
    if let Some(merges) = field.merges {
        put("x-merges", merges.into());
    }
    if let Some(when) = &field.when {
        put("x-when", when.text().into());
    }
    if let Some(deprecated) = &field.deprecated {
        put("x-deprecated", deprecation(deprecated));
    }
    facts.into()
}

fn deprecation(deprecated: &Deprecated) -> Value {
    json!({ "since": deprecated.since, "use": deprecated.instead, "why": deprecated.why })
}

/// A type as written in the spec.
pub fn type_text(api: &Api, ty: &Ty) -> String {
    let word = match ty {
        Ty::Int => "int",
        Ty::Text => "string",
        Ty::Bool => "bool",
        Ty::Number => "decimal",
        Ty::DateTime => "datetime",
        Ty::Date => "date",
        Ty::Uuid => "uuid",
        Ty::Id => "id",
        Ty::Json => "json",
        Ty::Named(id) => return super::key(api, api.ty(*id)),
        Ty::List(item) => return format!("[{}]", type_text(api, item)),
        Ty::Map(value) => return format!("{{{}}}", type_text(api, value)),
        Ty::Nullable(inner) => return format!("{}?", type_text(api, inner)),
        Ty::Link(inner) => return format!("link {}", type_text(api, inner)),
        Ty::OneOrMany(item) => return format!("one_or_many {}", type_text(api, item)),
    };
    word.to_owned()
}

const fn on_delete(then: OnDelete) -> &'static str {
    match then {
        OnDelete::Delete => "delete",
        OnDelete::Clear => "clear",
    }
}

const fn view(view: View) -> &'static str {
    match view {
        View::Read => "read",
        View::Create => "create",
        View::Update => "update",
        View::Write => "write",
    }
}

const fn wire(wire: Wire) -> &'static str {
    match wire {
        Wire::Text => "text",
        Wire::Rfc2822 => "rfc2822",
        Wire::Unix => "unix",
        Wire::OneZero => "one_zero",
    }
}
