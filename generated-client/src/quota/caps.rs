//! Limits the concurrent calls of an endpoint per store, to the number in the catalogue. Endpoints
//! without such a number are not handled here.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::line::{Counter, GRACE, Line, Waiter};
use crate::catalogue::Endpoint;

/// The slots of each endpoint with a cap.
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

/// The slots of one endpoint. A slot is never reserved for a waiting call, whose future may not be
/// polled; it is free until a call takes it.
pub(crate) struct Places(Mutex<State>);

#[derive(Default)]
struct State {
    cap: u32,
    /// How many were ever taken.
    last: u64,
    /// The taken slots, each with the latest time at which it is freed.
    taken: BTreeMap<u64, Option<Instant>>,
    line: Line,
}

impl State {
    fn free(&self) -> u32 {
        let taken = u32::try_from(self.taken.len()).unwrap_or(u32::MAX);
        self.cap.saturating_sub(taken)
    }
}

/// A slot among the concurrent calls. It is freed when this is dropped before its call is sent; afterwards
/// shortly after the call is settled, or when its state has been unknown for too long.
pub(crate) struct Place {
    places: Arc<Places>,
    number: u64,
    sent: bool,
}

impl Places {
    /// Takes a slot for at most this time, or joins the line; in that case it returns how long to wait,
    /// if known.
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
        // All are notified of a free slot, because the first one may not be polled and no other one has
        // a wake-up time; those behind it yield to it for a moment.
        let told = if state.free() > 0 { u32::MAX } else { 0 };
        ask(&mut state.line, told)
    }
}

impl Place {
    /// Its call is sent, so it is in progress until its end is known.
    pub(crate) fn send(&mut self) {
        self.sent = true;
    }

    /// Its call is no longer in progress. Its caller frees the slot when it is polled, and nobody waits
    /// for that.
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
