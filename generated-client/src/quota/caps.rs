//! How many calls of one endpoint run at once in a store, by the number that the catalogue gives.
//! Endpoints without such a number never come here.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::line::{Counter, GRACE, Line, Number};
use crate::catalogue::Endpoint;

/// The places of each endpoint that has a cap.
#[derive(Default)]
pub(super) struct Caps(Mutex<HashMap<Endpoint, Arc<Places>>>);

impl Caps {
    pub(super) fn places(&self, endpoint: Endpoint, cap: u32) -> Arc<Places> {
        let mut caps = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let places = caps.entry(endpoint).or_insert_with(|| {
            let (free, line) = (cap.max(1), Line::default());
            Arc::new(Places(Mutex::new(Free { free, line })))
        });
        Arc::clone(places)
    }
}

/// The places of one endpoint. A place is never handed to one who waits, who may not come for it;
/// it is free until somebody takes it.
pub(crate) struct Places(Mutex<Free>);

struct Free {
    free: u32,
    line: Line,
}

/// A place among the calls that run at once; it is free again when this is dropped.
pub(crate) struct Place(Arc<Places>);

impl Places {
    /// Takes a place, or joins the line; then it answers how long to wait, if it knows.
    pub(crate) fn take(
        self: &Arc<Self>,
        now: Instant,
        number: &mut Option<Number<Self>>,
    ) -> Result<Place, Option<Duration>> {
        let mut state = self.state();
        let own = number.as_ref().map(|number| number.number);
        if let Some(own) = own {
            state.line.tries(own);
        }
        let free = state.free;
        if free > 0 && !state.line.takes(free, own, now) {
            state.free -= 1;
            drop(state);
            *number = None;
            return Ok(Place(Arc::clone(self)));
        }
        if own.is_none() {
            *number = Some(Number::new(self, state.line.join()));
        }
        drop(state);
        self.wake();
        Err((free > 0).then_some(GRACE))
    }

    fn state(&self) -> MutexGuard<'_, Free> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Counter for Places {
    fn with<T>(&self, ask: impl FnOnce(&mut Line, u32) -> T) -> T {
        let state = &mut *self.state();
        // All are told of a free place, for the first may not come and nobody else has a time to wait
        // for; those behind give it a moment.
        let told = if state.free > 0 { u32::MAX } else { 0 };
        ask(&mut state.line, told)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.state().free += 1;
        self.0.change();
    }
}
