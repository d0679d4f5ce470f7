//! The types of fields that plain Rust types cannot represent without loss: exact numbers, dates in
//! their original spelling, identifiers of two types, and optional values.

mod arithmetic;
mod datetime;
mod direction;
mod id;
mod list;
mod money;
mod number;
mod patch;
mod stamp;

pub use arithmetic::NumberRangeError;
pub use datetime::{Date, DateTime};
pub use direction::Direction;
pub use id::Id;
pub use list::List;
pub use money::Money;
pub use number::{Number, ParseNumberError};
pub use patch::Patch;
pub(crate) use stamp::Stamp;

pub use crate::json::{Choice, Link, Linked, OneOrMany, RawJson, Unknown};
