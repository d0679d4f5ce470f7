//! The mock store, and the client at work in it.

mod conformance;
mod coverage;
mod end_to_end;
mod events;
mod kills;
mod parallel;
mod replay;
mod stories;
