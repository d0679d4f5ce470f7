//! The line of calls that cannot be sent yet. They are served in order, as long as they are polled when
//! it is their turn: one whose future nobody polls, such as a prefetched page, is overtaken after a
//! moment. The line has no clock and never waits itself.

use std::collections::BTreeMap;
use std::future::poll_fn;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

/// How long the line waits for a call whose turn it is.
pub(super) const GRACE: Duration = Duration::from_millis(50);

/// The waiting calls, by their numbers.
#[derive(Debug, Default)]
pub(crate) struct Line {
    last: u64,
    waiting: BTreeMap<u64, Waiting>,
    /// The calls to wake as soon as the line is unlocked.
    due: Vec<Waker>,
}

#[derive(Debug, Default)]
struct Waiting {
    /// Since when it could be sent but was not.
    missed: Option<Instant>,
    /// Whether it was woken since its last attempt.
    called: bool,
    waker: Option<Waker>,
}

impl Line {
    /// Draws the next number.
    pub(super) fn join(&mut self) -> u64 {
        self.last += 1;
        self.waiting.insert(self.last, Waiting::default());
        self.last
    }

    /// The call with this number is polled and tries to proceed.
    pub(super) fn tries(&mut self, number: u64) {
        if let Some(waiting) = self.waiting.get_mut(&number) {
            (waiting.missed, waiting.called) = (None, false);
        }
    }

    /// Whether earlier calls, or all waiting calls, claim the available capacity. They are woken.
    pub(super) fn takes(&mut self, room: u32, before: Option<u64>, now: Instant) -> bool {
        if self.waiting.len() < usize::try_from(room).unwrap_or(usize::MAX) {
            return false;
        }
        let before = before.unwrap_or(u64::MAX);
        let mut left = room;
        for (_, waiting) in self.waiting.range_mut(..before) {
            if left == 0 {
                break;
            }
            self.due.extend(waiting.call());
            let missed = *waiting.missed.get_or_insert(now);
            if now.saturating_duration_since(missed) < GRACE {
                left -= 1;
            }
        }
        left == 0
    }

    /// Wakes the first calls, up to this many, of those that have not been woken.
    pub(super) fn call(&mut self, room: u32) {
        let most = usize::try_from(room).unwrap_or(usize::MAX);
        let next = self.waiting.values_mut().filter(|it| !it.called);
        self.due.extend(next.take(most).filter_map(Waiting::call));
    }

    fn poll_called(&mut self, number: u64, context: &Context<'_>) -> Poll<()> {
        let Some(waiting) = self.waiting.get_mut(&number).filter(|it| !it.called) else {
            return Poll::Ready(());
        };
        waiting.waker = Some(context.waker().clone());
        Poll::Pending
    }
}

impl Waiting {
    fn call(&mut self) -> Option<Waker> {
        self.called = true;
        self.waker.take()
    }
}

/// Something with a line in front of it.
pub(crate) trait Counter {
    /// The locked line, and how many of its calls may try again after a change.
    fn with<T>(&self, ask: impl FnOnce(&mut Line, u32) -> T) -> T;

    /// The state has changed: calls that may proceed now are notified.
    fn change(&self) {
        self.with(Line::call);
        self.wake();
    }

    /// Wakes the notified calls. A woken call may try again immediately, so this is not done while the
    /// line is locked.
    fn wake(&self) {
        for waker in self.with(|line, _| std::mem::take(&mut line.due)) {
            waker.wake();
        }
    }
}

/// A call that waits in a line, with its number; it leaves the line when this is dropped.
pub(crate) struct Waiter<C: Counter> {
    counter: Arc<C>,
    pub(super) number: u64,
}

impl<C: Counter> Waiter<C> {
    pub(super) fn new(counter: &Arc<C>, number: u64) -> Self {
        let counter = Arc::clone(counter);
        Self { counter, number }
    }

    /// Completes when it is worth trying again.
    pub(crate) async fn called(&self) {
        let Self { counter, number } = self;
        poll_fn(|context| counter.with(|line, _| line.poll_called(*number, context))).await;
    }
}

impl<C: Counter> Drop for Waiter<C> {
    fn drop(&mut self) {
        self.counter
            .with(|line, _| line.waiting.remove(&self.number));
        self.counter.change();
    }
}
