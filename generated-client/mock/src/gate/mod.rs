//! What stands between a request and the records: tokens, scopes, quotas, caps on calls at once, and
//! whether the response can be taken. It knows no records; it refuses, or lets through.

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
