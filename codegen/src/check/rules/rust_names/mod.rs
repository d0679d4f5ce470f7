//! Names in Rust that are compared where they are not claimed by the model itself.

mod groups;
mod requests;

pub(super) use self::{
    groups::{catalogue, groups},
    requests::requests,
};
pub use crate::model::claims::{BAD_RUST, COLLISION, REDUNDANT_RUST, RESERVED};
