//! Nothing that responses report holds up calls for longer than the limit.

use std::time::Duration;

use http::{HeaderMap, HeaderValue};

use super::{Reading, Store, told};

const BOUND: Duration = Duration::from_secs(120);

#[test]
fn after_the_longest_hold_one_call_asks_and_what_it_learns_counts() {
    for refused in [false, true] {
        let mut store = Store::new();
        let first = store.take().unwrap();
        if refused {
            let hour = Reading {
                retry_after: Some(Duration::from_secs(3600)),
                ..told(0, 3_600_000)
            };
            store.refuse(first, &hour, false);
        } else {
            store.answer(first, 0, 3_600_000);
        }
        assert_eq!(store.held(), 120_000);
        store.pass(119_999);
        assert_eq!(store.held(), 1);
        store.pass(1);
        let asks = store.take().unwrap();
        assert_eq!(store.held(), 1000, "the others wait for its response");
        store.answer(asks, 9, 30_000);
        assert_eq!(store.drain().len(), 9);
    }
}

#[test]
fn a_call_that_asks_and_is_refused_begins_the_hold_anew() {
    let mut store = Store::new();
    for _ in 0..3 {
        let asks = store.take().unwrap();
        store.refuse(asks, &told(0, 3_600_000), false);
        assert_eq!(store.held(), 120_000);
        store.pass(120_000);
    }
    assert!(store.take().is_some());
}

#[test]
fn the_bound_is_its_owners_and_may_be_none() {
    for (most, held) in [(Duration::from_secs(7), 7000), (Duration::MAX, 3_600_000)] {
        let mut store = Store::new();
        store.state.max_hold = most;
        let first = store.take().unwrap();
        store.answer(first, 0, 3_600_000);
        assert_eq!(store.held(), held);
    }
    let mut store = Store::new();
    store.state.max_hold = Duration::ZERO;
    let first = store.take().unwrap();
    store.refuse(first, &told(0, 30_000), false);
    assert!(
        store.take().is_some(),
        "nothing holds up who wants nothing to"
    );
}

#[test]
fn a_window_that_ends_within_the_bound_is_followed_by_a_whole_one() {
    let mut store = Store::new();
    let first = store.take().unwrap();
    store.answer(first, 0, 30_000);
    store.pass(600_000);
    assert_eq!(store.drain().len(), 10);
}

#[test]
fn who_is_not_first_in_line_gives_the_first_a_moment_after_any_silence() {
    let mut store = Store::new();
    let first = store.take().unwrap();
    let one = Reading {
        quota: Some(1),
        ..told(0, 30_000)
    };
    store.state.learn(first, &one, true, store.now);
    store.state.line.join();
    store.pass(600_000);
    assert_eq!(store.held(), 50);
}

/// Possible responses, valid and invalid, with times between them.
struct Odd(fastrand::Rng);

impl Odd {
    fn headers(&mut self) -> HeaderMap {
        const NAMES: [&str; 6] = [
            "x-rate-limit-requests-quota",
            "x-rate-limit-requests-left",
            "x-rate-limit-time-window-ms",
            "x-rate-limit-time-reset-ms",
            "x-retry-after",
            "retry-after",
        ];
        const VALUES: [&str; 13] = [
            "0",
            "1",
            "150",
            "-1",
            "30000",
            "30001",
            "3600000",
            "86400000",
            "1764000000",
            "1764000000000",
            "1e300",
            "NaN",
            "Mon, 06 Nov 2034 08:49:37 GMT",
        ];
        let mut headers = HeaderMap::new();
        for name in NAMES {
            if self.0.bool() {
                let value = VALUES[self.0.usize(..VALUES.len())];
                headers.insert(name, HeaderValue::from_static(value));
            }
        }
        headers
    }
}

#[test]
fn after_any_sequence_of_answers_a_healthy_server_is_reached_within_the_bound() {
    for seed in 0..2000 {
        let (mut odd, mut store) = (Odd(fastrand::Rng::with_seed(seed)), Store::new());
        let mut under_way = Vec::new();
        for _ in 0..odd.0.usize(1..30) {
            match odd.0.u8(..6) {
                0 => store.pass(odd.0.u64(..200_000)),
                1 | 2 => under_way.extend(store.take()),
                _ if under_way.is_empty() => {}
                kind => {
                    let call = under_way.swap_remove(odd.0.usize(..under_way.len()));
                    let reading = Reading::of(&odd.headers());
                    match kind {
                        3 => store.state.give_back(call, odd.0.bool()),
                        4 => drop(store.refuse(call, &reading, odd.0.bool())),
                        _ => store.state.learn(call, &reading, odd.0.bool(), store.now),
                    }
                }
            }
        }
        let began = store.now;
        let reached = loop {
            match store.state.take(store.now, None) {
                Ok(call) => break call,
                Err(hold) => {
                    assert!(hold.until > store.now, "{seed}: it would ask without end");
                    store.now = hold.until;
                    assert!(
                        store.now - began <= BOUND,
                        "{seed}: {:?}",
                        store.now - began
                    );
                }
            }
        };
        // Calls still in progress get the same responses, and from then on everything is fine.
        under_way.push(reached);
        let (calls, now) = (under_way.len(), store.now);
        for call in under_way {
            store.state.learn(call, &told(9, 30_000), true, now);
        }
        let more = store.state.take(store.now, None);
        if let Err(hold) = more {
            let wait = hold.until - store.now;
            assert!(wait <= BOUND, "{seed}: {calls} were under way, {wait:?}");
        }
    }
}
