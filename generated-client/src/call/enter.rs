//! Waiting for a call's turn: a place among those of its endpoint that run at once, and a share of
//! the store's quota. Both are given back when they are dropped.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use super::Outgoing;
use crate::observe::{Trail, Wait};
use crate::quota::{Grant, Place, Turn};

/// A call that would have to wait longer than it may.
pub(super) struct TooLong {
    /// How long it would wait in all, as far as that is known.
    pub(super) wait: Duration,
    /// How long it may.
    pub(super) allowed: Duration,
    pub(super) why: Wait,
}

impl Outgoing<'_> {
    /// Waits until the call may be sent.
    pub(super) async fn enter(
        &self,
        trail: &mut Trail<'_>,
    ) -> Result<(Option<Place>, Turn), TooLong> {
        let place = self.place(trail).await?;
        let turn = self.turn(trail).await?;
        Ok((place, turn))
    }

    async fn place(&self, trail: &mut Trail<'_>) -> Result<Option<Place>, TooLong> {
        let quota = &self.client.config().quota;
        let places = self.target.endpoint();
        let Some(places) = places.and_then(|endpoint| quota.places(endpoint)) else {
            return Ok(None);
        };
        if let Ok(place) = places.clone().try_acquire_owned() {
            return Ok(Some(place));
        }
        let place = self
            .patiently(trail, Wait::Place, places.acquire_owned())
            .await?;
        // Places are never closed.
        Ok(place.ok())
    }

    async fn turn(&self, trail: &mut Trail<'_>) -> Result<Turn, TooLong> {
        let config = self.client.config();
        let quota = &config.quota;
        // Nobody is overtaken, and where nobody waits nothing is paid.
        let mut turn = match quota.take_if_no_line(config.clock.now()) {
            Some(turn) => turn,
            None => self.wait_in_line(trail).await?,
        };
        if quota.is_shared() {
            turn.shared = self.share(trail).await?;
        }
        Ok(turn)
    }

    async fn wait_in_line(&self, trail: &mut Trail<'_>) -> Result<Turn, TooLong> {
        let config = self.client.config();
        let quota = &config.quota;
        let line = quota.line();
        let _first = match line.first().try_lock() {
            Ok(first) => first,
            Err(_) => {
                self.patiently(trail, Wait::Quota, line.first().lock())
                    .await?
            }
        };
        loop {
            // It listens before it asks, so that no change is missed in between.
            let mut changed = pin!(quota.changed().notified());
            changed.as_mut().enable();
            let now = config.clock.now();
            let hold = match quota.take(now) {
                Ok(turn) => return Ok(turn),
                Err(hold) => hold,
            };
            let why = if hold.refused {
                Wait::Refused
            } else {
                Wait::Quota
            };
            let wait = hold.until.saturating_duration_since(now);
            self.may_wait(trail, why, wait)?;
            let sleep = config.clock.sleep(wait);
            if hold.may_change {
                trail.wait(why, Some(wait), first(changed, sleep)).await;
            } else {
                trail.wait(why, Some(wait), sleep).await;
            }
        }
    }

    /// Waits until the budget outside lets the call go, too, and answers with which ticket.
    async fn share(&self, trail: &mut Trail<'_>) -> Result<Option<u64>, TooLong> {
        let config = self.client.config();
        loop {
            let wait = match config.quota.take_outside(config.clock.now()).await {
                Ok(Some(Grant::Wait(wait))) => wait,
                Ok(Some(Grant::Go { ticket })) => return Ok(Some(ticket)),
                Ok(None) => return Ok(None),
                Err(_) => {
                    trail.unshared();
                    return Ok(None);
                }
            };
            self.may_wait(trail, Wait::Quota, wait)?;
            let sleep = config.clock.sleep(wait);
            trail.wait(Wait::Quota, Some(wait), sleep).await;
        }
    }

    /// Whether the call may wait that long on top of what it has waited.
    fn may_wait(&self, trail: &Trail<'_>, why: Wait, wait: Duration) -> Result<(), TooLong> {
        let (wait, allowed) = (trail.queued().saturating_add(wait), self.max_wait());
        if wait > allowed {
            return Err(TooLong { wait, allowed, why });
        }
        Ok(())
    }

    /// Waits for something of which nobody knows how long it takes, but not longer than allowed.
    async fn patiently<F: Future>(
        &self,
        trail: &mut Trail<'_>,
        why: Wait,
        future: F,
    ) -> Result<F::Output, TooLong> {
        let allowed = self.max_wait();
        let left = allowed.saturating_sub(trail.queued());
        let too_long = self.client.config().clock.sleep(left);
        match trail.wait(why, None, first(future, too_long)).await {
            Some(output) => Ok(output),
            None => {
                let wait = trail.queued();
                Err(TooLong { wait, allowed, why })
            }
        }
    }
}

/// What the future gives, unless the other one ends before it.
async fn first<F: Future>(future: F, other: impl Future<Output = ()>) -> Option<F::Output> {
    let (mut future, mut other) = (pin!(future), pin!(other));
    poll_fn(move |context| {
        if let Poll::Ready(output) = future.as_mut().poll(context) {
            return Poll::Ready(Some(output));
        }
        other.as_mut().poll(context).map(|()| None)
    })
    .await
}
