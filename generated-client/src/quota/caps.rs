//! How many calls of one endpoint run at once in a store, by the number that the catalogue gives.
//! Endpoints without such a number never come here.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::line::{Counter, GRACE, Line, Waiter};
use crate::catalogue::Endpoint;

/// The places of each endpoint that has a cap.
#[derive(Default)]
pub(super) struct Caps(Mutex<HashMap<Endpoint, Arc<Places>>>);

impl Caps {
    pub(super) fn places(&self, endpoint: Endpoint, cap: u32) -> Arc<Places> {
        let mut caps = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let places = caps.entry(endpoint).or_insert_with(|| {
            Arc::new(Places(Mutex::new(State {
                cap: cap.max(1),
                ..State::default()
            })))
        });
        Arc::clone(places)
    }
}

/// The places of one endpoint. A place is never handed to one who waits, who may not come for it;
/// it is free until somebody takes it.
pub(crate) struct Places(Mutex<State>);

#[derive(Default)]
struct State {
    cap: u32,
    /// How many were ever taken.
    last: u64,
    /// Those that are taken, and until when at most.
    taken: BTreeMap<u64, Option<Instant>>,
    line: Line,
}

impl State {
    fn free(&self) -> u32 {
        let taken = u32::try_from(self.taken.len()).unwrap_or(u32::MAX);
        self.cap.saturating_sub(taken)
    }
}

/// A place among the calls that run at once. It is free again when this is dropped before its call is
/// sent; afterwards it is soon after the call is settled, or when nobody knows for too long whether it is.
pub(crate) struct Place {
    places: Arc<Places>,
    number: u64,
    sent: bool,
}

impl Places {
    /// Takes a place for that time at most, or joins the line; then it returns how long to wait, if it
    /// knows.
    pub(crate) fn take(
        self: &Arc<Self>,
        now: Instant,
        most: Duration,
        waiter: &mut Option<Waiter<Self>>,
    ) -> Result<Place, Option<Duration>> {
        let mut state = self.state();
        let own = waiter.as_ref().map(|waiter| waiter.number);
        if let Some(own) = own {
            state.line.tries(own);
        }
        state
            .taken
            .retain(|_, until| until.is_none_or(|until| until > now));
        let free = state.free();
        if free > 0 && !state.line.takes(free, own, now) {
            state.last += 1;
            let taken = state.last;
            state.taken.insert(taken, now.checked_add(most));
            drop(state);
            *waiter = None;
            return Ok(Place {
                places: Arc::clone(self),
                number: taken,
                sent: false,
            });
        }
        if own.is_none() {
            *waiter = Some(Waiter::new(self, state.line.join()));
        }
        let ends = state.taken.values().flatten().min();
        let ends = ends.map(|ends| ends.saturating_duration_since(now));
        drop(state);
        self.wake();
        Err(if free > 0 { Some(GRACE) } else { ends })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Counter for Places {
    fn with<T>(&self, ask: impl FnOnce(&mut Line, u32) -> T) -> T {
        let state = &mut *self.state();
        // All are told of a free place, for the first may not come and nobody else has a time to wait
        // for; those behind give it a moment.
        let told = if state.free() > 0 { u32::MAX } else { 0 };
        ask(&mut state.line, told)
    }
}

impl Place {
    /// Its call is sent, so that it is under way until something else is known.
    pub(crate) fn send(&mut self) {
        self.sent = true;
    }

    /// Its call is not under way any more. Who made it gives it back when it looks, and is not waited
    /// for.
    pub(crate) fn settle(&mut self, now: Instant) {
        self.sent = false;
        let mut state = self.places.state();
        if let Some(until) = state.taken.get_mut(&self.number) {
            *until = now.checked_add(GRACE);
        }
        state.line.call(u32::MAX);
        drop(state);
        self.places.wake();
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if !self.sent {
            self.places.state().taken.remove(&self.number);
            self.places.change();
        }
    }
}
