//! What can go wrong, how to tell it apart, and what to do about it.
//!
//! There is one [`Error`](crate::Error). Its message is a sentence that can be logged: it names the
//! call, what happened and what to do, and never holds the token.
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
//! # Has it happened?
//!
//! The [kind](crate::ErrorKind) says at which step a call failed, and with that whether it can have
//! taken effect:
//!
//! | Kind | Meaning | Happened |
//! | --- | --- | --- |
//! | `Build` | the client cannot be made like this | no |
//! | `Request` | the request cannot be sent like this | no |
//! | `Denied` | the client's [policy](crate::policy) does not allow it | no |
//! | `Scope` | the [granted](crate::ClientBuilder::granted) scopes do not allow it | no |
//! | `Unrecorded` | an [audit](crate::audit) sink that has to record it first could not | no |
//! | `Busy` | it would have waited too long for the quota or its turn | no |
//! | `Connect` | no connection was made | no |
//! | `Unprocessed` | the server said that it did not process the request | no |
//! | `Timeout` | no response came in time | perhaps |
//! | `Transport` | the connection broke on the way, or the body of a success did | perhaps |
//! | `TooLarge` | the response of a success is larger than [`max_body`](crate::ClientBuilder::max_body) | perhaps |
//! | `Status` | the API refused | no, but for a 5xx |
//! | `Decode` | the status is that of a success, and the response cannot be read or is an error | perhaps |
//! | `Contradiction` | the pages of a list contradict themselves or one another | a list changes nothing |
//! | `File` | what was downloaded cannot be written to this machine's disk | yes |
//!
//! A refusal is a `Status` even when its body breaks off: the status says what happened. An error of
//! another kind that has a status is that of a success whose response did not come whole.
//!
//! [`may_have_happened`](crate::Error::may_have_happened) tells it in code, and
//! [`is_retryable`](crate::Error::is_retryable) whether trying the same call again may help and is
//! harmless. The client has tried that already, as its [`RetryPolicy`](crate::RetryPolicy) says; what
//! comes to you is for your own queue.
//!
//! # What to do
//!
//! | Status | Method | What to do |
//! | --- | --- | --- |
//! | 400, 422 | [`is_validation`](crate::Error::is_validation) | correct the fields that the problems name |
//! | 401 | [`is_unauthorized`](crate::Error::is_unauthorized) | check token and store; an app waits until the merchant agrees again |
//! | 403 | [`missing_scope`](crate::Error::missing_scope) | give the token that scope; the sentence has its label in the control panel |
//! | 404 | [`is_not_found`](crate::Error::is_not_found) | it is gone, or expired: carts live 30 days |
//! | 409 | [`is_conflict`](crate::Error::is_conflict) | a name or SKU is taken, or it was changed meanwhile: read it and decide again |
//! | 413 | [`is_too_large`](crate::Error::is_too_large) | send fewer items; bulk calls do that with changes by themselves |
//! | 414 | [`status`](crate::Error::status) | ask for fewer ids or values at once |
//! | 429 | [`is_rate_limited`](crate::Error::is_rate_limited) | wait for [`retry_after`](crate::Error::retry_after); it has not happened |
//! | 5xx | [`is_server_error`](crate::Error::is_server_error) | try later; read before you create again |
//!
//! # Everything it said
//!
//! The API has many shapes for its errors, and sometimes a gateway responds with HTML or with nothing.
//! [`problems`](crate::Error::problems) has them in one form; [`body`](crate::Error::body),
//! [`headers`](crate::Error::headers) and [`status`](crate::Error::status) are as they came. For a
//! response that cannot be read, [`decode_error`](crate::Error::decode_error) names the place in it.
//!
//! ```no_run
//! # async fn example(error: bigcommerce_client::Error) {
//! if let Some(place) = error.decode_error() {
//!     eprintln!("{error}: {place}; the body has {} bytes", error.body().map_or(0, |body| body.len()));
//! }
//! # }
//! ```
