//! A typed client for the BigCommerce REST API.
//!
//! The calls, their types and their metadata are generated from one specification; the small
//! runtime around them is hand-written.
//!
//! # A first call
//!
//! A [`Client`] represents one store and one token. It has a method for each group of calls that
//! returns the group's handle; the handle has a method for each call.
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
//! A request is a builder: required parameters are arguments, optional ones are methods. Awaiting it
//! returns the value; `.send()` returns a [`Response`] with the status, the headers and the raw body
//! as well. Nothing is sent before that. The default transport needs a tokio runtime. Timeouts, a proxy,
//! logging and the other settings of a client: [`guide::getting_started`].
//!
//! # Reading
//!
//! The API adds fields and values without notice, spells some numbers as strings and sends `""` where it
//! has no date. None of that is an error here, and none of it is lost: a body that is decoded with
//! [`json::from_slice`] and encoded with [`json::to_vec`] is the same except for fields that are null.
//! Unknown fields are in each model's `rest`, unknown enum values in the `Unknown` variant. A [`Number`] is
//! an exact decimal and a [`DateTime`] preserves its spelling; both convert to the types of `rust_decimal`
//! and `jiff`.
//!
//! A value of the wrong type, such as 3.2 for an integer, leaves its field empty and is kept in the `rest`
//! of the record, so that it does not fail the whole page; a list or a map in a record keeps its valid items. The
//! record ([`Rest::oddities`]), the [`Page`], the [`Response`] and observers report it;
//! [`ClientBuilder::strict`] and [`CallOptions::strict`] make it an error. A field that the API always
//! returns, such as an id, is not an `Option`: if it is null or missing anyway, it is 0, `""` or empty, and
//! reported in the same way. An object without any field of its type is not a record, and an error.
//!
//! `null` and absent are the same when reading: a field that is null is `None`, and is omitted when the
//! value is written again. A list may be an object with numeric keys, a single object may be wrapped in a
//! list, the only item of a list may come without the list, and a value may come in an unexpected envelope;
//! all but the first are reported. A `null` among the items of a list is skipped; the enclosing record
//! writes it back, a page reports it, and without either decoding fails.
//!
//! # Writing
//!
//! Reading, creating and updating have separate types. In a request body a field is absent, null or set, which
//! [`Patch`] distinguishes: only fields that were set are sent. `ProductUpdate::between` and similar functions
//! build an update from two states of a record: [`guide::updates`].
//!
//! # Lists
//!
//! `stream()` reads a list to its end, with any pagination style, and prefetches pages. Awaiting the
//! request returns a single [`Page`], which can be used like a slice, and `first()` the first item. More in
//! [`guide::paging`].
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
//! # Bulk calls
//!
//! `create_all`, `update_all` and `delete_all` take any number of items, send them in batches and
//! [report](bulk::Report) the outcome of each: [`guide::bulk`]. Single calls that may succeed in part
//! return an [`Outcome`], whose [`problems`](Outcome::problems) say what failed. `complete()?` on either ends a
//! function unless everything succeeded.
//!
//! ```no_run
//! # bigcommerce_client::example!(["customers"] store:
//! use bigcommerce_client::customers::CustomerUpdate;
//!
//! let changes = (1..=500).map(|id| CustomerUpdate::new(id).company("Acme"));
//! let report = store.customers().update_all(changes).await?;
//! println!("{} were changed, {} were not", report.done(), report.failures().count());
//! // Or an error unless all were: what failed, and why.
//! report.complete()?;
//! # );
//! ```
//!
//! # Files
//!
//! [`upload`] sends files from memory, disk or a stream, and [`download`] receives files from the API, as a
//! stream or saved to disk. Some calls only start a job, such as the upload of a theme or an export: [`job`]
//! waits for its end. More in [`guide::files`].
//!
//! # Settings of channels
//!
//! The settings of a channel contain only what it overrides; `.effective()` on the request that reads them returns
//! the values that apply, with the origin of each: [`guide::channel_settings`].
//!
//! # Limits
//!
//! A client learns the store's quota from the responses and waits when it is used up; see [`quota`].
//! Failed calls are retried if that is safe; see [`RetryPolicy`]. [`CallOptions`] override this for a
//! single call, and [`observe`] shows what happens. [`guide::limits`] covers all of it.
//!
//! # Errors
//!
//! There is one [`Error`]. Its [`kind`](Error::kind) says what went wrong, its predicates cover the
//! common checks, and it keeps the status, the parsed [`Problem`], the headers and the raw body. A 403
//! names the scope that the call needs. The token never appears in an error, `Debug` output or a request
//! to another host. How to handle each error: [`guide::errors`].
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
//! The module `app` installs a single-click app in a store and verifies who opens it; `webhook`
//! verifies and decodes deliveries; [`storefront`] has the shopper's side. Each page is a guide, and
//! [`guide::apps`] connects them.
//!
//! # Testing
//!
//! The [`transport`] is any `tower` service, the [`clock`] can be replaced, and
//! [`ClientBuilder::base_url`] points the client to a server on your machine. With the feature `mock`
//! that server is a store that behaves like BigCommerce, one per test if you like:
//! [`guide::testing`].
//!
//! # Access control
//!
//! [`Client::read_only`] returns a client without any write calls. If you tell the client the
//! scopes of its token, a call that needs more fails before it is sent; see [`scopes`]. A policy
//! sets the access to each group to off, read or full; see [`policy`]. An audit sink records who
//! called what and which rule refused a call, with writes recorded before they are sent; see
//! [`audit`].
//!
//! # Raw calls
//!
//! [`Client::raw`] calls any path of the API with the same token, quota, policy and errors.
//!
//! # Endpoint metadata
//!
//! Each call is a constant of [`Endpoint`], with its path, scope, events, limits and whether it is
//! safe to retry; scopes are [`Scope`], webhook events [`Event`]. [`scope_matrix`] shows which scope
//! each call needs.
//!
//! # Types of other crates
//!
//! Some signatures have types of other crates: [`http`], [`bytes`] and [`url`] around a request, [`jiff`] for
//! moments and dates, [`rust_decimal`] for amounts, [`secrecy`] for tokens, [`tower_service`] and
//! [`futures_core`] for transports and streams. They are re-exported, so that a program which needs one of
//! their types always has the version that fits:
//!
//! ```
//! use bigcommerce_client::{DateTime, Number, jiff::ToSpan, number, rust_decimal::Decimal};
//!
//! let price: Number = number!(24.95);
//! assert_eq!(price.value().map(|price| price * Decimal::TWO), Some(Decimal::new(4990, 2)));
//! let created = DateTime::from_wire("2026-01-31T10:00:00Z");
//! let later = created.timestamp().and_then(|at| at.checked_add(36.hours()).ok());
//! assert!(later.is_some_and(|later| later.to_string() == "2026-02-01T22:00:00Z"));
//! ```
//!
//! # Features
//!
//! | Feature | Contents |
//! | --- | --- |
//! | `all` (default) | every group of calls |
//! | one per area, named like its module | the groups of calls in it: their handles, requests and types |
//! | `app` (default) | `app`: installing single-click apps, and their signed callbacks |
//! | `webhook` (default) | `webhook`: verifying and decoding webhook deliveries |
//! | `axum` | `webhook::VerifiedDelivery`, an extractor for axum 0.8 |
//! | `mock` | `mock`: a BigCommerce store on your machine, for tests |
//! | `mcp` | `storefront::mcp`: the tools of a storefront's MCP server |
//! | `yaml` | access policies written in YAML |
//! | `reqwest` (default) | the default transport, HTTPS with rustls; without it, provide one with [`ClientBuilder::transport`] |
//! | `redis` | a quota shared by several processes, kept in Redis |
//! | `blocking` | `.blocking()` on each request, stream and file, for scripts without `async` |
//! | `tracing` | a span for each call |
//! | `serde` | `Serialize` and `Deserialize` for models and values, through the crate's own codec; your own types as responses, in a `json::Json` |
//!
//! [`guide::features`] says how to choose.

#![cfg_attr(docsrs, feature(doc_cfg))]
#![deny(missing_docs)]
// The docs are built with all features; without them, a link to something that is off is plain text.
#![cfg_attr(
    not(all(feature = "all", feature = "app", feature = "webhook")),
    allow(rustdoc::broken_intra_doc_links)
)]

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
pub mod effective;
mod envelope;
mod error;
mod example;
pub mod guide;
pub mod job;
pub mod json;
mod kind;
mod lines;
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
mod upload_to;
pub mod value;
#[cfg(feature = "webhook")]
pub mod webhook;

/// A BigCommerce store on your machine, with the feature `mock`; see [`guide::testing`].
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

#[doc(no_inline)]
pub use {bytes, futures_core, http, jiff, rust_decimal, secrecy, tower_service, url};

#[allow(
    clippy::new_ret_no_self,
    reason = "a constructor that takes required fields by name returns a value only once all of \
        them are set"
)]
#[rustfmt::skip]
mod generated;

#[doc = include_str!("../docs/scope-matrix.md")]
pub mod scope_matrix {}

// The package's own page is compiled with the examples.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}

#[cfg(feature = "blocking")]
pub use blocking::{BlockingDownload, BlockingEvents, BlockingItems, BlockingPages};
pub use call::Pending;
pub use client::{Client, ClientBuilder, ReadOnlyClient};
pub use decoding::{Listing, Single};
pub use envelope::{CursorPagination, Envelope, Meta, PageLinks, Pagination};
pub use error::{Error, ErrorKind, FieldProblem, Incomplete, Problem};
pub use generated::*;
pub use json::{ChangeError, Choice, Decode, DecodeError, Encode, IntegerChoice, Rest, Unknown};
pub use maybe::Maybe;
pub use options::CallOptions;
pub use outcome::{Counts, Outcome};
pub use page::{First, Items, Page, Pages};
pub use query::ToQuery;
#[cfg(feature = "blocking")]
pub use raw::BlockingRawPages;
pub use raw::{RawDownload, RawEvents, RawPage, RawPages, RawRequest};
pub use response::Response;
pub use retry::{Reason, RetryPolicy};
pub use upload_to::UploadTo;
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
