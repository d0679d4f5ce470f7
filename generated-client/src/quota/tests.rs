//! The quota as a state: each test plays calls and answers at times of its own choosing.

use std::time::{Duration, Instant};

use super::Reading;
use super::window::{State, Ticket};

/// A state and a time that moves only when it is told to.
struct Store {
    state: State,
    now: Instant,
}

impl Store {
    fn new() -> Self {
        let (state, now) = (State::default(), Instant::now());
        Self { state, now }
    }

    fn pass(&mut self, millis: u64) {
        self.now += Duration::from_millis(millis);
    }

    fn take(&mut self) -> Option<Ticket> {
        self.state.take(self.now).ok()
    }

    /// Takes as many as there are.
    fn drain(&mut self) -> Vec<Ticket> {
        std::iter::from_fn(|| self.take()).take(10_000).collect()
    }

    /// How long it says to wait, in milliseconds.
    fn held(&mut self) -> u64 {
        let hold = self.state.take(self.now).unwrap_err();
        u64::try_from((hold.until - self.now).as_millis()).unwrap()
    }

    fn answer(&mut self, ticket: Ticket, left: u32, reset: u64) {
        self.state.learn(ticket, &told(left, reset), true, self.now);
    }

    fn refuse(&mut self, ticket: Ticket, reading: &Reading, capped: bool) -> u64 {
        self.state.learn(ticket, reading, false, self.now);
        let wait = self.state.refuse(ticket, reading, capped, 0.0, self.now);
        u64::try_from(wait.as_millis()).unwrap()
    }
}

fn told(left: u32, reset: u64) -> Reading {
    Reading {
        quota: Some(10),
        left: Some(left),
        window: Some(Duration::from_secs(30)),
        reset: Some(Duration::from_millis(reset)),
        retry_after: None,
    }
}

#[test]
fn while_nothing_is_known_one_call_asks_and_more_only_when_it_is_slow() {
    let mut store = Store::new();
    let first = store.take().unwrap();
    assert_eq!(store.held(), 1000);
    store.pass(1000);
    assert_eq!(store.drain().len(), 1);
    store.pass(1000);
    assert_eq!(store.drain().len(), 2);
    store.answer(first, 9, 28_000);
    assert_eq!(
        store.drain().len(),
        6,
        "three are on their way and may not be counted yet"
    );
}

#[test]
fn calls_never_take_more_than_is_left_and_wait_for_the_next_window() {
    let mut store = Store::new();
    let first = store.take().unwrap();
    store.answer(first, 3, 12_000);
    assert_eq!(store.drain().len(), 3);
    assert_eq!(store.held(), 12_000);
    store.pass(12_000);
    assert_eq!(
        store.drain().len(),
        7,
        "three of the last window may arrive in this one"
    );
    assert_eq!(store.held(), 30_000);
}

#[test]
fn answers_that_overtake_each_other_never_raise_what_is_left() {
    let mut store = Store::new();
    let first = store.take().unwrap();
    store.answer(first, 9, 30_000);
    let calls: Vec<Ticket> = (0..5).map(|_| store.take().unwrap()).collect();
    // The server took them in order; their answers come the other way round.
    for (at, call) in calls.iter().enumerate().rev() {
        store.answer(*call, 8 - u32::try_from(at).unwrap(), 29_000);
    }
    assert_eq!(store.drain().len(), 4);
}

#[test]
fn what_other_apps_take_is_seen_and_a_lone_answer_is_the_whole_truth() {
    let mut store = Store::new();
    let first = store.take().unwrap();
    store.answer(first, 9, 30_000);
    let second = store.take().unwrap();
    store.answer(second, 2, 29_000);
    assert_eq!(store.state.window(store.now).unwrap().1, 2);
    let third = store.take().unwrap();
    store.answer(third, 6, 28_000);
    assert_eq!(store.drain().len(), 6, "the share of this app has grown");
}

#[test]
fn a_window_that_begins_early_is_taken_for_what_it_is() {
    let mut store = Store::new();
    let first = store.take().unwrap();
    store.answer(first, 2, 20_000);
    let second = store.take().unwrap();
    store.pass(3000);
    store.answer(second, 9, 30_000);
    assert_eq!(store.drain().len(), 9);
    assert_eq!(store.held(), 30_000);
}

#[test]
fn an_answer_about_a_window_that_is_over_changes_nothing() {
    let mut store = Store::new();
    let first = store.take().unwrap();
    store.answer(first, 9, 5000);
    let slow = store.take().unwrap();
    store.pass(5000);
    let fresh = store.take().unwrap();
    store.answer(fresh, 8, 29_000);
    store.answer(slow, 0, 100);
    assert_eq!(store.drain().len(), 8);
}

#[test]
fn a_call_that_was_not_sent_gives_its_share_back_and_one_that_was_does_not() {
    let mut store = Store::new();
    let first = store.take().unwrap();
    store.answer(first, 2, 30_000);
    let calls = store.drain();
    store.state.give_back(calls[0], false);
    store.state.give_back(calls[1], true);
    assert_eq!(store.drain().len(), 1);
}

#[test]
fn the_probe_of_a_caller_who_went_away_is_followed_by_the_next() {
    let mut store = Store::new();
    let first = store.take().unwrap();
    assert_eq!(store.held(), 1000);
    store.state.give_back(first, true);
    assert!(store.take().is_some());
}

#[test]
fn a_store_without_a_quota_is_never_waited_for() {
    let mut store = Store::new();
    let first = store.take().unwrap();
    store
        .state
        .learn(first, &Reading::default(), false, store.now);
    let second = store.take().unwrap();
    assert_eq!(store.held(), 1000, "an error without headers says nothing");
    store
        .state
        .learn(second, &Reading::default(), true, store.now);
    assert_eq!(store.drain().len(), 10_000);
}

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
