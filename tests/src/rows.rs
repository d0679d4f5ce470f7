//! The endpoints as the published catalogue `api.json` describes them. Tests compare the client with
//! it, so nothing here comes from the client.

use bigcommerce_mock::catalogue::Schemas;
use serde::Deserialize;
use serde_json::{Map, Value};

/// An endpoint.
#[derive(Clone, Debug, Deserialize)]
pub struct Row {
    pub id: String,
    pub method: String,
    pub path: String,
    pub success: Vec<u16>,
    pub pagination: Option<String>,
    pub envelope: String,
    pub batch: Option<usize>,
    pub errors: Vec<u16>,
    #[serde(default)]
    pub server: Option<String>,
    #[serde(default)]
    pub stream: Option<String>,
    #[serde(default)]
    pub media_type: Option<String>,
    #[serde(default)]
    pub optional_body: bool,
    pub needs_filter: bool,
    #[serde(default)]
    pub at_most_one_of: Vec<Vec<String>>,
    pub parameters: Vec<Parameter>,
    pub sort: Option<Sort>,
    pub json_schema: Bodies,
    pub rust: Rust,
}

impl Row {
    /// The parts of its form, if its body is one.
    pub fn form(&self) -> impl Iterator<Item = &Parameter> {
        self.parameters.iter().filter(|it| it.place == "form")
    }
}

/// A parameter of an endpoint.
#[derive(Clone, Debug, Deserialize)]
pub struct Parameter {
    pub name: String,
    #[serde(rename = "in")]
    pub place: String,
    #[serde(rename = "type")]
    pub ty: String,
    pub form: String,
    pub required: bool,
    pub role: String,
    #[serde(default)]
    pub field: Option<String>,
    #[serde(default)]
    pub op: Option<String>,
    pub json_schema: Value,
}

/// How a list can be sorted.
#[derive(Clone, Debug, Deserialize)]
pub struct Sort {
    pub by: Vec<String>,
    pub direction: String,
}

/// The self-contained schemas of the bodies.
#[derive(Clone, Debug, Deserialize)]
pub struct Bodies {
    pub request: Option<Value>,
    pub response: Option<Value>,
}

/// The types of the client.
#[derive(Clone, Debug, Deserialize)]
pub struct Rust {
    pub request: Option<String>,
    pub response: Option<String>,
    #[serde(default)]
    pub partial: Option<String>,
}

/// The self-contained schema of one body, built as the catalogue says: the definitions of its side
/// (`requests` or `responses`) and the schema's own keys. Unused definitions are omitted: they are
/// irrelevant for it, and nearly everything a validator would have to read.
pub fn complete(catalogue: &Value, side: &str, schema: &Value) -> Value {
    let side = &catalogue["schemas"][side];
    let mut complete = Map::new();
    for (key, value) in side.as_object().into_iter().flatten() {
        let value = match key.as_str() {
            DEFINITIONS => Value::Object(reached(value, schema)),
            _ => value.clone(),
        };
        complete.insert(key.clone(), value);
    }
    complete.extend(schema.as_object().cloned().unwrap_or_default());
    Value::Object(complete)
}

/// Where the definitions of a schema are.
const DEFINITIONS: &str = "$defs";

/// The definitions that a schema uses, directly or indirectly.
fn reached(definitions: &Value, schema: &Value) -> Map<String, Value> {
    let mut reached = Map::new();
    let mut open = vec![schema];
    while let Some(schema) = open.pop() {
        match schema {
            Value::Object(keys) => {
                let target = keys.get("$ref").and_then(Value::as_str);
                let name = target.and_then(|target| target.strip_prefix("#/$defs/"));
                if let Some(name) = name
                    && let Some(definition) = definitions.get(name)
                    && !reached.contains_key(name)
                {
                    reached.insert(name.to_owned(), definition.clone());
                    open.push(definition);
                }
                open.extend(keys.values());
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    reached
}

/// All endpoints of the catalogue.
///
/// # Panics
///
/// If it cannot be read.
pub fn rows() -> Vec<Row> {
    rows_of(&crate::text("generated-client/docs/api.json"))
}

/// All endpoints of a catalogue, in the form of `api.json`.
///
/// # Panics
///
/// If it cannot be read.
pub fn rows_of(text: &str) -> Vec<Row> {
    #[derive(Deserialize)]
    struct Whole {
        endpoints: Vec<Row>,
        schemas: Schemas,
    }
    let Whole {
        mut endpoints,
        schemas,
    } = match serde_json::from_str(text) {
        Ok(whole) => whole,
        Err(error) => crate::fail(&format!("the catalogue: {error}")),
    };
    for row in &mut endpoints {
        let Bodies { request, response } = &mut row.json_schema;
        for (body, side) in [(request, &schemas.requests), (response, &schemas.responses)] {
            *body = body.take().map(|root| side.complete(&root));
        }
    }
    endpoints
}
