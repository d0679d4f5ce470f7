//! Where deliveries start: those of events that calls fire, and those about failed deliveries.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

use bytes::Bytes;
use jiff::Timestamp;
use tokio::runtime::Handle;
use tokio::task::JoinSet;

use super::exceptions::{self, Exception};
use super::sending::Task;
use super::shared::{Shared, unless};
use super::topic::delivered_as;
use super::unused::DAY;
use super::{Delivery, Fired, Hook, Identity, State, payload};
use crate::loopback::Address;

/// Starts deliveries. Running ones only hold a weak reference to it, so that they end with it.
pub(super) struct Desk {
    pub(super) identity: Identity,
    pub(super) shared: Arc<Shared>,
    queue: usize,
    runtime: Handle,
    tasks: Mutex<Option<JoinSet<()>>>,
}

impl Desk {
    pub(super) fn open(
        identity: Identity,
        shared: Arc<Shared>,
        queue: usize,
        runtime: Handle,
    ) -> Arc<Self> {
        let desk = Arc::new(Self {
            identity,
            shared: Arc::clone(&shared),
            queue,
            runtime,
            tasks: Mutex::new(Some(JoinSet::new())),
        });
        if let Some(tasks) = &mut *desk.tasks() {
            let unused = switch_off_unused(shared, Arc::downgrade(&desk));
            tasks.spawn_on(unused, &desk.runtime);
        }
        desk
    }

    pub(super) fn dispatch(self: &Arc<Self>, fired: &[Fired], hooks: &[Hook]) {
        let now = Timestamp::now();
        for event in fired {
            for hook in hooks.iter().filter(|hook| hook.is_active) {
                if let Some(scope) = delivered_as(&hook.scope, &event.scope, event.channel) {
                    let there = event.channel_data.as_ref().filter(|_| scope != event.scope);
                    let data = there.unwrap_or(&event.data);
                    let body = payload::body(&self.identity, &scope, data, now);
                    self.start(hook, scope, body);
                }
            }
        }
    }

    /// Notifies the account's exception hooks about a delivery to one of its other hooks.
    pub(super) fn tell(self: &Arc<Self>, exception: Exception, failing: &Hook) {
        if !self
            .shared
            .notices
            .is_due(exception, failing, Instant::now())
        {
            return;
        }
        let mut hooks = self.shared.account.hooks();
        hooks.retain(|hook| hook.client_id == failing.client_id);
        self.dispatch(&[exception.fired(failing)], &hooks);
    }

    fn start(self: &Arc<Self>, hook: &Hook, scope: String, body: Bytes) {
        self.shared.unused.uses(hook, Instant::now());
        let id = payload::id();
        let is_exception = scope == exceptions::SCOPE;
        let number = self.shared.log.add(Delivery {
            number: 0,
            id: id.clone(),
            hook: hook.id.clone(),
            client_id: hook.client_id.clone(),
            scope,
            destination: hook.destination.clone(),
            body: String::from_utf8_lossy(&body).into_owned(),
            attempts: Vec::new(),
            held_back: 0,
            state: State::Waiting,
        });
        let not_sent = |why: String| self.shared.log.set(number, State::NotSent(why));
        let address = match Address::parse(&hook.destination) {
            Ok(address) => address,
            Err(why) => return not_sent(why.to_string()),
        };
        let mut tasks = self.tasks();
        let Some(tasks) = &mut *tasks else {
            return not_sent("the store has stopped".to_owned());
        };
        while tasks.try_join_next().is_some() {}
        let open = *self.shared.open.borrow();
        if open >= self.queue {
            return not_sent(format!("{open} deliveries are already pending"));
        }
        let mut task = Task::new(&self.shared, number, id, hook.clone(), address, body);
        // A hook for exceptions is not notified of its own failures, which would fail as well.
        if !is_exception {
            let desk = Arc::downgrade(self);
            task = task.telling(move |exception, hook| {
                if let Some(desk) = desk.upgrade() {
                    desk.tell(exception, hook);
                }
            });
        }
        tasks.spawn_on(task.run(), &self.runtime);
    }

    pub(super) fn tasks(&self) -> MutexGuard<'_, Option<JoinSet<()>>> {
        self.tasks.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Looks for unused hooks once a day, on the API's clock, until the store ends.
async fn switch_off_unused(shared: Arc<Shared>, desk: Weak<Desk>) {
    let mut ending = shared.ending.subscribe();
    let day = shared.schedule.seconds(DAY).max(Duration::from_millis(1));
    while unless(&mut ending, tokio::time::sleep(day)).await.is_some() && desk.strong_count() > 0 {
        let unused = shared.unused.among(shared.account.hooks(), Instant::now());
        for hook in unused {
            shared.account.switch_off(&hook);
        }
    }
}
