//! Changes of what the client offers around a call: waiting for a job, and values that are inherited.

use super::{
    Comparison,
    calls::{Call, sorted},
    kinds,
    spell::text,
};
use crate::model::{Api, Endpoint, Inherits};

impl Call<'_, '_> {
    pub(super) fn inherits(&mut self, was: &Endpoint, is: &Endpoint) {
        let (kind, key, says) = match (&was.inherits, &is.inherits) {
            (None, Some(_)) => (&kinds::INHERITS_ADDED, "inherits", "has `effective`"),
            (Some(_), None) => (
                &kinds::INHERITS_REMOVED,
                "returns",
                "no longer has `effective`",
            ),
            (Some(before), Some(after)) if !is_same(self.cx, before, after) => (
                &kinds::INHERITS_CHANGED,
                "inherits",
                "inherits values from elsewhere",
            ),
            _ => return,
        };
        self.tell(kind, key, says);
    }

    pub(super) fn job(&mut self, was: &Endpoint, is: &Endpoint) {
        let name = |it: &Endpoint| it.job.as_ref().map(|job| job.name.clone());
        match (name(was), name(is)) {
            (None, Some(name)) => self.tell(&kinds::JOB_ADDED, "job", format!("has `{name}`")),
            (Some(name), None) => {
                self.tell(
                    &kinds::JOB_REMOVED,
                    "returns",
                    format!("no longer has `{name}`"),
                );
            }
            (Some(before), Some(after)) if before != after => self.tell(
                &kinds::JOB_REMOVED,
                "job",
                format!("has `{after}` instead of `{before}`"),
            ),
            (Some(_), Some(_)) if job_ends(was) != job_ends(is) => {
                self.tell(
                    &kinds::JOB_CHANGED,
                    "job",
                    "detects the end of its job differently",
                );
            }
            _ => {}
        }
    }
}

/// Whether values are inherited from the same parameter or call. A call may be renamed or moved.
fn is_same(cx: &Comparison<'_>, was: &Inherits, is: &Inherits) -> bool {
    match (was, is) {
        (Inherits::From { variant: was, .. }, Inherits::From { variant: is, .. }) => {
            match (found(cx.old, was), found(cx.new, is)) {
                (Some(was), Some(is)) => {
                    let call = |it: &Endpoint| (it.method, it.path.clone());
                    was.id == is.id || call(was) == call(is)
                }
                _ => false,
            }
        }
        _ => was == is,
    }
}

/// The endpoint with this variant of the `Endpoint` enumeration.
fn found<'a>(api: &'a Api, variant: &str) -> Option<&'a Endpoint> {
    api.endpoints.iter().find(|it| it.variant == variant)
}

/// How the end of a job is detected, without positions.
fn job_ends(endpoint: &Endpoint) -> Option<String> {
    let job = endpoint.job.as_ref()?;
    let by = job.by.as_ref().map(|by| {
        let parameter = endpoint.query.get(by.parameter);
        (parameter.map(|it| &it.wire), &by.field)
    });
    let values = (sorted(&job.done), sorted(&job.failed));
    Some(text(&[&by, &job.status, &job.field, &values]))
}
