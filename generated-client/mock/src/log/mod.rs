//! The log of a store: the latest requests, without tokens and bodies.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use http::Method;
use jiff::Timestamp;
use serde::Serialize;

use crate::gate::Decision;

/// How many requests are kept.
const KEPT: usize = 1000;

/// A logged request.
///
/// ```
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// let store = bigcommerce_mock::Store::start().await?;
/// // ... the code under test runs ...
/// let calls: Vec<_> = store.log().into_iter().filter_map(|logged| logged.endpoint).collect();
/// assert_eq!(calls, ["products.list", "products.update"]);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Logged {
    /// Counts from 1 in the order in which requests ended.
    pub number: u64,
    /// When it ended.
    pub time: String,
    /// The method.
    pub method: String,
    /// The path and the query.
    pub path: String,
    /// The call, by its id in the catalogue.
    pub endpoint: Option<&'static str>,
    /// Whose token it was: the name.
    pub client: Option<String>,
    /// The API account of the token.
    pub client_id: Option<String>,
    /// The decision about the scope, as a sentence.
    pub decision: String,
    /// The status; `None` if the connection was broken on purpose.
    pub status: Option<u16>,
    /// How long it took, in microseconds.
    pub took_us: u64,
    /// The ids of the records that were read or written.
    pub ids: Vec<String>,
    /// The injected fault.
    pub fault: Option<String>,
}

/// A request that is not formatted yet, since few ever are.
pub(crate) struct Entry {
    pub(crate) time: Timestamp,
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) endpoint: Option<&'static str>,
    pub(crate) decision: Decision,
    pub(crate) status: Option<u16>,
    pub(crate) took: Duration,
    pub(crate) ids: Vec<String>,
    pub(crate) fault: Option<String>,
}

/// The latest requests.
#[derive(Default)]
pub(crate) struct Log(Mutex<Ring>);

#[derive(Default)]
struct Ring {
    total: u64,
    entries: VecDeque<Entry>,
}

impl Log {
    /// Adds a request, and drops the oldest if there are too many.
    pub(crate) fn add(&self, entry: Entry) {
        let mut ring = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        ring.total += 1;
        let oldest = if ring.entries.len() == KEPT {
            ring.entries.pop_front()
        } else {
            None
        };
        ring.entries.push_back(entry);
        drop(ring);
        drop(oldest);
    }

    /// The latest requests in the order in which they ended, up to a maximum.
    pub(crate) fn latest(&self, most: usize) -> Vec<Logged> {
        let ring = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let skipped = ring.entries.len().saturating_sub(most);
        let first = ring.total - ring.entries.len() as u64 + 1;
        let numbered = (first..).zip(&ring.entries).skip(skipped);
        numbered
            .map(|(number, entry)| entry.logged(number))
            .collect()
    }

    /// The number of requests.
    pub(crate) fn total(&self) -> u64 {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).total
    }
}

impl Entry {
    fn logged(&self, number: u64) -> Logged {
        let token = self.decision.token();
        Logged {
            number,
            time: format!("{:.3}", self.time),
            method: self.method.to_string(),
            path: self.path.clone(),
            endpoint: self.endpoint,
            client: token.map(|token| token.name.clone()),
            client_id: token.map(|token| token.client_id.clone()),
            decision: self.decision.to_string(),
            status: self.status,
            took_us: u64::try_from(self.took.as_micros()).unwrap_or(u64::MAX),
            ids: self.ids.clone(),
            fault: self.fault.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_request_is_forgotten_and_the_numbers_go_on() {
        let log = Log::default();
        for _ in 0..KEPT + 5 {
            log.add(Entry {
                time: Timestamp::UNIX_EPOCH,
                method: Method::GET,
                path: "/v3/hooks".to_owned(),
                endpoint: None,
                decision: Decision::NoToken,
                status: Some(401),
                took: Duration::from_micros(30),
                ids: Vec::new(),
                fault: None,
            });
        }
        let numbers: Vec<u64> = log.latest(2).iter().map(|logged| logged.number).collect();
        assert_eq!(numbers, [1004, 1005]);
        assert_eq!(log.latest(usize::MAX).len(), KEPT);
        assert_eq!(log.total(), 1005);
    }
}
