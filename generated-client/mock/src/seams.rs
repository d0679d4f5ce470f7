//! Where parts that a store can do without are joined to it.

use crate::events::Fired;
use crate::{Answer, Asked};

/// Who is told what a write fired, before its response goes out. It must not wait.
pub(crate) trait Listener: Send + Sync {
    /// These events were fired by one call, in that order.
    fn fired(&self, events: Vec<Fired>);
}

/// Who serves paths beside the store's own, such as those of OAuth. It must not wait.
pub(crate) trait Pages: Send + Sync {
    /// The response, where the path is one of its own.
    fn answer(&self, asked: &Asked) -> Option<Answer>;
}
