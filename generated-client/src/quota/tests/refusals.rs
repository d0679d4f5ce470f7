//! What a 429 does: how long everyone waits, and when the waits grow.

use std::time::Duration;

use super::{Reading, Store, Ticket, told};

#[test]
fn a_refusal_holds_everyone_up_for_the_longer_wait_and_longer_each_time() {
    let mut store = Store::new();
    let retry_after = Some(Duration::from_secs(20));
    let both = Reading {
        retry_after,
        ..told(35, 15_000)
    };
    for wait in [20_000, 20_000] {
        let call = store.take().unwrap();
        assert_eq!(store.refuse(call, &both, false), wait);
        assert_eq!(store.held(), wait);
        store.pass(wait);
    }
    for wait in [8000, 16_000, 32_000, 60_000, 60_000] {
        let call = store.take().unwrap();
        assert_eq!(store.refuse(call, &Reading::default(), false), wait);
        assert_eq!(store.held(), wait);
        store.pass(wait);
    }
    let call = store.take().unwrap();
    store.answer(call, 9, 30_000);
    let call = store.take().unwrap();
    assert_eq!(
        store.refuse(call, &Reading::default(), false),
        2000,
        "a success ends the row"
    );
}

#[test]
fn calls_that_are_refused_together_count_as_one_refusal() {
    let mut store = Store::new();
    let first = store.take().unwrap();
    store.answer(first, 9, 30_000);
    let calls: Vec<Ticket> = (0..5).map(|_| store.take().unwrap()).collect();
    for call in calls {
        assert_eq!(store.refuse(call, &Reading::default(), false), 2000);
        store.pass(1);
    }
}

#[test]
fn a_refusal_that_says_nothing_holds_up_only_the_call_when_its_endpoint_has_a_cap() {
    let mut store = Store::new();
    let first = store.take().unwrap();
    store.answer(first, 9, 30_000);
    let call = store.take().unwrap();
    assert_eq!(store.refuse(call, &Reading::default(), true), 2000);
    assert!(store.take().is_some());
    let call = store.take().unwrap();
    assert_eq!(store.refuse(call, &told(3, 4000), true), 4000);
    assert_eq!(store.held(), 4000);
}

#[test]
fn no_change_lets_anyone_go_sooner_than_a_refusal_says() {
    let mut store = Store::new();
    let first = store.take().unwrap();
    store.refuse(first, &told(35, 15_000), false);
    let hold = store.hold();
    assert!(hold.refused && !hold.may_change);
}

#[test]
fn at_the_end_of_a_pause_one_call_goes_ahead_of_all_who_waited() {
    for reading in [told(0, 15_000), told(7, 15_000), Reading::default()] {
        let mut store = Store::new();
        let first = store.take().unwrap();
        store.answer(first, 9, 60_000);
        let call = store.take().unwrap();
        let wait = store.refuse(call, &reading, false);
        store.pass(wait);
        let ahead = store.take().unwrap();
        assert_eq!(store.held(), 1000, "the others wait for its response");
        store.pass(100);
        let wait = store.refuse(ahead, &reading, false);
        assert_eq!(store.held(), wait, "one was refused, and not all of them");
        store.pass(wait);
        let ahead = store.take().unwrap();
        store.answer(ahead, 9, 30_000);
        assert_eq!(store.drain().len(), 9);
    }
}

#[test]
fn of_two_waits_the_longer_one_counts_in_either_order() {
    for waits in [[20_000, 5000], [5000, 20_000]] {
        let mut store = Store::new();
        let first = store.take().unwrap();
        store.answer(first, 9, 30_000);
        let calls: Vec<Ticket> = waits.iter().map(|_| store.take().unwrap()).collect();
        for (call, wait) in calls.into_iter().zip(waits) {
            store.refuse(call, &told(0, wait), false);
        }
        assert_eq!(store.held(), 20_000);
    }
}

#[test]
fn calls_that_left_one_after_another_before_the_refusal_are_refused_together() {
    let mut store = Store::new();
    let first = store.take().unwrap();
    store.answer(first, 9, 30_000);
    let calls: Vec<Ticket> = (0..3)
        .map(|_| {
            store.pass(10);
            store.take().unwrap()
        })
        .collect();
    for call in calls {
        assert_eq!(store.refuse(call, &Reading::default(), false), 2000);
        store.pass(1);
    }
}

#[test]
fn only_a_call_that_left_after_the_refusal_ends_the_row() {
    let mut store = Store::new();
    let first = store.take().unwrap();
    store.answer(first, 9, 30_000);
    let (refused, earlier) = (store.take().unwrap(), store.take().unwrap());
    store.pass(10);
    assert_eq!(store.refuse(refused, &Reading::default(), true), 2000);
    store.answer(earlier, 7, 29_000);
    store.pass(10);
    let again = store.take().unwrap();
    assert_eq!(store.refuse(again, &Reading::default(), true), 4000);
    let at_once = store.take().unwrap();
    store.answer(at_once, 5, 28_000);
    store.pass(10);
    let last = store.take().unwrap();
    assert_eq!(store.refuse(last, &Reading::default(), true), 2000);
}

#[test]
fn a_wait_that_is_asked_for_is_spread_more_each_time_and_never_too_much() {
    let mut store = Store::new();
    for spread in [250, 500, 1000, 2000, 4000, 5000, 5000] {
        let call = store.take().unwrap();
        let wait = store.refuse_by_chance(call, &told(0, 15_000), false, 1.0);
        assert_eq!(wait, 15_000 + spread);
        store.pass(wait);
    }
}

#[test]
fn a_wait_that_is_not_asked_for_is_drawn_from_its_range() {
    for (chance, wait) in [(0.0, 2000), (0.5, 3500), (1.0, 5000)] {
        let mut store = Store::new();
        let call = store.take().unwrap();
        let drawn = store.refuse_by_chance(call, &Reading::default(), false, chance);
        assert_eq!(drawn, wait);
    }
}
