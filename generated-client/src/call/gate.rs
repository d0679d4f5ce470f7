//! The gate: the one place where a call can be refused for what it is, before anything waits and
//! before the network. It judges and changes nothing.

use bytes::Bytes;

use super::Call;
use crate::catalogue::Endpoint;
use crate::error::Error;

/// Decides whether a call may be made.
pub(crate) trait Gate: Send + Sync {
    /// # Errors
    ///
    /// The error that the caller gets instead of an answer.
    fn check(&self, asked: &Asked<'_>) -> Result<(), Error>;
}

/// What a caller has asked for.
#[allow(dead_code, reason = "what is read depends on the gate")]
pub(crate) struct Asked<'a> {
    /// What is called.
    pub(crate) endpoint: Endpoint,
    /// The parameters of the path, as they were given.
    pub(crate) path: &'a [(&'static str, String)],
    /// The parameters of the query, encoded for a URL.
    pub(crate) query: &'a [(&'static str, String)],
    /// The body, as it is sent.
    pub(crate) body: Option<&'a Bytes>,
}

impl Call {
    /// Asks the gate of the client, if it has one.
    pub(super) fn pass_gate(&self) -> Result<(), Error> {
        let Some(gate) = &self.client.config().gate else {
            return Ok(());
        };
        gate.check(&Asked {
            endpoint: self.endpoint,
            path: &self.path,
            query: &self.query,
            body: self.body.as_ref(),
        })
    }
}
