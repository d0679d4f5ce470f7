//! The responses, by status.

use serde_json::{Map, Value, json};

use super::Writer;
use crate::{
    model::{Answer, Endpoint, Ty},
    spec::Envelope,
};

/// The components that responses share.
pub(super) fn shared() -> Vec<(String, Value)> {
    let integer = || json!({ "type": "integer" });
    let text = || json!({ "type": "string" });
    let links = json!({
        "type": "object",
        "properties": { "previous": text(), "current": text(), "next": text() },
    });
    let pagination = json!({
        "type": "object",
        "properties": {
            "total": integer(), "count": integer(), "per_page": integer(),
            "current_page": integer(), "total_pages": integer(), "links": links,
        },
    });
    let cursors = json!({
        "type": "object",
        "properties": {
            "count": integer(), "per_page": integer(),
            "start_cursor": text(), "end_cursor": text(), "links": links,
        },
    });
    let page = json!({
        "type": "object",
        "properties": { "pagination": pagination, "cursor_pagination": cursors },
    });
    let counts = json!({
        "type": "object",
        "properties": { "total": integer(), "success": integer(), "failed": integer() },
    });
    [("PageMeta", page), ("BatchMeta", counts)]
        .map(|(name, schema)| (name.to_owned(), schema))
        .to_vec()
}

impl Writer<'_> {
    pub(super) fn responses(self, endpoint: &Endpoint) -> Value {
        let mut all = Map::new();
        for status in &endpoint.success {
            let mut response = json!({ "description": success(*status) });
            let content = self.content(endpoint, *status);
            if let (Some(content), Some(map)) = (content, response.as_object_mut()) {
                map.insert("content".to_owned(), content);
            }
            all.insert(status.to_string(), response);
        }
        for status in &endpoint.errors {
            all.insert(
                status.to_string(),
                json!({ "description": "The call was rejected." }),
            );
        }
        all.into()
    }

    fn content(self, endpoint: &Endpoint, status: u16) -> Option<Value> {
        if status == 204 {
            return None;
        }
        let mut data = match &endpoint.answer {
            Answer::File => {
                let media = endpoint
                    .media_type
                    .as_deref()
                    .unwrap_or("application/octet-stream");
                return Some(
                    json!({ media: { "schema": { "type": "string", "format": "binary" } } }),
                );
            }
            Answer::Events(_) => {
                return Some(json!({ "text/event-stream": { "schema": { "type": "string" } } }));
            }
            Answer::Page(item) => json!({ "type": "array", "items": self.value(item, None) }),
            // A success without a value has no body.
            Answer::One(Ty::Nullable(ty)) => self.value(ty, None),
            Answer::One(ty) | Answer::Outcome(ty) => self.value(ty, None),
            Answer::Counts | Answer::Nothing => json!({}),
        };
        if let (207, Some(partial)) = (status, &endpoint.partial) {
            data = self.value(partial, None);
        }
        let counts = matches!(endpoint.answer, Answer::Counts);
        let meta = match &endpoint.answer {
            Answer::Page(_) => json!({ "$ref": "#/components/schemas/PageMeta" }),
            _ if counts => json!({ "$ref": "#/components/schemas/BatchMeta" }),
            _ => json!({ "type": "object" }),
        };
        let schema = match endpoint.envelope {
            Envelope::None => return None,
            Envelope::Flat if matches!(endpoint.answer, Answer::Nothing) => return None,
            Envelope::Flat => data,
            Envelope::Meta => json!({ "type": "object", "properties": { "meta": meta } }),
            Envelope::DataMeta => {
                json!({ "type": "object", "properties": { "data": data, "meta": meta } })
            }
        };
        Some(json!({ "application/json": { "schema": schema } }))
    }
}

const fn success(status: u16) -> &'static str {
    match status {
        201 => "Created.",
        202 => "Accepted.",
        204 => "Done; no content.",
        207 => "Part of the batch succeeded.",
        _ => "Done.",
    }
}
