//! The state of the store as JSON.

use std::sync::Arc;

use http::StatusCode;
use serde_json::{Value, json as value};

use crate::answers::{json, text};
use crate::shop::Shop;
use crate::{Request, Response};

/// The default number of records and requests.
const USUAL: usize = 100;

pub(super) fn store(shop: &Arc<Shop>) -> Response {
    json(StatusCode::OK, &of(shop))
}

/// The summary of the store; it contains no tokens, because their names are sufficient.
pub(super) fn of(shop: &Shop) -> Value {
    let tokens: Vec<Value> = shop
        .tokens
        .all()
        .iter()
        .map(|token| value!({"name": token.name, "client_id": token.client_id, "scopes": token.scopes}))
        .collect();
    value!({
        "url": shop.url,
        "hash": shop.hash,
        "base_url": format!("{}/stores/{}", shop.url, shop.hash),
        "plan": shop.plan.to_string(),
        "seed": shop.seed,
        "strict": shop.strict,
        "latency_ms": u64::try_from(shop.latency.as_millis()).unwrap_or(u64::MAX),
        "requests": shop.log.total(),
        "tokens": tokens,
    })
}

pub(super) fn log(shop: &Arc<Shop>, request: &Request) -> Response {
    json(StatusCode::OK, &shop.log.latest(limit(request)))
}

pub(super) fn collections(shop: &Arc<Shop>) -> Response {
    let counts: serde_json::Map<String, Value> = shop
        .engine
        .collections()
        .into_iter()
        .map(|(name, count)| (name, count.into()))
        .collect();
    json(StatusCode::OK, &counts)
}

pub(super) fn records(shop: &Arc<Shop>, name: &str, request: &Request) -> Response {
    if !shop
        .engine
        .collections()
        .iter()
        .any(|(known, _)| known == name)
    {
        let says = format!("The store has no collection {name}; see /control/collections.\n");
        return text(StatusCode::NOT_FOUND, says);
    }
    let records = shop.engine.records(name);
    let shown: Vec<_> = records
        .iter()
        .take(limit(request))
        .map(|record| record.as_ref())
        .collect();
    json(StatusCode::OK, &shown)
}

fn limit(request: &Request) -> usize {
    request
        .parameter("limit")
        .and_then(|limit| limit.parse().ok())
        .unwrap_or(USUAL)
}

/// The deliveries to hooks, the latest last.
pub(super) fn deliveries(shop: &Arc<Shop>) -> Response {
    json(StatusCode::OK, &shop.dispatcher.log())
}
