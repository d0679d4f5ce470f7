//! Jobs: work that the API continues after the call that started it. This module waits for them, with
//! the call that reads their status.

mod look;

use std::fmt;
use std::time::Duration;

use crate::call::{Call, Pending};
use crate::catalogue::JobFacts;
use crate::error::Error;
use crate::json::Decode;
use crate::options::CallOptions;
use crate::response::Response;
use look::{Found, Look};

/// How many reads in a row may not find the job before it counts as missing. Now and then the API does
/// not find a running job.
const MISSES: u32 = 5;

/// The minimum pause between two reads.
const SHORTEST: Duration = Duration::from_millis(10);

/// Waits for a job to end.
///
/// The status is read immediately and then repeatedly: after a second, and after pauses that double up
/// to 15 seconds. Each read is a call like any other, which waits for the store's quota and is retried.
/// If the job has not ended after ten minutes, its last known state is returned; the job continues and
/// can be awaited again. Dropping the future stops the waiting, not the job.
///
/// The API reports some jobs, such as deployments, only in an event stream, and ends the stream before the job
/// has ended. Their events are followed, and the call is repeated each time the stream ends; the pauses start
/// over after a stream that had events.
///
/// ```no_run
/// # bigcommerce_client::example!(["themes"] store:
/// use std::time::Duration;
/// use bigcommerce_client::{job::JobEnd, upload::FilePart};
///
/// let started = store.themes().upload(FilePart::path("theme.zip")).await?;
/// let job = store
///     .themes()
///     .wait_for_job(started.job_id.ok_or("the API named no job")?)
///     .within(Duration::from_secs(120))
///     .on_progress(|job| println!("{:?} %", job.percent_complete))
///     .await?;
/// match job {
///     JobEnd::Done(job) => println!("{:?}", job.result),
///     JobEnd::Failed(job) => eprintln!("{:?}", job.errors),
///     end => eprintln!("it may still come: {:?}", end.job()),
/// }
/// # );
/// ```
#[must_use = "a job is not read until this is awaited"]
pub struct JobWait<T> {
    call: Call,
    look: Look<T>,
    status: fn(&T) -> Option<&str>,
    within: Duration,
    pause: Duration,
    longest: Duration,
    progress: Option<Progress<T>>,
}

type Progress<T> = Box<dyn FnMut(&T) + Send>;

/// The key of a job, as a string: the API is inconsistent about the type of ids.
#[allow(
    dead_code,
    reason = "which are used depends on the endpoints that are built"
)]
pub(crate) fn key(of: &impl ToString) -> String {
    of.to_string()
}

/// The result of waiting for a job.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "the job may have failed, or may not have ended; see `done`"]
#[non_exhaustive]
pub enum JobEnd<T> {
    /// The job is done.
    Done(T),
    /// The job failed. If the API gives a reason, it is in the job.
    Failed(T),
    /// The job had not ended at the timeout. Contains the job as last read; `None` if it was never found.
    Running(Option<T>),
    /// The API does not find the job, even after several reads. Contains the job as last read, if any.
    Missing(Option<T>),
}

impl<T> JobEnd<T> {
    /// The finished job, or the other result.
    ///
    /// ```no_run
    /// # bigcommerce_client::example!(["themes"] store:
    /// let end = store.themes().wait_for_job("9b0d7f6e-2c1a-4f64").await?;
    /// match end.done() {
    ///     Ok(job) => println!("{:?}", job.result),
    ///     Err(end) => eprintln!("no theme: {end:?}"),
    /// }
    /// # );
    /// ```
    ///
    /// # Errors
    ///
    /// The value itself, if the job is not done. In a function that returns [`Error`], `?` converts it.
    pub fn done(self) -> Result<T, Self> {
        match self {
            Self::Done(job) => Ok(job),
            end => Err(end),
        }
    }

    /// The job as last read.
    pub const fn job(&self) -> Option<&T> {
        match self {
            Self::Done(job) | Self::Failed(job) => Some(job),
            Self::Running(job) | Self::Missing(job) => job.as_ref(),
        }
    }
}

/// So that `?` ends a function unless the job is done: `wait.await?.done()?`. It is a
/// [`Job`](crate::ErrorKind::Job) error, which does not contain the job.
impl<T> From<JobEnd<T>> for Error {
    fn from(end: JobEnd<T>) -> Self {
        Self::job(match end {
            JobEnd::Done(_) => "is done",
            JobEnd::Failed(_) => "failed",
            JobEnd::Running(_) => "did not end in time; it may still end",
            JobEnd::Missing(_) => "is not known to the API",
        })
    }
}

#[allow(
    dead_code,
    reason = "which are used depends on the endpoints that are built"
)]
impl<T> JobWait<T> {
    /// Waits with a call that returns the job.
    pub(crate) fn one(
        call: Call,
        read: fn(Call) -> Pending<Response<T>>,
        status: fn(&T) -> Option<&str>,
    ) -> Self {
        Self::new(call, Look::One(read), status)
    }

    /// Waits with a call that lists the job with this key.
    pub(crate) fn listed(
        call: Call,
        key: String,
        of: fn(&T) -> Option<String>,
        status: fn(&T) -> Option<&str>,
    ) -> Self {
        Self::new(call, Look::Listed { key, of }, status)
    }

    /// Waits with a call that returns the states of the job as events.
    pub(crate) fn followed(call: Call, status: fn(&T) -> Option<&str>) -> Self {
        Self::new(call, Look::Followed, status)
    }

    fn new(call: Call, look: Look<T>, status: fn(&T) -> Option<&str>) -> Self {
        Self {
            call,
            look,
            status,
            within: Duration::from_secs(600),
            pause: Duration::from_secs(1),
            longest: Duration::from_secs(15),
            progress: None,
        }
    }
}

impl<T> JobWait<T> {
    /// How long to wait in total; ten minutes by default. The job is read at least once, if the quota
    /// allows it; if the API lists jobs, at least the first page. At the end, a call that is in progress is not
    /// cancelled, but an event stream is closed.
    pub const fn within(mut self, within: Duration) -> Self {
        self.within = within;
        self
    }

    /// The first and the longest pause between two calls; a second and 15 seconds by default. The first is
    /// at least 10 milliseconds, and each pause is twice the previous one.
    pub fn polling(mut self, first: Duration, longest: Duration) -> Self {
        self.pause = first.max(SHORTEST);
        self.longest = longest.max(self.pause);
        self
    }

    /// Calls `progress` with the job after each read or event, including the last.
    pub fn on_progress(mut self, progress: impl FnMut(&T) + Send + 'static) -> Self {
        self.progress = Some(Box::new(progress));
        self
    }

    /// Sets the options of each call: timeout, retries, and additional headers and parameters.
    pub fn with_options(mut self, options: CallOptions) -> Self {
        self.call.options(options);
        self
    }
}

impl<T: Decode> JobWait<T> {
    /// Waits, for code that is not `async`.
    ///
    /// # Errors
    ///
    /// Returns an error if a call cannot be sent, fails, or returns a response that cannot be
    /// decoded; and inside `async` code.
    #[cfg(feature = "blocking")]
    pub fn blocking(self) -> Result<JobEnd<T>, Error> {
        crate::blocking::wait(self.into_future())
    }

    async fn run(self) -> Result<JobEnd<T>, Error> {
        let Self {
            call,
            look,
            status,
            within,
            mut pause,
            longest,
            mut progress,
        } = self;
        let client = call.client.clone();
        let clock = &client.config().clock;
        let facts = call.endpoint.facts().job;
        let began = clock.now();
        let left = || within.saturating_sub(clock.now().saturating_duration_since(began));
        let mut see = |job: &T| {
            if let Some(tell) = &mut progress {
                tell(job);
            }
            State::of(status(job), facts)
        };
        let first = pause;
        let (mut last, mut misses) = (None, 0);
        loop {
            let mut call = call.clone();
            call.wait_at_most(left());
            let found = look.read(call, &left, &mut see, &mut last).await;
            if look.is_followed() && matches!(found, Ok(Found::Job(_))) {
                pause = first;
            }
            let mut wait = pause;
            match found {
                Ok(Found::Job(state)) => {
                    misses = 0;
                    last = match (state, last.take()) {
                        (State::Done, Some(job)) => return Ok(JobEnd::Done(job)),
                        (State::Failed, Some(job)) => return Ok(JobEnd::Failed(job)),
                        (_, job) => job,
                    };
                }
                Ok(Found::Nothing) => misses = 0,
                Ok(Found::Missing) => {
                    misses += 1;
                    if misses == MISSES {
                        return Ok(JobEnd::Missing(last));
                    }
                }
                // The quota is not available in time, or the call is not retried. The job continues anyway.
                Err(error) if error.is_rate_limited() => {
                    let asked = error.wait().or_else(|| error.retry_after());
                    wait = wait.max(asked.unwrap_or_default());
                }
                Err(error) => return Err(error),
            }
            let left = left();
            if left.is_zero() {
                return Ok(JobEnd::Running(last));
            }
            clock.sleep(wait.min(left)).await;
            pause = pause.saturating_mul(2).min(longest);
        }
    }
}

impl<T: Decode> IntoFuture for JobWait<T> {
    type Output = Result<JobEnd<T>, Error>;
    type IntoFuture = Pending<JobEnd<T>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

impl<T> fmt::Debug for JobWait<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JobWait")
            .field("call", &self.call)
            .field("within", &self.within)
            .finish_non_exhaustive()
    }
}

/// What the status of a job means.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Done,
    Failed,
    Running,
}

impl State {
    /// An unknown status means that the job is still running.
    fn of(status: Option<&str>, facts: Option<JobFacts>) -> Self {
        let (Some(status), Some(facts)) = (status, facts) else {
            return Self::Running;
        };
        if facts.done.contains(&status) {
            Self::Done
        } else if facts.failed.contains(&status) {
            Self::Failed
        } else {
            Self::Running
        }
    }
}
