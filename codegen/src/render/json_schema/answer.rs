//! The schema of a whole answer: what the endpoint answers, in the envelope it comes in. It takes what
//! the client takes, so also the data alone where an envelope was due, and one thing in a list.

use serde_json::{Map, Value, json};

use super::{Sketch, value::either};
use crate::{
    model::{Answer, Endpoint, Ty},
    spec::Envelope,
};

/// The schema of an endpoint's answer; `None` where there is no body.
pub(super) fn schema(sketch: &mut Sketch<'_>, endpoint: &Endpoint) -> Option<Value> {
    let data = match &endpoint.answer {
        Answer::Nothing | Answer::Counts => None,
        Answer::Page(item) => Some(list_of(sketch, item)),
        Answer::One(value) | Answer::Outcome(value) => Some(sketch.value(value, None)),
    };
    match endpoint.envelope {
        Envelope::None => None,
        Envelope::Flat => data,
        Envelope::DataMeta | Envelope::Meta => Some(wrapped(sketch, endpoint, data)),
    }
}

fn wrapped(sketch: &mut Sketch<'_>, endpoint: &Endpoint, data: Option<Value>) -> Value {
    let mut properties = Map::new();
    if let Some(data) = &data {
        let data = match &endpoint.answer {
            Answer::Outcome(Ty::List(_)) => data.clone(),
            // A success in part has answered a list where a whole one answers an object.
            Answer::Outcome(_) if endpoint.success.contains(&207) => {
                let list = json!({ "type": "array", "items": data, "minItems": 1, "maxItems": 1 });
                either(data.clone(), list)
            }
            _ => data.clone(),
        };
        properties.insert("data".to_owned(), either(data, sketch.missing()));
    } else if endpoint.envelope == Envelope::DataMeta {
        let does = "Nothing that the client reads.";
        properties.insert("data".to_owned(), json!({ "description": does }));
    }
    let meta = either(meta(sketch, endpoint), sketch.missing());
    properties.insert("meta".to_owned(), meta);
    if endpoint.success.contains(&207) {
        let does = "What went wrong, when only a part succeeded. Its form varies.";
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

fn list_of(sketch: &mut Sketch<'_>, item: &Ty) -> Value {
    let items = sketch.value(item, None);
    json!({ "type": "array", "items": items })
}

/// What stands beside the data: where a page lies in its list, or the tally of a batch.
fn meta(sketch: &mut Sketch<'_>, endpoint: &Endpoint) -> Value {
    let api = sketch.api;
    let style = endpoint
        .page
        .as_deref()
        .and_then(|page| api.service.pages.get(page));
    let mut properties = Map::new();
    if style.is_some_and(|style| style.numbered) {
        let counts = ["total", "count", "per_page", "current_page", "total_pages"];
        let pagination = part(sketch, &counts, &LINKS, &[]);
        properties.insert("pagination".to_owned(), pagination);
    }
    if style.is_some_and(|style| style.cursors) {
        let cursors = ["start_cursor", "end_cursor"];
        let pagination = part(sketch, &["count", "per_page"], &LINKS, &cursors);
        properties.insert("cursor_pagination".to_owned(), pagination);
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

/// The links of a page, whichever way it was reached.
const LINKS: [&str; 3] = ["previous", "current", "next"];

/// An object of numbers, texts and links to pages.
fn part(sketch: &mut Sketch<'_>, numbers: &[&str], links: &[&str], texts: &[&str]) -> Value {
    let mut properties = Map::new();
    for name in numbers {
        properties.insert((*name).to_owned(), optional(sketch, &Ty::Int));
    }
    for name in texts {
        properties.insert((*name).to_owned(), optional(sketch, &Ty::Text));
    }
    let pages: Map<_, _> = links
        .iter()
        .map(|name| ((*name).to_owned(), optional(sketch, &Ty::Text)))
        .collect();
    let pages = either(
        json!({ "type": "object", "properties": pages }),
        sketch.missing(),
    );
    properties.insert("links".to_owned(), pages);
    either(
        json!({ "type": "object", "properties": properties }),
        sketch.missing(),
    )
}

fn optional(sketch: &mut Sketch<'_>, ty: &Ty) -> Value {
    either(sketch.value(ty, None), sketch.missing())
}
