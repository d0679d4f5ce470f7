//! Merges shapes: the parts of an `allOf`, which all apply, and alternatives, of which one applies. If no
//! single shape covers the alternatives, they are kept separately.

mod alternative;
mod either;
mod objects;
mod parts;

pub(crate) use self::{
    alternative::or,
    either::{TOGETHER, either},
    parts::all,
};
