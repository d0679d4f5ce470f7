//! Reads JSON schemas into shapes. It decides nothing about the spec; [`super::merge`] combines parts and
//! alternatives.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::{
    merge,
    resolve::{self, Source},
    shape::{Arena, Bounds, Kind, Object, ObjectId, Property, Shape, distinct},
    types::number_text,
};

/// The maximum nesting depth of schemas.
const DEPTH: usize = 64;

/// Reads the schemas of one file, each component once.
pub(crate) struct Reader<'a> {
    pub source: Source<'a>,
    pub arena: Arena,
    known: HashMap<String, Shape>,
    open: HashMap<String, ObjectId>,
    depth: usize,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(source: Source<'a>) -> Self {
        Self {
            source,
            arena: Arena::default(),
            known: HashMap::new(),
            open: HashMap::new(),
            depth: 0,
        }
    }

    /// The shape of a schema.
    pub(crate) fn shape(&mut self, schema: &'a Value) -> Shape {
        if self.depth >= DEPTH {
            return doubtful("nested too deeply to follow");
        }
        self.depth += 1;
        let shape = match resolve::reference(schema) {
            Some(target) => {
                let mut shape = self.referred(target);
                remarks(schema, &mut shape);
                shape
            }
            None => self.inline(schema),
        };
        self.depth -= 1;
        shape
    }

    fn referred(&mut self, target: &str) -> Shape {
        if let Some(shape) = self.known.get(target) {
            return shape.clone();
        }
        if let Some(id) = self.open.get(target) {
            return Shape::of(Kind::Object(*id));
        }
        let Some(schema) = self.source.at(target) else {
            return doubtful(&format!("`{target}` does not exist"));
        };
        let name = resolve::component(target);
        let place = self.arena.reserve(name.clone());
        self.open.insert(target.to_owned(), place);
        let mut shape = self.shape(schema);
        self.open.remove(target);
        if let Kind::Object(id) = shape.kind {
            let mut object = self.arena.get(id).clone();
            object.official = name.clone().or(object.official);
            self.arena.set(place, object);
            shape.kind = Kind::Object(place);
        }
        shape.official = name.or(shape.official);
        self.known.insert(target.to_owned(), shape.clone());
        shape
    }

    fn inline(&mut self, schema: &'a Value) -> Shape {
        let mut parts = vec![self.own(schema)];
        for part in list(schema, "allOf") {
            parts.push(self.shape(part));
        }
        for key in ["oneOf", "anyOf"] {
            let alternatives: Vec<&Value> = list(schema, key).iter().collect();
            if alternatives.is_empty() {
                continue;
            }
            if alternatives.iter().all(|one| only_requires(one)) {
                let names: Vec<String> =
                    alternatives.iter().map(|one| required_text(one)).collect();
                let mut doubt = doubtful(&format!("requires {}", names.join(" or ")));
                doubt.demands = demanded_by_all(&alternatives);
                parts.push(doubt);
                continue;
            }
            let shapes = alternatives
                .into_iter()
                .map(|one| self.shape(one))
                .collect();
            parts.push(merge::either(&mut self.arena, shapes));
        }
        let mut shape = merge::all(&mut self.arena, parts);
        remarks(schema, &mut shape);
        shape
    }

    /// The schema itself, without its parts and alternatives.
    fn own(&mut self, schema: &'a Value) -> Shape {
        let kind = self.kind(schema);
        let mut shape = Shape {
            demands: self.demands(schema, &kind),
            range: range(schema, &kind),
            multiple: multiple(schema, &kind),
            kind,
            format: text(schema, "format"),
            pattern: text(schema, "pattern"),
            length: bounds(schema, "minLength", "maxLength"),
            items: bounds(schema, "minItems", "maxItems"),
            ..Shape::default()
        };
        for value in list(schema, "enum") {
            if value.is_null() {
                shape.nullable = true;
            } else {
                shape.values.push(value.clone());
            }
        }
        distinct(&mut shape.values);
        if let Some(value) = schema.get("const") {
            shape.values.push(value.clone());
        }
        if shape.format.as_deref() == Some("binary") {
            shape.kind = Kind::Binary;
        }
        if type_names(schema).any(|name| name == "null") {
            shape.nullable = true;
        }
        shape
    }

    /// The properties that the schema requires and other parts declare.
    fn demands(&self, schema: &Value, kind: &Kind) -> Vec<String> {
        let declares = |name: &str| match kind {
            Kind::Object(id) => self.arena.get(*id).property(name).is_some(),
            kind => *kind != Kind::Any,
        };
        let required = list(schema, "required").iter().filter_map(Value::as_str);
        let left = required.filter(|name| !declares(name));
        left.map(str::to_owned).collect()
    }

    fn kind(&mut self, schema: &'a Value) -> Kind {
        let name = type_names(schema).find(|name| *name != "null");
        match name {
            Some("integer") => Kind::Int,
            Some("number") => Kind::Number,
            Some("string") => Kind::Text,
            Some("boolean") => Kind::Bool,
            Some("array") => self.list_of(schema),
            Some("object") => self.object(schema),
            _ if schema.get("properties").is_some() => self.object(schema),
            _ if schema.get("items").is_some() && list(schema, "oneOf").is_empty() => {
                self.list_of(schema)
            }
            _ => match list(schema, "enum").first().or_else(|| schema.get("const")) {
                Some(Value::String(_)) => Kind::Text,
                Some(Value::Bool(_)) => Kind::Bool,
                Some(Value::Number(number)) if number.is_f64() => Kind::Number,
                Some(Value::Number(_)) => Kind::Int,
                _ => Kind::Any,
            },
        }
    }

    fn list_of(&mut self, schema: &'a Value) -> Kind {
        let item = match schema.get("items") {
            Some(items) => self.shape(items),
            None => Shape::default(),
        };
        Kind::List(Box::new(item))
    }

    fn object(&mut self, schema: &'a Value) -> Kind {
        let properties = schema.get("properties").and_then(Value::as_object);
        if properties.is_none_or(serde_json::Map::is_empty) {
            return match schema.get("additionalProperties") {
                Some(values) if values.as_object().is_some_and(|v| !v.is_empty()) => {
                    Kind::Map(Box::new(self.shape(values)))
                }
                _ => Kind::Any,
            };
        }
        let place = self.arena.reserve(None);
        let required = list(schema, "required").iter().filter_map(Value::as_str);
        let required: HashSet<&str> = required.collect();
        let mut object = Object::default();
        for (name, property) in properties.into_iter().flatten() {
            let property = Property {
                name: name.clone(),
                shape: self.shape(property),
                required: required.contains(name.as_str()),
            };
            object.properties.insert(name.clone(), property);
        }
        self.arena.set(place, object);
        Kind::Object(place)
    }
}

/// An unknown shape, with the reason.
fn doubtful(why: &str) -> Shape {
    Shape {
        doubts: vec![why.to_owned()],
        ..Shape::default()
    }
}

/// Flags that always apply, even next to a reference.
fn remarks(schema: &Value, shape: &mut Shape) {
    shape.nullable |= flag(schema, "nullable") || flag(schema, "x-nullable");
    shape.read_only |= flag(schema, "readOnly");
    shape.write_only |= flag(schema, "writeOnly");
    shape.deprecated |= flag(schema, "deprecated") || flag(schema, "x-deprecated");
    if let Some(default) = schema.get("default") {
        shape.default = Some(default.clone());
    }
    let methods = list(schema, "x-required").iter().filter_map(Value::as_str);
    for method in methods {
        shape.required_on.push(method.to_owned());
    }
}

fn flag(schema: &Value, key: &str) -> bool {
    schema.get(key).and_then(Value::as_bool).unwrap_or(false)
}

fn text(schema: &Value, key: &str) -> Option<String> {
    schema.get(key).and_then(Value::as_str).map(str::to_owned)
}

fn bounds(schema: &Value, min: &str, max: &str) -> Bounds {
    let number = |key| {
        schema
            .get(key)
            .filter(|v| v.is_number())
            .map(Value::to_string)
    };
    Bounds {
        min: number(min),
        max: number(max),
        ..Bounds::default()
    }
}

/// The allowed numbers. An exclusive end is a separate number in later versions and a flag next to the end in
/// earlier ones; for integers, the next allowed one is used.
fn range(schema: &Value, kind: &Kind) -> Bounds {
    let closed = bounds(schema, "minimum", "maximum");
    let open = bounds(schema, "exclusiveMinimum", "exclusiveMaximum");
    let min = End::of(closed.min, open.min, flag(schema, "exclusiveMinimum"), 1);
    let max = End::of(closed.max, open.max, flag(schema, "exclusiveMaximum"), -1);
    let (min, max) = match kind {
        Kind::Int => (min.closed(1), max.closed(-1)),
        _ => (min, max),
    };
    Bounds {
        min: min.text,
        max: max.text,
        open_min: min.is_open,
        open_max: max.is_open,
    }
}

/// An end of a range.
struct End {
    text: Option<String>,
    is_open: bool,
}

impl End {
    /// The stricter of both ends. `inward` is 1 if numbers above it are allowed, and -1 if below.
    fn of(closed: Option<String>, open: Option<String>, flag: bool, inward: i8) -> Self {
        let number = |text: &Option<String>| text.as_deref().and_then(|it| it.parse::<f64>().ok());
        let inward = f64::from(inward);
        let is_open = match (number(&closed), number(&open)) {
            (Some(closed), Some(open)) => open * inward >= closed * inward,
            (_, open) => open.is_some(),
        };
        match is_open {
            true => Self {
                text: open,
                is_open,
            },
            false => Self {
                is_open: flag && closed.is_some(),
                text: closed,
            },
        }
    }

    /// The same end for integers, as an inclusive one.
    fn closed(self, inward: i64) -> Self {
        let Some(text) = self.text.as_deref().filter(|_| self.is_open) else {
            return self;
        };
        let whole = text.strip_suffix(".0").unwrap_or(text);
        let next = whole
            .parse::<i64>()
            .ok()
            .and_then(|it| it.checked_add(inward));
        match next {
            Some(next) => Self {
                text: Some(next.to_string()),
                is_open: false,
            },
            None => self,
        }
    }
}

/// The factor of a number's multiples. Every integer is a multiple of 1.
fn multiple(schema: &Value, kind: &Kind) -> Option<String> {
    let factor = schema.get("multipleOf").and_then(number_text)?;
    (*kind != Kind::Int || factor != "1").then_some(factor)
}

/// The items of a list, or nothing.
pub(crate) fn list<'v>(schema: &'v Value, key: &str) -> &'v [Value] {
    schema
        .get(key)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

/// `type` as one name or as the list of names that later versions allow.
fn type_names(schema: &Value) -> impl Iterator<Item = &str> {
    let one = schema.get("type").and_then(Value::as_str);
    let many = list(schema, "type").iter().filter_map(Value::as_str);
    one.into_iter().chain(many)
}

/// Whether all it says about an object is which properties are required.
fn only_requires(schema: &Value) -> bool {
    let says = |key: &str| !["type", "title", "description"].contains(&key);
    schema.as_object().is_some_and(|object| {
        object.contains_key("required") && object.keys().filter(|key| says(key)).count() == 1
    })
}

/// What every one of the alternatives requires.
fn demanded_by_all(alternatives: &[&Value]) -> Vec<String> {
    let Some((first, others)) = alternatives.split_first() else {
        return Vec::new();
    };
    let names = list(first, "required").iter();
    let all = names.filter(|name| {
        others
            .iter()
            .all(|one| list(one, "required").contains(name))
    });
    all.filter_map(Value::as_str).map(str::to_owned).collect()
}

fn required_text(schema: &Value) -> String {
    let names = list(schema, "required").iter().filter_map(Value::as_str);
    names.collect::<Vec<_>>().join(" and ")
}
