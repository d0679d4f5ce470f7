//! The quota as a state: each test plays calls and responses at chosen times.

mod bound;
mod line;
mod refusals;
mod turns;
mod windows;

use std::time::{Duration, Instant};

use super::Reading;
use super::window::{Hold, State, Ticket};

/// A state, and a time that only moves when the test moves it.
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
        self.state.take(self.now, None).ok()
    }

    /// How many calls are left in the window.
    fn left(&self) -> Option<u32> {
        self.state.window(self.now).map(|(_, left, _)| left)
    }

    /// Takes all available calls.
    fn drain(&mut self) -> Vec<Ticket> {
        std::iter::from_fn(|| self.take()).take(10_000).collect()
    }

    fn hold(&mut self) -> Hold {
        self.state.take(self.now, None).unwrap_err()
    }

    /// The reported wait, in milliseconds.
    fn held(&mut self) -> u64 {
        let until = self.hold().until;
        u64::try_from((until - self.now).as_millis()).unwrap()
    }

    fn answer(&mut self, ticket: Ticket, left: u32, reset: u64) {
        self.state.learn(ticket, &told(left, reset), true, self.now);
    }

    /// A response of the API itself that reports no quota.
    fn answer_untold(&mut self, ticket: Ticket) {
        let untold = Reading::default();
        self.state.learn(ticket, &untold, true, self.now);
    }

    fn refuse(&mut self, ticket: Ticket, reading: &Reading, capped: bool) -> u64 {
        self.refuse_by_chance(ticket, reading, capped, 0.0)
    }

    fn refuse_by_chance(
        &mut self,
        ticket: Ticket,
        reading: &Reading,
        capped: bool,
        chance: f64,
    ) -> u64 {
        self.state.learn(ticket, reading, false, self.now);
        let wait = self.state.refuse(ticket, reading, capped, chance, self.now);
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
