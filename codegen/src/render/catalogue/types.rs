//! The types of the model as the catalogue shows them: what programs need that work on records and not
//! only check them.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::{deprecated::Deprecated, parameter};
use crate::{
    model::{self, Api, Kind},
    render::json_schema,
    spec::{Map, View, Wire},
};

/// A type: an object seen from one side, or an enumeration.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Type<'a> {
    /// The side from which an object is seen: `read`, `create`, `update` or `write`.
    #[serde(skip_serializing_if = "Option::is_none")]
    view: Option<&'static str>,
    /// The fields of an object.
    #[serde(skip_serializing_if = "Option::is_none")]
    fields: Option<Map<Field<'a>>>,
    /// Sets of fields that exclude each other when the object is written.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    at_most_one_of: &'a [Vec<String>],
    /// The members of an enumeration.
    #[serde(skip_serializing_if = "Option::is_none")]
    values: Option<Vec<&'a str>>,
    /// The members that are on their way out.
    #[serde(skip_serializing_if = "Map::is_empty")]
    deprecated: Map<Deprecated<'a>>,
}

/// A field of an object.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Field<'a> {
    /// The type, every name in it a key of `types`.
    #[serde(rename = "type")]
    ty: String,
    /// The spelling on the wire, where it is not the type's usual one: `text`, `rfc2822`, `unix` or
    /// `one_zero`.
    #[serde(skip_serializing_if = "Option::is_none")]
    wire: Option<&'static str>,
    /// Whether it is always there (read) or must be given (the others).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    required: bool,
    /// Whether null is a value of its own.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    nullable: bool,
    /// Whether it only comes from the API, although its object can be written.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    read_only: bool,
    /// Whether it is a secret.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    secret: bool,
    /// What it is only there with, such as `include=variants`.
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<&'a str>,
    /// The value taken when it is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    default: Option<&'a Value>,
    /// The length of a text: `1..255`.
    #[serde(skip_serializing_if = "Option::is_none")]
    length: Option<String>,
    /// The smallest and the largest number: `0..`.
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<String>,
    /// How many items a list may have.
    #[serde(skip_serializing_if = "Option::is_none")]
    items: Option<String>,
    /// A regular expression that the text matches.
    #[serde(skip_serializing_if = "Option::is_none")]
    pattern: Option<&'a str>,
    /// On its way out.
    #[serde(skip_serializing_if = "Option::is_none")]
    deprecated: Option<Deprecated<'a>>,
}

/// Every type, by its name among `$defs`.
pub(super) fn all(api: &Api) -> Map<Type<'_>> {
    let mut types: Vec<(String, Type<'_>)> = api
        .types
        .iter()
        .map(|def| (json_schema::key(api, def), Type::of(api, def)))
        .collect();
    types.sort_by(|(a, _), (b, _)| a.cmp(b));
    types.into_iter().collect()
}

impl<'a> Type<'a> {
    fn of(api: &Api, def: &'a model::TypeDef) -> Self {
        let mut deprecated = Map::default();
        let mut at_most_one_of: &[_] = &[];
        let (fields, values) = match &def.kind {
            Kind::Object {
                fields,
                at_most_one_of: exclusive,
                ..
            } => {
                at_most_one_of = exclusive;
                let fields = fields
                    .iter()
                    .map(|field| (field.wire.clone(), Field::of(api, field)));
                (Some(fields.collect()), None)
            }
            Kind::Choice(members) => {
                let out = members.iter().filter_map(|member| {
                    let deprecated = Deprecated::of(member.deprecated.as_ref())?;
                    Some((member.wire.clone(), deprecated))
                });
                deprecated = out.collect();
                (None, Some(parameter::members(def)))
            }
        };
        Self {
            view: def.view.map(view),
            fields,
            at_most_one_of,
            values,
            deprecated,
        }
    }
}

impl<'a> Field<'a> {
    fn of(api: &Api, field: &'a model::Field) -> Self {
        let limits = &field.limits;
        Self {
            ty: parameter::type_text(api, &field.ty),
            wire: field.spelling.map(wire),
            required: field.required,
            nullable: field.nullable,
            read_only: field.read_only,
            secret: field.secret,
            when: field.when.as_deref(),
            default: field.default.as_ref(),
            length: bounds(&limits.length),
            range: bounds(&limits.range),
            items: bounds(&limits.items),
            pattern: limits.pattern.as_deref(),
            deprecated: Deprecated::of(field.deprecated.as_ref()),
        }
    }
}

/// Both ends, either of which may be open; none of what has no end.
fn bounds<T: ToString>((low, high): &(Option<T>, Option<T>)) -> Option<String> {
    if low.is_none() && high.is_none() {
        return None;
    }
    let end = |end: &Option<T>| end.as_ref().map(ToString::to_string).unwrap_or_default();
    Some(format!("{}..{}", end(low), end(high)))
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
