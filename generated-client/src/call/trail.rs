//! The trail of one call: it counts what the call does, and notifies observers and the span. It decides
//! nothing.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::Outgoing;
use crate::audit::{Entry, Handed, MOMENT};
use crate::catalogue::{Endpoint, Scope};
use crate::client::{Client, Config};
use crate::error::Error;
use crate::json::DecodeError;
use crate::kind::ErrorKind;
use crate::observe::{End, Signal, Span, Step, Wait};
use crate::policy::Verdict;
use crate::retry::Reason;
use crate::target::Target;

static CALLS: AtomicU64 = AtomicU64::new(1);

/// What one call has done so far.
pub(crate) struct Trail<'a> {
    made: &'a Outgoing<'a>,
    config: &'a Config,
    /// The decision of the gate.
    verdict: Option<Verdict>,
    span: Span,
    call: u64,
    attempts: u32,
    status: Option<u16>,
    waited: Duration,
    /// How much of that was spent waiting for a turn, which is limited.
    queued: Duration,
    began: Instant,
    sent: Instant,
    /// How it ended and how long it took, once that is recorded.
    ended: Option<(End, Duration)>,
    /// How long the sinks took before it was sent.
    declaring: Duration,
    over: bool,
}

impl<'a> Trail<'a> {
    pub(crate) fn start(made: &'a Outgoing<'a>, span: Span) -> Self {
        let config = made.client.config();
        let now = config.clock.now();
        let trail = Self {
            made,
            config,
            verdict: None,
            span,
            call: CALLS.fetch_add(1, Ordering::Relaxed),
            attempts: 0,
            status: None,
            waited: Duration::ZERO,
            queued: Duration::ZERO,
            began: now,
            sent: now,
            ended: None,
            declaring: Duration::ZERO,
            over: false,
        };
        trail.tell(Step::Started);
        trail
    }

    pub(crate) const fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The future, inside the span of the call whenever it is polled.
    pub(crate) fn around<F: Future>(&self, future: F) -> impl Future<Output = F::Output> + use<F> {
        self.span.around(future)
    }

    /// How long the call has waited for its turn.
    pub(crate) const fn queued(&self) -> Duration {
        self.queued
    }

    /// The time since the call began.
    pub(crate) fn passed(&self) -> Duration {
        self.config
            .clock
            .now()
            .saturating_duration_since(self.began)
    }

    /// The gate has decided.
    pub(crate) const fn judged(&mut self, verdict: Verdict) {
        self.verdict = Some(verdict);
    }

    pub(crate) fn doubtful(&self, scope: Scope) {
        self.tell(Step::Doubtful { scope });
    }

    pub(crate) fn unshared(&self) {
        self.tell(Step::Unshared);
    }

    pub(crate) fn sent(&mut self) {
        self.attempts += 1;
        self.sent = self.config.clock.now();
        self.tell(Step::Sent {
            attempt: self.attempts,
        });
    }

    pub(crate) fn answered(&mut self, status: u16, left: Option<u32>, now: Instant) {
        self.status = Some(status);
        let took = now.saturating_duration_since(self.sent);
        let attempt = self.attempts;
        self.tell(Step::Responded {
            attempt,
            status,
            took,
            left,
        });
    }

    pub(crate) fn doubted(&self, what: &'static str) {
        self.tell(Step::Doubted { what });
    }

    pub(crate) fn shortened(&self, from: Duration, to: Duration) {
        self.tell(Step::Shortened { from, to });
    }

    pub(crate) fn failed(&mut self, kind: ErrorKind, now: Instant) {
        self.status = None;
        let took = now.saturating_duration_since(self.sent);
        let attempt = self.attempts;
        self.tell(Step::Failed {
            attempt,
            kind,
            took,
        });
    }

    pub(crate) fn retrying(&mut self, why: Reason, after: Duration) {
        let attempt = self.attempts + 1;
        self.tell(Step::Retrying {
            attempt,
            why,
            after,
        });
    }

    /// Waits, and counts how long.
    pub(crate) async fn wait<F>(
        &mut self,
        why: Wait,
        expected: Option<Duration>,
        ends: F,
    ) -> F::Output
    where
        F: Future,
    {
        self.tell(Step::Waiting { why, expected });
        let before = self.config.clock.now();
        let output = ends.await;
        let waited = self.config.clock.now().saturating_duration_since(before);
        self.waited += waited;
        if why != Wait::Backoff {
            self.queued += waited;
        }
        output
    }

    /// Has every audit sink record that the call is about to be sent, and returns how long that took.
    ///
    /// # Errors
    ///
    /// Returns the error of a required sink.
    #[cold]
    pub(crate) async fn intend(&mut self, most: Duration) -> io::Result<Duration> {
        let mut required = Ok(());
        let began = Instant::now();
        for handed in self.record(None, self.passed()) {
            let left = most.saturating_sub(began.elapsed());
            let needed = handed.is_required();
            let patience = if needed { left } else { handed.patience(left) };
            if let Err(error) = handed.kept(patience).await {
                self.tell(Step::Unrecorded);
                if needed {
                    required = required.and(Err(error));
                }
            }
        }
        self.declaring = began.elapsed().min(most);
        required.map(|()| self.declaring)
    }

    pub(crate) async fn finish<T>(&mut self, result: &Result<T, Error>) {
        let end = match result {
            Ok(_) => End::Succeeded,
            Err(error) => End::Failed(error.kind()),
        };
        let took = self.passed();
        if !self.config.audit.is_empty() {
            // Dropping the call from now on does not change how it ended.
            self.ended = Some((end, took));
            let spent = self.config.clock.now().saturating_duration_since(self.sent);
            let most = self.made.timeout().saturating_sub(spent + self.declaring);
            let began = Instant::now();
            for handed in self.record(Some(end), took) {
                let patience = handed.patience(most.saturating_sub(began.elapsed()));
                if handed.kept(patience).await.is_err() {
                    self.tell(Step::Unrecorded);
                }
            }
        }
        self.end(end, took);
    }

    /// The caller drops the call.
    fn cancel(&mut self) {
        let (end, took) = match self.ended {
            Some(ended) => ended,
            None => {
                let (end, took) = (End::Cancelled, self.passed());
                for handed in self.record(Some(end), took) {
                    let patience = handed.patience(MOMENT);
                    if handed.kept_here(patience).is_err() {
                        self.tell(Step::Unrecorded);
                    }
                }
                (end, took)
            }
        };
        self.end(end, took);
    }

    fn end(&mut self, end: End, took: Duration) {
        self.over = true;
        self.tell(Step::Finished {
            end,
            status: self.status,
            attempts: self.attempts,
            waited: self.waited,
            took,
        });
    }

    /// Passes a record of the call to every audit sink.
    fn record(&self, end: Option<End>, took: Duration) -> Vec<Handed<'a>> {
        if self.config.audit.is_empty() {
            return Vec::new();
        }
        let now = jiff::Timestamp::now();
        let entry = Arc::new(Entry {
            store_hash: self.config.store_hash.clone(),
            actor: self.made.client.actor().map(str::to_owned),
            target: self.made.target.clone(),
            method: self.made.method.clone(),
            ids: self.made.ids.to_vec(),
            at: now.checked_sub(took).unwrap_or(now),
            call: self.call,
            verdict: self.verdict,
            end,
            status: self.status,
            attempts: self.attempts,
            waited: self.waited,
            took,
        });
        let sinks = self.config.audit.iter();
        sinks.map(|sink| sink.hand(&entry)).collect()
    }

    fn tell(&self, step: Step) {
        let endpoint = self.made.target.endpoint();
        tell(self.config, &self.span, self.call, endpoint, step);
    }

    /// The data of a call for reports after its end.
    pub(crate) fn afterword(&self) -> Afterword {
        Afterword {
            client: self.made.client.clone(),
            span: self.span.clone(),
            call: self.call,
        }
    }
}

/// Reports what becomes known about a call only when its response is decoded.
pub(crate) struct Afterword {
    client: Client,
    span: Span,
    call: u64,
}

impl Afterword {
    #[cold]
    pub(crate) fn odd(&self, target: &Target, oddities: &[DecodeError]) {
        let count = oddities.len();
        let (config, endpoint) = (self.client.config(), target.endpoint());
        tell(config, &self.span, self.call, endpoint, Step::Odd { count });
    }
}

fn tell(config: &Config, span: &Span, call: u64, endpoint: Option<Endpoint>, step: Step) {
    span.tell(&step);
    if config.observers.is_empty() {
        return;
    }
    let signal = Signal {
        call,
        store_hash: &config.store_hash,
        endpoint,
        step,
    };
    for observer in &config.observers {
        observer.observe(&signal);
    }
}

/// A call that is dropped while in progress is over as well.
impl Drop for Trail<'_> {
    fn drop(&mut self) {
        if self.over {
            return;
        }
        if !thread::panicking() {
            return self.cancel();
        }
        // An observer that panics again while its own panic unwinds would abort the whole program.
        let _ = catch_unwind(AssertUnwindSafe(|| self.cancel()));
    }
}
