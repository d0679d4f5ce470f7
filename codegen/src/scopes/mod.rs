//! Least privilege: the minimum scopes for some calls, what scopes allow, and which scopes a token lacks
//! or does not need. It reads the model, and the source of programs that use the client; it prints and writes
//! nothing.
//!
//! A scope is granted if a token has it or one that satisfies it, and a call is allowed if its least scope or the
//! alternative of that is granted. The minimum scopes for some calls are the least scopes of the calls, without
//! those that the others make unnecessary. For a token that only has the alternative, that is needed instead. The
//! client and the site follow the same rules; `tests/data/scopes` tests all three with the same cases.

mod also;
mod answer;
mod calls;
mod code;
mod explain;
mod form;
mod granted;
mod told;

pub use also::{AlsoNeeded, NeededWhen};
pub use answer::{Allowed, Checked, Denied, Excess, Needed, NeededCall, NeededScope, Unknown};
pub use calls::{UnknownNames, call, calls};
pub use code::{Raw, Scan, Scanned, Site, Text, scan};
pub(crate) use explain::events;
pub use explain::{Explained, explain};
pub use form::{Form, Part, Table, Told};
pub use granted::Granted;

use crate::model::{Api, ScopeId};

/// The scope with this name.
fn named(api: &Api, wire: &str) -> Option<ScopeId> {
    api.scopes
        .iter()
        .position(|scope| scope.wire == wire)
        .map(ScopeId)
}

/// Whether BigCommerce adds this name to every grant, so no app requests it.
fn is_unasked(api: &Api, wire: &str) -> bool {
    api.granted_unasked.iter().any(|name| name == wire)
}
