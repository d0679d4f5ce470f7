//! Names in Rust: that no two things in one place get the same one. How a name on the wire becomes
//! one in Rust is said by the model; here it is only compared.

mod fields;
mod groups;
mod requests;
mod taken;
mod types;

pub(super) use self::{
    fields::{fields, variants},
    groups::{catalogue, groups},
    requests::requests,
    types::types,
};
use crate::diagnostic::Code;

pub static COLLISION: Code = Code::error(
    "E600",
    "name-collision",
    "No two things in one place have the same name in Rust.",
);
pub static RESERVED: Code = Code::error(
    "E601",
    "reserved-name",
    "Nothing takes a name that the client has for something else.",
);
pub static BAD_RUST: Code = Code::error(
    "E602",
    "bad-rust-name",
    "A name given by `rust:` can be one.",
);
pub static REDUNDANT_RUST: Code = Code::warning(
    "W603",
    "redundant-rust-name",
    "A name given by `rust:` is not what it would be anyway.",
);
