//! The contents of the YAML, one to one. These types have no logic and decide nothing: [`crate::load`] fills
//! them, [`crate::check`] checks them, and [`crate::model`] resolves them.
//!
//! The doc comments here are also the descriptions in the JSON Schema that editors use.

mod argument;
mod branch;
mod conflict;
mod deprecated;
mod endpoint;
mod event;
mod file_type;
mod glossary;
mod group;
mod inbound;
mod map;
mod member;
mod nullable;
mod official;
mod parameter;
mod safety;
mod schema;
mod scope;
mod service;
mod template;
mod view;

pub use argument::Argument;
pub use branch::Branch;
pub use conflict::{About, Conflict, DiffersAt, Holds};
pub use deprecated::Deprecated;
pub use endpoint::*;
pub use event::*;
pub use file_type::FileType;
pub use glossary::Term;
pub use group::*;
pub use inbound::{Inbound, InboundAuth, InboundCall};
pub use map::Map;
pub use member::Member;
pub use nullable::Nullable;
pub use official::{LeftOut, Official};
pub use parameter::{Filter, Parameter};
pub use safety::Safety;
pub use schema::*;
pub use scope::*;
pub use service::*;
pub use template::Template;
pub use view::View;

/// The whole spec: every file below the spec folder, read.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// `service.yaml`
    pub service: Service,
    /// `scopes.yaml`
    pub scopes: Scopes,
    /// `events.yaml`
    pub events: Events,
    /// `shared.yaml`
    pub shared: Shared,
    /// `official.yaml`, if it exists.
    pub official: Option<Official>,
    /// `groups/*.yaml`, in the order of `service.yaml`.
    pub groups: Vec<Group>,
    /// `inbound/*.yaml`, by name.
    pub inbound: Vec<Inbound>,
}
