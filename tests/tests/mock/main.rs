//! The mock store, and the client using it.

mod conformance;
mod conventions;
mod coverage;
mod end_to_end;
mod events;
mod kills;
mod parallel;
mod replay;
mod stories;
