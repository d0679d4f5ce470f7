//! Injected faults: latency, broken connections, truncated responses, series of 429 and 5xx. They
//! occur at random or from a script, reproducibly with the same seed.

mod active;
mod fault;
mod line;
mod pattern;
mod script;

pub(crate) use active::Failure;
pub use active::Faults;
pub(crate) use fault::Kind;
pub use fault::{Body, Fault, Moment};
pub use script::{Script, ScriptError};
