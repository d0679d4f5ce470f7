//! The values of fields that plain Rust types cannot hold without losing something: exact numbers,
//! dates as they are spelled, identifiers of two kinds, and what may be absent.

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
