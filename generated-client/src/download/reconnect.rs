//! Reconnecting an event stream after an interruption: after which wait, how often, and from
//! which event.

use std::sync::Arc;
use std::time::{Duration, Instant};

use http::HeaderValue;

use super::{EVENTS, Pieces, pieces};
use crate::call::{Call, Outgoing, Pending};
use crate::clock::chance;
use crate::error::Error;
use crate::response::Response;
use crate::retry::RetryPolicy;

/// How long a connection must have lasted for reconnecting to be free. The budget keeps retries from multiplying
/// the load of an outage, which such rare ones do not: a stream may go on for days behind a gateway that ends
/// each connection after a while.
const LONG: Duration = Duration::from_secs(60);

/// How long a response must have lasted before the API ended it for the next call to be free, and for it not to count
/// as an attempt without a new event. A log in which nothing happens is followed all the same.
const ENDED: Duration = Duration::from_secs(10);

/// A call that can be repeated.
pub(crate) trait Repeat: Send + Sync + 'static {
    fn outgoing(&self) -> Outgoing<'_>;
}

impl Repeat for Call {
    fn outgoing(&self) -> Outgoing<'_> {
        self.outgoing()
    }
}

/// How a stream reconnects after an interruption.
pub(super) struct Reconnect {
    source: Arc<dyn Repeat>,
    policy: RetryPolicy,
    /// Whether it reconnects at all.
    on: bool,
    /// How often it has reconnected since the last new event, and when it first did.
    made: u32,
    since: Option<Instant>,
    /// When the current connection was made.
    opened: Instant,
}

impl Reconnect {
    pub(super) fn of(source: Arc<dyn Repeat>) -> Self {
        let outgoing = source.outgoing();
        let options = outgoing.options;
        let policy = options.and_then(|options| options.retry.as_ref());
        let policy = policy.unwrap_or(&outgoing.client.config().retry).clone();
        let repeatable = options.and_then(|options| options.idempotent);
        let repeatable = repeatable.unwrap_or_else(|| outgoing.target.repeatable());
        let on = options.and_then(|options| options.reconnect);
        let opened = outgoing.client.config().clock.now();
        Self {
            policy,
            opened,
            on: repeatable && on.unwrap_or(true),
            made: 0,
            since: None,
            source,
        }
    }

    /// A new event was received.
    pub(super) fn went_on(&mut self) {
        (self.made, self.since) = (0, None);
    }

    /// A connection was made again.
    pub(super) fn opened(&mut self) {
        self.opened = self.source.outgoing().client.config().clock.now();
    }

    /// The call for the events after this one, after an interruption and a wait; `None` if it does not reconnect.
    pub(super) fn again(
        &mut self,
        id: Option<&str>,
        asked: Option<Duration>,
    ) -> Option<Pending<Pieces>> {
        self.after(LONG, id, asked)
    }

    /// The same after a response that the API ended.
    pub(super) fn again_after_end(
        &mut self,
        id: Option<&str>,
        asked: Option<Duration>,
    ) -> Option<Pending<Pieces>> {
        let now = self.source.outgoing().client.config().clock.now();
        if now.saturating_duration_since(self.opened) >= ENDED {
            self.went_on();
        }
        self.after(ENDED, id, asked)
    }

    /// Reconnects, for free if the connection lasted for the given time.
    fn after(
        &mut self,
        free: Duration,
        id: Option<&str>,
        asked: Option<Duration>,
    ) -> Option<Pending<Pieces>> {
        let client = self.source.outgoing().client.clone();
        let config = client.config();
        let now = config.clock.now();
        let since = *self.since.get_or_insert(now);
        self.made = self.made.saturating_add(1);
        let wait = self.policy.wait(self.made, chance(&*config.clock));
        let asked = asked.unwrap_or_default();
        let wait = wait.max(asked.min(config.quota.longest_hold()));
        let passed = now.saturating_duration_since(since).saturating_add(wait);
        if !self.on || !self.policy.allows(self.made, passed) {
            return None;
        }
        let is_free = now.saturating_duration_since(self.opened) >= free;
        if !is_free && !config.budget.spend() {
            return None;
        }
        // An id that a header cannot contain is omitted, and so is an empty one.
        let id = id.filter(|id| !id.is_empty());
        let id = id.and_then(|id| HeaderValue::from_bytes(id.as_bytes()).ok());
        let source = Arc::clone(&self.source);
        Some(Box::pin(async move {
            client.config().clock.sleep(wait).await;
            open(&*source, id).await.map(Response::into_value)
        }))
    }
}

/// Makes the call for the events after this one.
pub(super) async fn open(
    source: &dyn Repeat,
    behind: Option<HeaderValue>,
) -> Result<Response<Pieces>, Error> {
    let mut outgoing = source.outgoing().streamed(EVENTS, false);
    outgoing.last_event = behind;
    outgoing.execute(None).await.map(|raw| pieces(raw, |it| it))
}
