//! Delivers fired events in the background.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::{Semaphore, watch};

use super::blocks::Blocks;
use super::desk::Desk;
use super::exceptions::Notices;
use super::log::Log;
use super::shared::Shared;
use super::unused::Unused;
use super::{Account, Delivery, Fired, Hook, Identity, Schedule};

/// Delivers events. Dropping it cancels pending deliveries.
pub struct Dispatcher {
    desk: Arc<Desk>,
}

impl Dispatcher {
    /// A dispatcher for a store, with the default settings.
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

    /// Starts a delivery for each active hook that is subscribed to one of the events, and returns
    /// immediately. A hook with a wildcard and one with the event itself get separate deliveries.
    pub fn dispatch(&self, fired: &[Fired], hooks: &[Hook]) {
        self.desk.dispatch(fired, hooks);
    }

    /// The last thousand deliveries, the oldest first.
    #[must_use]
    pub fn log(&self) -> Vec<Delivery> {
        self.desk.shared.log.all()
    }

    /// The number of deliveries that are in progress or wait for another attempt.
    #[must_use]
    pub fn waiting(&self) -> usize {
        *self.desk.shared.open.borrow()
    }

    /// Waits until every delivery has succeeded or failed for good, which may take as long as the retry
    /// schedule.
    pub async fn settled(&self) {
        let mut open = self.desk.shared.open.subscribe();
        // It fails if the sender is gone, but the sender is held here.
        let _ = open.wait_for(|open| *open == 0).await;
    }

    /// Stops accepting events, lets current attempts finish, and drops waiting deliveries.
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

    /// How long an attempt may take. The default is ten seconds, a choice made here: BigCommerce does not publish
    /// how long it waits.
    pub const fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// The maximum number of pending deliveries; additional ones are not sent, which the log
    /// reports. The default is 10,000.
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
    /// Returns an error if it is called outside a runtime.
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

/// There is no tokio runtime.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoRuntime;

impl fmt::Display for NoRuntime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("deliveries need a tokio runtime, but none is running")
    }
}

impl std::error::Error for NoRuntime {}
