//! The HTML page. It works without JavaScript; a small script only refreshes it while it is open.

use std::sync::{Arc, OnceLock};

use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY};
use http::{HeaderValue, StatusCode};
use minijinja::{Environment, Error};
use serde_json::{Value, json};

use super::{faults, states};
use crate::answers::{html, text};
use crate::catalogue::Catalogue;
use crate::shop::Shop;
use crate::{Request, Response};

const REQUESTS: usize = 60;
const RECORDS: usize = 25;
const DELIVERIES: usize = 12;
/// The name ends in `.html`, so that minijinja escapes its output.
const NAME: &str = "page.html";
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; \
                      connect-src 'self'; img-src data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// A button: its title, its description, and the fault that it adds.
const BUTTONS: [(&str, &str, &str); 8] = [
    (
        "429",
        "three times, with the quota's headers",
        r#"{"do":"limit","retry_after":2,"times":3}"#,
    ),
    (
        "Bare 429",
        "three times, without any header",
        r#"{"do":"limit","headers":false,"times":3}"#,
    ),
    (
        "503",
        "three times, as JSON",
        r#"{"do":"error","status":503,"times":3}"#,
    ),
    (
        "502 page",
        "three times, as a gateway's HTML",
        r#"{"do":"error","status":502,"body":"html","times":3}"#,
    ),
    (
        "Lost response",
        "the call runs, the connection resets",
        r#"{"do":"reset","when":"before","times":1}"#,
    ),
    (
        "Cut body",
        "half of the body, once",
        r#"{"do":"truncate","times":1}"#,
    ),
    (
        "Slow",
        "each response takes 500 to 1,000 ms longer",
        r#"{"do":"latency","ms":500,"jitter_ms":500}"#,
    ),
    (
        "Flaky",
        "a tenth of all responses are 500",
        r#"{"do":"error","status":500,"probability":0.1}"#,
    ),
];

pub(super) fn answer(shop: &Arc<Shop>, request: &Request) -> Response {
    match written(shop, request) {
        Ok(page) => {
            let mut answer = html(StatusCode::OK, page);
            let headers = &mut answer.headers;
            headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
            headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
            headers.insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
            answer
        }
        Err(error) => text(StatusCode::INTERNAL_SERVER_ERROR, format!("{error:#}\n")),
    }
}

fn templates() -> Result<&'static Environment<'static>, Error> {
    static TEMPLATES: OnceLock<Environment<'static>> = OnceLock::new();
    if let Some(made) = TEMPLATES.get() {
        return Ok(made);
    }
    let mut made = Environment::new();
    made.add_template(NAME, include_str!("page.html"))?;
    Ok(TEMPLATES.get_or_init(|| made))
}

fn written(shop: &Arc<Shop>, request: &Request) -> Result<String, Error> {
    let collections = shop.engine.collections();
    let shown = request.parameter("collection");
    let shown = collections
        .iter()
        .find(|(name, _)| Some(name.as_str()) == shown);
    let shown = shown.or(collections.first());
    let records: Vec<Value> = match shown {
        Some((name, _)) => shop
            .engine
            .records(name)
            .iter()
            .take(RECORDS)
            .map(|record| row(record))
            .collect(),
        None => Vec::new(),
    };
    let mut log = shop.log.latest(REQUESTS);
    log.reverse();
    let buttons: Vec<Value> = BUTTONS
        .iter()
        .map(|(title, does, fault)| json!({"title": title, "does": does, "fault": fault}))
        .collect();
    let mut deliveries = shop.dispatcher.log();
    deliveries.reverse();
    deliveries.truncate(DELIVERIES);
    let apps = shop.apps.registrations();
    let apps: Vec<Value> = apps
        .iter()
        .map(|app| json!({"id": app.client_id, "name": app.name, "scopes": app.scopes}))
        .collect();
    let account = &shop.account;
    let endpoints = Catalogue::shared()
        .map(|known| {
            known
                .endpoints
                .iter()
                .map(|endpoint| endpoint.id.as_str())
                .collect()
        })
        .unwrap_or_else(|_| Vec::new());
    let shown = json!({
        "store": states::of(shop),
        "account": {
            "token": account.token,
            "read_only_token": account.read_only_token,
            "client_id": account.client_id,
            "client_secret": account.client_secret,
        },
        "collections": collections,
        "shown": shown.map(|(name, _)| name),
        "count": shown.map_or(0, |(_, count)| *count),
        "records": records,
        "log": log,
        "deliveries": deliveries,
        "apps": apps,
        "faults": faults::of(shop),
        "buttons": buttons,
        "endpoints": endpoints,
    });
    let page = templates()?.get_template(NAME)?;
    page.render(minijinja::value::Serde(&shown))
}

/// A record on one line: a few short values to recognise it by, with the whole record below.
fn row(record: &serde_json::Map<String, Value>) -> Value {
    let short = |value: &Value| match value {
        Value::String(text) => {
            !text.is_empty() && text.chars().count() <= 40 && !text.starts_with('<')
        }
        Value::Number(_) | Value::Bool(_) => true,
        _ => false,
    };
    let spelled = |value: &Value| match value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    };
    let mut fields = record.iter().filter(|(_, value)| short(value));
    let key = fields.next().map(|(_, value)| spelled(value));
    let summary: Vec<Value> = fields
        .filter(|(_, value)| value.is_string() || value.is_number())
        .take(4)
        .map(|(name, value)| json!({"name": name, "value": spelled(value)}))
        .collect();
    let all = serde_json::to_string_pretty(record).unwrap_or_default();
    json!({"key": key, "summary": summary, "all": all})
}
