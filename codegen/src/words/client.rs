//! What the client offers around a call: a bulk call, waiting for a job, and values that are inherited.

use super::{Words, grammar::code_list};
use crate::model::{All, Endpoint, Inherits, Job};

impl Words<'_> {
    /// Which values of which field mean that a job has ended.
    pub(crate) fn job_ends(&self, job: &Job) -> String {
        let done = code_list(&job.done);
        let failed = match job.failed.as_slice() {
            [] => String::new(),
            failed => format!("; failed when it is {}", code_list(failed)),
        };
        format!("done when `{}` is {done}{failed}", job.status)
    }

    /// How a bulk call splits its items into requests.
    pub(crate) fn sent_in_bulk(&self, endpoint: &Endpoint, all: &All) -> String {
        let batch = endpoint.batch.as_ref();
        match (all.by.and_then(|at| endpoint.query.get(at)), batch) {
            (Some(by), None) => format!("as many per request as fit into a URL, in `{}`", by.wire),
            (Some(by), Some(batch)) => format!("{} per request, in `{}`", batch.max, by.wire),
            (None, Some(batch)) => match &all.field {
                Some(field) => format!("{} per request, in `{}`", batch.max, field.wire),
                None => format!("{} per request", batch.max),
            },
            (None, None) => "all in one request".to_owned(),
        }
    }
}

/// Which value applies in place of one that is null or missing.
pub(super) fn inherited(inherits: &Inherits) -> String {
    let from = match inherits {
        Inherits::Without(parameter) => format!("the value without `{parameter}` applies"),
        Inherits::From { call, .. } => format!("the value of `{call}` applies"),
    };
    format!("{from}; `effective` on the request reads both")
}
