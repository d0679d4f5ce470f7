//! The values of examples as JSON, in the format of the API.

use serde_json::{Map, Value};

use crate::{
    model::{Api, Branch, Kind, Made, Member, Sample, Told, TypeDef},
    spec::Wire,
};

/// A value of an example as JSON.
pub(super) fn json(api: &Api, sample: &Sample<'_>, spelling: Option<Wire>) -> Value {
    let list = |items: &[Sample<'_>]| {
        let items = items.iter().map(|item| json(api, item, spelling));
        Value::Array(items.collect())
    };
    match sample {
        Sample::Null => Value::Null,
        Sample::Bool(value) => boolean(*value, spelling),
        Sample::Number(number) if spelling == Some(Wire::Text) => number.to_string().into(),
        Sample::Number(number) => number.clone().into(),
        Sample::Json(value) => value.clone(),
        Sample::Text(text) | Sample::Id(text) | Sample::Owned(text) => text.clone().into(),
        Sample::DateTime(text) | Sample::Date(text) => moment(text, spelling),
        Sample::File(name) => name.as_str().into(),
        Sample::Map(entries) => {
            let entries = entries
                .iter()
                .map(|(name, value)| ((*name).to_owned(), json(api, value, spelling)));
            Value::Object(entries.collect())
        }
        Sample::List(items) | Sample::Vec(items) => list(items),
        Sample::Some(value) | Sample::Into(value) => json(api, value, spelling),
        Sample::Member(def, one) => member(def, one),
        Sample::Branch(def, one, value) => {
            let value = json(api, value, spelling);
            match one {
                Some(one) => branch(def, one, value),
                None => value,
            }
        }
        Sample::Object(made) => object(api, made),
        Sample::Descending => "desc".into(),
    }
}

/// A value in a path, a query, a header or a form: lists with commas.
pub(super) fn plain(sample: &Sample<'_>) -> String {
    match sample {
        Sample::List(items) | Sample::Vec(items) => {
            items.iter().map(plain).collect::<Vec<_>>().join(",")
        }
        Sample::Some(value) | Sample::Into(value) => plain(value),
        Sample::Bool(value) => value.to_string(),
        Sample::Number(number) => number.to_string(),
        Sample::Json(Value::String(text)) => text.clone(),
        Sample::Json(value) => value.to_string(),
        Sample::Text(text) | Sample::Id(text) | Sample::Owned(text) => text.clone(),
        Sample::DateTime(text) | Sample::Date(text) => (*text).to_owned(),
        Sample::File(name) => name.clone(),
        Sample::Member(_, member) => member.wire.clone(),
        Sample::Descending => "desc".to_owned(),
        Sample::Null | Sample::Map(_) | Sample::Branch(..) | Sample::Object(_) => String::new(),
    }
}

/// A boolean, or the integer for it.
pub(super) fn boolean(value: bool, spelling: Option<Wire>) -> Value {
    match spelling {
        Some(Wire::OneZero) => i64::from(value).into(),
        _ => value.into(),
    }
}

/// The date-time of examples in the format of a field; a date has only one.
pub(super) fn moment(text: &str, spelling: Option<Wire>) -> Value {
    match spelling {
        Some(Wire::Rfc2822) => "Sat, 31 Jan 2026 12:00:00 +0000".into(),
        Some(Wire::Unix) => 1_769_860_800.into(),
        _ => text.into(),
    }
}

fn object(api: &Api, made: &Made<'_>) -> Value {
    let fields = made.fields.iter().map(|(field, value)| {
        let value = json(api, value, field.spelling);
        (field.wire.clone(), value)
    });
    Value::Object(fields.collect())
}

fn member(def: &TypeDef, member: &Member) -> Value {
    match def.kind {
        Kind::Integers(_) => member.wire.parse::<i64>().map_or(Value::Null, Value::from),
        _ => member.wire.as_str().into(),
    }
}

/// The value of a branch, with the field that identifies it.
pub(super) fn branch(def: &TypeDef, branch: &Branch, mut value: Value) -> Value {
    let Kind::OneOf { by: Some(by), .. } = &def.kind else {
        return value;
    };
    if let (Told::Value(told), Value::Object(fields)) = (&branch.told, &mut value) {
        let mut whole = Map::new();
        whole.insert(by.clone(), told.clone().into());
        fields.remove(by);
        whole.append(fields);
        return whole.into();
    }
    value
}
