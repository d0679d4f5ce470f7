//! The outcome of each delivery, for the control page and for tests.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use serde::Serialize;
use serde_json::Value;

/// The maximum number of deliveries that are kept; the oldest are dropped.
const KEPT: usize = 1_000;

/// The delivery of one event to one hook.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Delivery {
    /// The number of the delivery in its store, from 1.
    pub number: u64,
    /// The `webhook-id`, the same in every attempt.
    pub id: String,
    /// The hook.
    pub hook: Value,
    /// The account whose secret signs it.
    pub client_id: String,
    /// The scope of the event.
    pub scope: String,
    /// The destination.
    pub destination: String,
    /// The exact body.
    pub body: String,
    /// The attempts so far.
    pub attempts: Vec<Attempt>,
    /// How many attempts were skipped because the destination was blocked.
    pub held_back: usize,
    /// The state.
    pub state: State,
}

/// One attempt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Attempt {
    /// The time of the attempt, such as `2026-11-27T10:00:00Z`.
    pub at: String,
    /// How long it took, in milliseconds.
    pub took: u64,
    /// The status of the response; `None` if there was none.
    pub status: Option<u16>,
    /// Why there was no response, or why it was not accepted.
    pub error: Option<String>,
}

/// The state of a delivery.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "is", content = "why")]
#[non_exhaustive]
pub enum State {
    /// It is in progress, or waits for its next attempt.
    Waiting,
    /// The status was 2xx.
    Delivered,
    /// Every attempt failed; the hook was deactivated.
    GivenUp,
    /// It is not retried: the hook was deleted or deactivated, or the store stopped.
    Ended,
    /// It was never sent, with the reason.
    NotSent(String),
}

/// The latest deliveries.
#[derive(Debug, Default)]
pub(super) struct Log(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    deliveries: VecDeque<Delivery>,
    next: u64,
}

impl Log {
    /// Adds a delivery, and assigns its number.
    pub(super) fn add(&self, mut delivery: Delivery) -> u64 {
        self.with(|kept| {
            kept.next += 1;
            delivery.number = kept.next;
            kept.deliveries.push_back(delivery);
            while kept.deliveries.len() > KEPT {
                kept.deliveries.pop_front();
            }
            kept.next
        })
    }

    pub(super) fn attempted(&self, number: u64, attempt: Attempt) {
        self.change(number, |delivery| delivery.attempts.push(attempt));
    }

    pub(super) fn held_back(&self, number: u64) {
        self.change(number, |delivery| delivery.held_back += 1);
    }

    pub(super) fn set(&self, number: u64, state: State) {
        self.change(number, |delivery| delivery.state = state);
    }

    pub(super) fn all(&self) -> Vec<Delivery> {
        self.with(|kept| kept.deliveries.iter().cloned().collect())
    }

    fn change(&self, number: u64, change: impl FnOnce(&mut Delivery)) {
        self.with(|kept| {
            let first = kept.deliveries.front().map_or(0, |first| first.number);
            let at = number
                .checked_sub(first)
                .and_then(|at| usize::try_from(at).ok());
            // A delivery that is no longer kept need not be updated.
            if let Some(delivery) = at.and_then(|at| kept.deliveries.get_mut(at)) {
                change(delivery);
            }
        });
    }

    fn with<T>(&self, act: impl FnOnce(&mut Kept) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn delivery() -> Delivery {
        Delivery {
            number: 0,
            id: "msg_1".into(),
            hook: 7.into(),
            client_id: "abc".into(),
            scope: "store/thing/created".into(),
            destination: "http://localhost/".into(),
            body: "{}".into(),
            attempts: Vec::new(),
            held_back: 0,
            state: State::Waiting,
        }
    }

    #[test]
    fn the_oldest_go_and_the_others_keep_their_numbers() {
        let log = Log::default();
        for _ in 0..KEPT + 2 {
            log.add(delivery());
        }
        log.set(1, State::Delivered);
        log.set(4, State::GivenUp);
        let all = log.all();
        assert_eq!((all.len(), all[0].number), (KEPT, 3));
        let changed: Vec<_> = all.iter().filter(|it| it.state != State::Waiting).collect();
        assert_eq!(changed.len(), 1);
        assert_eq!(changed[0].number, 4);
    }

    #[test]
    fn a_state_says_what_it_is_and_why() {
        let not_sent = serde_json::to_string(&State::NotSent("no".into())).unwrap();
        assert_eq!(not_sent, r#"{"is":"not_sent","why":"no"}"#);
        assert_eq!(
            serde_json::to_string(&State::Waiting).unwrap(),
            r#"{"is":"waiting"}"#
        );
    }
}
