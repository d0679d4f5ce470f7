//! A call of the API, as far as a store has to know it.

use std::{collections::HashMap, sync::OnceLock};

use http::StatusCode;
use serde::Deserialize;
use serde_json::Value;

use super::{formats::judge, schemas::Definitions};

/// A call.
#[derive(Debug, Deserialize)]
pub struct Endpoint {
    /// `brands.list`
    pub id: String,
    /// Its group.
    pub group: String,
    /// The HTTP method.
    pub method: String,
    /// The server that it is on; `None` for that of the store.
    #[serde(default)]
    pub server: Option<String>,
    /// The path below the store, with parameters in braces.
    pub path: String,
    /// The minimum scope.
    pub scope: String,
    /// The minimum scope of another area that is sufficient instead.
    #[serde(default)]
    pub or_scope: Option<String>,
    /// Other scopes that are sufficient.
    pub satisfied_by: Vec<String>,
    /// The scopes that it also needs with some values.
    #[serde(default)]
    pub also_needs: Vec<AlsoNeeds>,
    /// The type of resource it is about.
    pub acts_on: String,
    /// The generation of the API.
    pub version: String,
    /// The events that it fires.
    pub fires: Vec<String>,
    /// Whether it requires one of its filters.
    #[serde(default)]
    pub needs_filter: bool,
    /// The pagination style of a list.
    pub pagination: Option<String>,
    /// The type of a response that is not JSON.
    #[serde(default)]
    pub stream: Option<Stream>,
    /// The media type of a file.
    #[serde(default)]
    pub media_type: Option<String>,
    /// Whether the body is optional.
    #[serde(default)]
    pub optional_body: bool,
    /// The maximum size in bytes of the files of its form, by part name.
    #[serde(default)]
    pub file_limits: HashMap<String, usize>,
    /// The types of the files of its form that are accepted, by part name; any if it has none.
    #[serde(default)]
    pub file_types: HashMap<String, Vec<String>>,
    /// The maximum number of items of the body, or of ids in the query if there is no body.
    pub batch: Option<usize>,
    /// The documented error statuses.
    #[serde(default)]
    pub errors: Vec<u16>,
    /// The maximum number of concurrent calls.
    pub concurrency: Option<usize>,
    /// The success statuses, the default one first.
    pub success: Vec<u16>,
    /// The parameters.
    pub parameters: Vec<Parameter>,
    /// The page size.
    pub limit: Option<Limit>,
    /// How a list is sorted.
    pub sort: Option<Sort>,
    /// How the response is wrapped.
    pub envelope: Envelope,
    json_schema: Bodies,
    #[serde(skip)]
    compiled: OnceLock<Option<jsonschema::Validator>>,
}

/// A scope that a call needs only with some values.
#[derive(Debug, Deserialize)]
pub struct AlsoNeeds {
    /// The minimum scope.
    pub scope: String,
    /// Other scopes that are sufficient.
    #[serde(default)]
    pub satisfied_by: Vec<String>,
    /// The condition, in words that can follow "when".
    pub when: String,
    /// Fields of the body, or of the items of a batch, with the values that meet the condition by themselves.
    #[serde(default)]
    pub values: HashMap<String, Vec<String>>,
}

impl AlsoNeeds {
    /// Whether a body has one of the values.
    pub fn is_met_by(&self, body: &Value) -> bool {
        let has = |item: &Value| {
            self.values.iter().any(|(field, values)| {
                let sent = item.get(field).and_then(Value::as_str);
                sent.is_some_and(|sent| values.iter().any(|value| value == sent))
            })
        };
        match body {
            Value::Array(items) => items.iter().any(has),
            one => has(one),
        }
    }
}

#[derive(Debug, Deserialize)]
struct Bodies {
    request: Option<Value>,
    response: Option<Value>,
}

/// How a response is wrapped.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Envelope {
    /// `{"data": .., "meta": ..}`
    DataMeta,
    /// `{"meta": ..}`
    Meta,
    /// The value itself.
    Flat,
    /// No body.
    None,
}

/// The type of a response that is not JSON.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Stream {
    /// A file.
    File,
    /// Server-sent events.
    Events,
}

/// A parameter of the path, the query, a header or a form.
#[derive(Debug, Deserialize)]
pub struct Parameter {
    /// The name as it is sent.
    pub name: String,
    /// The type, as the spec writes it.
    #[serde(rename = "type")]
    pub ty: String,
    /// `path`, `query`, `header` or `form`.
    #[serde(rename = "in")]
    pub place: String,
    /// Whether the call is rejected without it.
    pub required: bool,
    /// `one`, `list`, `exploded`, `flag` or `file`.
    pub form: String,
    /// Its purpose: `filter`, `page`, `sort`, `include`, `select`, `plain` or `path`.
    pub role: String,
    /// The field of a filter.
    pub field: Option<String>,
    /// The operator of a filter.
    pub op: Option<String>,
    json_schema: ParameterSchema,
}

#[derive(Debug, Default, Deserialize)]
struct ParameterSchema {
    #[serde(rename = "enum", default)]
    members: Vec<serde_json::Value>,
}

impl Parameter {
    /// The allowed values, if they are known.
    pub fn members(&self) -> &[serde_json::Value] {
        &self.json_schema.members
    }
}

/// The page size of a list.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Limit {
    /// The default.
    pub default: usize,
    /// The maximum.
    pub max: usize,
}

/// How a list is sorted.
#[derive(Debug, Deserialize)]
pub struct Sort {
    /// `joined` for `sort=field:direction`, `separate` for a parameter `direction`.
    pub direction: String,
    /// The default sort order.
    pub default: Option<String>,
}

/// A pagination style.
#[derive(Debug, Deserialize)]
pub struct PageStyle {
    /// Its name.
    pub name: String,
    /// Whether it supports cursors.
    pub cursors: bool,
    /// Whether the next page follows the last item's key.
    #[serde(default)]
    pub keyed: bool,
    /// Whether responses contain the total.
    pub totals: bool,
    /// The status with which too large a page is rejected; without it the maximum is used.
    #[serde(default)]
    pub too_large: Option<u16>,
}

impl Endpoint {
    /// Whether it requires a body.
    pub fn takes_body(&self) -> bool {
        self.json_schema.request.is_some()
    }

    /// The validator of its bodies, compiled on first use; `None` if there is no body.
    pub fn judge(&self, definitions: &Definitions) -> Option<&jsonschema::Validator> {
        self.compiled
            .get_or_init(|| judge(&definitions.complete(self.json_schema.request.as_ref()?)))
            .as_ref()
    }

    /// The schema of the whole response body of a success; `None` for no body.
    pub fn response_schema(&self) -> Option<&Value> {
        self.json_schema.response.as_ref()
    }

    /// The type of a success response, or of its items; `None` if no type has a name.
    pub fn response_type(&self) -> Option<&str> {
        named(self.json_schema.response.as_ref()?)
    }

    /// The type of its bodies, or of their items.
    pub fn request_type(&self) -> Option<&str> {
        named(self.json_schema.request.as_ref()?)
    }

    /// Whether a success returns an array.
    pub fn returns_list(&self) -> bool {
        self.json_schema.response.as_ref().is_some_and(|schema| {
            let of_data = schema.pointer("/properties/data/anyOf/0");
            of_data.unwrap_or(schema)["type"] == "array"
        })
    }

    /// Whether a body is an array, or may be one.
    pub fn takes_list(&self) -> bool {
        let is_list = |schema: &Value| schema["type"] == "array";
        let schema = self.json_schema.request.as_ref();
        schema.is_some_and(|schema| {
            let several = schema["anyOf"].as_array();
            is_list(schema) || several.is_some_and(|several| several.iter().any(is_list))
        })
    }

    /// Whether a body is an array of keys.
    pub fn takes_keys(&self) -> bool {
        self.takes_list() && self.request_type().is_none()
    }

    /// Whether it has filters.
    pub fn filters(&self) -> bool {
        self.parameters.iter().any(|one| one.role == "filter")
    }

    /// Whether a body is a form.
    pub fn takes_form(&self) -> bool {
        self.parameters.iter().any(|one| one.place == "form")
    }

    /// Whether it returns the number of records.
    pub fn counts(&self) -> bool {
        self.method == "GET" && self.path.ends_with("/count") && !self.returns_list()
    }

    /// The status of an invalid request: V2 only has 400.
    pub fn bad_status(&self) -> StatusCode {
        if self.version == "v2" {
            StatusCode::BAD_REQUEST
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        }
    }

    /// The default success status.
    pub fn usual_status(&self) -> u16 {
        self.success.first().copied().unwrap_or(200)
    }
}

/// The first named type in a schema.
pub(super) fn named(schema: &Value) -> Option<&str> {
    match schema {
        Value::Object(keys) => {
            let own = keys.get("$ref").and_then(Value::as_str);
            let own = own.and_then(|name| name.strip_prefix("#/$defs/"));
            own.filter(|name| name.contains('.'))
                .or_else(|| keys.values().find_map(named))
        }
        Value::Array(items) => items.iter().find_map(named),
        _ => None,
    }
}
