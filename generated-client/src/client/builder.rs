//! The settings of a client that is being built.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use secrecy::SecretString;
use tower_service::Service;

use super::config::base;
use super::{Arc, Guard, pasted};
use crate::audit::AuditSink;
use crate::clock::{Clock, SystemClock};
use crate::observe::Observer;
use crate::policy::Policy;
use crate::quota::Quota;
use crate::retry::RetryPolicy;
use crate::scopes::ScopeSet;
use crate::transport::{BoxError, Limits, Transport};

/// Settings for a [`Client`](super::Client).
///
/// ```
/// # #[cfg(feature = "reqwest")] {
/// use std::time::Duration;
/// use bigcommerce_client::{Client, RetryPolicy};
///
/// let store = Client::builder("abc123", "the-token")
///     .user_agent("my-app/1.0")
///     .timeout(Duration::from_secs(20))
///     .max_wait(Duration::from_secs(60))
///     .retry(RetryPolicy::standard().attempts(6))
///     .retry_budget(100)
///     .build()?;
/// # }
/// # Ok::<(), bigcommerce_client::Error>(())
/// ```
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder {
    pub(super) store_hash: String,
    pub(super) token: SecretString,
    pub(super) base_url: Option<String>,
    pub(super) user_agent: Option<String>,
    pub(super) limits: Limits,
    pub(super) transport: Option<Transport>,
    pub(super) quota: Quota,
    pub(super) max_wait: Duration,
    pub(super) strict: bool,
    pub(super) retry: RetryPolicy,
    pub(super) retry_budget: u32,
    pub(super) observers: Vec<Arc<dyn Observer>>,
    pub(super) granted: Option<ScopeSet>,
    /// The sinks, and whether a write requires them.
    pub(super) audit: Vec<(Arc<dyn AuditSink>, bool)>,
    pub(super) guard: Guard,
    pub(super) clock: Arc<dyn Clock>,
}

impl ClientBuilder {
    pub(super) fn new(store_hash: String, token: SecretString) -> Self {
        let limits = Limits {
            timeout: Duration::from_secs(60),
            body: 64 * 1024 * 1024,
        };
        Self {
            store_hash,
            token,
            base_url: None,
            user_agent: None,
            limits,
            transport: None,
            quota: Quota::new(),
            max_wait: Duration::from_secs(300),
            strict: false,
            retry: RetryPolicy::standard(),
            retry_budget: 50,
            observers: Vec::new(),
            granted: None,
            audit: Vec::new(),
            guard: Guard::default(),
            clock: Arc::new(SystemClock),
        }
    }

    /// Another host than BigCommerce's own, such as a mock on this machine:
    /// `http://127.0.0.1:8080`. `/stores/{store_hash}` is added to it, unless it already ends so.
    ///
    /// Calls to other servers, such as the one for payments, use it as well, with the path of their own
    /// host below it.
    ///
    /// Without TLS only this machine is allowed, because every request carries the token.
    ///
    /// ```
    /// # #[cfg(feature = "reqwest")] {
    /// use bigcommerce_client::Client;
    ///
    /// let local = "http://127.0.0.1:8080";
    /// let store = Client::builder("abc123", "the-token").base_url(local).build()?;
    /// assert_eq!(store.base_url(), "http://127.0.0.1:8080/stores/abc123");
    ///
    /// let unsafe_host = Client::builder("abc123", "the-token").base_url("http://example.com");
    /// assert!(unsafe_host.build().is_err());
    /// # }
    /// # Ok::<(), bigcommerce_client::Error>(())
    /// ```
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// How long one attempt of a call may take, from the connection to the last byte. The default is 60
    /// seconds. It is not extended if the program is busy with something else, but a response that
    /// arrived in time is still accepted. [`retry`](Self::retry) limits the number of attempts, and
    /// [`max_wait`](Self::max_wait) the waits before them.
    ///
    /// A custom transport finds it in the [`Limits`] of the request.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.limits.timeout = timeout;
        self
    }

    /// The maximum size of a response body in bytes, decompressed. The default is 64 MiB. A larger
    /// error response is truncated.
    pub fn max_body(mut self, bytes: usize) -> Self {
        self.limits.body = bytes;
        self
    }

    /// The name and version of your program, which is prepended to this crate's own in the user
    /// agent.
    ///
    /// ```
    /// # #[cfg(feature = "reqwest")] {
    /// use bigcommerce_client::Client;
    ///
    /// let named = Client::builder("abc123", "the-token").user_agent("stock-sync/2.1");
    /// let store = named.build()?;
    /// assert!(Client::builder("abc123", "the-token").user_agent("two\nlines").build().is_err());
    /// # }
    /// # Ok::<(), bigcommerce_client::Error>(())
    /// ```
    pub fn user_agent(mut self, name: impl Into<String>) -> Self {
        self.user_agent = Some(name.into());
        self
    }

    /// Sends requests through another transport; see [`transport`](crate::transport).
    ///
    /// ```
    /// # #[cfg(feature = "reqwest")] {
    /// use bigcommerce_client::{Client, transport::HttpTransport};
    ///
    /// let wire = HttpTransport::new()?; // Add layers here.
    /// let store = Client::builder("abc123", "the-token").transport(wire).build()?;
    /// # }
    /// # Ok::<(), bigcommerce_client::Error>(())
    /// ```
    pub fn transport<S>(mut self, service: S) -> Self
    where
        S: Service<http::Request<Bytes>, Response = http::Response<Bytes>> + Clone,
        S: Send + Sync + 'static,
        S::Future: Send + 'static,
        S::Error: Into<BoxError>,
    {
        self.transport = Some(Transport::new(service));
        self
    }

    /// The quota that the client shares with other clients of the same store; see
    /// [`quota`](crate::quota). By default it has its own.
    ///
    /// ```
    /// # #[cfg(feature = "reqwest")] {
    /// use bigcommerce_client::{Client, quota::Quota};
    ///
    /// let quota = Quota::new();
    /// let reader = Client::builder("abc123", "token-to-read").quota(quota.clone()).build()?;
    /// let writer = Client::builder("abc123", "token-to-write").quota(quota.clone()).build()?;
    /// // A quota belongs to one store.
    /// assert!(Client::builder("def456", "token").quota(quota).build().is_err());
    /// # }
    /// # Ok::<(), bigcommerce_client::Error>(())
    /// ```
    pub fn quota(mut self, quota: Quota) -> Self {
        self.quota = quota;
        self
    }

    /// How long a call may wait in total for the quota and a free slot. The default is five minutes. A call
    /// that would wait longer fails with [`ErrorKind::Busy`](crate::ErrorKind::Busy), without waiting if
    /// that is known in advance. With zero, no call waits.
    pub fn max_wait(mut self, wait: Duration) -> Self {
        self.max_wait = wait;
        self
    }

    /// Makes a value of the wrong type an error of the whole response.
    ///
    /// Otherwise such a value, for example 3.2 for an integer, affects only itself: its field is
    /// empty, its JSON is kept in the [`rest`](crate::Rest) of its record, and the record, the page
    /// ([`Page::oddities`](crate::Page::oddities)), the response and every
    /// [`Observer`](crate::observe::Observer) report it. It is always an error in the field that
    /// identifies the record.
    pub fn strict(mut self, strict: bool) -> Self {
        self.strict = strict;
        self
    }

    /// When calls are retried. The default is [`RetryPolicy::standard`].
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// The retry budget of all calls together; ten successful calls add one retry. Waits for
    /// the quota do not count. The default is 50.
    pub fn retry_budget(mut self, repetitions: u32) -> Self {
        self.retry_budget = repetitions;
        self
    }

    /// Notifies an observer of what happens to each call; see [`observe`](crate::observe). There may be
    /// several.
    ///
    /// ```
    /// use bigcommerce_client::{Client, observe::{Observer, Signal, Step}};
    ///
    /// struct Slow;
    ///
    /// impl Observer for Slow {
    ///     fn observe(&self, signal: &Signal<'_>) {
    ///         if let Step::Waiting { why, expected } = signal.step {
    ///             eprintln!("call {} waits for {why:?}: {expected:?}", signal.call);
    ///         }
    ///     }
    /// }
    ///
    /// let builder = Client::builder("abc123", "the-token").observer(Slow);
    /// ```
    pub fn observer(mut self, observer: impl Observer) -> Self {
        self.observers.push(Arc::new(observer));
        self
    }

    /// The granted scopes of the token. A call that needs another one fails with
    /// [`ErrorKind::Scope`](crate::ErrorKind::Scope) before anything is sent, and a 403 names the granted
    /// scopes that were not sufficient; see [`scopes`](crate::scopes). Raw calls to paths that are not in
    /// the catalogue are left to the API.
    ///
    /// ```
    /// use bigcommerce_client::{Client, Scope, scopes::ScopeSet};
    ///
    /// let builder = Client::builder("abc123", "the-token").granted([Scope::ProductsRead]);
    /// // As returned by the token exchange:
    /// let granted: ScopeSet = "store_v2_products_read_only store_v2_orders".parse()?;
    /// let builder = Client::builder("abc123", "the-token").granted(granted);
    /// # Ok::<(), std::convert::Infallible>(())
    /// ```
    pub fn granted(mut self, scopes: impl Into<ScopeSet>) -> Self {
        self.granted = Some(scopes.into());
        self
    }

    /// The access policy of the client; see [`policy`](crate::policy). If there are several, each
    /// must allow a call. Without one, every call is allowed.
    ///
    /// ```
    /// # bigcommerce_client::example!(["brands", "reqwest"]
    /// use bigcommerce_client::{Client, Group, policy::{Level, Policy}};
    ///
    /// let policy = Policy::new().group(Group::Brands, Level::Read);
    /// let store = Client::builder("abc123", "the-token").policy(policy).build()?;
    /// let error = store.brands().delete(7).await.unwrap_err();
    /// assert!(error.is_denied(), "nothing was sent");
    /// # );
    /// ```
    pub fn policy(mut self, policy: Policy) -> Self {
        self.guard.policies.push(policy);
        self
    }

    /// On whose behalf calls are made, for the audit record. It is never sent.
    pub fn actor(mut self, name: impl Into<String>) -> Self {
        self.guard.actor = Some(name.into());
        self
    }

    /// Records each call and each denial in a sink; see [`audit`](crate::audit). There may be several.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use bigcommerce_client::{Client, audit::JsonLines};
    ///
    /// // One log for the calls of two stores.
    /// let log = Arc::new(JsonLines::new(std::io::stderr()));
    /// let one = Client::builder("abc123", "its-token").audit(Arc::clone(&log));
    /// let other = Client::builder("def456", "another-token").audit(log);
    /// ```
    pub fn audit(mut self, sink: impl AuditSink) -> Self {
        self.audit.push((Arc::new(sink), false));
        self
    }

    /// Like [`audit`](Self::audit), but no call that may change the store is sent before this sink
    /// has recorded its intent. If the sink fails, panics or takes longer than half of the call's
    /// timeout, the call fails as [`ErrorKind::Unrecorded`](crate::ErrorKind::Unrecorded).
    ///
    /// ```
    /// # bigcommerce_client::example!(["brands", "reqwest"]
    /// use std::io;
    /// use bigcommerce_client::{Client, ErrorKind, audit::{AuditSink, Record}};
    ///
    /// struct Full;
    ///
    /// impl AuditSink for Full {
    ///     fn record(&self, _: &Record<'_>) -> io::Result<()> {
    ///         Err(io::ErrorKind::StorageFull.into())
    ///     }
    /// }
    ///
    /// let store = Client::builder("abc123", "the-token").required_audit(Full).build()?;
    /// let error = store.brands().delete(7).await.unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::Unrecorded);
    /// assert!(!error.may_have_happened(), "nothing was sent");
    /// # );
    /// ```
    pub fn required_audit(mut self, sink: impl AuditSink) -> Self {
        self.audit.push((Arc::new(sink), true));
        self
    }

    /// Replaces the system clock; see [`clock`](crate::clock). Clients that share a quota must share the
    /// clock too. With the default clock, a call that waits needs a tokio runtime.
    ///
    /// ```
    /// use std::time::{Duration, Instant};
    /// use bigcommerce_client::{Client, clock::{Clock, Sleep}};
    ///
    /// /// Logs how long it waits.
    /// struct Told;
    ///
    /// impl Clock for Told {
    ///     fn now(&self) -> Instant {
    ///         Instant::now()
    ///     }
    ///
    ///     fn sleep(&self, wait: Duration) -> Sleep {
    ///         eprintln!("waiting {wait:?}");
    ///         Box::pin(tokio::time::sleep(wait))
    ///     }
    /// }
    ///
    /// let builder = Client::builder("abc123", "the-token").clock(Told);
    /// ```
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Arc::new(clock);
        self
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The invalid values may be misplaced secrets: a token that was passed first, or the password in
        // a URL.
        let hash = pasted::store_hash(&self.store_hash).ok();
        let usable = |url: &&str| base(Some(*url), hash.as_deref().unwrap_or_default()).is_ok();
        let url = self.base_url.as_deref().filter(usable);
        f.debug_struct("ClientBuilder")
            .field("store_hash", &hash)
            .field("base_url", &url)
            .field("user_agent", &self.user_agent)
            .field("limits", &self.limits)
            .field("max_wait", &self.max_wait)
            .field("strict", &self.strict)
            .field("retry", &self.retry)
            .finish_non_exhaustive()
    }
}
