//! How the state of a job is read: from the response of a call, from a list, or from an event stream.

use std::time::Duration;

use super::State;
use crate::call::{Call, Pending};
use crate::clock::by;
use crate::error::Error;
use crate::json::Decode;
use crate::response::Response;

/// How long the first event of a job is awaited even if the time is up: a job is read at least once.
const MOMENT: Duration = Duration::from_secs(1);

/// How a job is read.
pub(super) enum Look<T> {
    /// The call returns it.
    One(fn(Call) -> Pending<Response<T>>),
    /// The call lists it, possibly among others, because the API does not always apply the filter.
    Listed {
        key: String,
        of: fn(&T) -> Option<String>,
    },
    /// The call returns its states as events, and the API may end the stream before the job has ended.
    Followed,
}

/// The result of reading a job.
pub(super) enum Found {
    /// The job, which the caller has seen.
    Job(State),
    /// An event stream without an event, or a list that could not be read to its end in time.
    Nothing,
    Missing,
}

impl<T: Decode> Look<T> {
    /// Whether the API itself reports each new state, for as long as the call lasts.
    pub(super) const fn is_followed(&self) -> bool {
        matches!(self, Self::Followed)
    }

    /// Reads the job. `see` is called with each state, and `last` is the last of them. An event stream is
    /// followed, and the further pages of a list are read, for as long as there is time left.
    pub(super) async fn read(
        &self,
        call: Call,
        left: &impl Fn() -> Duration,
        see: &mut impl FnMut(&T) -> State,
        last: &mut Option<T>,
    ) -> Result<Found, Error> {
        let job = match self {
            Self::One(read) => match read(call).await {
                Ok(response) => Some(response.into_value()),
                Err(error) if error.is_not_found() => None,
                Err(error) => return Err(error),
            },
            Self::Listed { key, of } => match listed(call, key, *of, left).await? {
                Listed::Job(job) => Some(job),
                Listed::Missing => None,
                Listed::Unread => return Ok(Found::Nothing),
            },
            Self::Followed => return follow(call, left, see, last).await,
        };
        let Some(job) = job else {
            return Ok(Found::Missing);
        };
        let state = see(&job);
        *last = Some(job);
        Ok(Found::Job(state))
    }
}

/// A job in a list.
enum Listed<T> {
    Job(T),
    Missing,
    /// The time was up before the last page, and the job was on none of those that were read.
    Unread,
}

/// The job with this key in a list.
async fn listed<T: Decode>(
    call: Call,
    key: &str,
    of: fn(&T) -> Option<String>,
    left: &impl Fn() -> Duration,
) -> Result<Listed<T>, Error> {
    let is = |job: &T| of(job).is_some_and(|of| of.eq_ignore_ascii_case(key));
    // If the API did not apply the filter, it may be on a later page. No page is requested in vain.
    let mut pages = call.pages().prefetch(0);
    while let Some(page) = pages.try_next().await? {
        if let Some(job) = page.into_iter().find(is) {
            return Ok(Listed::Job(job));
        }
        if left().is_zero() {
            return Ok(Listed::Unread);
        }
    }
    Ok(Listed::Missing)
}

/// Reads events until the job or the stream has ended, or the time is up.
async fn follow<T: Decode>(
    call: Call,
    left: &impl Fn() -> Duration,
    see: &mut impl FnMut(&T) -> State,
    last: &mut Option<T>,
) -> Result<Found, Error> {
    let mut events = match call.events_of::<T>().await {
        Ok(response) => response.into_value(),
        Err(error) if error.is_not_found() => return Ok(Found::Missing),
        Err(error) => return Err(error),
    };
    let mut found = Found::Nothing;
    loop {
        let patience = if last.is_none() {
            left().max(MOMENT)
        } else {
            left()
        };
        // Without an event in time, the stream is closed: it may remain silent for long.
        let Some(event) = by(patience, events.try_next()).await else {
            break;
        };
        let event = match event {
            Ok(Some(event)) => event,
            Ok(None) => break,
            // The stream was interrupted, and the API did not find the job when it was to continue. The next call
            // tells whether the job is missing.
            Err(error) if error.is_not_found() => break,
            Err(error) => return Err(error),
        };
        let state = see(&event.data);
        *last = Some(event.data);
        found = Found::Job(state);
        if state != State::Running {
            break;
        }
    }
    Ok(found)
}
