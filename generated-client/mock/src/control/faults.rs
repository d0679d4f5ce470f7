//! The fault buttons of the control page, and the same for programs.

use std::sync::Arc;

use http::{StatusCode, header};
use serde_json::{Value, json as value};

use crate::answers::{json, see_other, text};
use crate::shop::Shop;
use crate::urlencoded::parse;
use crate::{Request, Response, Script};

pub(super) fn list(shop: &Arc<Shop>) -> Response {
    json(StatusCode::OK, &of(shop))
}

/// Each fault as a sentence, with the number of times it has occurred and whether it is used up.
pub(super) fn of(shop: &Shop) -> Vec<Value> {
    let faults = shop.faults.list().into_iter();
    faults
        .map(|(fault, struck)| {
            let over = fault.times.is_some_and(|most| struck >= most);
            value!({"fault": fault.to_string(), "struck": struck, "over": over})
        })
        .collect()
}

/// Accepts one fault as JSON, or from a button: the same JSON in the field `fault`.
pub(super) fn add(shop: &Arc<Shop>, request: &Request) -> Response {
    let kind = request
        .headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    let form = kind.is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"));
    let body = String::from_utf8_lossy(&request.body);
    let fault = if form {
        let fields = parse(&body);
        let field = |name: &str| {
            let field = fields
                .iter()
                .find(|(key, value)| key == name && !value.trim().is_empty());
            field.map(|(_, value)| value.trim().to_owned())
        };
        let Some(fault) = field("fault") else {
            let says =
                "A form needs the field `fault`; a program sends a fault as application/json.\n";
            return text(StatusCode::BAD_REQUEST, says);
        };
        narrowed(&fault, field("endpoint"))
    } else {
        body.into_owned()
    };
    match Script::parse(&format!("{{\"faults\": [{fault}]}}")) {
        Ok(script) => {
            script
                .faults
                .into_iter()
                .for_each(|fault| shop.faults.add(fault));
            if form {
                see_other("/#faults")
            } else {
                json(StatusCode::CREATED, &of(shop))
            }
        }
        Err(error) => text(StatusCode::BAD_REQUEST, format!("{error}\n")),
    }
}

/// The same fault for a single call only.
fn narrowed(fault: &str, endpoint: Option<String>) -> String {
    match (serde_json::from_str(fault), endpoint) {
        (Ok(Value::Object(mut fault)), Some(endpoint)) => {
            fault.insert("endpoint".to_owned(), endpoint.into());
            Value::Object(fault).to_string()
        }
        _ => fault.to_owned(),
    }
}

pub(super) fn clear(shop: &Arc<Shop>) -> Response {
    shop.faults.clear();
    see_other("/#faults")
}
