//! The checks before a request reaches the records: tokens, scopes, quotas, concurrency caps, and the
//! accepted response type. The gate knows no records; it rejects a request or lets it through.

mod accept;
mod caps;
mod plan;
mod quota;
mod scopes;
mod tokens;

pub(crate) use accept::takes_json;
pub(crate) use caps::{Caps, UnderWay};
pub use plan::Plan;
pub(crate) use quota::{Quota, retry_after};
pub(crate) use scopes::Decision;
pub(crate) use tokens::{Token, Tokens};
