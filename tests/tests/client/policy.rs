//! Access policies: which rule allows what, and that a denied call never reaches the server.

mod mistakes;
mod records;

use std::{collections::BTreeMap, sync::Arc};

use bigcommerce_client::{
    Endpoint, ErrorKind, Group,
    audit::JsonLines,
    customers::CustomerUpdate,
    policy::{Level, Policy},
};
use bigcommerce_tests::{
    json,
    server::{Answer, Server, store_with},
};
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Decisions {
    does: String,
    policy: Value,
    #[serde(default)]
    allowed: BTreeMap<String, String>,
    #[serde(default)]
    denied: BTreeMap<String, String>,
    scopes: String,
}

fn cases() -> Vec<Decisions> {
    json("tests/data/policy/decisions.json")
}

/// The error and the record of a raw call with this name, or of the endpoint with this name.
async fn judged(policy: Policy, call: &str) -> (Option<bigcommerce_client::Error>, Value, usize) {
    let server = Server::start(|_| Answer::json(200, r#"{"data":[],"meta":{}}"#)).await;
    let log = Arc::new(JsonLines::new(Vec::new()));
    let store = store_with(&server, |b| b.policy(policy).audit(Arc::clone(&log)));
    let (method, path) = match call.split_once(' ') {
        Some((method, path)) => (method.parse().unwrap(), path.to_owned()),
        None => {
            let endpoint = Endpoint::from_id(call).unwrap();
            let path = endpoint.path().replace(['{', '}'], "");
            (http::Method::from(endpoint.method()), path)
        }
    };
    let result = store.raw(method, path).query("id:in", 1).await;
    let text = log.with(|written| String::from_utf8(written.clone()).unwrap());
    let line = serde_json::from_str(text.lines().last().unwrap()).unwrap();
    (result.err(), line, server.asked().len())
}

#[tokio::test]
async fn a_policy_decides_before_the_network_and_names_the_rule() {
    let mut wrong = Vec::new();
    for case in cases() {
        let does = &case.does;
        let policy = Policy::from_json(&case.policy.to_string()).unwrap();
        assert_eq!(policy.scopes().to_string(), case.scopes, "{does}");
        let allowed = case
            .allowed
            .iter()
            .map(|(call, rule)| ("allowed", call, rule));
        let denied = case
            .denied
            .iter()
            .map(|(call, rule)| ("denied", call, rule));
        for (decision, call, rule) in allowed.chain(denied) {
            let (error, record, asked) = judged(policy.clone(), call).await;
            let is = [&record["decision"], &record["rule"]].map(|it| it.as_str().unwrap());
            if is != [decision, rule] {
                wrong.push(format!("{does} {call}: {is:?}, not {decision} by {rule}"));
                continue;
            }
            assert_eq!(asked, usize::from(decision == "allowed"), "{does} {call}");
            if decision == "allowed" {
                assert!(error.is_none(), "{does} {call}: {error:?}");
                continue;
            }
            let error = error.unwrap_or_else(|| panic!("{does} {call} was allowed"));
            assert!(error.is_denied() && !error.is_retryable(), "{does} {call}");
            assert_eq!(
                error.denied_by().unwrap().to_string(),
                *rule,
                "{does} {call}"
            );
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_policy_says_the_same_in_yaml_and_in_json() {
    for case in cases() {
        // JSON is YAML, and its block form is written by hand here.
        let mut text = String::new();
        for (part, value) in case.policy.as_object().unwrap() {
            match value {
                Value::Object(entries) => {
                    text += &format!("{part}:\n");
                    for (name, value) in entries {
                        text += &format!("  {name}: {}\n", value.to_string().replace('"', ""));
                    }
                }
                value => text += &format!("{part}: {value}\n"),
            }
        }
        let flow = case.policy.to_string();
        let policy = Policy::from_json(&flow).unwrap();
        assert_eq!(Policy::from_yaml(&flow).unwrap(), policy, "{flow}");
        assert_eq!(Policy::from_json(&policy.to_json()).unwrap(), policy);
        if !text.is_empty() {
            assert_eq!(Policy::from_yaml(&text).unwrap(), policy, "{text}");
        }
    }
}

#[tokio::test]
async fn a_typed_call_is_denied_before_it_is_sent_and_says_why() {
    let server = Server::script([]).await;
    let store = store_with(&server, |builder| {
        builder.policy(Policy::new().group(Group::Orders, Level::Read))
    });
    let error = store.orders().delete(118).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Denied);
    assert_eq!(
        error.to_string(),
        "orders.delete was not sent: the access policy says `orders: read`"
    );
    let error = store.brands().list().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "brands.list was not sent: the access policy does not name it, and denies everything it \
         does not name"
    );
    let error = store.raw(http::Method::GET, "/v3/store/summary").await;
    assert_eq!(
        error.unwrap_err().to_string(),
        "GET /v3/store/summary was not sent: the access policy says `raw: off`"
    );
    assert!(server.asked().is_empty());
}

#[tokio::test]
async fn a_client_under_another_policy_may_do_less_and_never_more() {
    let server = Server::start(|_| Answer::json(200, "[]")).await;
    let store = store_with(&server, |builder| {
        builder.policy(Policy::new().group(Group::Orders, Level::Read))
    });
    let wide = store.under(Policy::new().every_group(Level::Full).raw(Level::Full));
    assert!(wide.orders().list().await.is_ok());
    assert!(wide.orders().delete(118).await.unwrap_err().is_denied());
    let narrow = store.under(Policy::new());
    assert!(narrow.orders().list().await.unwrap_err().is_denied());
    assert!(
        store.orders().list().await.is_ok(),
        "the first is as it was"
    );
}

#[tokio::test]
async fn bulk_calls_and_streams_end_at_the_first_refusal() {
    let server = Server::script([]).await;
    let store = store_with(&server, |builder| {
        builder.policy(Policy::new().group(Group::Customers, Level::Read))
    });
    let changes = (1..=95).map(|id| CustomerUpdate::new(id).company("Acme"));
    let error = store.customers().update_all(changes).await.unwrap_err();
    assert!(error.is_denied(), "{error}");

    let mut items = store.orders().list().stream();
    assert!(items.try_next().await.unwrap_err().is_denied());
    assert!(server.asked().is_empty());
}
