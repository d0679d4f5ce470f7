//! One delivery, from its first attempt to its last.

use std::sync::Arc;
use std::time::Instant;

use bytes::Bytes;
use http::{HeaderMap, Method};
use jiff::Timestamp;
use tokio::sync::watch;

use super::blocks::Site;
use super::exceptions::Exception;
use super::shared::{Shared, unless};
use super::{Attempt, Hook, State, payload};
use crate::loopback::Address;

/// Hears what became of a delivery to a hook.
type Listener = Box<dyn Fn(Exception, &Hook) + Send + Sync>;

pub(super) struct Task {
    open: Open,
    number: u64,
    id: String,
    hook: Hook,
    site: Site,
    address: Address,
    body: Bytes,
    /// Who is told when it fails.
    listener: Option<Listener>,
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
            listener: None,
        }
    }

    pub(super) fn telling(
        self,
        listener: impl Fn(Exception, &Hook) + Send + Sync + 'static,
    ) -> Self {
        Self {
            listener: Some(Box::new(listener)),
            ..self
        }
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
                let failed = self.attempt(&secret).await?.err();
                let site = &self.site;
                let judged = shared.blocks.judge(site, failed.is_none(), Instant::now());
                if let Some(count) = judged {
                    let some = || "Too many of the latest attempts failed".to_owned();
                    let why = failed.clone().unwrap_or_else(some);
                    let block = shared.blocks.block(site, count, why);
                    shared.account.blocked(&self.hook, &block);
                    self.tell(Exception::Blocked);
                }
                if failed.is_none() {
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
        if let Some(listener) = &self.listener {
            listener(exception, &self.hook);
        }
    }

    /// Whether it got a 2xx and little else, or why it did not; `None` when it cannot be signed.
    async fn attempt(&self, secret: &str) -> Option<Result<(), String>> {
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
        let refused = status.filter(|status| !status.is_success());
        let refused = refused.map(|status| format!("The receiver returned {}", status.as_u16()));
        let failed = error.clone().or(refused);
        let attempt = Attempt {
            at: at.to_string(),
            took: u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
            status: status.map(|status| status.as_u16()),
            error,
        };
        shared.log.attempted(self.number, attempt);
        Some(failed.map_or(Ok(()), Err))
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
