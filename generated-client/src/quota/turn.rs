//! The permit for one call, held while the call is made. However it ends, even if the caller drops it,
//! the result is reported to the quota.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::Inner;
use super::line::Counter as _;
use super::window::Ticket;
use crate::reading::Reading;

/// The permit for one call.
#[must_use = "it is given back when it is dropped"]
pub(crate) struct Turn {
    quota: Arc<Inner>,
    ticket: Ticket,
    /// Whether the API may have counted the call.
    spent: bool,
    settled: bool,
    /// The ticket with which the shared budget admitted it.
    pub(crate) shared: Option<u64>,
}

/// How long a rejected call has to wait.
pub(crate) struct Refusal {
    pub(crate) wait: Duration,
    /// All calls of the store wait, so the next turn does not come sooner.
    pub(crate) for_all: bool,
}

impl Turn {
    pub(super) fn new(quota: Arc<Inner>, ticket: Ticket) -> Self {
        Self {
            quota,
            ticket,
            spent: false,
            settled: false,
            shared: None,
        }
    }

    /// The call is sent.
    pub(crate) fn spend(&mut self) {
        self.spent = true;
    }

    /// The call certainly did not reach the API.
    pub(crate) fn unspend(&mut self) {
        self.spent = false;
    }

    /// The call got a response; `reached` is whether it came from the API itself, and is not a 429.
    pub(crate) fn learn(&mut self, reading: &Reading, reached: bool, now: Instant) {
        if !std::mem::replace(&mut self.settled, true) {
            self.quota.state().learn(self.ticket, reading, reached, now);
            self.quota.change();
        }
    }

    /// The call got a 429. `capped` is whether its endpoint has its own cap, which may be the reason.
    pub(crate) fn refused(
        mut self,
        reading: &Reading,
        capped: bool,
        chance: f64,
        now: Instant,
    ) -> Refusal {
        let settled = std::mem::replace(&mut self.settled, true);
        let mut state = self.quota.state();
        if !settled {
            state.learn(self.ticket, reading, false, now);
        }
        let wait = state.refuse(self.ticket, reading, capped, chance, now);
        drop(state);
        // Waiting calls are notified after both changes, not between them.
        self.quota.change();
        Refusal {
            wait,
            for_all: reading.wait().is_some() || !capped,
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if !self.settled {
            self.quota.state().give_back(self.ticket, self.spent);
            self.quota.change();
        }
    }
}
