//! One delivery, from its first attempt to its last.

use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{HeaderMap, Method};
use jiff::Timestamp;
use tokio::sync::{Semaphore, watch};

use super::blocks::{Blocks, Site};
use super::desk::Desk;
use super::exceptions::{Exception, Notices};
use super::log::Log;
use super::unused::Unused;
use super::{Account, Attempt, Hook, Schedule, State, payload};
use crate::loopback::Address;

/// What the deliveries of a store share.
pub(super) struct Shared {
    pub(super) account: Arc<dyn Account>,
    pub(super) schedule: Schedule,
    pub(super) patience: Duration,
    /// The concurrency limit. A delivery that waits for its next attempt does not count.
    pub(super) turns: Semaphore,
    pub(super) log: Log,
    pub(super) blocks: Blocks,
    pub(super) notices: Notices,
    pub(super) unused: Unused,
    /// How many deliveries are not settled.
    pub(super) open: watch::Sender<usize>,
    pub(super) ending: watch::Sender<bool>,
}

pub(super) struct Task {
    open: Open,
    number: u64,
    id: String,
    hook: Hook,
    site: Site,
    address: Address,
    body: Bytes,
    /// Where its failure is reported.
    desk: Weak<Desk>,
}

/// Counts a delivery as pending until it is dropped, however it ends.
struct Open(Arc<Shared>);

impl Drop for Open {
    fn drop(&mut self) {
        self.0
            .open
            .send_modify(|open| *open = open.saturating_sub(1));
    }
}

impl Task {
    pub(super) fn new(
        shared: &Arc<Shared>,
        number: u64,
        id: String,
        hook: Hook,
        address: Address,
        body: Bytes,
    ) -> Self {
        shared.open.send_modify(|open| *open += 1);
        Self {
            open: Open(Arc::clone(shared)),
            number,
            id,
            site: Site {
                client_id: hook.client_id.clone(),
                host: address.host().to_owned(),
            },
            hook,
            address,
            body,
            desk: Weak::new(),
        }
    }

    pub(super) fn telling(self, desk: Weak<Desk>) -> Self {
        Self { desk, ..self }
    }

    pub(super) async fn run(self) {
        let shared = &self.open.0;
        let mut ending = shared.ending.subscribe();
        let state = self.deliver(&mut ending).await;
        shared.log.set(self.number, state.unwrap_or(State::Ended));
    }

    /// The outcome; `None` if the store stopped first. An attempt in progress is not interrupted.
    async fn deliver(&self, ending: &mut watch::Receiver<bool>) -> Option<State> {
        let shared = &self.open.0;
        let mut turns = 0;
        loop {
            let turn = unless(ending, shared.turns.acquire()).await?.ok()?;
            if turns > 0 && !shared.account.is_wanted(&self.hook) {
                return None;
            }
            let held_back = shared.blocks.is_blocked(&self.site, Instant::now());
            if held_back {
                shared.log.held_back(self.number);
            } else {
                let secret = shared.account.secret(&self.hook.client_id);
                let Some(secret) = secret.filter(|secret| !secret.is_empty()) else {
                    let why = "the account that created the hook has no secret to sign with";
                    return Some(State::NotSent(why.to_owned()));
                };
                let succeeded = self.attempt(&secret).await?;
                if shared.blocks.judge(&self.site, succeeded, Instant::now()) {
                    self.tell(Exception::Blocked);
                }
                if succeeded {
                    return Some(State::Delivered);
                }
            }
            drop(turn);
            turns += 1;
            let Some(wait) = shared.schedule.wait(turns) else {
                shared.account.switch_off(&self.hook);
                self.tell(Exception::SwitchedOff);
                return Some(State::GivenUp);
            };
            if !held_back {
                self.tell(Exception::Retried);
            }
            unless(ending, tokio::time::sleep(wait)).await?;
        }
    }

    fn tell(&self, exception: Exception) {
        if let Some(desk) = self.desk.upgrade() {
            desk.tell(exception, &self.hook);
        }
    }

    /// Whether it got a 2xx with an acceptable response; `None` if it cannot be signed.
    async fn attempt(&self, secret: &str) -> Option<bool> {
        let shared = &self.open.0;
        let (at, began) = (Timestamp::now(), Instant::now());
        let own = &self.hook.headers;
        let headers = payload::headers(own, &self.id, at, secret, &self.body)?;
        let sent = self
            .address
            .send(Method::POST, headers, self.body.clone(), shared.patience);
        let sent = sent.await;
        let status = sent.as_ref().ok().map(|answer| answer.status);
        let error = match &sent {
            Ok(answer) => too_much(&answer.headers),
            Err(error) => Some(error.to_string()),
        };
        let succeeded = status.is_some_and(|status| status.is_success()) && error.is_none();
        let attempt = Attempt {
            at: at.to_string(),
            took: u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
            status: status.map(|status| status.as_u16()),
            error,
        };
        shared.log.attempted(self.number, attempt);
        Some(succeeded)
    }
}

/// Why BigCommerce would not accept this acknowledgement.
fn too_much(headers: &HeaderMap) -> Option<String> {
    const MOST: usize = 64;
    const LONGEST_NAME: usize = 64;
    const LONGEST_VALUE: usize = 8 * 1024;
    if headers.len() > MOST {
        let count = headers.len();
        return Some(format!(
            "the response has {count} headers, but at most {MOST} are accepted"
        ));
    }
    headers.iter().find_map(|(name, value)| {
        let name = name.as_str();
        if name.len() > LONGEST_NAME {
            return Some(format!(
                "the name of the response's header {name} is too long"
            ));
        }
        (value.len() > LONGEST_VALUE)
            .then(|| format!("the value of the response's header {name} is too long"))
    })
}

/// The result of the future, unless the store stops first. Dropping the dispatcher counts as stopping.
pub(super) async fn unless<T>(
    ending: &mut watch::Receiver<bool>,
    coming: impl Future<Output = T>,
) -> Option<T> {
    tokio::select! {
        biased;
        _ = ending.wait_for(|ending| *ending) => None,
        it = coming => Some(it),
    }
}
