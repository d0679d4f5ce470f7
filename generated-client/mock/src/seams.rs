//! The interfaces for optional parts of a store.

use crate::events::Fired;
use crate::{Request, Response};

/// Receives the events of a write before its response is sent. It must not wait.
pub(crate) trait Listener: Send + Sync {
    /// These events were fired by one call, in this order.
    fn fired(&self, events: Vec<Fired>);
}

/// Serves other paths than the store's own, such as those of OAuth. It must not wait.
pub(crate) trait Pages: Send + Sync {
    /// The response, if it serves this path.
    fn answer(&self, request: &Request) -> Option<Response>;
}
