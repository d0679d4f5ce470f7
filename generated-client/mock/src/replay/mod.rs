//! Recording real exchanges to a file, and replaying them in tests: two `tower` services over
//! `http::Request<Bytes>`, which can be used in place of a transport.
//!
//! ```
//! use std::{convert::Infallible, future::{Ready, ready}, task::{Context, Poll}};
//! use bigcommerce_mock::replay::{Recorder, Replay};
//! use bytes::Bytes;
//! use http::{Request, Response};
//! use tower_service::Service;
//!
//! /// Replaces the network.
//! #[derive(Clone)]
//! struct Shop;
//!
//! impl Service<Request<Bytes>> for Shop {
//!     type Response = Response<Bytes>;
//!     type Error = Infallible;
//!     type Future = Ready<Result<Self::Response, Infallible>>;
//!
//!     fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
//!         Poll::Ready(Ok(()))
//!     }
//!     fn call(&mut self, _: Request<Bytes>) -> Self::Future {
//!         ready(Ok(Response::new(Bytes::from_static(br#"{"id":7,"email":"jo@example.com"}"#))))
//!     }
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
//! # let path = std::env::temp_dir().join(format!("replay-{}.jsonl", std::process::id()));
//! let ask = || Request::get("http://127.0.0.1/v2/customers/7").header("x-auth-token", "s3cret").body(Bytes::new());
//! Recorder::new(Shop, &path)?.call(ask()?).await?;
//!
//! let kept = std::fs::read_to_string(&path)?;
//! assert!(!kept.contains("s3cret") && !kept.contains("jo@example.com"));
//!
//! let mut replay = Replay::from_file(&path)?;
//! let response = replay.call(ask()?).await?;
//! assert_eq!(response.body(), &br#"{"id":7,"email":"redacted-email-2"}"#[..]);
//! replay.finish()?; // All recorded requests were made.
//! # std::fs::remove_file(&path)?;
//! # Ok(())
//! # }
//! ```
//!
//! # Secrets and personal data
//!
//! They are never recorded, and of the rest only what is known to be harmless: ids, dates, booleans,
//! numbers of up to six digits, and the values of the names in [`KEPT`]. Every other string or
//! number becomes a placeholder such as `redacted-email-2`, the same for equal values, and a body
//! that is neither JSON nor a form is not kept at all. Use [`Redaction::keeping`] and
//! [`Redaction::keeping_texts`] to keep more, and [`Redaction::also`] to redact more. Review a
//! recording before you share it: a program cannot know the meaning of a name or a description. The
//! file is accessible only to its owner (mode 600).
//!
//! # Matching
//!
//! The method, the path, the query and the body must match. JSON is compared as a value, and the
//! order of query parameters is ignored. Host and headers are not compared. A placeholder in the
//! recording matches any value, but always the same one.

mod body;
mod compare;
mod error;
mod names;
mod player;
mod recorder;
mod redactor;
mod tape;
mod unify;

pub use error::ReplayError;
pub use names::{KEPT, PERSONAL, Redaction, SECRET};
pub use player::Replay;
pub use recorder::Recorder;
