//! Whether a failed call is retried, and after which wait; and the error that the caller gets if the
//! wait would be too long.

use std::borrow::Cow;
use std::time::Duration;

use http::StatusCode;

use super::Outgoing;
use super::enter::TooLong;
use super::trail::Trail;
use crate::clock::chance;
use crate::error::Error;
use crate::kind::ErrorKind;
use crate::observe::Wait;
use crate::quota::Refusal;
use crate::retry::{Fate, Reason, judge};

/// A failed attempt.
pub(super) struct Failed {
    pub(super) error: Error,
    /// The wait that a 429 requests.
    pub(super) refusal: Option<Refusal>,
}

impl Failed {
    /// There was no response, or it could not be read to its end.
    pub(super) const fn silent(error: Error) -> Self {
        Self {
            error,
            refusal: None,
        }
    }

    fn fate(&self) -> Fate {
        match (self.error.kind(), self.error.status()) {
            (ErrorKind::Status, Some(status)) => Fate::Refused(status),
            (kind, _) => Fate::NoAnswer(kind),
        }
    }
}

impl Outgoing<'_> {
    /// The wait before the next attempt, which may be zero; `None` if there is no further attempt. A
    /// wait that applies to the whole store is not included, because the next turn includes it.
    pub(super) fn again(&self, failed: &Failed, trail: &mut Trail<'_>) -> Option<Duration> {
        if self.form.is_some_and(|form| !form.can_replay()) {
            return None;
        }
        let config = self.client.config();
        let options = self.options;
        let policy = options.and_then(|options| options.retry.as_ref());
        let policy = policy.unwrap_or(&config.retry);
        let repeatable = options.and_then(|options| options.idempotent);
        let repeatable = repeatable.unwrap_or_else(|| self.target.repeatable());

        let reason = judge(failed.fate(), repeatable, policy)?;
        if failed.error.is_final() {
            return None;
        }
        let asked = failed.error.retry_after();
        let wait = match &failed.refusal {
            Some(refusal) => refusal.wait,
            None => {
                let wait = policy.wait(trail.attempts(), chance(&*config.clock));
                asked.map_or(wait, |asked| asked.max(wait))
            }
        };
        // Waiting for a turn has its own limit.
        let for_all = failed
            .refusal
            .as_ref()
            .is_some_and(|refusal| refusal.for_all);
        let own = if for_all { Duration::ZERO } else { wait };
        let busy = trail.passed().saturating_sub(trail.queued());
        // If a server requests a longer wait than the client accepts, or than the policy allows below, there
        // is no earlier retry: the error is returned immediately, with the requested wait.
        if failed.refusal.is_none() && !config.comes_back_after(asked.unwrap_or_default()) {
            return None;
        }
        if !policy.allows(trail.attempts(), busy.saturating_add(own)) {
            return None;
        }
        // Retrying a 429 that says how long to wait does not add to an overload.
        let free = reason == Reason::RateLimited && asked.is_some();
        if !free && !config.budget.spend() {
            return None;
        }
        trail.retrying(reason, wait);
        Some(own)
    }

    /// The error of a call that would have to wait too long: that of its last attempt, if there was
    /// one.
    pub(super) fn kept_waiting(&self, last: Option<Error>, too_long: &TooLong) -> Error {
        let what: Cow<'_, str> = match (too_long.why, self.client.server()) {
            (Wait::Quota, None) => "the store's quota".into(),
            (Wait::Quota, Some(server)) => {
                format!("the quota of the server `{}`", server.name).into()
            }
            (Wait::Refused, _) => "the end of the pause after a 429".into(),
            _ => "a free slot among the concurrent calls".into(),
        };
        match last {
            Some(error) if error.status() != Some(StatusCode::TOO_MANY_REQUESTS) => error,
            Some(error) => error.busy(too_long.wait, too_long.allowed, &what),
            None => {
                let error = Error::request(self.target.clone(), String::new());
                error.busy(too_long.wait, too_long.allowed, &what)
            }
        }
    }

    /// How long the call may wait for its turn.
    pub(super) fn max_wait(&self) -> Duration {
        let own = self.options.and_then(|options| options.max_wait);
        own.unwrap_or(self.client.config().max_wait)
    }
}
