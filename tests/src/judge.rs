//! Validates requests and responses against the schemas in the published catalogue.

use std::sync::OnceLock;

use jsonschema::Validator;
use serde_json::Value;

use crate::{
    fail,
    rows::{Row, rows, rows_of},
};

/// How many errors of one body are reported.
const TOLD: usize = 5;

/// The validators of every endpoint.
#[derive(Debug)]
pub struct Judge(Vec<Judged>);

/// The validators of one endpoint.
#[derive(Debug)]
struct Judged {
    row: Row,
    segments: Vec<String>,
    request: Option<Schema>,
    response: Option<Schema>,
    /// The query parameters in the order of the row's, with whether each is a list.
    query: Vec<(String, bool, Schema)>,
}

/// A schema of the catalogue, compiled on first use.
#[derive(Debug)]
struct Schema {
    of: String,
    schema: Value,
    validator: OnceLock<Validator>,
}

impl Schema {
    fn new(of: &str, schema: &Value) -> Self {
        Self {
            of: of.to_owned(),
            schema: schema.clone(),
            validator: OnceLock::new(),
        }
    }

    fn validator(&self) -> &Validator {
        self.validator
            .get_or_init(|| match jsonschema::validator_for(&self.schema) {
                Ok(validator) => validator,
                Err(error) => fail(&format!("{}: {error}", self.of)),
            })
    }

    fn held(&self, value: &Value) -> Result<(), String> {
        let errors = self.validator().iter_errors(value).take(TOLD);
        let wrong: Vec<String> = errors
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        if wrong.is_empty() {
            Ok(())
        } else {
            Err(wrong.join("\n  "))
        }
    }
}

impl Judge {
    /// The schemas of the catalogue.
    ///
    /// # Panics
    ///
    /// If one of them is invalid.
    pub fn read() -> Self {
        Self::of(rows())
    }

    /// The schemas of another catalogue, in the form of `api.json`.
    ///
    /// # Panics
    ///
    /// If it is not a catalogue, or one of them is invalid.
    pub fn of_catalogue(text: &str) -> Self {
        Self::of(rows_of(text))
    }

    /// The schemas of the catalogue, with which a response must not have any other field.
    ///
    /// # Panics
    ///
    /// If one of them is invalid.
    pub fn closed() -> Self {
        let mut rows = rows();
        for schema in rows
            .iter_mut()
            .filter_map(|row| row.json_schema.response.as_mut())
        {
            close(schema);
        }
        Self::of(rows)
    }

    fn of(rows: Vec<Row>) -> Self {
        let mut judged: Vec<Judged> = rows.into_iter().map(Judged::of).collect();
        // A literal path takes precedence over one with parameters.
        judged.sort_by_key(|judged| {
            let parameters = judged.segments.iter().filter(|part| part.starts_with('{'));
            parameters.count()
        });
        Self(judged)
    }

    /// Validates a request: the target is the path and the query below the store.
    ///
    /// # Errors
    ///
    /// Returns what is wrong.
    pub fn request(&self, method: &str, target: &str, body: &[u8]) -> Result<(), String> {
        let judged = self.find(method, target)?;
        let (_, query) = target.split_once('?').unwrap_or((target, ""));
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            judged.parameter(pair)?;
        }
        match &judged.request {
            None if body.is_empty() => Ok(()),
            Some(_) if body.is_empty() && judged.row.optional_body => Ok(()),
            None => Err("the catalogue says that no body is sent".to_owned()),
            Some(schema) => {
                let body = serde_json::from_slice(body)
                    .map_err(|error| format!("the body is no JSON: {error}"))?;
                schema.held(&body)
            }
        }
    }

    /// Validates the response of a success; `None` means no body.
    ///
    /// # Errors
    ///
    /// Returns what is wrong.
    pub fn answer(
        &self,
        method: &str,
        target: &str,
        status: u16,
        answer: Option<&Value>,
    ) -> Result<(), String> {
        let judged = self.find(method, target)?;
        if !judged.row.success.contains(&status) {
            return Err(format!("{status} is no success of `{}`", judged.row.id));
        }
        match (&judged.response, answer) {
            (_, None) if status == 204 => Ok(()),
            (None, None) => Ok(()),
            (None, Some(_)) => Err("the catalogue says that there is no body".to_owned()),
            (Some(_), None) => Err("there is no body".to_owned()),
            (Some(schema), Some(answer)) => schema.held(answer),
        }
    }

    fn find(&self, method: &str, target: &str) -> Result<&Judged, String> {
        let asked = segments(target.split('?').next().unwrap_or(target));
        let fits = |judged: &&Judged| {
            let pairs = judged.segments.iter().zip(&asked);
            judged.row.method == method
                && judged.segments.len() == asked.len()
                && pairs
                    .into_iter()
                    .all(|(own, asked)| own.starts_with('{') || own == asked)
        };
        let found = self.0.iter().find(fits);
        found.ok_or_else(|| format!("no endpoint of the catalogue is {method} {target}"))
    }
}

impl Judged {
    fn of(row: Row) -> Self {
        let schema = |schema: &Value| Schema::new(&row.id, schema);
        let query = row.parameters.iter().filter(|one| one.place == "query");
        Self {
            segments: segments(&row.path),
            request: row.json_schema.request.as_ref().map(schema),
            response: row.json_schema.response.as_ref().map(schema),
            query: query
                .map(|one| {
                    let list = one.form == "list";
                    (one.name.clone(), list, schema(&one.json_schema))
                })
                .collect(),
            row,
        }
    }

    /// What is wrong with a query parameter, as it was sent.
    fn parameter(&self, pair: &str) -> Result<(), String> {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let name = decoded(name);
        let Some((_, list, schema)) = self.query.iter().find(|(known, ..)| *known == name) else {
            return Err(format!("the catalogue has no parameter `{name}`"));
        };
        // Commas between items are not encoded, commas inside an item are.
        let parts = if *list {
            value.split(',').collect()
        } else {
            vec![value]
        };
        for part in parts.into_iter().map(decoded) {
            let number =
                serde_json::from_str(&part).is_ok_and(|part| schema.validator().is_valid(&part));
            if !number {
                schema
                    .held(&Value::from(part))
                    .map_err(|wrong| format!("{name}: {wrong}"))?;
            }
        }
        Ok(())
    }
}

/// Disallows unknown fields in the objects of a schema.
fn close(schema: &mut Value) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(close),
        Value::Object(fields) => {
            fields.values_mut().for_each(close);
            let names = fields.get("properties").is_some_and(Value::is_object);
            if names && !fields.contains_key("additionalProperties") {
                fields.insert("additionalProperties".to_owned(), Value::Bool(false));
            }
        }
        _ => {}
    }
}

fn segments(path: &str) -> Vec<String> {
    path.trim_matches('/')
        .split('/')
        .map(str::to_owned)
        .collect()
}

/// A percent-decoded query value.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|hex| str::from_utf8(hex).ok());
        let byte = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match byte.filter(|_| *first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
