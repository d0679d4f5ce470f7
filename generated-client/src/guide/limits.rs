//! The store's quota, caps, waits, retries and timeouts: what happens by itself and how to change it.
//!
//! # What happens by itself
//!
//! - **Quota.** Every response says how many calls the store has left. The client counts its own against
//!   that and waits when the window is spent. Nothing about a plan is written in the client.
//! - **429.** The call waits as long as the response asks, by its headers, the standard `Retry-After` among
//!   them, or by its body; or a growing time when it does not ask. Then it is sent again: it has not
//!   happened.
//! - **Wrong numbers.** What cannot be true, such as a quota of 0 or a wait of years, counts as not said.
//!   What could be true holds calls up for two minutes at most, or for as long as
//!   [`max_hold`](crate::quota::Quota::max_hold) says; then one call finds out.
//! - **Caps.** Some endpoints take only so many calls at once. The client never has more under way: a
//!   call whose caller has gone or timed out counts until its response has come. One whose caller goes
//!   before it is sent may still be sent.
//! - **Retries.** Connections that break and servers that fail are tried again where that is
//!   harmless. A create that may have happened never is. A server that fails and asks to be left alone is
//!   not asked again sooner: where that is for longer than `max_hold` or than the policy retries, the error
//!   comes at once, and [`retry_after`](crate::Error::retry_after) says for how long. The same holds for the
//!   host of a [file](crate::Client::file_at), also for its 429, which is none of the store.
//!
//! # One quota for a store
//!
//! The quota belongs to the store. Clones of a [`Client`](crate::Client) and its handles share it, and
//! two clients of one store share it when they are made with it:
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
//! Web servers and workers that use one store's token spend the same quota, and each of them sees only
//! its own calls until responses tell. With the feature `redis` they count in one place, a Redis
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
//! Every process that names the same server and the same store shares in it; each store has a quota of
//! its own. A call asks Redis before it goes out and reports afterwards what came of it. While Redis
//! cannot be reached, calls go on by what each process knows itself, and observers get a
//! [`Step::Unshared`](crate::observe::Step::Unshared). Caps on calls at once count in one process only.
//!
//! A budget that is kept elsewhere, in a database or another service, is a
//! [`Shared`](crate::quota::Shared) of your own: it lets a call go or says how long to wait, and is told
//! what each response said.
//!
//! # How long a call may wait
//!
//! [`max_wait`](crate::ClientBuilder::max_wait) bounds the wait for quota and turn, five minutes by
//! default. A call that would wait longer fails with [`Busy`](crate::ErrorKind::Busy), and
//! [`Error::wait`](crate::Error::wait) says how long it would have been. Zero suits a web request that
//! must respond now.
//!
//! The [`timeout`](crate::ClientBuilder::timeout) is another thing: it bounds one attempt on the
//! network, 60 seconds by default. A response that came in time is still taken when the program was
//! busy with something else meanwhile.
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
//! An update of a product's price is retried; one that has an image without an `id`, which a second call may
//! add once more, is not ([`repeatable_unless`](crate::catalogue::EndpointFacts::repeatable_unless)).
//! [`CallOptions::idempotent`](crate::CallOptions::idempotent) says that you know better whether a call
//! may be retried.
//!
//! # Observing
//!
//! An [`Observer`](crate::observe::Observer) gets each attempt, wait and retry as data: count them, or
//! log the waits. It gets wrong numbers too, as [`Step::Doubted`](crate::observe::Step::Doubted) and
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
//!             eprintln!("{call} waits for {why:?}: {expected:?}");
//!         }
//!     }
//! }
//!
//! let store = Client::builder("abc123", "the-token").observer(Waits).build()?;
//! # Ok::<(), bigcommerce_client::Error>(())
//! ```
