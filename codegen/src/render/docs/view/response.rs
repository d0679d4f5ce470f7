//! The body of a response as an example: the fields that a reader looks for first, in the envelope.

use serde_json::{Map, Value, json};

use super::value::{boolean, branch, moment};
use crate::{
    model::{
        Answer, Api, Endpoint, Field, Home, Kind, PageId, SAMPLE_NAMELESS, SAMPLE_UUID, Ty, TypeId,
        known_text, sample_number, sample_text,
    },
    spec::{Envelope, Wire},
};

/// How many fields of an object are shown, and of a nested one.
const SHOWN: [usize; 3] = [12, 6, 4];

/// The lines of the example.
pub(super) fn text(api: &Api, endpoint: &Endpoint) -> Option<String> {
    Some(format!("{:#}", body(api, endpoint)?))
}

/// The body of a success.
pub(super) fn body(api: &Api, endpoint: &Endpoint) -> Option<Value> {
    let data = match &endpoint.answer {
        Answer::File | Answer::Events(_) | Answer::Nothing => return None,
        Answer::Counts => None,
        Answer::Page(item) => Some(json!([value(api, item, None, 0)])),
        Answer::One(ty) | Answer::Outcome(ty) => Some(value(api, ty, None, 0)),
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
    value(api, ty, None, 0)
}

fn value(api: &Api, ty: &Ty, field: Option<&Field>, depth: usize) -> Value {
    let spelling = field.and_then(|field| field.spelling);
    if let Some(told) = field.and_then(|field| field.example.as_ref())
        && fits(ty, told)
    {
        return match (ty, spelling, told) {
            (Ty::Number | Ty::Int, Some(Wire::Text), Value::Number(told)) => {
                told.to_string().into()
            }
            (Ty::Number, None, told) => sample_number(told).map_or(Value::Null, Value::Number),
            _ => told.clone(),
        };
    }
    match ty {
        Ty::Int | Ty::Id => match spelling {
            Some(Wire::Text) => "118".into(),
            _ => whole(field).into(),
        },
        Ty::Number => match spelling {
            Some(Wire::Text) => "25.0000".into(),
            _ => 25.into(),
        },
        Ty::Bool => boolean(true, spelling),
        Ty::Text => field
            .map_or_else(|| SAMPLE_NAMELESS.to_owned(), sample_text)
            .into(),
        Ty::Uuid => SAMPLE_UUID.into(),
        Ty::DateTime => moment("2026-01-31T12:00:00Z", spelling),
        Ty::Date => moment("2026-01-31", spelling),
        Ty::Json => json!({}),
        Ty::Map(_) => json!({}),
        Ty::List(item) => json!([value(api, item, field, depth + 1)]),
        Ty::Nullable(inner) | Ty::OneOrMany(inner) => value(api, inner, field, depth),
        Ty::Link(inner) => value(api, inner, field, depth),
        Ty::Named(id) => named(api, *id, depth),
    }
}

/// Whether a field's example in the spec is a value of this type.
fn fits(ty: &Ty, told: &Value) -> bool {
    match ty {
        Ty::Text => told.is_string(),
        Ty::Int | Ty::Id => told.is_number(),
        Ty::Number => sample_number(told).is_some(),
        Ty::List(item) if **item == Ty::Text => told.is_array(),
        Ty::Map(_) => told.is_object(),
        Ty::Json => true,
        _ => false,
    }
}

fn named(api: &Api, id: TypeId, depth: usize) -> Value {
    let def = api.ty(id);
    match &def.kind {
        Kind::Object { fields, .. } => {
            // An event's payload is complete.
            let told = |field: &Field| def.home == Home::Events || is_told(field);
            object(api, fields, told, depth)
        }
        Kind::Choice(members) => members
            .first()
            .map_or(Value::Null, |it| it.wire.clone().into()),
        Kind::Integers(members) => {
            let first = members.first().and_then(|it| it.wire.parse::<i64>().ok());
            first.map_or(Value::Null, Value::from)
        }
        Kind::OneOf { branches, .. } => branches.first().map_or(Value::Null, |first| {
            branch(def, first, value(api, &first.ty, None, depth + 1))
        }),
    }
}

/// Whether more is known about the value of a field than its name: a string without an example would only
/// repeat its name.
fn is_told(field: &Field) -> bool {
    field.ty != Ty::Text || field.example.is_some() || known_text(field).is_some()
}

/// The first fields of an object that are always present or fit on a line.
fn object(api: &Api, fields: &[Field], told: impl Fn(&Field) -> bool, depth: usize) -> Value {
    let most = SHOWN.get(depth / 2).copied().unwrap_or(3);
    let simple = |field: &&Field| {
        let plain = match &field.ty {
            Ty::Named(id) => !matches!(api.ty(*id).kind, Kind::Object { .. } | Kind::OneOf { .. }),
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
            value(api, &field.ty, Some(field), depth + 1),
        )
    });
    Value::Object(fields.collect())
}

/// An integer within the bounds of its field.
fn whole(field: Option<&Field>) -> i64 {
    let Some((low, high)) = field.map(|field| &field.limits.range) else {
        return 118;
    };
    let bound = |text: &Option<String>| text.as_ref().and_then(|text| text.parse::<i64>().ok());
    let (low, high) = (
        bound(low).unwrap_or(i64::MIN),
        bound(high).unwrap_or(i64::MAX),
    );
    118.max(low).min(high)
}
