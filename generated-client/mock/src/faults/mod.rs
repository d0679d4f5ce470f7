//! Failures on purpose: waits, connections that break, responses that are cut off, storms of 429 and
//! bursts of 5xx. They come by probability or by script, and with the same seed they come the same
//! again.

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
