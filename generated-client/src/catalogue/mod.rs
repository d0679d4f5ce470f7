//! The metadata of every endpoint, group, scope and event, as constants. The facts themselves are
//! generated; this module defines their types and how to look them up. An endpoint is available with
//! the feature of its group; groups, scopes and events always are.
//!
//! ```
//! use bigcommerce_client::Endpoint;
//!
//! for endpoint in Endpoint::ALL {
//!     println!("{endpoint}: {} needs `{}`", endpoint.path(), endpoint.scope());
//! }
//! ```

mod facts;
mod names;
mod parse;
mod words;

pub use self::facts::{
    Conflict, EndpointFacts, EventFacts, GroupFacts, Inherits, JobFacts, PageStyle, RateHeaders,
    ScopeFacts, Server,
};
pub use self::parse::ParseNameError;
pub use self::words::{Access, Method, Wrapping};
pub use crate::generated::{Endpoint, Event, Group, Scope, provenance, service};
