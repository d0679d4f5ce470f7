//! The macros that generated code uses: they declare models, requests and event payloads, each field in one
//! line. They implement what the rest of the crate defines, and know nothing about the API.
#![allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "without a group little is declared"
)]

mod choices;
mod events;
mod models;
mod requests;
mod stages;

pub(crate) use choices::{choices, integers, into_branch, one_of};
pub(crate) use events::payloads;
pub(crate) use models::{
    Spelled, changes, constructor, default, given, nullable, read, respelled, setter, taken, write,
};
pub(crate) use requests::{extra, filled, parameter, placed, plain, request, value};
pub(crate) use stages::{Stage, stages};
