//! Writes what the spec lacks in its own format: a parameter, a field, and the schemas of the objects in it.
//! What it cannot know is left as a `todo:`.

use heck::ToUpperCamelCase;
use serde_json::{Map, Value, json};

use super::edit::Change;
use crate::{
    diagnostic::At,
    import::{
        classes::{Side, visible},
        shape::{Arena, Kind, Shape},
        views::required,
    },
    spec::View,
};

/// How deep objects are drafted.
const DEPTH: usize = 4;

/// Where a field is missing.
pub(super) struct Missing<'a> {
    pub arena: &'a Arena,
    pub side: Side,
    /// The name of the schema, and its views.
    pub schema: &'a str,
    pub view: View,
    pub views: &'a [View],
    /// The schemas of the file.
    pub schemas: At<'a>,
}

impl<'a> Missing<'a> {
    /// The entry of a field, and the schemas that it needs.
    pub(super) fn field(
        &self,
        name: &str,
        shape: &Shape,
        needed: bool,
    ) -> (Value, Vec<(At<'a>, Change)>) {
        let mut more = Vec::new();
        let mut entry = self.entry(self.schema, name, shape, &mut more, DEPTH);
        if self.views.len() > 1 {
            entry.insert("in".to_owned(), json!([word(self.view)]));
        }
        if needed {
            entry.insert("required".to_owned(), json!([word(self.view)]));
        }
        (entry.into(), more)
    }

    fn entry(
        &self,
        owner: &str,
        name: &str,
        shape: &Shape,
        more: &mut Vec<(At<'a>, Change)>,
        depth: usize,
    ) -> Map<String, Value> {
        let mut entry = Map::new();
        let strings = matches!(shape.kind, Kind::Text);
        let integers = matches!(shape.kind, Kind::Int) && shape.values.iter().all(Value::is_i64);
        if !strings || shape.values.is_empty() {
            let text = self.text(owner, name, shape, more, depth);
            entry.insert("type".to_owned(), text.into());
        }
        if (strings || integers) && !shape.values.is_empty() {
            entry.insert("enum".to_owned(), values(shape));
        }
        if shape.nullable {
            entry.insert("nullable".to_owned(), true.into());
        }
        let is_open = shape.values.is_empty();
        let is_text = strings && is_open;
        let is_number = matches!(shape.kind, Kind::Int | Kind::Number) && is_open;
        let limits = [
            ("length", shape.length.text(), is_text),
            ("range", shape.range.text(), is_number),
            (
                "items",
                shape.items.text(),
                matches!(shape.kind, Kind::List(_)),
            ),
            ("pattern", shape.pattern.clone(), is_text),
        ];
        for (key, limit, _) in limits.into_iter().filter(|(_, _, is_for)| *is_for) {
            entry.extend(limit.map(|limit| (key.to_owned(), limit.into())));
        }
        // The default of an omitted field.
        let default = shape.default.as_ref().filter(|value| !value.is_null());
        if let Some(default) = default.filter(|_| self.side != Side::Read) {
            entry.insert("default".to_owned(), default.clone());
        }
        entry
    }

    fn text(
        &self,
        owner: &str,
        name: &str,
        shape: &Shape,
        more: &mut Vec<(At<'a>, Change)>,
        depth: usize,
    ) -> String {
        match &shape.kind {
            Kind::List(item) => format!("[{}]", self.text(owner, name, item, more, depth)),
            Kind::Map(item) => format!("{{{}}}", self.text(owner, name, item, more, depth)),
            Kind::Object(id) if depth > 0 => {
                let noun = noun(owner, name);
                let object = self.arena.get(*id);
                let mut fields = Map::new();
                for property in visible(object, self.side) {
                    let inner = &property.shape;
                    let mut entry = self.entry(&noun, &property.name, inner, more, depth - 1);
                    if self.side != Side::Read && required(property, self.side) {
                        entry.insert("required".to_owned(), json!([word(self.view)]));
                    }
                    fields.insert(property.name.clone(), entry.into());
                }
                let mut schema = Map::new();
                schema.insert("does".to_owned(), "".into());
                schema.insert("todo".to_owned(), "what it is".into());
                schema.insert("views".to_owned(), json!([word(self.view)]));
                schema.insert("fields".to_owned(), fields.into());
                more.push((self.schemas, Change::set(&noun, schema)));
                noun
            }
            // An item with members; those of a field itself are in its entry.
            Kind::Text if !shape.values.is_empty() => {
                let noun = noun(owner, name);
                let mut schema = Map::new();
                schema.insert("does".to_owned(), "".into());
                schema.insert("todo".to_owned(), "what it is".into());
                schema.insert("values".to_owned(), values(shape));
                more.push((self.schemas, Change::set(&noun, schema)));
                noun
            }
            _ => plain(shape).to_owned(),
        }
    }
}

/// The name of the schema of a part of another one.
fn noun(owner: &str, name: &str) -> String {
    format!("{owner}{}", singular(name).to_upper_camel_case())
}

/// The entry of a parameter.
pub(super) fn parameter(shape: &Shape, required: bool) -> Value {
    let text = match &shape.kind {
        Kind::List(item) => format!("[{}]", plain(item)),
        _ => plain(shape).to_owned(),
    };
    let mut entry = json!({ "type": text });
    let mut put = |key: &str, value: Value| entry[key] = value;
    if let Some(question) = members(shape) {
        put("todo", question.into());
    }
    if required {
        put("required", true.into());
    }
    if !matches!(shape.kind, Kind::List(_)) {
        if let Some(default) = shape.default.as_ref().filter(|value| !value.is_null()) {
            put("default", default.clone());
        }
        if let Some(range) = shape.range.text() {
            put("range", range.into());
        }
    }
    entry
}

/// The question about a parameter with known values, which only a schema can list.
pub(super) fn members(shape: &Shape) -> Option<String> {
    let item = match &shape.kind {
        Kind::List(item) => item,
        _ => shape,
    };
    let known = super::members::texts(item);
    let is_open = known.is_empty() || !matches!(item.kind, Kind::Text | Kind::Int);
    (!is_open).then(|| format!("a type that lists its values: {}", known.join(", ")))
}

/// The name of a plain type.
pub(super) fn plain(shape: &Shape) -> &'static str {
    match (&shape.kind, shape.format.as_deref()) {
        (Kind::Int, _) => "int",
        (Kind::Number, _) => "decimal",
        (Kind::Bool, _) => "bool",
        (Kind::Text, Some("date-time")) => "datetime",
        (Kind::Text, Some("date")) => "date",
        (Kind::Text, Some("uuid")) => "uuid",
        (Kind::Text | Kind::Binary, _) => "string",
        _ => "json",
    }
}

fn values(shape: &Shape) -> Value {
    let texts = super::members::texts(shape).into_iter();
    let members: Map<_, _> = texts.map(|text| (text, Value::Null)).collect();
    members.into()
}

/// A view, by its name in the spec.
pub(super) const fn word(view: View) -> &'static str {
    match view {
        View::Read => "read",
        View::Create => "create",
        View::Update => "update",
        View::Write => "write",
    }
}

fn singular(name: &str) -> String {
    if let Some(stem) = name.strip_suffix("ies") {
        return format!("{stem}y");
    }
    let plain = name.strip_suffix('s').filter(|stem| !stem.ends_with('s'));
    plain.unwrap_or(name).to_owned()
}
