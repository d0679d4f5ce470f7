//! The line in which those wait who cannot go yet. The first go first, as long as they come when they
//! can: one whose future nobody polls, such as a page asked for ahead, is overtaken after a moment.
//! It has no clock and no waiting of its own.

use std::collections::BTreeMap;
use std::future::poll_fn;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

/// For how long one who could go is waited for.
pub(super) const GRACE: Duration = Duration::from_millis(50);

/// Those who wait, by the numbers they drew.
#[derive(Debug, Default)]
pub(crate) struct Line {
    last: u64,
    waiting: BTreeMap<u64, Waiting>,
    /// Those to wake as soon as the line is not locked any more.
    due: Vec<Waker>,
}

#[derive(Debug, Default)]
struct Waiting {
    /// Since when it has been seen not to go although it could.
    missed: Option<Instant>,
    /// Whether it was called since it last tried.
    called: bool,
    waker: Option<Waker>,
}

impl Line {
    /// Draws a number behind all others.
    pub(super) fn join(&mut self) -> u64 {
        self.last += 1;
        self.waiting.insert(self.last, Waiting::default());
        self.last
    }

    /// The one with that number is here and tries to go.
    pub(super) fn tries(&mut self, number: u64) {
        if let Some(waiting) = self.waiting.get_mut(&number) {
            (waiting.missed, waiting.called) = (None, false);
        }
    }

    /// Whether those before that number, or all of them, take what there is. They are called.
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

    /// Calls the first so many of those who have not been called.
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

/// Something for which a line is kept.
pub(crate) trait Counter {
    /// The line, locked, and how many of those in it may try again after a change.
    fn with<T>(&self, ask: impl FnOnce(&mut Line, u32) -> T) -> T;

    /// Something has changed: those who may go now are told.
    fn change(&self) {
        self.with(Line::call);
        self.wake();
    }

    /// Wakes those who were called. What is woken may ask again at once, so it is not done under the
    /// lock.
    fn wake(&self) {
        for waker in self.with(|line, _| std::mem::take(&mut line.due)) {
            waker.wake();
        }
    }
}

/// A call that waits in a line, by its number there; it leaves the line when this is dropped.
pub(crate) struct Waiter<C: Counter> {
    counter: Arc<C>,
    pub(super) number: u64,
}

impl<C: Counter> Waiter<C> {
    pub(super) fn new(counter: &Arc<C>, number: u64) -> Self {
        let counter = Arc::clone(counter);
        Self { counter, number }
    }

    /// Ends when it is worth trying again.
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
