//! Least privilege: the fewest scopes for some calls, what scopes open, and what a token has too few or
//! too many of. It reads the model, and the source of programs that use the client; it
//! prints and writes nothing.
//!
//! A scope is granted where a token carries it or one that satisfies it, and the least are those that no
//! other one of them satisfies. The client and the site go by the same rules; `tests/data/scopes` holds
//! all three to the same cases.

mod answer;
mod calls;
mod code;
mod explain;
mod form;
mod granted;
mod told;

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

/// Whether BigCommerce puts this name into every grant by itself, so that nobody asked for it.
fn is_unasked(api: &Api, wire: &str) -> bool {
    api.granted_unasked.iter().any(|name| name == wire)
}
