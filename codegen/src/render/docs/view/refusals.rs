//! The usual body of an error response of each generation, as an example.

use serde::Serialize;
use serde_json::json;

use super::Links;
use crate::spec::{Generation, RefusalBody};

/// The status of the example, and its name in HTTP.
const STATUS: (u16, &str) = (400, "Bad Request");

/// A page about it, as the value of `type`.
const TYPE: &str = "https://example.com/statuses";

/// The usual body of an error response of a generation.
#[derive(Debug, Serialize)]
pub(in super::super) struct Refusal {
    /// The generation.
    pub title: String,
    /// The format of the body, by the name that code blocks have for it.
    pub language: &'static str,
    pub body: String,
}

/// The usual bodies of error responses, except empty ones.
pub(in super::super) fn all(links: &Links<'_>) -> Vec<Refusal> {
    let generations = links.api.service.generations.iter();
    let refusal = |(_, one): (&str, &Generation)| {
        let (language, body) = example(one.refusal)?;
        Some(Refusal {
            title: one.title.clone(),
            language,
            body,
        })
    };
    generations.filter_map(refusal).collect()
}

/// The format of a body, and an example of it; none if it is empty.
fn example(form: RefusalBody) -> Option<(&'static str, String)> {
    let (status, name) = STATUS;
    let fields = json!({ "name": "What is wrong with the value." });
    let body = match form {
        RefusalBody::Problem => {
            json!({ "status": status, "title": name, "type": TYPE, "errors": fields })
        }
        RefusalBody::List => json!([{ "status": status, "message": name, "details": fields }]),
        RefusalBody::Errors => {
            json!({ "errors": [{ "status": status, "title": name, "type": TYPE }] })
        }
        RefusalBody::Text => return Some(("text", name.to_owned())),
        RefusalBody::Empty => return None,
    };
    Some(("json", format!("{body:#}")))
}
