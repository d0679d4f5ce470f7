//! The files that a spec has once: the service, its scopes and its events.

use serde_json::{Map, Value, json};

use super::{Plan, maybe, words};
use crate::choices::Choices;

/// The service. It is always the same except for its groups.
pub(super) fn service(plan: &Plan) -> Value {
    let topic = json!({ "title": "Topic", "text": "A text.", "points": ["A point."] });
    json!({
        "name": "Example",
        "title": "The Example API",
        "does": "It gives examples.",
        "sources": {
            "guide": { "title": "The guide", "version": "1" },
            "official": { "title": "The description", "version": "2", "url": "https://example.com/{file}" },
        },
        "guide": {
            "endpoints": 0, "groups": 0, "reads": 0, "writes": 0,
            "scopes": 0, "events": 0, "updated": "2026-01-01",
        },
        "base_url": "https://api.example.com/stores/{store_hash}",
        "login_url": "https://login.example.com",
        "auth_header": "X-Auth-Token",
        "headers": { "Accept": "application/json" },
        "groups": plan.groups,
        "topics": [topic],
        "connections": [{
            "name": "REST", "does": "Calls.", "best_for": "Programs.", "governed_by": "Scopes.",
        }],
        "authentication": [{
            "name": "Account", "does": "Signs in.", "token": "It stays.", "best_for": "One store.",
        }],
        "generations": {
            "v3": {
                "title": "V3", "does": "The new one.", "envelope": "data_meta",
                "operators": {
                    "eq": "{}", "in": "{}:in", "not_in": "{}:not_in", "min": "{}:min",
                    "max": "{}:max", "like": "{}:like",
                },
                "list_operators": ["in", "not_in"],
            },
            "v2": {
                "title": "V2", "does": "The old one.", "envelope": "flat",
                "operators": { "eq": "{}", "min": "min_{}", "max": "max_{}" },
                "list_operators": [],
            },
        },
        "pages": {
            "v3": {
                "title": "By number", "does": "Turns pages.",
                "numbered": true, "cursors": false, "totals": true,
            },
            "v3_cursor": {
                "title": "By cursor", "does": "Goes on.",
                "numbered": true, "cursors": true, "totals": true,
            },
            "v2": {
                "title": "By number, without totals", "does": "Turns pages.",
                "numbered": true, "cursors": false, "totals": false,
            },
        },
        "rates": {
            "standard": {
                "title": "Standard", "does": "Limits calls.",
                "plans": [{ "name": "Only", "requests": 1, "window_seconds": 1, "per_hour": 1 }],
                "headers": { "X-Left": "How many are left." },
            },
        },
        "request_size": ["A page holds 50 records."],
        "statuses": [{
            "status": 429, "name": "Too Many Requests", "means": "Too many.", "then": "Wait.",
        }],
        "history": [{
            "name": "2026-01-31", "title": "The new one", "current": true, "does": "It came.",
            "changes": ["A change."],
        }],
        "questions": [{ "question": "Why?", "answer": "Because." }],
        "glossary": [{ "term": "Thing", "means": "Any of them.", "also": ["item"], "see": ["429"] }],
        "agents": topic,
    })
}

pub(super) fn scopes(choices: &mut Choices<'_>, plan: &Plan) -> Value {
    let mut areas = Map::new();
    for at in 0..plan.areas {
        let area = json!({
            "label": words::text(choices),
            "covers": words::text(choices),
            "levels": {
                "read": { "wire": format!("area_{at}_look"), "level": "read-only", "writes": false },
                "modify": {
                    "wire": format!("area_{at}"), "level": "modify", "writes": true,
                    "includes": ["read"],
                },
            },
        });
        areas.insert(format!("area_{at}"), area);
    }
    json!({ "does": words::text(choices), "areas": areas })
}

/// The scope of an event, by its number.
pub(super) fn event(at: usize) -> String {
    [
        "store/thing/created",
        "store/thing/lineItem/updated",
        "store/type/deleted",
    ][at]
        .to_owned()
}

pub(super) fn events(choices: &mut Choices<'_>, plan: &Plan) -> Value {
    let declared = |choices: &mut Choices<'_>, at| {
        let mut facts = Map::new();
        facts.insert("scope".to_owned(), json!(event(at)));
        facts.insert("does".to_owned(), json!(words::text(choices)));
        facts.insert(
            "payload".to_owned(),
            json!(choices.pick(&["Delivered", "[Delivered]", "json", "{Delivered}"])),
        );
        maybe(choices, 2, &mut facts, "note", |choices| {
            json!(words::text(choices))
        });
        maybe(choices, 3, &mut facts, "unstated", |_| json!(true));
        Value::Object(facts)
    };
    let list: Vec<_> = (0..plan.events).map(|at| declared(choices, at)).collect();
    json!({
        "does": words::text(choices),
        "delivery": "Delivery",
        "events": list,
        "wildcards": [{ "scope": "store/*", "does": words::text(choices) }],
        "schemas": {
            "Delivery": {
                "does": words::text(choices),
                "fields": {
                    "scope": { "type": "string", "required": ["read"] },
                    "data": { "type": "json", "required": ["read"] },
                },
            },
            "Delivered": {
                "does": words::text(choices),
                "fields": { "id": { "type": "id" }, "type": { "type": "string", "rust": "kind" } },
            },
        },
    })
}
