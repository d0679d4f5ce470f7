//! A typed client for the BigCommerce REST API.
//!
//! The calls, their types and their facts are generated from one specification; the small runtime
//! around them is written by hand.
//!
//! # A first call
//!
//! A [`Client`] is one store and one token. It has a method for each group of calls, which returns
//! that group's handle; the handle has a method for each call.
//!
//! ```no_run
//! # #[cfg(all(feature = "brands", feature = "reqwest"))]
//! # async fn example() -> Result<(), bigcommerce_client::Error> {
//! use bigcommerce_client::{Client, brands::BrandCreate};
//!
//! let store = Client::new("abc123", "the-access-token")?;
//! let brand = store.brands().create(BrandCreate::new("Acme")).await?;
//! let page = store.brands().list().name_like("Ac").limit(250).await?;
//! assert!(page.iter().any(|listed| listed.id == brand.id));
//! # Ok(())
//! # }
//! ```
//!
//! A request is a builder: required things are arguments, optional ones are methods. Awaiting it gives
//! the value; `.send()` gives a [`Response`] with the status, the headers and the raw body as well.
//! Nothing is sent until then.
//!
//! # What is read
//!
//! The API adds fields and values without notice, spells some numbers as strings and sends `""` where
//! it has no date. None of that is an error here, and none of it is lost: a body that is read with
//! [`json::from_slice`] and written with [`json::to_vec`] is the same body but for fields that are null.
//! Unknown fields are in each model's `rest`, unknown members of an enumeration in its `Unknown` variant. A
//! [`Number`] is an exact decimal and a [`DateTime`] remembers how it was spelled; both give values of
//! `rust_decimal` and `jiff`.
//!
//! A value that its field cannot hold, such as 3.2 for an integer, leaves the field empty and is kept in
//! the `rest` of its record, so that it does not cost the rest of the page; a list or a mapping in a record
//! has what of it does fit. The record
//! ([`Rest::oddities`]), the [`Page`], the [`Response`] and observers report it;
//! [`ClientBuilder::strict`] and [`CallOptions::strict`] make it an error. A field that always comes, such
//! as an id, is no `Option`: where it is null or missing all the same, it is 0, `""` or empty, and reported
//! in the same way. An object with nothing that its type knows is no record, and an error.
//!
//! `null` and absent are the same when reading: a field that is null is `None`, and is left out when the
//! value is written again. A list may come as an object whose keys are numbers, a single object in a list
//! of its own, the only item of a list without it, and a value in an envelope that none was due in; all but
//! the first are reported. A `null` among the items of a list is passed over; the record around it writes it
//! back, a page reports it, and where neither is there reading fails.
//!
//! # What is written
//!
//! Reading, creating and updating have types of their own. In what is written a field is absent, null
//! or set, which a [`Patch`] tells apart: only what was set goes out. `ProductUpdate::between` and its like make
//! an update of two states of a record: [`guide::updates`].
//!
//! # Lists
//!
//! `stream()` reads a list to its end, however the API pages it, and asks for pages ahead of time. Awaiting
//! the request gives one [`Page`], which is used like a slice. More in [`guide::paging`].
//!
//! ```no_run
//! # bigcommerce_client::example!(["products"] store:
//! let mut products = store.products().list().is_visible(true).stream();
//! while let Some(product) = products.try_next().await? {
//!     println!("{}", product.id);
//! }
//! # );
//! ```
//!
//! # Many at once
//!
//! `create_all`, `update_all` and `delete_all` take any number of items, send them in batches and
//! [report](bulk::Report) what became of each: [`guide::bulk`]. Single calls that may succeed in part
//! return an [`Outcome`], whose [`problems`](Outcome::problems) say what failed.
//!
//! ```no_run
//! # bigcommerce_client::example!(["customers"] store:
//! use bigcommerce_client::customers::CustomerUpdate;
//!
//! let changes = (1..=500).map(|id| CustomerUpdate::new(id).company("Acme"));
//! let report = store.customers().update_all(changes).await?;
//! println!("{} were changed, {} were not", report.done(), report.failures().count());
//! # );
//! ```
//!
//! # Files
//!
//! [`upload`] sends files from memory, disk or a stream, and [`download`] reads those that the API returns,
//! piece by piece or onto disk.
//!
//! # Limits
//!
//! A client counts its calls against the store's quota as the responses tell it, and waits when the
//! quota is spent; see [`quota`]. Calls that fail are retried where that is harmless; see
//! [`RetryPolicy`]. [`CallOptions`] change that for a single call, and [`observe`] shows what happens.
//! [`guide::limits`] has it all together.
//!
//! # Errors
//!
//! There is one [`Error`]. Its [`kind`](Error::kind) says what went wrong, its predicates answer the
//! usual questions, and it keeps the status, the parsed [`Problem`], the headers and the raw body. A 403
//! names the scope that the call needs. The token is in no error, no `Debug` and no request to another
//! host. What to do about which: [`guide::errors`].
//!
//! ```no_run
//! # bigcommerce_client::example!(["orders"] store:
//! match store.orders().get(118).await {
//!     Ok(order) => println!("{:?}", order.status),
//!     Err(error) if error.is_not_found() => println!("no such order"),
//!     Err(error) => return Err(error.into()),
//! }
//! # );
//! ```
//!
//! # Apps and webhooks
//!
//! The module `app` installs a single-click app in a store and checks who opens it; `webhook` checks
//! and reads what hooks are sent; [`storefront`] has the shopper's side. Each page is a guide, and
//! [`guide::apps`] joins them.
//!
//! # Testing
//!
//! The [`transport`] is any `tower` service, the [`clock`] can be yours, and
//! [`ClientBuilder::base_url`] leads to a server on your machine. With the feature `mock` that server
//! is a store that behaves like BigCommerce, one for each test if you like: [`guide::testing`].
//!
//! # What may be called
//!
//! [`Client::read_only`] gives a client that has no call to change anything. Tell the client what
//! its token was granted, and a call beyond that fails before it is sent; see [`scopes`]. A policy
//! says which groups are off, open for reading or fully open; see [`policy`]. Who called what, and
//! what was refused by which rule, is kept by a sink, writes before they are sent; see [`audit`].
//!
//! # Any other path
//!
//! [`Client::raw`] calls any path of the API with the same token, quota, policy and errors.
//!
//! # Facts
//!
//! Each call is a constant of [`Endpoint`], with its path, scope, events, limits and whether it may be
//! retried; scopes are [`Scope`], webhook events [`Event`]. [`scope_matrix`] shows which scope each
//! call needs.
//!
//! # Features
//!
//! | Feature | What it brings |
//! | --- | --- |
//! | `all` (default) | every group of calls |
//! | one for each area, named like its module | the groups of calls in it: their handles, requests and types |
//! | `app` (default) | `app`: installing single-click apps, and their signed callbacks |
//! | `webhook` (default) | `webhook`: checking and reading what hooks are sent |
//! | `axum` | `webhook::VerifiedDelivery`, an extractor for axum |
//! | `mock` | `mock`: a BigCommerce store on your machine, for tests |
//! | `mcp` | `storefront::mcp`: the tools of a storefront's MCP server |
//! | `yaml` | access policies written in YAML |
//! | `reqwest` (default) | the usual transport, over HTTPS by rustls; without it, bring one with [`ClientBuilder::transport`] |
//! | `redis` | a quota that several processes share, kept in Redis |
//! | `blocking` | `.blocking()` on each request and stream, for scripts without `async` |
//! | `tracing` | a span for each call |
//! | `serde` | `Serialize` and `Deserialize` for models and values, over the crate's own codec; types of yours as responses, in a `json::Json` |
//!
//! [`guide::features`] says how to choose.

#![cfg_attr(docsrs, feature(doc_cfg))]
#![deny(missing_docs)]

mod address;
mod answer;
#[cfg(feature = "app")]
pub mod app;
pub mod audit;
#[cfg(feature = "blocking")]
mod blocking;
mod body;
pub mod bulk;
mod call;
pub mod catalogue;
mod client;
pub mod clock;
mod declare;
mod decoding;
mod disk;
pub mod download;
mod envelope;
mod error;
mod example;
pub mod guide;
pub mod job;
pub mod json;
mod kind;
mod maybe;
mod network;
pub mod observe;
mod options;
mod outcome;
mod page;
mod paths;
pub mod policy;
mod query;
pub mod quota;
mod raw;
mod reading;
mod response;
mod retry;
pub mod scopes;
mod secrets;
#[cfg(any(feature = "app", feature = "webhook"))]
mod signing;
pub mod storefront;
mod target;
pub mod transport;
pub mod upload;
pub mod value;
#[cfg(feature = "webhook")]
pub mod webhook;

/// A BigCommerce store on your machine: what the feature `mock` brings; see [`guide::testing`].
///
/// ```
/// # #[cfg(all(feature = "products", feature = "reqwest"))]
/// # #[tokio::main]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use bigcommerce_client::{Client, mock::Store};
///
/// let store = Store::start().await?;
/// let client = Client::builder(store.hash(), store.token()).base_url(store.url()).build()?;
/// let products = client.products().list().limit(5).await?;
/// assert_eq!(products.len(), 5);
/// # Ok(())
/// # }
/// # #[cfg(not(all(feature = "products", feature = "reqwest")))]
/// # fn main() {}
/// ```
#[cfg(feature = "mock")]
#[doc(inline)]
pub use bigcommerce_mock as mock;

#[allow(
    clippy::new_ret_no_self,
    reason = "where what is required is named in turn, there is a value only once nothing is lacking"
)]
#[rustfmt::skip]
mod generated;

#[doc = include_str!("../docs/scope-matrix.md")]
pub mod scope_matrix {}

// The package's own page is compiled with the examples.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}

#[cfg(test)]
mod sample;

#[cfg(feature = "blocking")]
pub use blocking::{BlockingEvents, BlockingItems, BlockingPages};
pub use call::Pending;
pub use client::{Client, ClientBuilder, ReadOnlyClient};
pub use decoding::{Listing, Single};
pub use envelope::{CursorPagination, Envelope, Meta, PageLinks, Pagination};
pub use error::{Error, ErrorKind, FieldProblem, Problem};
pub use generated::*;
pub use json::{ChangeError, Choice, Decode, DecodeError, Encode, IntegerChoice, Rest, Unknown};
pub use maybe::Maybe;
pub use options::CallOptions;
pub use outcome::{Counts, Outcome};
pub use page::{Items, Page, Pages};
pub use query::ToQuery;
#[cfg(feature = "blocking")]
pub use raw::BlockingRawPages;
pub use raw::{RawPage, RawPages, RawRequest};
pub use response::Response;
pub use retry::{Reason, RetryPolicy};
pub use value::{
    Date, DateTime, Direction, Id, Link, Linked, List, Money, Number, NumberRangeError, OneOrMany,
    ParseNumberError, Patch, RawJson,
};

#[allow(unused_imports, reason = "without a group there are no calls")]
pub(crate) use bulk::Bulk;
#[allow(unused_imports, reason = "without a group there are no calls")]
pub(crate) use call::Call;
#[allow(unused_imports, reason = "without a group there are no choices")]
pub(crate) use json::choice;
