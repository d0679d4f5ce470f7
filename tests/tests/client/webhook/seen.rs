//! Which deliveries count as the same event.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use bigcommerce_client::webhook::{Delivery, Seen, Timestamp, parse};
use serde_json::{Value, json};

fn delivery(changes: Value) -> Delivery {
    let mut body = json!({
        "scope": "store/order/created", "store_id": "1", "producer": "stores/abc123",
        "data": {"type": "order", "id": 250}, "hash": "7ee6", "created_at": 1_561_479_335,
    });
    for (key, value) in changes.as_object().unwrap() {
        body[key] = value.clone();
    }
    parse(body.to_string().as_bytes()).unwrap()
}

#[test]
fn the_same_event_is_new_once() {
    let seen = Seen::new(100);
    assert!(seen.is_new(&delivery(json!({}))));
    let same = [
        json!({}),
        json!({"scope": "store/order/created/"}),
        json!({"attempt": 2}),
    ];
    for changes in same {
        assert!(!seen.is_new(&delivery(changes.clone())), "{changes}");
    }
    let others = [
        json!({"producer": "stores/other"}),
        json!({"scope": "store/order/updated"}),
        json!({"hash": "0000"}),
        json!({"created_at": 1_561_479_336}),
        json!({"hash": null}),
        json!({"hash": null, "data": {"id": 251}}),
        json!({"hash": "", "data": {"id": 252}}),
        json!({"hash": "", "data": {"id": 253}}),
    ];
    for changes in others {
        assert!(seen.is_new(&delivery(changes.clone())), "{changes}");
        assert!(!seen.is_new(&delivery(changes.clone())), "{changes}");
    }
    assert_eq!(Seen::key(&delivery(json!({}))).len(), 32);
}

#[test]
fn a_forgotten_delivery_is_new_again() {
    let (seen, one) = (Seen::new(2), delivery(json!({})));
    seen.forget(&one);
    assert!(seen.is_new(&one));
    seen.forget(&one);
    assert!(seen.is_empty());
    assert!(seen.is_new(&one));
}

#[test]
fn no_more_are_remembered_than_was_allowed() {
    let seen = Seen::new(10);
    let number = |at: i64| delivery(json!({"created_at": at}));
    for at in 0..1000 {
        assert!(seen.is_new(&number(at)));
        assert!(seen.len() <= 10);
    }
    assert!(!seen.is_new(&number(990)), "the last ten are known");
    assert!(seen.is_new(&number(989)), "older ones are not");
}

#[test]
fn a_delivery_is_forgotten_after_its_time() {
    let now = Arc::new(AtomicI64::new(1_000_000));
    let clock = Arc::clone(&now);
    let seen = Seen::new(10)
        .window(Duration::from_secs(60))
        .clock(move || Timestamp::from_second(clock.load(Ordering::Relaxed)).unwrap());
    let one = delivery(json!({}));
    assert!(seen.is_new(&one));
    now.fetch_add(60, Ordering::Relaxed);
    assert!(!seen.is_new(&one));
    now.fetch_add(1, Ordering::Relaxed);
    assert!(seen.is_new(&one));
    // A clock that is set back forgets nothing.
    now.fetch_sub(10_000, Ordering::Relaxed);
    assert!(!seen.is_new(&one));
}
