//! Schemas: objects with every set of views, with fields of every type, and enumerations.

use serde_json::{Map, Value, json};

use super::{Plan, maybe, words};
use crate::choices::Choices;

/// A schema before its fields are known.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    pub(super) name: &'static str,
    /// Its group, or `None` for a shared one.
    pub(super) home: Option<usize>,
    /// The views; empty for an enumeration.
    pub(super) views: &'static [&'static str],
}

const VIEWS: &[&[&str]] = &[
    &["read"],
    &["read", "create", "update"],
    &["read", "write"],
    &["read", "update"],
];

impl Shape {
    pub(super) const fn is_choice(&self) -> bool {
        self.views.is_empty()
    }

    /// Its name as it is written in `home`.
    pub(super) fn written(&self, plan: &Plan, home: Option<usize>) -> String {
        match self.home {
            Some(own) if Some(own) != home => format!("{}.{}", plan.groups[own], self.name),
            _ => self.name.to_owned(),
        }
    }

    /// Whether it has all of these `views`.
    fn serves(&self, views: &[&str]) -> bool {
        views.iter().all(|view| {
            self.views.contains(view)
                || matches!(*view, "create" | "update") && self.views.contains(&"write")
        })
    }

    /// The type that a call sends for `view`.
    pub(super) fn sent(&self, view: &str) -> Option<&'static str> {
        match view {
            "create" if self.views.contains(&"create") => Some("Create"),
            "update" if self.views.contains(&"update") => Some("Update"),
            _ if self.views.contains(&"write") => Some("Input"),
            _ => None,
        }
    }
}

/// The schemas of all files, by name only.
pub(super) fn plan(choices: &mut Choices<'_>, groups: &[&str]) -> Vec<Shape> {
    let mut shapes = Vec::new();
    for home in (0..groups.len()).map(Some) {
        for name in words::some(choices, words::OBJECTS, 1, 3) {
            let views = VIEWS[choices.below(VIEWS.len())];
            shapes.push(Shape { name, home, views });
        }
        for name in words::some(choices, words::CHOICES, 1, 2) {
            shapes.push(Shape {
                name,
                home,
                views: &[],
            });
        }
    }
    if choices.once_in(2) {
        shapes.push(Shape {
            name: "SharedThing",
            home: None,
            views: VIEWS[1],
        });
        shapes.push(Shape {
            name: "SharedKind",
            home: None,
            views: &[],
        });
    }
    shapes
}

/// The schemas in the file of `home`.
pub(super) fn of(choices: &mut Choices<'_>, plan: &Plan, home: Option<usize>) -> Value {
    let mut schemas = Map::new();
    for shape in plan.shapes.iter().filter(|shape| shape.home == home) {
        let mut schema = Map::new();
        schema.insert("does".to_owned(), json!(words::text(choices)));
        if shape.is_choice() {
            schema.insert("values".to_owned(), values(choices));
        } else {
            object(choices, plan, shape, &mut schema);
        }
        maybe(choices, 3, &mut schema, "notes", |choices| {
            json!([words::text(choices)])
        });
        maybe(choices, 3, &mut schema, "official", |_| json!("thing_Full"));
        schemas.insert(shape.name.to_owned(), Value::Object(schema));
    }
    Value::Object(schemas)
}

fn values(choices: &mut Choices<'_>) -> Value {
    let mut values = Map::new();
    for value in words::some(choices, words::VALUES, 1, 5) {
        let does = if choices.once_in(2) {
            json!(words::text(choices))
        } else {
            Value::Null
        };
        values.insert(value.to_owned(), does);
    }
    if choices.once_in(8) {
        values.insert(choices.pick(words::HARD).to_owned(), Value::Null);
    }
    Value::Object(values)
}

fn object(choices: &mut Choices<'_>, plan: &Plan, shape: &Shape, into: &mut Map<String, Value>) {
    if shape.views != ["read"] || choices.once_in(2) {
        into.insert("views".to_owned(), json!(shape.views));
    }
    let mut fields = Map::new();
    let mut everywhere = Vec::new();
    let mut names = words::some(choices, words::FIELDS, 1, 7);
    if choices.once_in(8) {
        names.push(choices.pick(words::HARD));
    }
    for name in names {
        let field = field(choices, plan, shape);
        if !field.contains_key("in") {
            everywhere.push(name);
        }
        fields.insert(name.to_owned(), Value::Object(field));
    }
    into.insert("fields".to_owned(), Value::Object(fields));
    if everywhere.len() > 1 {
        let view = shape.views.iter().rfind(|view| **view != "read");
        maybe(choices, 3, into, "needs_one_of", |_| match view {
            Some(view) => json!({ *view: [everywhere] }),
            None => json!({}),
        });
    }
}

/// A type with suitable facts.
fn field(choices: &mut Choices<'_>, plan: &Plan, shape: &Shape) -> Map<String, Value> {
    let mut field = Map::new();
    let kind = kind(choices, plan, shape);
    let Some(kind) = kind else {
        field.insert("enum".to_owned(), values(choices));
        return common(choices, shape, field);
    };
    let facts: &[(&str, Value)] = &match kind.as_str() {
        "int" => vec![
            (
                "range",
                json!(choices.pick(&["0..", "..5", "-2147483648..2147483647"])),
            ),
            ("default", json!(0)),
            ("wire", json!("text")),
        ],
        "decimal" => vec![
            ("range", json!("0.5..100")),
            ("default", json!(0.5)),
            ("wire", json!("text")),
            ("unit", json!(words::text(choices))),
        ],
        "string" => vec![
            ("length", json!(choices.pick(&["1..255", "..0", "3.."]))),
            ("default", json!(words::text(choices))),
            ("pattern", json!(r"^(\/([A-Za-z0-9\-_.]{1,256}))*\/?$")),
            ("unit", json!("HTML")),
        ],
        "bool" => vec![("default", json!(true)), ("wire", json!("one_zero"))],
        "datetime" => vec![("wire", json!(choices.pick(&["rfc2822", "unix"])))],
        "date" => vec![("wire", json!("rfc2822"))],
        list if list.starts_with('[') => vec![("items", json!("1..10")), ("default", json!([]))],
        _ => vec![],
    };
    field.insert("type".to_owned(), json!(kind));
    for (key, value) in facts {
        maybe(choices, 3, &mut field, key, |_| value.clone());
    }
    common(choices, shape, field)
}

/// A type as the spec writes it; `None` for an inline enumeration.
fn kind(choices: &mut Choices<'_>, plan: &Plan, shape: &Shape) -> Option<String> {
    const PLAIN: &[&str] = &[
        "string", "int", "bool", "decimal", "datetime", "date", "uuid", "id", "json",
    ];
    let fitting: Vec<&Shape> = plan
        .shapes
        .iter()
        .filter(|other| other.is_choice() || other.serves(shape.views))
        .filter(|other| shape.home.is_some() || other.home.is_none())
        .collect();
    let leaf = match choices.below(4) {
        0 | 1 => choices.pick(PLAIN).to_owned(),
        2 if !fitting.is_empty() => choices.pick(&fitting).written(plan, shape.home),
        2 => "json".to_owned(),
        _ => return None,
    };
    Some(match choices.below(6) {
        0 | 1 => leaf,
        2 => format!("[{leaf}]"),
        3 => format!("{{{leaf}}}"),
        4 if shape.views == ["read"] => format!("link [{leaf}]"),
        4 => format!("[[{leaf}]]"),
        _ => format!("[{{{leaf}}}]"),
    })
}

/// Facts that any field can have.
fn common(
    choices: &mut Choices<'_>,
    shape: &Shape,
    mut field: Map<String, Value>,
) -> Map<String, Value> {
    let mut views = shape.views.to_vec();
    if views.len() > 1 && choices.once_in(3) {
        views.remove(choices.below(views.len()));
        field.insert("in".to_owned(), json!(views));
    }
    maybe(choices, 4, &mut field, "required", |choices| {
        json!([choices.pick(&views)])
    });
    maybe(choices, 4, &mut field, "nullable", |choices| {
        if choices.once_in(2) {
            json!(true)
        } else {
            json!([choices.pick(&views)])
        }
    });
    maybe(choices, 2, &mut field, "does", |choices| {
        json!(words::text(choices))
    });
    // A field that is always present has no condition.
    if !field.contains_key("required") {
        maybe(choices, 6, &mut field, "when", |choices| {
            json!(words::text(choices))
        });
    }
    maybe(
        choices,
        8,
        &mut field,
        "deprecated",
        |choices| json!({ "why": words::text(choices), "since": "2026-01-01", "use": "something else" }),
    );
    field
}
