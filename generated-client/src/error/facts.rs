//! The details of an error: where the call failed, what the API returned, and the needed and granted
//! scopes.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::{Error, Incomplete, Problem, retry_after_field};
use crate::catalogue::{Endpoint, Scope};
use crate::json::DecodeError;
use crate::kind::ErrorKind;
use crate::policy::Rule;
use crate::reading::{Reading, seconds};
use crate::target::Target;
use crate::transport::cause_of;

impl Error {
    /// The step at which the call failed.
    pub const fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The endpoint that was called; `None` while a client is being built, and for a raw call to a
    /// path that is not in the catalogue.
    pub fn endpoint(&self) -> Option<Endpoint> {
        self.0.target.as_ref().and_then(Target::endpoint)
    }

    /// The HTTP status, if the API responded, even if the rest of the response did not arrive.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.answer.as_ref().map(|answer| answer.status)
    }

    /// The headers, if the API responded.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.0.answer.as_ref().map(|answer| &answer.headers)
    }

    /// The raw body, if the API responded. It may be incomplete if the connection broke, and is
    /// truncated or missing if it is larger than [`max_body`](crate::ClientBuilder::max_body).
    pub fn body(&self) -> Option<&Bytes> {
        self.0.answer.as_ref().map(|answer| &answer.body)
    }

    /// What the API reported about the failure, if anything.
    ///
    /// ```
    /// # bigcommerce_client::example!(["brands"] server, store:
    /// use bigcommerce_client::brands::BrandCreate;
    ///
    /// let brand = store.brands().create(BrandCreate::new("Northwind")).await?;
    /// brand.complete()?;
    /// let error = store.brands().create(BrandCreate::new("Northwind")).await.unwrap_err();
    /// let problem = error.problem().ok_or("the API said nothing")?;
    /// assert!(problem.title.is_some());
    /// eprintln!("{:?} {:?}", problem.title, problem.detail);
    /// # );
    /// ```
    pub fn problem(&self) -> Option<&Problem> {
        self.problems().first()
    }

    /// All problems that the API reported: for a batch, one for each failed item.
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
        match (&self.0.answer, self.incomplete()) {
            (Some(answer), _) => &answer.problems,
            (None, Some(incomplete)) => incomplete.problems(),
            (None, None) => &[],
        }
    }

    /// What failed, if only a part did and [`Outcome::complete`](crate::Outcome::complete) or
    /// [`Report::complete`](crate::bulk::Report::complete) made it an error.
    pub fn incomplete(&self) -> Option<&Incomplete> {
        self.0.source.as_ref()?.downcast_ref()
    }

    /// The number of attempts; 0 if there was none.
    pub const fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// How long the call would have had to wait, if that was too long.
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
    /// // The API returns 429 and requests a wait of half a minute.
    /// let error = store.brands().get(7).await.unwrap_err();
    /// assert!(error.wait().is_some_and(|wait| wait > Duration::from_secs(5)));
    /// # );
    /// ```
    pub const fn wait(&self) -> Option<Duration> {
        self.0.wait
    }

    /// How long the API asked to wait before the next call, if it rejected this one.
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

    /// Where in the response, or in the value given to [`json`](crate::json), decoding failed, if it did.
    pub fn decode_error(&self) -> Option<&DecodeError> {
        self.0.source.as_ref()?.downcast_ref()
    }

    /// What caused it, from the nearest cause to the error of the system or of TLS: to look for one of a certain type.
    ///
    /// ```
    /// use std::io;
    ///
    /// fn is_refused(error: &bigcommerce_client::Error) -> bool {
    ///     let mut causes = error.causes().filter_map(|cause| cause.downcast_ref::<io::Error>());
    ///     causes.any(|cause| cause.kind() == io::ErrorKind::ConnectionRefused)
    /// }
    /// ```
    pub fn causes(&self) -> impl Iterator<Item = &(dyn std::error::Error + 'static)> {
        std::iter::successors(self.cause(), |&cause| match cause.downcast_ref::<Self>() {
            Some(call) => call.cause(),
            None => cause_of(cause),
        })
    }

    /// The nearest cause.
    pub(crate) fn cause(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_deref().map(|cause| cause as _)
    }

    /// The least privileged scope that the endpoint needs, if the API returned 403 or the granted
    /// scopes do not include it. Its name and label are [`Scope::as_str`] and [`Scope::label`]. If a scope of another
    /// area is sufficient instead, it is [`EndpointFacts::or_scope`], and the message names both. With some
    /// values, the endpoint may need further scopes: [`EndpointFacts::also_needs`] lists them. The message of a 403
    /// does, too, except for those that are known to be granted.
    ///
    /// [`EndpointFacts::or_scope`]: crate::catalogue::EndpointFacts::or_scope
    /// [`EndpointFacts::also_needs`]: crate::catalogue::EndpointFacts::also_needs
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

    /// The granted scopes of the areas of its scopes, which are not sufficient. Empty if there are none, or
    /// if the client does not know the granted scopes; see
    /// [`ClientBuilder::granted`](crate::ClientBuilder::granted).
    pub fn insufficient_scopes(&self) -> &[Scope] {
        let shortfall = self.0.shortfall.as_ref();
        shortfall.map_or(&[], |shortfall| &shortfall.short)
    }

    /// The rule of the access policy that denied the call.
    pub const fn denied_by(&self) -> Option<Rule> {
        self.0.rule
    }

    pub(super) fn has_status(&self, code: u16) -> bool {
        self.status().is_some_and(|status| status == code) && self.0.kind == ErrorKind::Status
    }
}
