//! What an error tells: where the call failed, what the API returned, and what was asked and granted.

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
    pub const fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The endpoint that was called; `None` while a client is being made, and for a raw call of a
    /// path that the catalogue does not have.
    pub fn endpoint(&self) -> Option<Endpoint> {
        self.0.target.as_ref().and_then(Target::endpoint)
    }

    /// The HTTP status, when the API responded, even if the rest of the response did not come.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.answer.as_ref().map(|answer| answer.status)
    }

    /// The headers, when the API responded.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.0.answer.as_ref().map(|answer| &answer.headers)
    }

    /// The body as it came, when the API responded: what there is of one that broke off, and of one
    /// that is larger than [`max_body`](crate::ClientBuilder::max_body) the beginning, if it was
    /// read.
    pub fn body(&self) -> Option<&Bytes> {
        self.0.answer.as_ref().map(|answer| &answer.body)
    }

    /// What the API said about the failure, if anything.
    ///
    /// ```
    /// # bigcommerce_client::example!(["brands"] server, store:
    /// use bigcommerce_client::brands::BrandCreate;
    ///
    /// store.brands().create(BrandCreate::new("Northwind")).await?;
    /// let error = store.brands().create(BrandCreate::new("Northwind")).await.unwrap_err();
    /// let problem = error.problem().ok_or("the API said nothing")?;
    /// assert!(problem.title.is_some());
    /// eprintln!("{:?} {:?}", problem.title, problem.detail);
    /// # );
    /// ```
    pub fn problem(&self) -> Option<&Problem> {
        self.problems().first()
    }

    /// All that the API said: for a batch, one problem for each item that failed.
    ///
    /// ```no_run
    /// # bigcommerce_client::example!(["categories"] store:
    /// # use bigcommerce_client::categories::CategoryUpdate;
    /// # let changes: Vec<CategoryUpdate> = Vec::new();
    /// if let Err(error) = store.categories().update(changes).await {
    ///     for field in error.problems().iter().flat_map(|problem| &problem.fields) {
    ///         eprintln!("{}: {}", field.field, field.message);
    ///     }
    /// }
    /// # );
    /// ```
    pub fn problems(&self) -> &[Problem] {
        self.0
            .answer
            .as_ref()
            .map_or(&[], |answer| &answer.problems)
    }

    /// How often it was tried to send the call.
    pub const fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// How long the call would have had to wait for its turn, when that was too long.
    ///
    /// ```
    /// # bigcommerce_client::example!(["mock", "brands", "reqwest"]
    /// # use bigcommerce_client::{Client, mock::Store};
    /// # let server = Store::start().await?;
    /// # use bigcommerce_client::mock::Fault;
    /// # server.faults().add(Fault::limit(30).times(1));
    /// use std::time::Duration;
    ///
    /// let builder = Client::builder(server.hash(), server.token()).base_url(server.url());
    /// let store = builder.max_wait(Duration::from_secs(5)).build()?;
    /// // The API returns 429 and asks to wait for half a minute.
    /// let error = store.brands().get(7).await.unwrap_err();
    /// assert!(error.wait().is_some_and(|wait| wait > Duration::from_secs(5)));
    /// # );
    /// ```
    pub const fn wait(&self) -> Option<Duration> {
        self.0.wait
    }

    /// How long the API asked to wait before the next call, when it refused this one.
    ///
    /// ```
    /// # bigcommerce_client::example!(["brands"] server, store:
    /// # use bigcommerce_client::mock::Fault;
    /// # server.faults().add(Fault::limit(30).times(1));
    /// use std::time::Duration;
    ///
    /// let error = store.brands().get(7).await.unwrap_err();
    /// assert_eq!(error.retry_after(), Some(Duration::from_secs(30)));
    /// # );
    /// ```
    pub fn retry_after(&self) -> Option<Duration> {
        let answer = self.0.answer.as_ref()?;
        let mut reading = Reading::of(&answer.headers);
        if matches!(answer.status.as_u16(), 429 | 503) {
            let asked = retry_after_field(&answer.body).and_then(seconds);
            reading.retry_after = reading.retry_after.max(asked);
        }
        match answer.status.as_u16() {
            429 => reading.wait(),
            _ => reading.retry_after,
        }
    }

    /// Where in the response it could not be read, when that is what failed.
    pub fn decode_error(&self) -> Option<&DecodeError> {
        self.0.source.as_ref()?.downcast_ref()
    }

    /// The least scope that the endpoint needs, when the API returned 403 or the granted scopes
    /// do not have it. Its name and label are [`Scope::as_str`] and [`Scope::label`].
    ///
    /// ```
    /// # bigcommerce_client::example!(["brands", "reqwest"]
    /// use bigcommerce_client::{Client, Scope};
    ///
    /// let builder = Client::builder("abc123", "the-token").granted([Scope::ProductsRead]);
    /// let error = builder.build()?.brands().delete(7).await.unwrap_err();
    /// assert_eq!(error.missing_scope(), Some(Scope::ProductsModify));
    /// # );
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
    pub fn insufficient_scopes(&self) -> &[Scope] {
        let shortfall = self.0.shortfall.as_ref();
        shortfall.map_or(&[], |shortfall| &shortfall.short)
    }

    /// The rule of the access policy that refused the call.
    pub const fn denied_by(&self) -> Option<Rule> {
        self.0.rule
    }

    pub(super) fn has_status(&self, code: u16) -> bool {
        self.status().is_some_and(|status| status == code) && self.0.kind == ErrorKind::Status
    }
}
