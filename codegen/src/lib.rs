//! Turns the YAML spec of an API into a Rust client, a scope matrix and docs.
//!
//! ```text
//! spec/*.yaml --load--> spec::Document --resolve--> (model::Api, Diagnostics) --render--> Vec<File>
//! ```
//!
//! This crate has no command line and writes nothing: it reads a folder and returns values.

/// The version of this generator, which its output states.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

pub mod bare_names;
mod bare_path;
pub mod check;
mod code_span;
pub mod diagnostic;
pub mod diff;
mod docs_pages;
pub mod explain;
pub mod export;
pub mod fixture;
pub mod import;
mod inbound;
mod index;
pub mod language;
pub mod load;
pub mod model;
pub mod pipeline;
pub mod render;
pub mod scaffold;
mod scan;
pub mod schema_json;
pub mod scopes;
pub mod source;
pub mod spec;
mod stem;
pub mod types;
pub mod upstream;
mod words;
