//! What an error tells: where the call failed, what the API answered, and what was asked and granted.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::{Error, Problem, retry_after_field};
use crate::catalogue::{Endpoint, Scope};
use crate::json::DecodeError;
use crate::kind::ErrorKind;
use crate::policy::Rule;
use crate::reading::{Reading, seconds};
use crate::target::Target;

impl Error {
    /// At which step it failed.
    ///
    /// ```
    /// # #[cfg(feature = "reqwest")] {
    /// use bigcommerce_client::{Client, ErrorKind};
    ///
    /// let error = Client::new("abc123", "").unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::Build);
    /// # }
    /// # Ok::<(), bigcommerce_client::Error>(())
    /// ```
    pub const fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The endpoint that was called; `None` while a client is being made, and for a raw call of a
    /// path that the catalogue does not have.
    ///
    /// ```
    /// # #[cfg(all(feature = "brands", feature = "reqwest"))]
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), bigcommerce_client::Error> {
    /// # use bigcommerce_client::{Client, Endpoint, ErrorKind, policy::{Policy, Rule}};
    /// # let store = Client::builder("abc123", "the-token").policy(Policy::new()).build()?;
    /// let error = store.brands().delete(7).await.unwrap_err();
    /// assert_eq!(error.endpoint(), Some(Endpoint::BrandsDelete));
    /// # Ok(())
    /// # }
    /// # #[cfg(not(all(feature = "brands", feature = "reqwest")))]
    /// # fn main() {}
    /// ```
    pub fn endpoint(&self) -> Option<Endpoint> {
        self.0.target.as_ref().and_then(Target::endpoint)
    }

    /// The HTTP status, when the API answered, and be it that the rest of its answer did not come.
    ///
    /// ```
    /// # #[cfg(all(feature = "mock", feature = "brands", feature = "reqwest"))]
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use bigcommerce_client::{Client, RetryPolicy, mock::Store};
    /// # let server = Store::start().await?;
    /// # let store = Client::builder(server.hash(), server.token())
    /// #     .base_url(server.url())
    /// #     .retry(RetryPolicy::never())
    /// #     .build()?;
    /// let error = store.brands().get(999_999).await.unwrap_err();
    /// assert_eq!(error.status().map(|status| status.as_u16()), Some(404));
    /// # Ok(())
    /// # }
    /// # #[cfg(not(all(feature = "mock", feature = "brands", feature = "reqwest")))]
    /// # fn main() {}
    /// ```
    pub fn status(&self) -> Option<StatusCode> {
        self.0.answer.as_ref().map(|answer| answer.status)
    }

    /// The headers, when the API answered.
    ///
    /// ```
    /// # #[cfg(all(feature = "mock", feature = "brands", feature = "reqwest"))]
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use bigcommerce_client::{Client, RetryPolicy, mock::Store};
    /// # let server = Store::start().await?;
    /// # let store = Client::builder(server.hash(), server.token())
    /// #     .base_url(server.url())
    /// #     .retry(RetryPolicy::never())
    /// #     .build()?;
    /// # use bigcommerce_client::mock::Fault;
    /// # server.faults().add(Fault::limit(30));
    /// let error = store.brands().get(7).await.unwrap_err();
    /// let headers = error.headers().ok_or("no answer")?;
    /// assert_eq!(headers["x-rate-limit-requests-left"], "0");
    /// # Ok(())
    /// # }
    /// # #[cfg(not(all(feature = "mock", feature = "brands", feature = "reqwest")))]
    /// # fn main() {}
    /// ```
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.0.answer.as_ref().map(|answer| &answer.headers)
    }

    /// The body as it came, when the API answered: what there is of one that broke off, and of one that
    /// is larger than [`max_body`](crate::ClientBuilder::max_body) the beginning, if it was read.
    ///
    /// ```
    /// # #[cfg(all(feature = "mock", feature = "brands", feature = "reqwest"))]
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use bigcommerce_client::{Client, RetryPolicy, mock::Store};
    /// # let server = Store::start().await?;
    /// # let store = Client::builder(server.hash(), server.token())
    /// #     .base_url(server.url())
    /// #     .retry(RetryPolicy::never())
    /// #     .build()?;
    /// # use bigcommerce_client::mock::{Body, Fault};
    /// # server.faults().add(Fault::error(http::StatusCode::BAD_GATEWAY, Body::Html));
    /// // A gateway in front of the API answers with a page.
    /// let error = store.brands().get(7).await.unwrap_err();
    /// assert!(error.body().is_some_and(|body| body.starts_with(b"<html>")));
    /// # Ok(())
    /// # }
    /// # #[cfg(not(all(feature = "mock", feature = "brands", feature = "reqwest")))]
    /// # fn main() {}
    /// ```
    pub fn body(&self) -> Option<&Bytes> {
        self.0.answer.as_ref().map(|answer| &answer.body)
    }

    /// What the API said about the failure, if anything.
    ///
    /// ```
    /// # #[cfg(all(feature = "mock", feature = "brands", feature = "reqwest"))]
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use bigcommerce_client::{Client, RetryPolicy, mock::Store};
    /// # let server = Store::start().await?;
    /// # let store = Client::builder(server.hash(), server.token())
    /// #     .base_url(server.url())
    /// #     .retry(RetryPolicy::never())
    /// #     .build()?;
    /// use bigcommerce_client::brands::BrandCreate;
    ///
    /// store.brands().create(BrandCreate::new("Northwind")).await?;
    /// let error = store.brands().create(BrandCreate::new("Northwind")).await.unwrap_err();
    /// let problem = error.problem().ok_or("the API said nothing")?;
    /// assert!(problem.title.is_some());
    /// eprintln!("{:?} {:?}", problem.title, problem.detail);
    /// # Ok(())
    /// # }
    /// # #[cfg(not(all(feature = "mock", feature = "brands", feature = "reqwest")))]
    /// # fn main() {}
    /// ```
    pub fn problem(&self) -> Option<&Problem> {
        self.problems().first()
    }

    /// All that the API said: for a batch, one problem for each item that failed.
    ///
    /// ```no_run
    /// # #[cfg(feature = "categories")]
    /// # async fn example(store: bigcommerce_client::Client) -> Result<(), bigcommerce_client::Error> {
    /// # use bigcommerce_client::categories::CategoryUpdate;
    /// # let changes: Vec<CategoryUpdate> = Vec::new();
    /// if let Err(error) = store.categories().update(changes).await {
    ///     for field in error.problems().iter().flat_map(|problem| &problem.fields) {
    ///         eprintln!("{}: {}", field.field, field.message);
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn problems(&self) -> &[Problem] {
        self.0
            .answer
            .as_ref()
            .map_or(&[], |answer| &answer.problems)
    }

    /// How often it was tried to send the call.
    ///
    /// ```
    /// # #[cfg(all(feature = "brands", feature = "reqwest"))]
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), bigcommerce_client::Error> {
    /// use std::time::Duration;
    /// use bigcommerce_client::{Client, RetryPolicy};
    ///
    /// let soon = Duration::from_millis(1);
    /// let store = Client::builder("abc123", "the-token")
    ///     .base_url("http://127.0.0.1:1") // where nobody listens
    ///     .retry(RetryPolicy::standard().attempts(2).backoff(soon, soon))
    ///     .build()?;
    /// let error = store.brands().get(7).await.unwrap_err();
    /// assert_eq!(error.attempts(), 2);
    /// # Ok(())
    /// # }
    /// # #[cfg(not(all(feature = "brands", feature = "reqwest")))]
    /// # fn main() {}
    /// ```
    pub const fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// How long the call would have had to wait for its turn, when that was too long.
    ///
    /// ```
    /// # #[cfg(all(feature = "mock", feature = "brands", feature = "reqwest"))]
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use bigcommerce_client::{Client, mock::Store};
    /// # let server = Store::start().await?;
    /// # use bigcommerce_client::mock::Fault;
    /// # server.faults().add(Fault::limit(30).times(1));
    /// use std::time::Duration;
    ///
    /// let builder = Client::builder(server.hash(), server.token()).base_url(server.url());
    /// let store = builder.max_wait(Duration::from_secs(5)).build()?;
    /// // The API answers 429 and asks to wait for half a minute.
    /// let error = store.brands().get(7).await.unwrap_err();
    /// assert!(error.wait().is_some_and(|wait| wait > Duration::from_secs(5)));
    /// # Ok(())
    /// # }
    /// # #[cfg(not(all(feature = "mock", feature = "brands", feature = "reqwest")))]
    /// # fn main() {}
    /// ```
    pub const fn wait(&self) -> Option<Duration> {
        self.0.wait
    }

    /// How long the API asked to wait before the next call, when it refused this one.
    ///
    /// ```
    /// # #[cfg(all(feature = "mock", feature = "brands", feature = "reqwest"))]
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use bigcommerce_client::{Client, RetryPolicy, mock::Store};
    /// # let server = Store::start().await?;
    /// # let store = Client::builder(server.hash(), server.token())
    /// #     .base_url(server.url())
    /// #     .retry(RetryPolicy::never())
    /// #     .build()?;
    /// # use bigcommerce_client::mock::Fault;
    /// # server.faults().add(Fault::limit(30).times(1));
    /// use std::time::Duration;
    ///
    /// let error = store.brands().get(7).await.unwrap_err();
    /// assert_eq!(error.retry_after(), Some(Duration::from_secs(30)));
    /// # Ok(())
    /// # }
    /// # #[cfg(not(all(feature = "mock", feature = "brands", feature = "reqwest")))]
    /// # fn main() {}
    /// ```
    pub fn retry_after(&self) -> Option<Duration> {
        let answer = self.0.answer.as_ref()?;
        let mut reading = Reading::of(&answer.headers);
        let refused = matches!(answer.status.as_u16(), 429 | 503);
        let asked = retry_after_field(&answer.body).filter(|_| refused);
        reading.retry_after = reading.retry_after.max(asked.and_then(seconds));
        match answer.status.as_u16() {
            429 => reading.wait(),
            _ => reading.retry_after,
        }
    }

    /// Where in the answer it could not be read, when that is what failed.
    ///
    /// ```
    /// # #[cfg(all(feature = "mock", feature = "brands", feature = "reqwest"))]
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use bigcommerce_client::{Client, RetryPolicy, mock::Store};
    /// # let server = Store::start().await?;
    /// # let store = Client::builder(server.hash(), server.token())
    /// #     .base_url(server.url())
    /// #     .retry(RetryPolicy::never())
    /// #     .build()?;
    /// use bigcommerce_client::catalogue::Method;
    ///
    /// let answer = store.raw(Method::Get, "/v3/catalog/brands").await?;
    /// let error = answer.decode::<Vec<i64>>().unwrap_err(); // It is an object with `data`.
    /// assert_eq!(error.decode_error().map(|place| place.expected()), Some("list"));
    /// # Ok(())
    /// # }
    /// # #[cfg(not(all(feature = "mock", feature = "brands", feature = "reqwest")))]
    /// # fn main() {}
    /// ```
    pub fn decode_error(&self) -> Option<&DecodeError> {
        self.0.source.as_ref()?.downcast_ref()
    }

    /// The least scope that the endpoint needs, when the API answered 403 or the granted scopes
    /// do not have it. Its name and label are [`Scope::as_str`] and [`Scope::label`].
    ///
    /// ```
    /// # #[cfg(all(feature = "brands", feature = "reqwest"))]
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), bigcommerce_client::Error> {
    /// use bigcommerce_client::{Client, Scope};
    ///
    /// let builder = Client::builder("abc123", "the-token").granted([Scope::ProductsRead]);
    /// let error = builder.build()?.brands().delete(7).await.unwrap_err();
    /// assert_eq!(error.missing_scope(), Some(Scope::ProductsModify));
    /// # Ok(())
    /// # }
    /// # #[cfg(not(all(feature = "brands", feature = "reqwest")))]
    /// # fn main() {}
    /// ```
    pub fn missing_scope(&self) -> Option<Scope> {
        if self.is_missing_scope() {
            self.endpoint().map(Endpoint::scope)
        } else {
            None
        }
    }

    /// The granted scopes of the same part of the store, which are not enough. It is empty when
    /// there is none of them, or when the client was not told what was granted; see
    /// [`ClientBuilder::granted`](crate::ClientBuilder::granted).
    ///
    /// ```
    /// # #[cfg(all(feature = "brands", feature = "reqwest"))]
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), bigcommerce_client::Error> {
    /// use bigcommerce_client::{Client, Scope};
    ///
    /// let builder = Client::builder("abc123", "the-token").granted([Scope::ProductsRead]);
    /// let error = builder.build()?.brands().delete(7).await.unwrap_err();
    /// assert_eq!(error.insufficient_scopes(), [Scope::ProductsRead], "reading is not enough");
    /// # Ok(())
    /// # }
    /// # #[cfg(not(all(feature = "brands", feature = "reqwest")))]
    /// # fn main() {}
    /// ```
    pub fn insufficient_scopes(&self) -> &[Scope] {
        let shortfall = self.0.shortfall.as_ref();
        shortfall.map_or(&[], |shortfall| &shortfall.short)
    }

    /// The rule of the access policy that refused the call.
    ///
    /// ```
    /// # #[cfg(all(feature = "brands", feature = "reqwest"))]
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), bigcommerce_client::Error> {
    /// # use bigcommerce_client::{Client, Endpoint, ErrorKind, policy::{Policy, Rule}};
    /// # let store = Client::builder("abc123", "the-token").policy(Policy::new()).build()?;
    /// let error = store.brands().delete(7).await.unwrap_err();
    /// assert_eq!(error.denied_by(), Some(Rule::Unlisted));
    /// # Ok(())
    /// # }
    /// # #[cfg(not(all(feature = "brands", feature = "reqwest")))]
    /// # fn main() {}
    /// ```
    pub const fn denied_by(&self) -> Option<Rule> {
        self.0.rule
    }

    pub(super) fn has_status(&self, code: u16) -> bool {
        self.status().is_some_and(|status| status == code) && self.0.kind == ErrorKind::Status
    }
}
