//! Waiting for a call's turn: a slot among the concurrent calls of its endpoint, and a share of the
//! quota of its server. Both are returned when they are dropped.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use super::Outgoing;
use super::trail::Trail;
use crate::observe::Wait;
use crate::quota::{Decision, Place, Places, Turn, Waiter};

/// A call that would have to wait longer than allowed.
pub(super) struct TooLong {
    /// How long it would wait in total, as far as is known.
    pub(super) wait: Duration,
    /// How long it may wait.
    pub(super) allowed: Duration,
    pub(super) why: Wait,
}

impl Outgoing<'_> {
    /// Waits until the call may be sent. It takes its slot and its turn together: it does not hold one
    /// while it waits for the other, since its future may not be polled for a long time.
    pub(super) async fn enter(
        &self,
        trail: &mut Trail<'_>,
    ) -> Result<(Option<Place>, Turn), TooLong> {
        let (config, quota) = (self.client.config(), self.client.calls_quota());
        let (mut for_place, mut for_turn) = (None, None);
        loop {
            let place = self.place(trail, &mut for_place).await?;
            let now = config.clock.now();
            let (hold, called) = match quota.take(now, &mut for_turn) {
                // The shared budget is asked last, when the call has both. If it were asked first, it would
                // admit calls that may not get a slot here, and every waiting call would ask it repeatedly. A
                // call whose future is not polled in the meantime blocks others no longer than one without a
                // response: its slot and its turn are freed after the same limit.
                Ok(mut turn) => match self.share(trail).await {
                    Ok(ticket) => {
                        turn.shared = ticket;
                        return Ok((place, turn));
                    }
                    Err(wait) => ((Wait::Quota, wait), None),
                },
                Err(hold) => {
                    let why = if hold.refused {
                        Wait::Refused
                    } else {
                        Wait::Quota
                    };
                    let wait = hold.until.saturating_duration_since(now);
                    let waiter = for_turn.as_ref().filter(|_| hold.may_change);
                    ((why, wait), waiter.map(Waiter::called))
                }
            };
            drop(place);
            let (why, wait) = hold;
            self.may_wait(trail, why, wait)?;
            let wait = wait.min(quota.longest_hold());
            let sleep = config.clock.sleep(wait);
            match called {
                Some(called) => trail.wait(why, Some(wait), first(called, sleep)).await,
                None => {
                    trail.wait(why, Some(wait), sleep).await;
                    None
                }
            };
        }
    }

    /// Waits for a slot, if the endpoint has a cap.
    async fn place(
        &self,
        trail: &mut Trail<'_>,
        waiter: &mut Option<Waiter<Places>>,
    ) -> Result<Option<Place>, TooLong> {
        let (config, quota) = (self.client.config(), self.client.calls_quota());
        let endpoint = self.target.endpoint();
        let Some(places) = endpoint.and_then(|endpoint| quota.places(endpoint)) else {
            return Ok(None);
        };
        let most = self.longest(self.timeout());
        let began = config.clock.now();
        if let Ok(place) = places.take(began, most, waiter) {
            return Ok(Some(place));
        }
        let allowed = self.max_wait();
        // It is unknown how long the other calls take.
        let left = allowed.saturating_sub(trail.queued());
        let waiting = async {
            loop {
                let now = config.clock.now();
                let known = match places.take(now, most, waiter) {
                    Ok(place) => return Some(place),
                    Err(known) => known,
                };
                let left = left.saturating_sub(now.saturating_duration_since(began));
                let waiter = waiter.as_ref().filter(|_| !left.is_zero())?;
                let sleep = config.clock.sleep(known.unwrap_or(left).min(left));
                first(waiter.called(), sleep).await;
            }
        };
        match trail.wait(Wait::Place, None, waiting).await {
            Some(place) => Ok(Some(place)),
            None => Err(TooLong {
                wait: trail.queued(),
                allowed,
                why: Wait::Place,
            }),
        }
    }

    /// Asks the shared budget, if there is one, and returns the ticket that admits the call, or how
    /// long it has to wait.
    async fn share(&self, trail: &Trail<'_>) -> Result<Option<u64>, Duration> {
        let (config, quota) = (self.client.config(), self.client.calls_quota());
        match quota.take_outside(config.clock.now()).await {
            Ok(Some(Decision::Wait(wait))) => Err(wait),
            Ok(Some(Decision::Go { ticket })) => Ok(Some(ticket)),
            Ok(None) => Ok(None),
            Err(_) => {
                trail.unshared();
                Ok(None)
            }
        }
    }

    /// Whether the call may wait this long in addition to its waits so far.
    fn may_wait(&self, trail: &Trail<'_>, why: Wait, wait: Duration) -> Result<(), TooLong> {
        let (wait, allowed) = (trail.queued().saturating_add(wait), self.max_wait());
        if wait > allowed {
            return Err(TooLong { wait, allowed, why });
        }
        Ok(())
    }
}

/// The result of the first future, unless the second one completes first.
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
