//! The client: what it sends and reads, keeps and refuses, against real servers on loopback.

mod app;
mod behaviour;
mod bulk;
mod documentation;
mod ecosystem;
mod errors;
mod faults;
mod fuzz_corpus;
mod limits;
mod package;
mod paths;
mod policy;
mod properties;
mod quirks;
mod raw;
mod scopes;
mod secrets;
mod settings;
mod source;
mod storefront;
mod streams;
mod surface;
mod tls;
mod tracing;
mod webhook;
mod wire;
