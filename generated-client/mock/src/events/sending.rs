//! One delivery from its first attempt to its last.

use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::Method;
use jiff::Timestamp;
use tokio::sync::{Semaphore, watch};

use super::log::Log;
use super::{Account, Attempt, Hook, Schedule, State, payload};
use crate::loopback::Address;

/// What the deliveries of a store share.
pub(super) struct Shared {
    pub(super) account: Arc<dyn Account>,
    pub(super) schedule: Schedule,
    pub(super) patience: Duration,
    /// Whose turn it is to send. One that waits for its next attempt has none.
    pub(super) turns: Semaphore,
    pub(super) log: Log,
    /// How many deliveries are not settled.
    pub(super) open: watch::Sender<usize>,
    pub(super) ending: watch::Sender<bool>,
}

pub(super) struct Task {
    open: Open,
    number: u64,
    id: String,
    hook: Hook,
    address: Address,
    body: Bytes,
}

/// Counts a delivery as open until it is dropped, however it ends.
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
            hook,
            address,
            body,
        }
    }

    pub(super) async fn run(self) {
        let shared = &self.open.0;
        let mut ending = shared.ending.subscribe();
        let state = self.deliver(&mut ending).await;
        shared.log.set(self.number, state.unwrap_or(State::Ended));
    }

    /// How it ended; `None` when the store did so first. An attempt that is under way is not cut off.
    async fn deliver(&self, ending: &mut watch::Receiver<bool>) -> Option<State> {
        let shared = &self.open.0;
        let mut failed = 0;
        loop {
            let turn = unless(ending, shared.turns.acquire()).await?.ok()?;
            if failed > 0 && !shared.account.is_wanted(&self.hook) {
                return None;
            }
            let secret = shared.account.secret(&self.hook.client_id);
            let Some(secret) = secret.filter(|secret| !secret.is_empty()) else {
                let why = "the account that made the hook has no secret to sign with";
                return Some(State::NotSent(why.to_owned()));
            };
            if self.attempt(&secret).await? {
                return Some(State::Delivered);
            }
            drop(turn);
            failed += 1;
            match shared.schedule.wait(failed) {
                Some(wait) => unless(ending, tokio::time::sleep(wait)).await?,
                None => {
                    shared.account.switch_off(&self.hook);
                    return Some(State::GivenUp);
                }
            }
        }
    }

    /// Whether it was answered with 2xx; `None` when it cannot be signed.
    async fn attempt(&self, secret: &str) -> Option<bool> {
        let shared = &self.open.0;
        let (at, began) = (Timestamp::now(), Instant::now());
        let own = &self.hook.headers;
        let headers = payload::headers(own, &self.id, at, secret, &self.body)?;
        let sent = self
            .address
            .send(Method::POST, headers, self.body.clone(), shared.patience);
        let sent = sent.await;
        let status = sent.as_ref().ok().map(http::StatusCode::as_u16);
        let attempt = Attempt {
            at: at.to_string(),
            took: u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
            status,
            error: sent.err().map(|error| error.to_string()),
        };
        shared.log.attempted(self.number, attempt);
        Some(status.is_some_and(|status| (200..300).contains(&status)))
    }
}

/// What comes, unless the store ends first. That the dispatcher is gone is an end as well.
async fn unless<T>(
    ending: &mut watch::Receiver<bool>,
    coming: impl Future<Output = T>,
) -> Option<T> {
    tokio::select! {
        biased;
        _ = ending.wait_for(|ending| *ending) => None,
        it = coming => Some(it),
    }
}
