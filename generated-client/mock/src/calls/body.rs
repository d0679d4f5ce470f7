//! The body of a call, parsed and validated against its schema.

use http::{StatusCode, header::CONTENT_TYPE};
use jsonschema::{
    JsonType, ValidationError,
    error::{TypeKind, ValidationErrorKind},
};
use serde_json::{Value, json};

use crate::catalogue::{Catalogue, Endpoint};
use crate::exchange::Request;
use crate::refusal::{INVALID, Refusal};
use crate::rules::Settings;

/// The maximum number of errors in a response.
const TOLD: usize = 20;

/// The body; null if the call has none.
pub(super) fn read(
    catalogue: &Catalogue,
    endpoint: &Endpoint,
    (settings, optional): (&Settings, &[&str]),
    request: &Request,
) -> Result<Value, Refusal> {
    if !endpoint.takes_body() {
        return Ok(Value::Null);
    }
    if endpoint.optional_body && request.body.is_empty() {
        return Ok(if endpoint.takes_list() {
            json!([])
        } else {
            json!({})
        });
    }
    let kind = request
        .headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    if !kind.is_some_and(|kind| kind.to_ascii_lowercase().contains("json")) {
        let says = "The Content-Type of a body must be application/json.";
        return Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, says));
    }
    let mut body: Value = serde_json::from_slice(&request.body).map_err(|error| {
        Refusal::new(
            StatusCode::BAD_REQUEST,
            format!("Input is invalid: {error}"),
        )
    })?;
    if let (Some(most), Value::Array(items)) = (endpoint.batch, &body)
        && items.len() > most
    {
        let says = format!(
            "The batch has {} items; at most {most} are allowed.",
            items.len()
        );
        return Err(Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, says));
    }
    cut(&mut body, settings.cuts);
    judge(catalogue, endpoint, (settings.closed, optional), &body)?;
    Ok(body)
}

/// Replaces numbers above the maximum that the store keeps in a field by that maximum.
fn cut(value: &mut Value, cuts: &[(&str, i64)]) {
    match value {
        Value::Array(items) if !cuts.is_empty() => items.iter_mut().for_each(|it| cut(it, cuts)),
        Value::Object(fields) if !cuts.is_empty() => {
            for (name, value) in fields {
                match cuts.iter().find(|(field, _)| name == field) {
                    Some((_, most)) if is_beyond(value, *most) => *value = (*most).into(),
                    Some(_) => {}
                    None => cut(value, cuts),
                }
            }
        }
        _ => {}
    }
}

fn is_beyond(value: &Value, most: i64) -> bool {
    let whole = value.as_i64().map(|number| number > most);
    // A number that is too large to calculate with, or has an exponent.
    whole.unwrap_or_else(|| value.as_f64().is_some_and(|number| number > most as f64))
}

fn judge(
    catalogue: &Catalogue,
    endpoint: &Endpoint,
    (closed, optional): (bool, &[&str]),
    body: &Value,
) -> Result<(), Refusal> {
    let Some(judge) = endpoint.judge(&catalogue.schemas.requests) else {
        return Ok(());
    };
    // Most bodies are valid, and checking that is fastest.
    if judge.is_valid(body) {
        return Ok(());
    }
    let mut fields = Vec::new();
    let mut status = endpoint.bad_status();
    for error in judge.iter_errors(body) {
        let at = place(&error);
        match error.kind() {
            // The API ignores unknown fields, unless the call says otherwise.
            ValidationErrorKind::AdditionalProperties { unexpected } => {
                if closed && at.is_empty() {
                    status = StatusCode::BAD_REQUEST;
                    fields.extend(unexpected.iter().map(|name| {
                        (name.clone(), format!("The field '{name}' cannot be written to. Please remove it from your request before trying again."))
                    }));
                }
            }
            // V2 accepts quoted numbers.
            ValidationErrorKind::Type { kind }
                if endpoint.version == "v2" && is_quoted_number(kind, error.instance()) => {}
            ValidationErrorKind::Required { property } => {
                let name = property.as_str().unwrap_or_default();
                if at.is_empty() && optional.contains(&name) {
                    continue;
                }
                fields.push((
                    below(&at, name),
                    format!("{name} is a required field and cannot be empty."),
                ));
            }
            ValidationErrorKind::AnyOf { context } if lacks(context).next().is_some() => {
                let says = "One of several fields is required, but none is present.";
                fields.extend(lacks(context).map(|name| (name, says.to_owned())));
            }
            ValidationErrorKind::Format { format } if format == "email" => {
                fields.push((at, "It is not an e-mail address.".to_owned()));
            }
            ValidationErrorKind::Not { schema } => {
                let says = "It cannot be combined with another field that is present.";
                let before = fields.len();
                let together = together(schema, error.instance());
                fields.extend(together.map(|name| (below(&at, name), says.to_owned())));
                if fields.len() == before {
                    fields.push((below(&at, "."), says.to_owned()));
                }
            }
            _ => fields.push((
                if at.is_empty() { ".".to_owned() } else { at },
                said(&error),
            )),
        }
        if fields.len() >= TOLD {
            break;
        }
    }
    if fields.is_empty() {
        return Ok(());
    }
    let mut refusal = Refusal::new(status, INVALID);
    if status == StatusCode::BAD_REQUEST
        && let Some((_, says)) = fields.first()
    {
        refusal.title.clone_from(says);
    }
    refusal.fields = fields;
    Err(refusal)
}

/// What is wrong with a value. A list or an object, which may be large, is not repeated.
fn said(error: &ValidationError<'_>) -> String {
    match &**error.instance() {
        Value::Array(_) => error.masked_with("The list").to_string(),
        Value::Object(_) => error.masked_with("The object").to_string(),
        _ => error.to_string(),
    }
}

/// Whether an integer was expected, but sent as a string.
fn is_quoted_number(wanted: &TypeKind, sent: &Value) -> bool {
    let takes_integers = match wanted {
        TypeKind::Single(one) => *one == JsonType::Integer,
        TypeKind::Multiple(all) => all.contains(JsonType::Integer),
    };
    let is_number = |text: &str| text.parse::<i64>().is_ok();
    takes_integers && sent.as_str().is_some_and(is_number)
}

/// The path of what an error is about: `items.0`.
fn place(error: &ValidationError<'_>) -> String {
    let at = error.instance_path().as_str();
    at.trim_start_matches('/').replace('/', ".")
}

/// The path of a field there.
fn below(at: &str, name: &str) -> String {
    match at {
        "" => name.to_owned(),
        at => format!("{at}.{name}"),
    }
}

/// The fields of which one would be sufficient, from what each alternative lacks.
fn lacks(choices: &[Vec<ValidationError<'static>>]) -> impl Iterator<Item = String> {
    choices
        .iter()
        .flatten()
        .filter_map(|error| match error.kind() {
            ValidationErrorKind::Required { property } => {
                Some(below(&place(error), property.as_str().unwrap_or_default()))
            }
            _ => None,
        })
}

/// The fields of an object that a schema does not allow together.
fn together<'a>(schema: &'a Value, object: &'a Value) -> impl Iterator<Item = &'a str> {
    let one = std::slice::from_ref(schema);
    let sets = schema["anyOf"].as_array().map_or(one, Vec::as_slice).iter();
    let names = |set: &'a Value| set["required"].as_array().into_iter().flatten();
    let is_there = |name: &Value| name.as_str().is_some_and(|name| object.get(name).is_some());
    let set = sets.clone().find(move |set| names(set).all(is_there));
    set.into_iter().flat_map(names).filter_map(Value::as_str)
}
