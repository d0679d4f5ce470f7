//! The data of a record, copied for the thread that writes it.

use std::time::Duration;

use jiff::Timestamp;

use super::Record;
use crate::observe::End;
use crate::policy::Verdict;
use crate::target::Target;

/// A record that lives as long as its sinks need it.
pub(crate) struct Entry {
    pub(crate) store_hash: String,
    pub(crate) actor: Option<String>,
    pub(crate) target: Target,
    pub(crate) method: http::Method,
    pub(crate) ids: Vec<(&'static str, String)>,
    pub(crate) at: Timestamp,
    pub(crate) call: u64,
    pub(crate) verdict: Option<Verdict>,
    pub(crate) end: Option<End>,
    pub(crate) status: Option<u16>,
    pub(crate) attempts: u32,
    pub(crate) waited: Duration,
    pub(crate) took: Duration,
}

impl Entry {
    pub(super) fn record(&self) -> Record<'_> {
        Record {
            at: self.at,
            call: self.call,
            actor: self.actor.as_deref(),
            store_hash: &self.store_hash,
            endpoint: self.target.endpoint(),
            method: self.method.as_str(),
            path: self.target.path(),
            ids: &self.ids,
            verdict: self.verdict,
            end: self.end,
            status: self.status,
            attempts: self.attempts,
            waited: self.waited,
            took: self.took,
        }
    }
}
