//! What a hook can subscribe to, and which events it then receives.

use bigcommerce_client::{Event, webhook::Topic};
use bigcommerce_tests::{api, json};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    topics: Vec<Case>,
    refused: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    topic: String,
    matches: Vec<String>,
    not: Vec<String>,
    known: bool,
}

#[test]
fn a_topic_matches_the_events_below_it_and_no_others() {
    let cases: Cases = json("tests/data/webhook/topics.json");
    for case in cases.topics {
        let topic: Topic = case.topic.parse().unwrap();
        assert_eq!(topic.is_known(), case.known, "{topic}");
        for scope in case.matches {
            assert!(topic.matches(&scope), "{topic} {scope}");
        }
        for scope in case.not {
            assert!(!topic.matches(&scope), "{topic} {scope}");
        }
    }
    for refused in cases.refused {
        assert!(Topic::new(&refused).is_err(), "{refused}");
    }
}

#[test]
fn every_event_and_wildcard_of_the_spec_is_a_known_topic() {
    let api = api();
    assert_eq!(
        Topic::known().count(),
        api.events.len() + api.wildcards.len()
    );
    for topic in Topic::known() {
        assert!(topic.is_known(), "{topic}");
        assert_eq!(Topic::new(topic.as_str()).unwrap(), topic);
        let mut events = topic.clone().events();
        assert!(events.next().is_some(), "{topic}");
    }
    for event in &api.events {
        let known = Event::from_wire(&event.scope).unwrap();
        let topic = Topic::from(known);
        assert_eq!(topic.events().collect::<Vec<_>>(), [known]);
        assert!(!topic.is_wildcard());
    }
    for wildcard in &api.wildcards {
        assert!(Topic::new(&wildcard.scope).unwrap().is_wildcard());
    }
}

#[test]
fn hooks_are_made_found_and_changed_by_topic() {
    use bigcommerce_client::{json, webhooks};
    let topic = Topic::from(Event::OrderCreated).in_channel(2);
    let hook = webhooks::WebhookCreate::new()
        .scope(topic.clone())
        .destination("https://example.com/hooks");
    assert_eq!(hook.scope, topic.as_str());
    let change = webhooks::WebhookUpdate::new().scope(topic);
    let written = json::to_string(&change);
    assert_eq!(written, r#"{"scope":"store/channel/2/order/created"}"#);
}

#[test]
fn a_topic_can_be_had_for_one_channel() {
    let cases = [
        ("store/order/*", "store/channel/7/order/*"),
        (
            "store/channel/2/order/created",
            "store/channel/7/order/created",
        ),
        (
            "store/channel/*/inventory/product/stock_changed",
            "store/channel/7/inventory/product/stock_changed",
        ),
    ];
    for (topic, expected) in cases {
        let topic = Topic::new(topic).unwrap().in_channel(7);
        assert_eq!(topic.as_str(), expected);
        assert!(topic.is_known(), "{topic}");
        assert_eq!(Topic::new(expected), Ok(topic));
    }
}
