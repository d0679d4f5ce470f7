//! The common checks of an error.

use http::StatusCode;

use super::{Error, ErrorKind, Incomplete, suspended};
use crate::body::text;
use crate::json::Tree;
use crate::target::Target;

/// The common checks.
impl Error {
    /// No response arrived in time. The call may have happened.
    ///
    /// ```
    /// # bigcommerce_client::example!(["brands", "reqwest"]
    /// use std::{net::TcpListener, time::Duration};
    /// use bigcommerce_client::{Client, RetryPolicy};
    ///
    /// let silent = TcpListener::bind("127.0.0.1:0")?;
    /// let store = Client::builder("abc123", "the-token")
    ///     .base_url(format!("http://{}", silent.local_addr()?))
    ///     .timeout(Duration::from_millis(50))
    ///     .retry(RetryPolicy::never())
    ///     .build()?;
    /// let error = store.brands().get(7).await.unwrap_err();
    /// assert!(error.is_timeout() && error.may_have_happened());
    /// # );
    /// ```
    pub fn is_timeout(&self) -> bool {
        self.0.kind == ErrorKind::Timeout
    }

    /// No connection could be established, so the call did not happen.
    pub fn is_connect(&self) -> bool {
        self.0.kind == ErrorKind::Connect
    }

    /// The token is missing, wrong, or for another store (401).
    pub fn is_unauthorized(&self) -> bool {
        self.has_status(401) && !self.is_of_a_file()
    }

    /// The token does not allow this. Either the granted scopes are not sufficient and nothing was
    /// sent, or the API returned 403: the token lacks the scope, or the store has reached a
    /// platform limit.
    ///
    /// ```
    /// # bigcommerce_client::example!(["mock", "brands", "reqwest"]
    /// # use bigcommerce_client::{Client, mock::Store};
    /// # let server = Store::start().await?;
    /// use bigcommerce_client::Scope;
    ///
    /// let reader = Client::builder(server.hash(), server.read_only_token());
    /// let store = reader.base_url(server.url()).build()?;
    /// let error = store.brands().delete(7).await.unwrap_err();
    /// assert!(error.is_missing_scope());
    /// assert_eq!(error.missing_scope(), Some(Scope::ProductsModify));
    /// # );
    /// ```
    pub fn is_missing_scope(&self) -> bool {
        (self.has_status(403) && !self.is_of_a_file()) || self.0.kind == ErrorKind::Scope
    }

    /// Whether it is about a file on a host that receives no token.
    pub(super) fn is_of_a_file(&self) -> bool {
        self.0.target.as_ref().is_some_and(Target::is_file)
    }

    /// The access policy does not allow this. Nothing was sent.
    pub fn is_denied(&self) -> bool {
        self.0.kind == ErrorKind::Denied
    }

    /// There is no such resource, or the store hash is wrong (404).
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
    /// let brand = match store.brands().get(999_999).await {
    ///     Ok(brand) => Some(brand),
    ///     Err(error) if error.is_not_found() => None,
    ///     Err(error) => return Err(error.into()),
    /// };
    /// assert!(brand.is_none());
    /// # Ok(())
    /// # }
    /// # #[cfg(not(all(feature = "mock", feature = "brands", feature = "reqwest")))]
    /// # fn main() {}
    /// ```
    pub fn is_not_found(&self) -> bool {
        self.has_status(404)
    }

    /// It conflicts with the state of the store (409): a name or SKU that is taken, or an outdated
    /// version.
    pub fn is_conflict(&self) -> bool {
        self.has_status(409)
    }

    /// The batch or the page is too large (413).
    pub fn is_too_large(&self) -> bool {
        self.has_status(413)
    }

    /// The values were rejected (400 or 422); the problem names the fields.
    ///
    /// ```
    /// # bigcommerce_client::example!(["brands"] server, store:
    /// use bigcommerce_client::brands::BrandCreate;
    ///
    /// let error = store.brands().create(BrandCreate::new("")).await.unwrap_err();
    /// assert!(error.is_validation());
    /// assert!(error.problem().is_some_and(|problem| !problem.fields.is_empty()));
    /// # );
    /// ```
    pub fn is_validation(&self) -> bool {
        self.has_status(422) || self.has_status(400)
    }

    /// Too many calls: the API returned 429, or the call would have waited too long. The call did
    /// not happen.
    pub fn is_rate_limited(&self) -> bool {
        self.has_status(429) || self.0.kind == ErrorKind::Busy
    }

    /// Whether the same call may succeed later and is safe to retry. Creates that may have happened
    /// are not, unless [`CallOptions::idempotent`](crate::CallOptions::idempotent) is set.
    ///
    /// ```
    /// # bigcommerce_client::example!(["brands"] server, store:
    /// # use bigcommerce_client::mock::{Body, Fault};
    /// # server.faults().add(Fault::error(http::StatusCode::SERVICE_UNAVAILABLE, Body::Json));
    /// use bigcommerce_client::brands::BrandCreate;
    ///
    /// // The API returns 503 to both. Retrying the read is safe, retrying the create is not.
    /// assert!(store.brands().get(7).await.is_err_and(|error| error.is_retryable()));
    /// let created = store.brands().create(BrandCreate::new("Northwind")).await;
    /// assert!(created.is_err_and(|error| !error.is_retryable()));
    /// # );
    /// ```
    pub fn is_retryable(&self) -> bool {
        let known = || self.0.target.as_ref().is_some_and(Target::repeatable);
        let repeatable = || self.0.idempotent.unwrap_or_else(known);
        match self.0.kind {
            ErrorKind::Connect | ErrorKind::Unprocessed | ErrorKind::Busy => true,
            ErrorKind::Timeout | ErrorKind::Transport => repeatable(),
            ErrorKind::Status => {
                self.is_rate_limited()
                    || (self.is_server_error() && self.may_pass() && repeatable())
            }
            _ => false,
        }
    }

    /// Whether sending the call again has the same effect, as far as is known, unless the caller said
    /// otherwise.
    pub(crate) fn is_harmless_again(&self) -> bool {
        let known = self.0.target.as_ref().is_some_and(Target::repeatable);
        known && self.0.idempotent != Some(false)
    }

    /// Whether the request or the response was too large for the other side.
    pub(crate) fn too_much(&self) -> bool {
        self.is_too_large() || self.0.kind == ErrorKind::TooLarge
    }

    /// Whether it is an error that too large a request causes, even if it may have other causes.
    pub(crate) fn perhaps_too_much(&self) -> bool {
        matches!(self.0.kind, ErrorKind::Timeout | ErrorKind::Transport)
            || self.has_status(502)
            || self.has_status(504)
    }

    /// Whether it is a temporary server error.
    fn may_pass(&self) -> bool {
        let passes = |status: StatusCode| matches!(status.as_u16(), 500 | 502..=504);
        self.status().is_some_and(passes) && !self.is_final()
    }

    /// The API reports that the store is suspended or no longer exists, so retrying does not help.
    pub(crate) fn is_final(&self) -> bool {
        let answer = self.0.answer.as_ref();
        self.has_status(503) && answer.is_some_and(|answer| suspended::says_so(&answer.body))
    }

    /// The API itself failed (5xx).
    pub fn is_server_error(&self) -> bool {
        self.0.kind == ErrorKind::Status
            && self.status().is_some_and(|status| status.is_server_error())
    }

    /// Whether the call may have taken effect even though it failed: there was no response, it was cut off or
    /// could not be decoded, the API itself failed, a part of it succeeded, or it started a job that did not succeed.
    /// For a retried write every attempt counts: a delete that is rejected with 404 after a timeout may have happened.
    ///
    /// ```
    /// # bigcommerce_client::example!(["brands"] server, store:
    /// # use bigcommerce_client::mock::{Fault, Moment};
    /// # server.faults().add(Fault::reset(Moment::Before).on("brands.create").times(1));
    /// use bigcommerce_client::brands::BrandCreate;
    ///
    /// // The response is lost on its way.
    /// let error = store.brands().create(BrandCreate::new("Northwind")).await.unwrap_err();
    /// assert!(error.may_have_happened());
    /// let found = store.brands().list().name("Northwind").await?;
    /// assert_eq!(found.len(), 1, "so look before it is created again");
    /// # );
    /// ```
    pub fn may_have_happened(&self) -> bool {
        let last = match self.0.kind {
            ErrorKind::Timeout
            | ErrorKind::Transport
            | ErrorKind::TooLarge
            | ErrorKind::Decode
            | ErrorKind::Job => true,
            ErrorKind::Status => self.is_server_error() || self.took_a_part(),
            ErrorKind::Partial => self.incomplete().is_none_or(Incomplete::may_have_happened),
            _ => false,
        };
        last || self.0.earlier
    }

    /// Whether the API rejected the contents of the request, rather than its sender or its timing.
    pub(crate) fn is_refusal(&self) -> bool {
        self.is_validation() || self.is_conflict() || self.is_too_large()
    }

    /// Whether a rejected batch was accepted in part, according to its response.
    pub(crate) fn took_a_part(&self) -> bool {
        if !self.is_refusal() {
            return false;
        }
        let Some(tree) = self.said() else {
            return false;
        };
        let success = tree.get("meta").and_then(|meta| meta.text(&["success"]));
        let some = success.is_some_and(|count| count.parse::<f64>().is_ok_and(|count| count > 0.0));
        some || matches!(tree.get("data"), Some(Tree::List(items)) if !items.is_empty())
    }

    /// How many items of a batch failed, if the response says so.
    pub(crate) fn failed_items(&self) -> Option<i64> {
        self.said()?.get("meta")?.text(&["failed"])?.parse().ok()
    }

    fn said(&self) -> Option<Tree> {
        Tree::lenient(text(self.body()?)).ok()
    }

    /// The response has a success status but could not be decoded; the call may have happened. Or a value that
    /// was given to [`json`](crate::json) could not be decoded.
    pub fn is_decode(&self) -> bool {
        self.0.kind == ErrorKind::Decode
    }
}
