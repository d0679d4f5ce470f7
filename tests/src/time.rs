//! Time that does not pass: a clock on which every wait is over immediately and recorded, and an
//! observer that records what it receives.

use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use bigcommerce_client::{
    clock::{Clock, Sleep},
    observe::{Observer, Signal, Step},
};

/// A clock that only moves when someone waits, and then immediately. It is suitable for sequential
/// calls; concurrent ones need a clock that stands still while none of them waits.
#[derive(Clone)]
pub struct Hurry(Arc<Mutex<Hurried>>);

struct Hurried {
    now: Instant,
    waits: Vec<Duration>,
    chance: f64,
}

impl Hurry {
    /// A clock on which random waits are at this fraction of their range.
    pub fn new(chance: f64) -> Self {
        let (now, waits) = (Instant::now(), Vec::new());
        Self(Arc::new(Mutex::new(Hurried { now, waits, chance })))
    }

    /// How long each wait would have been, in milliseconds.
    pub fn waits_ms(&self) -> Vec<u64> {
        let millis = |wait: &Duration| u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
        lock(&self.0).waits.iter().map(millis).collect()
    }

    /// Lets time pass.
    pub fn pass(&self, time: Duration) {
        lock(&self.0).now += time;
    }
}

impl Clock for Hurry {
    fn now(&self) -> Instant {
        lock(&self.0).now
    }

    fn sleep(&self, wait: Duration) -> Sleep {
        let this = self.clone();
        Box::pin(async move {
            let mut hurried = lock(&this.0);
            hurried.now += wait;
            hurried.waits.push(wait);
        })
    }

    fn chance(&self) -> f64 {
        lock(&self.0).chance
    }
}

impl fmt::Debug for Hurry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Hurry").field(&self.waits_ms()).finish()
    }
}

/// A clock that runs this many times as fast as the machine's, for many concurrent calls.
#[derive(Clone, Copy, Debug)]
pub struct Fast {
    began: Instant,
    times: u32,
}

impl Fast {
    /// A clock that starts now.
    pub fn new(times: u32) -> Self {
        let began = Instant::now();
        Self { began, times }
    }
}

impl Clock for Fast {
    fn now(&self) -> Instant {
        self.began + self.began.elapsed() * self.times
    }

    fn sleep(&self, wait: Duration) -> Sleep {
        Box::pin(tokio::time::sleep(wait / self.times))
    }
}

/// Records everything it receives.
#[derive(Clone, Debug, Default)]
pub struct Told(Arc<Mutex<Vec<(u64, Step)>>>);

impl Told {
    /// Every step, with the number of its call.
    pub fn steps(&self) -> Vec<(u64, Step)> {
        lock(&self.0).clone()
    }

    /// Every step as a line, without what depends on the machine's speed.
    pub fn lines(&self) -> Vec<String> {
        self.steps().iter().map(|(_, step)| line(step)).collect()
    }
}

impl Observer for Told {
    fn observe(&self, signal: &Signal<'_>) {
        lock(&self.0).push((signal.call, signal.step));
    }
}

fn line(step: &Step) -> String {
    match *step {
        Step::Started => "started".to_owned(),
        Step::Waiting { why, expected } => format!("waiting for {why:?}, {expected:?}"),
        Step::Unshared => "unshared".to_owned(),
        Step::Sent { attempt } => format!("sent {attempt}"),
        Step::Responded {
            attempt,
            status,
            left,
            ..
        } => format!("answered {attempt}: {status}, left {left:?}"),
        Step::Doubted { what } => format!("doubted {}", what.to_ascii_lowercase()),
        Step::Shortened { from, to } => format!("shortened {from:?} to {to:?}"),
        Step::Failed { attempt, kind, .. } => format!("failed {attempt}: {kind:?}"),
        Step::Retrying {
            attempt,
            why,
            after,
        } => format!("retrying {attempt} for {why:?} after {after:?}"),
        Step::Finished {
            end,
            status,
            attempts,
            waited,
            ..
        } => format!("finished: {end:?}, {status:?}, sent {attempts}, waited {waited:?}"),
        _ => "something new".to_owned(),
    }
}

fn lock<T>(value: &Mutex<T>) -> MutexGuard<'_, T> {
    value.lock().unwrap_or_else(PoisonError::into_inner)
}
