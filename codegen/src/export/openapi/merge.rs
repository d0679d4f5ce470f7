//! Calls with the same method and path, which differ in their bodies, as one operation: it has every body, and
//! describes each call by the media types of its own.

use serde_json::{Map, Value};

const CONTENT: &str = "/requestBody/content";

/// Adds another call to an operation. None if one of them has no body, so that they cannot be told apart.
pub(super) fn add(operation: &mut Value, call: &Value) -> Option<()> {
    let own = content(call)?.clone();
    // The operation is a single call until another one is added.
    let described = match content(operation)?.len() {
        1 => described(operation)?,
        _ => text(operation, "description").to_owned(),
    };
    let described = format!("{described}\n\n{}", self::described(call)?);
    let summary = text(operation, "summary").trim_end_matches('.');
    let summary = format!("{summary}; or: {}", text(call, "summary"));
    let responses = call.get("responses").and_then(Value::as_object).cloned();
    let bodies = operation.pointer_mut(CONTENT)?.as_object_mut()?;
    bodies.extend(own);
    if let Some(all) = operation
        .get_mut("responses")
        .and_then(Value::as_object_mut)
    {
        for (status, response) in responses.into_iter().flatten() {
            all.entry(status).or_insert(response);
        }
    }
    let keys = operation.as_object_mut()?;
    keys.insert("summary".to_owned(), summary.into());
    keys.insert("description".to_owned(), described.into());
    Some(())
}

/// What a call does, with its media types.
fn described(call: &Value) -> Option<String> {
    let types = content(call)?.keys().map(|name| format!("`{name}`"));
    let types: Vec<String> = types.collect();
    let parts = [text(call, "summary"), text(call, "description")];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    Some(format!("With {}: {}", types.join(" or "), parts.join(" ")))
}

fn content(operation: &Value) -> Option<&Map<String, Value>> {
    operation.pointer(CONTENT)?.as_object()
}

fn text<'o>(operation: &'o Value, key: &str) -> &'o str {
    operation
        .get(key)
        .and_then(Value::as_str)
        .unwrap_or_default()
}
