//! Types as schemas: what the API is documented to send and accept.

use serde_json::{Map, Value, json};

use super::Writer;
use crate::{
    model::{Branch, Field, Kind, Member, Told, Ty, TypeDef, TypeId},
    spec::{Format, View, Wire},
};

impl Writer<'_> {
    /// The schema of a declared type.
    pub(super) fn definition(self, def: &TypeDef) -> Value {
        let mut schema = Map::new();
        let mut description = vec![def.does.replace("[`", "`").replace("`]", "`")];
        description.extend(def.notes.iter().cloned());
        schema.insert("description".to_owned(), description.join(" ").into());
        let kind = match &def.kind {
            Kind::Choice(list) => json!({ "type": "string", "enum": wires(list) }),
            Kind::Integers(list) => {
                let numbers = list.iter().filter_map(|one| one.wire.parse::<i64>().ok());
                json!({ "type": "integer", "enum": numbers.collect::<Vec<_>>() })
            }
            Kind::OneOf { by, branches, .. } => self.one_of(by.as_deref(), branches),
            Kind::Object { fields, .. } => {
                let written = def.view.is_some_and(|view| view != View::Read);
                self.object(fields, &def.kind.needed(), written)
            }
        };
        if let Value::Object(kind) = kind {
            schema.extend(kind);
        }
        schema.into()
    }

    fn object(self, fields: &[Field], needed: &[Vec<&Field>], written: bool) -> Value {
        let properties: Map<_, _> = fields
            .iter()
            .map(|field| (field.wire.clone(), self.property(field, written)))
            .collect();
        let required = fields.iter().filter(|field| field.required);
        let required: Vec<&str> = required.map(|field| &*field.wire).collect();
        let mut schema = Map::new();
        schema.insert("type".to_owned(), "object".into());
        if !required.is_empty() {
            schema.insert("required".to_owned(), json!(required));
        }
        schema.insert("properties".to_owned(), properties.into());
        let any = |list: &Vec<&Field>| {
            let all: Vec<Value> = list
                .iter()
                .map(|field| json!({ "required": [&field.wire] }))
                .collect();
            json!({ "anyOf": all })
        };
        match needed {
            [] => {}
            [list] => schema.extend(any(list).as_object().cloned().unwrap_or_default()),
            lists => {
                let all: Vec<Value> = lists.iter().map(any).collect();
                schema.insert("allOf".to_owned(), all.into());
            }
        }
        schema.into()
    }

    fn one_of(self, by: Option<&str>, branches: &[Branch]) -> Value {
        let branch = |branch: &Branch| {
            let schema = self.value(&branch.ty, None);
            match (by, &branch.told) {
                (Some(by), Told::Value(value)) => {
                    let tag = json!({ by: { "type": "string", "enum": [value] } });
                    let tag = json!({ "type": "object", "required": [by], "properties": tag });
                    json!({ "allOf": [tag, schema] })
                }
                _ => schema,
            }
        };
        json!({ "oneOf": branches.iter().map(branch).collect::<Vec<_>>() })
    }

    fn property(self, field: &Field, written: bool) -> Value {
        let mut schema = self.value(&field.ty, field.spelling);
        if written {
            limit(&mut schema, field);
        }
        if field.nullable && field.ty != Ty::Json {
            schema = nullable(schema);
        }
        let Value::Object(mut schema) = schema else {
            return schema;
        };
        if let Some(does) = &field.does {
            schema.insert("description".to_owned(), does.clone().into());
        }
        if field.read_only {
            schema.insert("readOnly".to_owned(), true.into());
        }
        if field.deprecated.is_some() {
            schema.insert("deprecated".to_owned(), true.into());
        }
        if let (Some(default), true) = (&field.default, written) {
            schema.insert("default".to_owned(), default.clone());
        }
        schema.into()
    }

    /// The schema of a value.
    pub(super) fn value(self, ty: &Ty, spelling: Option<Wire>) -> Value {
        match ty {
            Ty::Named(id) => self.named(*id),
            Ty::List(item) => json!({ "type": "array", "items": self.value(item, spelling) }),
            Ty::Map(item) => {
                json!({ "type": "object", "additionalProperties": self.value(item, spelling) })
            }
            Ty::Nullable(inner) => nullable(self.value(inner, spelling)),
            Ty::Link(inner) => {
                let text = json!({ "type": "string" });
                let link = json!({
                    "type": "object",
                    "required": ["url", "resource"],
                    "properties": { "url": text, "resource": text },
                });
                json!({ "anyOf": [link, self.value(inner, spelling)] })
            }
            Ty::OneOrMany(item) => {
                let item = self.value(item, spelling);
                json!({ "oneOf": [item, { "type": "array", "items": item }] })
            }
            Ty::Json => json!({}),
            ty => plain(ty, spelling),
        }
    }

    fn named(self, id: TypeId) -> Value {
        json!({ "$ref": format!("#/components/schemas/{}", self.names.of(id.0)) })
    }
}

fn plain(ty: &Ty, spelling: Option<Wire>) -> Value {
    match (ty, spelling) {
        (Ty::Int | Ty::Number, Some(Wire::Text)) => json!({ "type": "string" }),
        (Ty::Int, _) => json!({ "type": "integer" }),
        (Ty::Number, _) => json!({ "type": "number" }),
        (Ty::Bool, Some(Wire::OneZero)) => json!({ "type": "integer", "enum": [0, 1] }),
        (Ty::Bool, _) => json!({ "type": "boolean" }),
        (Ty::DateTime | Ty::Date, Some(Wire::Unix)) => json!({ "type": "integer" }),
        (Ty::DateTime | Ty::Date, Some(Wire::Rfc2822)) => json!({ "type": "string" }),
        (Ty::DateTime, _) => json!({ "type": "string", "format": "date-time" }),
        (Ty::Date, _) => json!({ "type": "string", "format": "date" }),
        (Ty::Uuid, _) => json!({ "type": "string", "format": "uuid" }),
        (Ty::Id, _) => json!({ "type": ["integer", "string"] }),
        _ => json!({ "type": "string" }),
    }
}

fn wires(members: &[Member]) -> Vec<&str> {
    members.iter().map(|member| &*member.wire).collect()
}

/// The bounds of a written value. Those of strings and numbers apply to the items of an array.
fn limit(schema: &mut Value, field: &Field) {
    let limits = &field.limits;
    let Some(map) = schema.as_object_mut() else {
        return;
    };
    for (key, value) in [("minItems", limits.items.0), ("maxItems", limits.items.1)] {
        if let Some(value) = value {
            map.insert(key.to_owned(), value.into());
        }
    }
    let map = match map.get_mut("items") {
        Some(Value::Object(items)) if items.contains_key("type") => items,
        Some(_) => return,
        None => map,
    };
    // A decimal encoded as a string has no minimum.
    let is_text = map.get("type").and_then(Value::as_str) == Some("string");
    let number = |text: &Option<String>| -> Option<Value> {
        serde_json::from_str(text.as_deref()?)
            .ok()
            .filter(Value::is_number)
    };
    let range = [("minimum", &limits.range.0), ("maximum", &limits.range.1)];
    for (key, value) in range {
        if let Some(value) = number(value).filter(|_| !is_text) {
            map.insert(key.to_owned(), value);
        }
    }
    let mut put = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            map.insert(key.to_owned(), value);
        }
    };
    put("minLength", limits.length.0.map(Value::from));
    put("maxLength", limits.length.1.map(Value::from));
    put("pattern", limits.pattern.clone().map(Value::from));
    let format = limits.format.map(|format| match format {
        Format::Url => "uri",
        Format::Currency => "iso-4217",
        Format::Country => "iso-3166-1-alpha-2",
        Format::Email => "email",
        Format::EventScope => "event-scope",
    });
    put("format", format.map(Value::from));
}

/// The same, or null.
fn nullable(mut schema: Value) -> Value {
    let plain = schema.get("enum").is_none();
    match schema.get_mut("type") {
        Some(Value::Array(types)) if plain => types.push("null".into()),
        Some(name @ Value::String(_)) if plain => *name = json!([name.clone(), "null"]),
        _ => return json!({ "anyOf": [schema, { "type": "null" }] }),
    }
    schema
}
