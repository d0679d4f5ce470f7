//! The schema of a whole response body: the endpoint's value in its envelope. It accepts what the client
//! accepts: also just the data without its envelope, and one value in a list.

use serde_json::{Map, Value, json};

use super::{
    Sketch,
    sketch::{MISSING, reference},
    value::either,
};
use crate::{
    model::{Answer, Endpoint, Ty},
    spec::Envelope,
};

/// The schema of an endpoint's response; `None` if there is no body.
pub(super) fn schema(sketch: Sketch<'_>, endpoint: &Endpoint) -> Option<Value> {
    let data = match &endpoint.answer {
        Answer::File | Answer::Events(_) => return None,
        Answer::Nothing | Answer::Counts => None,
        Answer::Page(item) => Some(list_of(sketch, item)),
        // A success without its value has no body.
        Answer::One(Ty::Nullable(value)) => Some(sketch.value(value, None)),
        Answer::One(value) | Answer::Outcome(value) => Some(sketch.value(value, None)),
    };
    match endpoint.envelope {
        Envelope::None => None,
        Envelope::Flat => data,
        Envelope::DataMeta | Envelope::Meta => Some(wrapped(sketch, endpoint, data)),
    }
}

fn wrapped(sketch: Sketch<'_>, endpoint: &Endpoint, data: Option<Value>) -> Value {
    let mut properties = Map::new();
    if let Some(data) = &data {
        let data = match &endpoint.answer {
            Answer::Outcome(Ty::List(_)) => data.clone(),
            // A partial success may return a list where a full one returns an object.
            Answer::Outcome(_) if endpoint.success.contains(&207) => {
                let list = json!({ "type": "array", "items": data, "minItems": 1, "maxItems": 1 });
                either(data.clone(), list)
            }
            _ => data.clone(),
        };
        properties.insert("data".to_owned(), either(data, reference(MISSING)));
    } else if endpoint.envelope == Envelope::DataMeta {
        let does = "Ignored by the client.";
        properties.insert("data".to_owned(), json!({ "description": does }));
    }
    let meta = either(meta(sketch, endpoint), reference(MISSING));
    properties.insert("meta".to_owned(), meta);
    if endpoint.success.contains(&207) {
        let does = "The errors of a partial success. The format varies.";
        properties.insert("errors".to_owned(), json!({ "description": does }));
    }
    let mut whole = json!({ "type": "object", "properties": properties });
    match data {
        None => {}
        Some(Value::Object(mut list)) if list.get("type") == Some(&json!("array")) => {
            whole["type"] = json!(["object", "array"]);
            whole["items"] = list.remove("items").unwrap_or_else(|| json!({}));
        }
        Some(bare) => {
            whole["if"] = json!({ "not": {
                "anyOf": [
                    { "required": ["data"] },
                    { "propertyNames": { "enum": ["meta", "errors"] } },
                ],
            } });
            whole["then"] = bare;
        }
    }
    whole
}

fn list_of(sketch: Sketch<'_>, item: &Ty) -> Value {
    let items = sketch.value(item, None);
    json!({ "type": "array", "items": items })
}

/// What is next to the data: the position of a page in its list, or the totals of a batch.
fn meta(sketch: Sketch<'_>, endpoint: &Endpoint) -> Value {
    let api = sketch.api;
    let style = endpoint.page.map(|id| api.page_style(id).1);
    let mut properties = Map::new();
    let parts = [
        (
            PAGINATION,
            style.is_some_and(|style| style.numbered || style.keyed),
        ),
        (CURSORS, style.is_some_and(|style| style.cursors)),
    ];
    for (name, _) in parts.into_iter().filter(|(_, there)| *there) {
        let part = either(reference(name), reference(MISSING));
        properties.insert(name.to_owned(), part);
    }
    if endpoint.answer == Answer::Counts {
        for name in ["total", "success", "failed"] {
            properties.insert(name.to_owned(), optional(sketch, &Ty::Int));
        }
    }
    if properties.is_empty() {
        return json!({ "type": "object" });
    }
    json!({ "type": "object", "properties": properties })
}

/// The definitions that every page of a list shares.
pub(super) fn shared(sketch: Sketch<'_>) -> [(&'static str, Value); 2] {
    let counts = ["total", "count", "per_page", "current_page", "total_pages"];
    let cursors = ["start_cursor", "end_cursor"];
    [
        (PAGINATION, part(sketch, &counts, &[])),
        (CURSORS, part(sketch, &["count", "per_page"], &cursors)),
    ]
}

const PAGINATION: &str = "pagination";
const CURSORS: &str = "cursor_pagination";

/// The links of a page, however it was reached.
const LINKS: [&str; 3] = ["previous", "current", "next"];

/// An object of integers, strings and links to pages.
fn part(sketch: Sketch<'_>, integers: &[&str], strings: &[&str]) -> Value {
    let of = |ty: Ty| move |name: &&str| ((*name).to_owned(), optional(sketch, &ty));
    let links: Map<_, _> = LINKS.iter().map(of(Ty::Text)).collect();
    let links = json!({ "type": "object", "properties": links });
    let mut properties: Map<_, _> = integers.iter().map(of(Ty::Int)).collect();
    properties.extend(strings.iter().map(of(Ty::Text)));
    properties.insert("links".to_owned(), either(links, reference(MISSING)));
    json!({ "type": "object", "properties": properties })
}

fn optional(sketch: Sketch<'_>, ty: &Ty) -> Value {
    either(sketch.value(ty, None), reference(MISSING))
}
