//! The body of a response as an example: the fields that a reader looks for first, in the envelope.

use serde_json::{Map, Value, json};

use super::value::{boolean, branch, moment};
use crate::{
    model::{
        Answer, Api, Endpoint, Field, Home, Kind, Member, PageId, SAMPLE_NAMELESS, SAMPLE_UUID, Ty,
        TypeId, known_text, sample_number, sample_text, sample_within,
    },
    spec::{Envelope, Wire},
};

/// How many fields of an object are shown, and of a nested one.
const SHOWN: [usize; 3] = [12, 6, 4];

/// What an example is of.
#[derive(Clone, Copy)]
struct Of<'a> {
    api: &'a Api,
    /// The group of its endpoint; empty if it is not a response.
    group: &'a str,
    /// Whether the records of the group belong to something with a UUID.
    has_uuids: bool,
}

/// The lines of the example.
pub(super) fn text(api: &Api, endpoint: &Endpoint) -> Option<String> {
    Some(format!("{:#}", body(api, endpoint)?))
}

/// The body of a success.
pub(super) fn body(api: &Api, endpoint: &Endpoint) -> Option<Value> {
    let group = api.group(endpoint.group);
    let mut endpoints = api.endpoints_of(group).iter();
    let owner = endpoints.find_map(|one| one.path_parameters.first());
    let of = Of {
        api,
        group: &group.name,
        has_uuids: owner.is_some_and(|owner| owner.ty == Ty::Uuid),
    };
    let data = match &endpoint.answer {
        Answer::File | Answer::Events(_) | Answer::Nothing => return None,
        Answer::Counts => None,
        Answer::Page(item) => Some(json!([value(of, item, None, 0)])),
        Answer::One(ty) | Answer::Outcome(ty) => Some(value(of, ty, None, 0)),
    };
    match endpoint.envelope {
        Envelope::None => None,
        Envelope::Flat => data,
        Envelope::DataMeta | Envelope::Meta => {
            let mut whole = Map::new();
            if let Some(data) = data {
                whole.insert("data".to_owned(), data);
            }
            whole.insert("meta".to_owned(), meta(api, endpoint));
            Some(whole.into())
        }
    }
}

fn meta(api: &Api, endpoint: &Endpoint) -> Value {
    if endpoint.answer == Answer::Counts {
        return json!({ "total": 1, "success": 1, "failed": 0 });
    }
    endpoint.page.map_or_else(|| json!({}), |id| page(api, id))
}

/// The position of a page in its list.
fn page(api: &Api, id: PageId) -> Value {
    let style = api.page_style(id).1;
    let mut meta = Map::new();
    if style.numbered {
        let page = json!({
            "total": 1, "count": 1, "per_page": 50, "current_page": 1, "total_pages": 1,
        });
        meta.insert("pagination".to_owned(), page);
    } else if style.keyed {
        meta.insert(
            "pagination".to_owned(),
            json!({ "total": 1, "count": 1, "per_page": 50 }),
        );
    }
    if style.cursors {
        let page = json!({
            "count": 1, "per_page": 50, "start_cursor": "aWQ6MTE4", "end_cursor": "aWQ6MTE4",
        });
        meta.insert("cursor_pagination".to_owned(), page);
    }
    meta.into()
}

/// An example of a value on the wire.
pub(super) fn sample(api: &Api, ty: &Ty) -> Value {
    let of = Of {
        api,
        group: "",
        has_uuids: false,
    };
    value(of, ty, None, 0)
}

fn value(of: Of<'_>, ty: &Ty, field: Option<&Field>, depth: usize) -> Value {
    let spelling = field.and_then(|field| field.spelling);
    if let Some(told) = field.and_then(|field| field.example.as_ref())
        && fits(of, ty, told)
    {
        return match (ty, spelling, told) {
            (Ty::Number | Ty::Int, Some(Wire::Text), Value::Number(told)) => {
                told.to_string().into()
            }
            (Ty::Number, None, told) => sample_number(told).map_or(Value::Null, Value::Number),
            (Ty::Bool, spelling, Value::Bool(told)) => boolean(*told, spelling),
            _ => told.clone(),
        };
    }
    let is_owner = field.is_some_and(|field| field.wire == "resource_id");
    match ty {
        Ty::Id if is_owner && of.has_uuids => SAMPLE_UUID.into(),
        Ty::Int | Ty::Id | Ty::Number => number(ty, field),
        Ty::Bool => boolean(true, spelling),
        Ty::Text => field
            .map_or_else(|| SAMPLE_NAMELESS.to_owned(), sample_text)
            .into(),
        Ty::Uuid => SAMPLE_UUID.into(),
        Ty::DateTime => moment("2026-01-31T12:00:00Z", spelling),
        Ty::Date => moment("2026-01-31", spelling),
        Ty::Json => json!({}),
        Ty::Map(_) => json!({}),
        Ty::List(item) => json!([value(of, item, field, depth + 1)]),
        Ty::Nullable(inner) | Ty::OneOrMany(inner) => value(of, inner, field, depth),
        Ty::Link(inner) => value(of, inner, field, depth),
        Ty::Named(id) => named(of, *id, depth),
    }
}

/// Whether a field's example in the spec is a value of this type.
fn fits(of: Of<'_>, ty: &Ty, told: &Value) -> bool {
    match ty {
        Ty::Text | Ty::Uuid | Ty::DateTime | Ty::Date => told.is_string(),
        Ty::Bool => told.is_boolean(),
        Ty::Named(id) => {
            let kind = &of.api.ty(*id).kind;
            matches!(kind, Kind::Object { .. }) && told.is_object()
                || kind.told_member(told).is_some()
        }
        Ty::Int | Ty::Id => told.is_number(),
        Ty::Number => sample_number(told).is_some(),
        Ty::List(item) => {
            let mut items = told.as_array().into_iter().flatten();
            told.is_array() && items.all(|told| fits(of, item, told))
        }
        Ty::Map(_) => told.is_object(),
        Ty::Json => true,
        _ => false,
    }
}

fn named(of: Of<'_>, id: TypeId, depth: usize) -> Value {
    let def = of.api.ty(id);
    match &def.kind {
        Kind::Object { fields, .. } => {
            // An event's payload is complete.
            let told = |field: &Field| def.home == Home::Events || is_told(field);
            object(of, fields, told, depth)
        }
        Kind::Choice(members) => {
            // `category` in a response of `category_metafields`.
            let is_own = |it: &&Member| {
                let rest = of.group.strip_prefix(it.wire.as_str());
                rest.is_some_and(|rest| rest.starts_with('_'))
            };
            let member = members.iter().find(is_own).or(members.first());
            member.map_or(Value::Null, |it| it.wire.clone().into())
        }
        Kind::Integers(members) => {
            let first = members.first().and_then(|it| it.wire.parse::<i64>().ok());
            first.map_or(Value::Null, Value::from)
        }
        Kind::OneOf { branches, .. } => branches.first().map_or(Value::Null, |first| {
            branch(def, first, value(of, &first.ty, None, depth + 1))
        }),
    }
}

/// Whether more is known about the value of a field than its name: a string without an example would only
/// repeat its name.
fn is_told(field: &Field) -> bool {
    field.ty != Ty::Text || field.example.is_some() || known_text(field).is_some()
}

/// The first fields of an object that are always present or fit on a line.
fn object(of: Of<'_>, fields: &[Field], told: impl Fn(&Field) -> bool, depth: usize) -> Value {
    let most = SHOWN.get(depth / 2).copied().unwrap_or(3);
    let simple = |field: &&Field| {
        let plain = match &field.ty {
            Ty::Named(id) => !matches!(
                of.api.ty(*id).kind,
                Kind::Object { .. } | Kind::OneOf { .. }
            ),
            Ty::List(_) | Ty::Map(_) | Ty::Json | Ty::Link(_) | Ty::OneOrMany(_) => false,
            Ty::Nullable(_) => false,
            _ => true,
        };
        plain
            || depth < 5
                && (field.required || !matches!(field.ty, Ty::Link(_) | Ty::Json | Ty::Map(_)))
    };
    let usual =
        |field: &&Field| field.deprecated.is_none() && field.when.is_none() && !field.secret;
    let told = |field: &&Field| field.required || told(field);
    let shown = fields.iter().filter(usual).filter(told).filter(simple);
    let mut shown: Vec<&Field> = shown.collect();
    if shown.is_empty() {
        // It has only conditional or secret fields.
        shown = fields.iter().filter(simple).collect();
    }
    let fields = shown.into_iter().take(most).map(|field| {
        (
            field.wire.clone(),
            value(of, &field.ty, Some(field), depth + 1),
        )
    });
    Value::Object(fields.collect())
}

/// A number within the bounds of its field, as the field has it.
fn number(ty: &Ty, field: Option<&Field>) -> Value {
    let name = field.map_or("", |field| field.wire.as_str());
    let range = field.map(|field| field.limits.range.clone());
    let number = sample_within(ty, name, &range.unwrap_or_default());
    let is_text = field.is_some_and(|field| field.spelling == Some(Wire::Text));
    match number {
        Some(number) if is_text && *ty == Ty::Number && number.is_i64() => {
            format!("{number}.0000").into()
        }
        Some(number) if is_text => number.to_string().into(),
        Some(number) => number.into(),
        None => Value::Null,
    }
}
