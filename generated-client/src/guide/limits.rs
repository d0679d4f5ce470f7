//! The store's quota, concurrency caps, waits, retries and timeouts: what happens automatically and
//! how to change it.
//!
//! # What happens automatically
//!
//! - **Quota.** Responses say how many calls the store has left. The client counts its own calls against
//!   that and waits when the window is used up. No plan's limits are hard-coded in the client.
//! - **429.** The call waits as long as the response says in its headers, including the standard
//!   `Retry-After`, or in its body; without either it waits with exponential backoff. Then it is sent
//!   again, since it did not take effect.
//! - **Wrong values.** Impossible values, such as a quota of 0 or a wait of years, are ignored. Plausible
//!   ones delay calls for at most two minutes, or the duration set with
//!   [`max_hold`](crate::quota::Quota::max_hold); then one call is sent to find out.
//! - **Caps.** Some endpoints limit concurrent calls. The client never exceeds the cap: a call that was
//!   dropped or timed out counts until its response has arrived. Once it is a call's turn, it is sent even
//!   if it is dropped at that moment.
//! - **Retries.** Calls are retried after broken connections and server errors if that is safe. A create
//!   that may have succeeded is never retried. If a failing server requests a wait, the retry does not come
//!   sooner; if the wait is longer than `max_hold` or than the policy allows, the error is returned
//!   immediately, and [`retry_after`](crate::Error::retry_after) has the wait. The same applies to the host
//!   of a [file](crate::Client::file_at), including its 429, which does not come from the store.
//!
//! # One quota for a store
//!
//! The quota belongs to the store. Clones of a [`Client`](crate::Client) and its handles share it, and
//! two clients of one store share it if they are built with it:
//!
//! ```no_run
//! use bigcommerce_client::Client;
//!
//! # fn example() -> Result<(), bigcommerce_client::Error> {
//! let orders = Client::builder("abc123", "token-for-orders").build()?;
//! let products = Client::builder("abc123", "token-for-products")
//!     .quota(orders.quota().clone())
//!     .build()?;
//! if let Some(left) = orders.quota().left() {
//!     println!("{} calls in the next {:?}", left.calls, left.renewed_in);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! Clients of different stores never wait for each other.
//!
//! # One quota for several processes
//!
//! Web servers and workers that use one store's token share its quota, but each sees only its own
//! calls until responses report the rest. With the feature `redis` they count in one place, a Redis
//! server of version 5 or later:
//!
//! ```
//! # #[cfg(all(feature = "redis", feature = "reqwest"))]
//! # fn example() -> Result<(), bigcommerce_client::Error> {
//! use bigcommerce_client::{Client, quota::{Quota, RedisQuota}};
//!
//! let shared = RedisQuota::new("redis://:password@127.0.0.1/", "abc123")?;
//! let store = Client::builder("abc123", "the-token").quota(Quota::shared(shared)).build()?;
//! # Ok(())
//! # }
//! ```
//!
//! Every process with the same server and the same store shares the quota; each store has a separate
//! one. A call checks with Redis before it is sent and reports the result afterwards. While Redis is
//! unreachable, each process uses its own count, and observers get a
//! [`Step::Unshared`](crate::observe::Step::Unshared). Concurrency caps are counted per process.
//!
//! To keep the budget elsewhere, in a database or another service, implement
//! [`Shared`](crate::quota::Shared): it admits a call or says how long to wait, and is passed what each
//! response reports.
//!
//! # How long a call may wait
//!
//! [`max_wait`](crate::ClientBuilder::max_wait) limits the wait for the quota and a free slot, five
//! minutes by default. A call that would wait longer fails with [`Busy`](crate::ErrorKind::Busy), and
//! [`Error::wait`](crate::Error::wait) says how long it would have been. Zero suits a web request that
//! must respond immediately.
//!
//! The [`timeout`](crate::ClientBuilder::timeout) is separate: it limits a single network attempt, 60
//! seconds by default. A response that arrived in time is still accepted if the program was busy with
//! something else in the meantime.
//!
//! ```
//! use std::time::Duration;
//! use bigcommerce_client::{Client, RetryPolicy};
//!
//! let store = Client::builder("abc123", "the-token")
//!     .timeout(Duration::from_secs(20))
//!     .max_wait(Duration::from_secs(10))
//!     .retry(RetryPolicy::standard().attempts(6).within(Duration::from_secs(120)))
//!     .build()?;
//! # Ok::<(), bigcommerce_client::Error>(())
//! ```
//!
//! # For a single call
//!
//! ```no_run
//! # bigcommerce_client::example!(["orders"] store:
//! use std::time::Duration;
//! use bigcommerce_client::{CallOptions, RetryPolicy};
//!
//! let now_or_never = CallOptions::new()
//!     .timeout(Duration::from_secs(3))
//!     .max_wait(Duration::ZERO)
//!     .retry(RetryPolicy::never());
//! let order = store.orders().get(118).with_options(now_or_never).await?;
//! # );
//! ```
//!
//! An update of a product's price is retried; one with an image without an `id`, which a second call might
//! add again, is not ([`repeatable_unless`](crate::catalogue::EndpointFacts::repeatable_unless)).
//! A call for which no source says whether a retry is safe is not retried either
//! ([`repeat_unknown`](crate::catalogue::EndpointFacts::repeat_unknown)).
//! [`CallOptions::idempotent`](crate::CallOptions::idempotent) overrides whether a call may be retried.
//!
//! # Observing
//!
//! An [`Observer`](crate::observe::Observer) receives each attempt, wait and retry as data, to count or
//! log them. It also receives wrong values, as [`Step::Doubted`](crate::observe::Step::Doubted) and
//! [`Step::Shortened`](crate::observe::Step::Shortened). With the feature `tracing` there is a span for
//! each call as well.
//!
//! ```
//! use bigcommerce_client::{Client, observe::{Observer, Signal, Step}};
//!
//! struct Waits;
//!
//! impl Observer for Waits {
//!     fn observe(&self, signal: &Signal<'_>) {
//!         if let Step::Waiting { why, expected } = signal.step {
//!             let call = signal.endpoint.map_or("a raw call", |endpoint| endpoint.id());
//!             eprintln!("{call} waits for {why}: {expected:?}");
//!         }
//!     }
//! }
//!
//! let store = Client::builder("abc123", "the-token").observer(Waits).build()?;
//! # Ok::<(), bigcommerce_client::Error>(())
//! ```
