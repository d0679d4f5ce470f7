//! Takes what was fired and sees to it that it is delivered, without keeping anybody waiting.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::{Semaphore, watch};

use super::blocks::Blocks;
use super::desk::Desk;
use super::exceptions::Notices;
use super::log::Log;
use super::sending::Shared;
use super::unused::Unused;
use super::{Account, Delivery, Fired, Hook, Identity, Schedule};

/// Delivers events. Dropping it cancels the deliveries under way.
pub struct Dispatcher {
    desk: Arc<Desk>,
}

impl Dispatcher {
    /// A dispatcher for a store, with the usual settings.
    pub fn builder(identity: Identity, account: Arc<dyn Account>) -> DispatcherBuilder {
        DispatcherBuilder {
            identity,
            account,
            schedule: Schedule::default(),
            patience: Duration::from_secs(10),
            queue: 10_000,
            concurrency: 32,
        }
    }

    /// Starts a delivery for each active hook that is subscribed to one of the events, and returns at once. A
    /// hook with a wildcard and one with the event itself are two deliveries.
    pub fn dispatch(&self, fired: &[Fired], hooks: &[Hook]) {
        self.desk.dispatch(fired, hooks);
    }

    /// The last thousand deliveries, the oldest first.
    #[must_use]
    pub fn log(&self) -> Vec<Delivery> {
        self.desk.shared.log.all()
    }

    /// How many deliveries are under way or wait for another attempt.
    #[must_use]
    pub fn waiting(&self) -> usize {
        *self.desk.shared.open.borrow()
    }

    /// Waits until every delivery has succeeded or was given up, which may take as long as the schedule of
    /// retries.
    pub async fn settled(&self) {
        let mut open = self.desk.shared.open.subscribe();
        // It fails when the sender is gone, which is kept here.
        let _ = open.wait_for(|open| *open == 0).await;
    }

    /// Accepts nothing more, lets the attempts under way finish, and drops what waits.
    pub async fn shutdown(&self) {
        self.desk.shared.ending.send_replace(true);
        let tasks = self.desk.tasks().take();
        if let Some(mut tasks) = tasks {
            while tasks.join_next().await.is_some() {}
        }
    }
}

impl fmt::Debug for Dispatcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dispatcher")
            .field("identity", &self.desk.identity)
            .field("waiting", &self.waiting())
            .finish_non_exhaustive()
    }
}

/// Settings for a [`Dispatcher`].
#[must_use = "a builder starts nothing until `start`"]
pub struct DispatcherBuilder {
    identity: Identity,
    account: Arc<dyn Account>,
    schedule: Schedule,
    patience: Duration,
    queue: usize,
    concurrency: usize,
}

impl DispatcherBuilder {
    /// When failed deliveries are retried. The default is the API's schedule with an hour in a second.
    pub const fn schedule(mut self, schedule: Schedule) -> Self {
        self.schedule = schedule;
        self
    }

    /// How long an attempt may take. The default is ten seconds.
    pub const fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// How many deliveries may be under way or waiting; those beyond are not sent, and the log says
    /// so. The default is 10,000.
    pub const fn queue(mut self, most: usize) -> Self {
        self.queue = most;
        self
    }

    /// How many attempts are made concurrently. The default is 32.
    pub const fn concurrency(mut self, most: usize) -> Self {
        self.concurrency = if most == 0 { 1 } else { most };
        self
    }

    /// Starts the dispatcher in the tokio runtime of the caller.
    ///
    /// # Errors
    ///
    /// Fails outside of a runtime.
    pub fn start(self) -> Result<Dispatcher, NoRuntime> {
        let runtime = Handle::try_current().map_err(|_| NoRuntime)?;
        let shared = Arc::new(Shared {
            account: self.account,
            schedule: self.schedule,
            patience: self.patience,
            turns: Semaphore::new(self.concurrency.min(Semaphore::MAX_PERMITS)),
            log: Log::default(),
            blocks: Blocks::new(self.schedule),
            notices: Notices::new(self.schedule),
            unused: Unused::new(self.schedule),
            open: watch::Sender::new(0),
            ending: watch::Sender::new(false),
        });
        let desk = Desk::open(self.identity, shared, self.queue, runtime);
        Ok(Dispatcher { desk })
    }
}

impl fmt::Debug for DispatcherBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DispatcherBuilder")
            .field("identity", &self.identity)
            .field("schedule", &self.schedule)
            .field("patience", &self.patience)
            .field("queue", &self.queue)
            .field("concurrency", &self.concurrency)
            .finish_non_exhaustive()
    }
}

/// There is no tokio runtime to deliver in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoRuntime;

impl fmt::Display for NoRuntime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("deliveries need a tokio runtime, and none runs here")
    }
}

impl std::error::Error for NoRuntime {}
