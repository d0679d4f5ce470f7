//! The schema of an object in one view.

use serde_json::{Map, Value, json};

use super::{
    Sketch, facts,
    head::head,
    sketch::{MISSING, extend, reference},
    value::{either, number},
};
use crate::{
    model::{Api, Field, Kind, Ty, TypeDef},
    spec::{Format, View},
    words::{Plain, Words, deprecation, field_facts},
};

/// The schema of an object, without the definitions it refers to.
pub(super) fn schema(sketch: Sketch<'_>, def: &TypeDef) -> Value {
    let fields = def.kind.fields();
    let mut schema = head(def, None);
    schema.insert("type".to_owned(), "object".into());
    let written = def.view.is_some_and(|view| view != View::Read);
    // In a response, null and absent are the same.
    let required: Vec<&str> = fields
        .iter()
        .filter(|field| field.is_certain() || (written && field.required))
        .map(|field| &*field.wire)
        .collect();
    if !required.is_empty() {
        schema.insert("required".to_owned(), json!(required));
    }
    extend(&mut schema, needed(&def.kind));
    extend(&mut schema, excluded(&def.kind));
    let properties: Map<_, _> = fields
        .iter()
        .map(|field| (field.wire.clone(), property(sketch, field, written)))
        .collect();
    schema.insert("properties".to_owned(), properties.into());
    if written {
        schema.insert("additionalProperties".to_owned(), false.into());
    }
    Value::Object(schema)
}

/// No two of a list may be present together.
fn excluded(kind: &Kind) -> Value {
    let mut pairs = Vec::new();
    for set in kind.excluded() {
        for (at, one) in set.iter().enumerate() {
            let others = set[at + 1..].iter();
            pairs.extend(others.map(|other| json!({ "required": [&one.wire, &other.wire] })));
        }
    }
    match pairs.as_slice() {
        [] => json!({}),
        [pair] => json!({ "not": pair }),
        pairs => json!({ "not": { "anyOf": pairs } }),
    }
}

/// Of each set, a body requires at least one.
fn needed(kind: &Kind) -> Value {
    let sets = kind.needed().into_iter().map(|set| {
        let alternatives: Vec<Value> = set.into_iter().map(given).collect();
        json!({ "anyOf": alternatives })
    });
    let mut sets: Vec<Value> = sets.collect();
    match sets.len() {
        0 => json!({}),
        1 => sets.remove(0),
        _ => json!({ "allOf": sets }),
    }
}

/// An empty list gives nothing.
fn given(field: &Field) -> Value {
    let name = &field.wire;
    match field.ty {
        Ty::List(_) => json!({ "required": [name], "properties": { name: { "minItems": 1 } } }),
        _ => json!({ "required": [name] }),
    }
}

fn property(sketch: Sketch<'_>, field: &Field, written: bool) -> Value {
    let mut schema = sketch.value(&field.ty, field.spelling);
    if written {
        limit(&mut schema, field);
        if field.nullable && field.ty != Ty::Json {
            schema = nullable(schema);
        }
        if field.empty.is_some() {
            schema = either(schema, json!({ "const": "" }));
        }
    } else if !field.is_certain() && field.ty != Ty::Json {
        schema = either(schema, reference(MISSING));
    }
    let mut property = Map::new();
    if let Some(description) = description(sketch.api, field, written) {
        property.insert("description".to_owned(), description.into());
    }
    extend(&mut property, schema);
    if field.read_only {
        property.insert("readOnly".to_owned(), true.into());
    }
    if field.deprecated.is_some() {
        property.insert("deprecated".to_owned(), true.into());
    }
    if let (Some(default), true) = (&field.default, written) {
        property.insert("default".to_owned(), default.clone());
    }
    extend(&mut property, facts::of_field(sketch.api, field));
    Value::Object(property)
}

fn description(api: &Api, field: &Field, written: bool) -> Option<String> {
    let mut parts: Vec<String> = field.does.iter().cloned().collect();
    let facts = Words::new(api, &Plain).field(field_facts(field, written));
    parts.extend((!facts.is_empty()).then_some(facts));
    parts.extend(field.deprecated.as_ref().map(deprecation));
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// The limits of a written value. Those of strings and numbers apply to the items of a list.
fn limit(schema: &mut Value, field: &Field) {
    let limits = &field.limits;
    let Some(map) = schema.as_object_mut() else {
        return;
    };
    let (low, high) = limits.items;
    put(map, "minItems", low.map(Value::from));
    put(map, "maxItems", high.map(Value::from));
    let leaf = match map.get_mut("items") {
        Some(Value::Object(items)) if items.contains_key("type") => items,
        Some(_) => return,
        None => map,
    };
    let (low, high) = limits.length;
    put(leaf, "minLength", low.map(Value::from));
    put(leaf, "maxLength", high.map(Value::from));
    ends(leaf, &limits.range);
    put(leaf, "pattern", limits.pattern.clone().map(Value::from));
    put(leaf, "format", limits.format.map(format).map(Value::from));
}

/// The range of a number.
pub(super) fn range(schema: &mut Value, range: &(Option<String>, Option<String>)) {
    if let Some(map) = schema.as_object_mut() {
        ends(map, range);
    }
}

fn ends(map: &mut Map<String, Value>, (low, high): &(Option<String>, Option<String>)) {
    put(map, "minimum", low.as_deref().and_then(number));
    put(map, "maximum", high.as_deref().and_then(number));
}

/// The name of a string format. Those of addresses are JSON Schema's own.
const fn format(format: Format) -> &'static str {
    match format {
        Format::Url => "uri",
        Format::Currency => "iso-4217",
        Format::Country => "iso-3166-1-alpha-2",
        Format::Email => "email",
        Format::EventScope => "event-scope",
    }
}

/// The same, or null.
fn nullable(mut schema: Value) -> Value {
    let plain = schema.get("enum").is_none();
    match schema.get_mut("type") {
        Some(Value::Array(types)) if plain => types.push("null".into()),
        Some(Value::String(name)) if plain => {
            let types = json!([name, "null"]);
            if let Some(map) = schema.as_object_mut() {
                map.insert("type".to_owned(), types);
            }
        }
        _ => return either(schema, json!({ "type": "null" })),
    }
    schema
}

fn put(map: &mut Map<String, Value>, key: &str, value: Option<Value>) {
    if let Some(value) = value {
        map.insert(key.to_owned(), value);
    }
}
