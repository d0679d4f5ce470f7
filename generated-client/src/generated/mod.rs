//! A stand-in until the generator writes this folder.

mod catalogue;
pub use self::catalogue::{Endpoint, Event, Scope, service};
