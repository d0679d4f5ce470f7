//! The body of a call, read and held against its schema.

use http::{StatusCode, header::CONTENT_TYPE};
use jsonschema::error::ValidationErrorKind;
use serde_json::{Value, json};

use crate::catalogue::{Catalogue, Endpoint};
use crate::exchange::Asked;
use crate::refusal::{INVALID, Refusal};

/// How many faults are told at the most.
const TOLD: usize = 20;

/// The body; null where the call has none.
pub(super) fn read(
    catalogue: &Catalogue,
    endpoint: &Endpoint,
    closed: bool,
    asked: &Asked,
) -> Result<Value, Refusal> {
    if !endpoint.takes_body() {
        return Ok(Value::Null);
    }
    if endpoint.optional_body && asked.body.is_empty() {
        return Ok(if endpoint.takes_list() {
            json!([])
        } else {
            json!({})
        });
    }
    let kind = asked
        .headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    if !kind.is_some_and(|kind| kind.to_ascii_lowercase().contains("json")) {
        let says = "The Content-Type of a body must be application/json.";
        return Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, says));
    }
    let body: Value = serde_json::from_slice(&asked.body).map_err(|error| {
        Refusal::new(
            StatusCode::BAD_REQUEST,
            format!("Input is invalid: {error}"),
        )
    })?;
    if let (Some(most), Value::Array(items)) = (endpoint.batch, &body)
        && items.len() > most
    {
        let says = format!("The batch has {} items and may have {most}.", items.len());
        return Err(Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, says));
    }
    judge(catalogue, endpoint, closed, &body)?;
    Ok(body)
}

fn judge(
    catalogue: &Catalogue,
    endpoint: &Endpoint,
    closed: bool,
    body: &Value,
) -> Result<(), Refusal> {
    let Some(judge) = endpoint.judge(&catalogue.schemas.requests) else {
        return Ok(());
    };
    // Most bodies are good, and that is the quickest to tell.
    if judge.is_valid(body) {
        return Ok(());
    }
    let mut fields = Vec::new();
    let mut status = endpoint.bad_status();
    for error in judge.iter_errors(body) {
        let at = error
            .instance_path()
            .as_str()
            .trim_start_matches('/')
            .replace('/', ".");
        let below = |name: &str| {
            if at.is_empty() {
                name.to_owned()
            } else {
                format!("{at}.{name}")
            }
        };
        match error.kind() {
            // What the API does not know it passes over, unless the call says otherwise.
            ValidationErrorKind::AdditionalProperties { unexpected } => {
                if closed && at.is_empty() {
                    status = StatusCode::BAD_REQUEST;
                    fields.extend(unexpected.iter().map(|name| {
                        (name.clone(), format!("The field '{name}' cannot be written to. Please remove it from your request before trying again."))
                    }));
                }
            }
            ValidationErrorKind::Required { property } => {
                let name = property.as_str().unwrap_or_default();
                fields.push((
                    below(name),
                    format!("{name} is a required field and cannot be empty."),
                ));
            }
            ValidationErrorKind::AnyOf { .. } if at.is_empty() || at.parse::<usize>().is_ok() => {
                fields.push((
                    below("."),
                    "one of several fields is needed, and none is there".to_owned(),
                ));
            }
            ValidationErrorKind::Format { format } if format == "email" => {
                fields.push((at.clone(), "It is not an e-mail address.".to_owned()));
            }
            ValidationErrorKind::Not { .. } => {
                fields.push((
                    below("."),
                    "fields that exclude each other stand together".to_owned(),
                ));
            }
            _ => fields.push((
                if at.is_empty() {
                    ".".to_owned()
                } else {
                    at.clone()
                },
                error.to_string(),
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
