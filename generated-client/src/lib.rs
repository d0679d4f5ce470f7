//! A client for the BigCommerce REST API.

mod call;
pub mod catalogue;
mod client;
mod envelope;
mod error;
pub mod json;
mod outcome;
mod page;
mod query;
mod response;
pub mod transport;
pub mod value;

#[rustfmt::skip]
mod generated;

#[cfg(test)]
mod sample;

pub use call::Pending;
pub use client::{Client, ClientBuilder};
pub use envelope::{CursorPagination, Envelope, Meta, PageLinks, Pagination};
pub use error::{Error, ErrorKind, FieldProblem, Problem};
pub use generated::*;
pub use json::{Choice, Decode, DecodeError, Encode, Field, Object, Reader, Rest, Unknown, Writer};
pub use outcome::{Counts, Outcome};
pub use page::Page;
pub use query::ToQuery;
pub use response::Response;
pub use value::{
    Date, DateTime, Direction, Id, Link, Linked, List, Number, ParseNumberError, Patch, RawJson,
};

#[allow(unused_imports, reason = "without a group there are no calls")]
pub(crate) use call::Call;
#[allow(unused_imports, reason = "without a group there are no choices")]
pub(crate) use json::choice;
