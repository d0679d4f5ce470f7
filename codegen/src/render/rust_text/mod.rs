//! Rust as a user of the client writes it: the paths of its types, and example calls. The client's own
//! documentation, the reference and the catalogue all show it.

mod example;
mod paths;

pub(super) use self::{
    example::{Bare, Speller, formatted},
    paths::{of_event, of_partial, of_payload, of_request, of_response, of_type, of_value},
};

/// The name of the generated package, in a user's code.
pub(in crate::render) const CRATE: &str = "bigcommerce_client";
