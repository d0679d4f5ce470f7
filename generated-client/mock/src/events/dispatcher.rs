//! Takes what was fired and sees to it that it is delivered, without keeping anybody waiting.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use jiff::Timestamp;
use tokio::runtime::Handle;
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;

use super::log::Log;
use super::sending::{Shared, Task};
use super::topic::delivered_as;
use super::{Account, Delivery, Fired, Hook, Identity, Schedule, State, payload};
use crate::loopback::Address;

/// Delivers events. When it is dropped, whatever is under way ends.
pub struct Dispatcher {
    identity: Identity,
    shared: Arc<Shared>,
    queue: usize,
    runtime: Handle,
    tasks: Mutex<Option<JoinSet<()>>>,
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

    /// Starts a delivery for each active hook that waits for one of the events, and returns at once.
    /// A hook with a wildcard and one with the event itself are two deliveries.
    pub fn dispatch(&self, fired: &[Fired], hooks: &[Hook]) {
        let now = Timestamp::now();
        for event in fired {
            for hook in hooks.iter().filter(|hook| hook.is_active) {
                if let Some(scope) = delivered_as(&hook.scope, &event.scope, event.channel) {
                    let body = payload::body(&self.identity, &scope, &event.data, now);
                    self.start(hook, scope, body);
                }
            }
        }
    }

    fn start(&self, hook: &Hook, scope: String, body: Bytes) {
        let id = payload::id();
        let number = self.shared.log.add(Delivery {
            number: 0,
            id: id.clone(),
            hook: hook.id.clone(),
            client_id: hook.client_id.clone(),
            scope,
            destination: hook.destination.clone(),
            body: String::from_utf8_lossy(&body).into_owned(),
            attempts: Vec::new(),
            state: State::Waiting,
        });
        let not_sent = |why: String| self.shared.log.set(number, State::NotSent(why));
        let address = match Address::parse(&hook.destination) {
            Ok(address) => address,
            Err(why) => return not_sent(why.to_string()),
        };
        let mut tasks = self.tasks();
        let Some(tasks) = &mut *tasks else {
            return not_sent("the store has ended".to_owned());
        };
        while tasks.try_join_next().is_some() {}
        let open = *self.shared.open.borrow();
        if open >= self.queue {
            return not_sent(format!("{open} deliveries are waiting already"));
        }
        let task = Task::new(&self.shared, number, id, hook.clone(), address, body);
        tasks.spawn_on(task.run(), &self.runtime);
    }

    /// The last thousand deliveries, the oldest first.
    #[must_use]
    pub fn log(&self) -> Vec<Delivery> {
        self.shared.log.all()
    }

    /// How many deliveries are on their way or wait for another attempt.
    #[must_use]
    pub fn waiting(&self) -> usize {
        *self.shared.open.borrow()
    }

    /// Waits until every delivery has succeeded or was given up, which by the schedule may be long.
    pub async fn settled(&self) {
        let mut open = self.shared.open.subscribe();
        // It fails when the sender is gone, which is kept here.
        let _ = open.wait_for(|open| *open == 0).await;
    }

    /// Takes nothing more, lets the attempts under way come to their end, and drops what waits.
    pub async fn shutdown(&self) {
        self.shared.ending.send_replace(true);
        let tasks = self.tasks().take();
        if let Some(mut tasks) = tasks {
            while tasks.join_next().await.is_some() {}
        }
    }

    fn tasks(&self) -> std::sync::MutexGuard<'_, Option<JoinSet<()>>> {
        self.tasks.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Dispatcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dispatcher")
            .field("identity", &self.identity)
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
    /// When failed deliveries are tried again. The default is the API's schedule with an hour in a
    /// second.
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

    /// How many attempts are made at a time. The default is 32.
    pub const fn concurrency(mut self, most: usize) -> Self {
        self.concurrency = if most == 0 { 1 } else { most };
        self
    }

    /// Starts it in the tokio runtime of the caller.
    ///
    /// # Errors
    ///
    /// Fails outside of a runtime.
    pub fn start(self) -> Result<Dispatcher, NoRuntime> {
        let runtime = Handle::try_current().map_err(|_| NoRuntime)?;
        Ok(Dispatcher {
            identity: self.identity,
            shared: Arc::new(Shared {
                account: self.account,
                schedule: self.schedule,
                patience: self.patience,
                turns: Semaphore::new(self.concurrency.min(Semaphore::MAX_PERMITS)),
                log: Log::default(),
                open: watch::Sender::new(0),
                ending: watch::Sender::new(false),
            }),
            queue: self.queue,
            runtime,
            tasks: Mutex::new(Some(JoinSet::new())),
        })
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
