//! The kinds of errors, how to distinguish them, and how to handle them.
//!
//! There is one [`Error`](crate::Error). Its message is a sentence that can be logged: it names the
//! call, what happened and what to do, and never contains the token.
//!
//! ```no_run
//! # bigcommerce_client::example!(["products"] store:
//! use bigcommerce_client::products::ProductUpdate;
//!
//! match store.products().update(77, ProductUpdate::new().name("Mug")).await {
//!     Ok(product) => println!("{}", product.id),
//!     Err(error) if error.is_not_found() => println!("it is gone"),
//!     Err(error) if error.is_validation() => {
//!         for problem in error.problems() {
//!             for field in &problem.fields {
//!                 eprintln!("{}: {}", field.field, field.message);
//!             }
//!         }
//!     }
//!     Err(error) => return Err(error.into()),
//! }
//! # );
//! ```
//!
//! # Did the call take effect?
//!
//! The [kind](crate::ErrorKind) says at which step a call failed, and so whether it can have taken
//! effect:
//!
//! | Kind | Meaning | Took effect |
//! | --- | --- | --- |
//! | `Build` | the client's configuration is invalid | no |
//! | `Request` | the request is invalid and was not sent | no |
//! | `Denied` | the client's [policy](crate::policy) does not allow it | no |
//! | `Scope` | the [granted](crate::ClientBuilder::granted) scopes do not allow it | no |
//! | `Unrecorded` | a required [audit](crate::audit) sink could not record it | no |
//! | `Busy` | it would have waited too long for the quota or its turn | no |
//! | `Connect` | no connection could be made | no |
//! | `Unprocessed` | the server reported that it did not process the request | no |
//! | `Timeout` | no response came in time | perhaps |
//! | `Transport` | the connection broke, or the body of a successful response was cut off | perhaps |
//! | `TooLarge` | a successful response is larger than [`max_body`](crate::ClientBuilder::max_body) | perhaps |
//! | `Status` | the API returned an error | no, except for a 5xx |
//! | `Decode` | the status is a success, but the response cannot be decoded or is an error | perhaps |
//! | `Partial` | only a part of a call, or some items of a bulk call, succeeded: see [`incomplete`](crate::Error::incomplete) | in part |
//! | `Job` | a job failed, did not end in time or is not known: see [`JobEnd::done`](crate::job::JobEnd::done) | perhaps |
//! | `Contradiction` | the pages of a list contradict themselves or one another | a list changes nothing |
//! | `File` | a download cannot be written to disk | yes |
//!
//! An error response is a `Status` even if its body is cut off: the status says what happened. If an error
//! of another kind has a status, it is that of a success whose response did not arrive completely.
//!
//! [`may_have_happened`](crate::Error::may_have_happened) returns this in code, and
//! [`is_retryable`](crate::Error::is_retryable) says whether a retry may help and is safe. The client has
//! already retried according to its [`RetryPolicy`](crate::RetryPolicy); further retries belong in your
//! own queue.
//!
//! A future that is dropped, for example by `select!` or by a timeout of your own, returns no error: if it was a
//! write, it may have taken effect. [`CallOptions::timeout`](crate::CallOptions::timeout) limits the time as
//! well, and its error says what is known.
//!
//! # What to do
//!
//! | Status | Method | What to do |
//! | --- | --- | --- |
//! | 400, 422 | [`is_validation`](crate::Error::is_validation) | correct the fields that the problems name |
//! | 401 | [`is_unauthorized`](crate::Error::is_unauthorized) | check token and store; an app has to wait until the merchant authorizes it again |
//! | 403 | [`missing_scope`](crate::Error::missing_scope) | grant the token that scope; the message has its label in the control panel, the scope that is sufficient instead if there is one, and the scopes that only some values need |
//! | 404 | [`is_not_found`](crate::Error::is_not_found) | it was deleted or has expired: carts live 30 days after their last change |
//! | 409 | [`is_conflict`](crate::Error::is_conflict) | a name or SKU is taken, or it was changed in the meantime: read it and decide again |
//! | 413 | [`is_too_large`](crate::Error::is_too_large) | send fewer items; bulk calls do this automatically for writes |
//! | 414 | [`status`](crate::Error::status) | request fewer ids or values per call |
//! | 429 | [`is_rate_limited`](crate::Error::is_rate_limited) | wait for [`retry_after`](crate::Error::retry_after); it did not take effect |
//! | 5xx | [`is_server_error`](crate::Error::is_server_error) | try later; read before you create again |
//!
//! # All details
//!
//! The API has many error formats, which [`Problem`](crate::Problem) lists, and sometimes a gateway responds
//! with HTML or with nothing. [`problems`](crate::Error::problems) has them in one form;
//! [`body`](crate::Error::body), [`headers`](crate::Error::headers) and [`status`](crate::Error::status) are
//! unchanged. For a response that cannot be decoded, or a value given to [`json`](crate::json), whose errors `?`
//! converts, [`decode_error`](crate::Error::decode_error) has the location.
//! [`causes`](crate::Error::causes) returns the errors of the transport, down to that of the system or of TLS. The
//! message contains theirs, so a printed chain of [`source`](std::error::Error::source)s repeats nothing.
//!
//! ```no_run
//! # async fn example(error: bigcommerce_client::Error) {
//! if let Some(place) = error.decode_error() {
//!     eprintln!("{place}; the body has {} bytes", error.body().map_or(0, |body| body.len()));
//! }
//! # }
//! ```
