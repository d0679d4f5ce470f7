//! Recording real exchanges to a file, and playing them back in tests: two `tower` services over
//! `http::Request<Bytes>`, so they stand wherever a transport does.
//!
//! ```
//! use std::{convert::Infallible, future::{Ready, ready}, task::{Context, Poll}};
//! use bigcommerce_mock::replay::{Recorder, Replay};
//! use bytes::Bytes;
//! use http::{Request, Response};
//! use tower_service::Service;
//!
//! /// Stands in for the network.
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
//! replay.finish()?; // Everything that was recorded has been asked.
//! # std::fs::remove_file(&path)?;
//! # Ok(())
//! # }
//! ```
//!
//! # What is kept of secrets and of people
//!
//! Nothing, and of the rest what is known to be harmless: ids, dates, booleans, numbers of up to six
//! digits, and what stands under the names of [`KEPT`]. Every other string or number becomes a
//! placeholder such as `redacted-email-2`, the same wherever the same value stands, and a body that
//! is neither JSON nor a form is not kept at all. What more is harmless in your store you say by
//! [`Redaction::keeping`] and [`Redaction::keeping_texts`]; [`Redaction::also`] leaves out more. Look
//! through a recording before you give it away: a program cannot know what a name or a description
//! says. The file is for its owner alone (mode 600).
//!
//! # What must agree
//!
//! The method, the path, the query and the body. JSON is compared as a value, a query without regard
//! to its order. Host and headers are not looked at. Where the recording has a placeholder, any value
//! will do, but one placeholder stands for one value only.

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
