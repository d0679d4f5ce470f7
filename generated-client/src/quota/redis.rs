//! A quota stored in Redis, for several processes that use one store. Each query is an atomic Redis
//! script that uses the clock of Redis; nothing is decided here.

use std::fmt;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use redis::Script;
use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use secrecy::{ExposeSecret, SecretString};

use super::shared::{Asking, Decision, Settled, Shared};
use crate::error::Error;

/// Every call waits for Redis, so it must respond quickly or be skipped.
const TIMEOUT: Duration = Duration::from_millis(500);

/// The budget of one store in a Redis server of version 5 or later.
///
/// All processes that use the same server and the same store hash share it. Each store has one
/// small hash, under `bigcommerce:quota:{store_hash}`, which expires after a day without calls. If
/// Redis is unreachable, each process uses its own count.
///
/// This crate is built without TLS for Redis, so a URL with `rediss://` is rejected. The stored data
/// is not secret, but a password would be sent in plain text: use it within a private network, or
/// through a tunnel that ends on this machine.
///
/// ```
/// use bigcommerce_client::{Client, quota::{Quota, RedisQuota}};
///
/// # fn example() -> Result<(), bigcommerce_client::Error> {
/// let shared = RedisQuota::new("redis://:password@127.0.0.1/", "abc123")?;
/// let store = Client::builder("abc123", "the-token").quota(Quota::shared(shared)).build()?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct RedisQuota(Arc<Inner>);

struct Inner {
    server: redis::Client,
    /// Created by the first call, because only then there certainly is a runtime.
    connection: OnceLock<ConnectionManager>,
    key: String,
    take: Script,
    settle: Script,
}

impl RedisQuota {
    /// The budget of a store in the Redis server at this URL, such as `redis://127.0.0.1/`. The
    /// connection is opened by the first call, inside a tokio runtime.
    ///
    /// ```
    /// use bigcommerce_client::{ErrorKind, quota::RedisQuota};
    ///
    /// // Nothing is connected yet, so Redis need not run.
    /// let shared = RedisQuota::new("redis://127.0.0.1/", "abc123")?;
    ///
    /// let error = RedisQuota::new("rediss://:password@10.0.0.5/", "abc123").unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::Build);
    /// assert!(error.to_string().contains("TLS") && !error.to_string().contains("password"));
    /// # Ok::<(), bigcommerce_client::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the URL is invalid, or requires TLS with `rediss://`. The error does not
    /// repeat the URL, which may contain a password.
    pub fn new(url: impl Into<SecretString>, store_hash: &str) -> Result<Self, Error> {
        let url: SecretString = url.into();
        let url = url.expose_secret();
        Ok(Self(Arc::new(Inner {
            server: redis::Client::open(url).map_err(|_| unusable(url))?,
            connection: OnceLock::new(),
            key: format!("bigcommerce:quota:{store_hash}"),
            take: Script::new(include_str!("redis/take.lua")),
            settle: Script::new(include_str!("redis/settle.lua")),
        })))
    }
}

/// The error does not repeat the URL, which may contain a password.
fn unusable(url: &str) -> Error {
    let scheme = url.split(':').next().unwrap_or_default();
    let tls = ["rediss", "valkeys"];
    Error::build(if tls.iter().any(|tls| scheme.eq_ignore_ascii_case(tls)) {
        "the Redis URL requires TLS, which this crate is built without; use `redis://` \
         within a private network, or through a tunnel that ends on this machine"
    } else {
        "the Redis URL is invalid"
    })
}

impl Inner {
    /// The connection, which reconnects on its own.
    fn connection(&self) -> redis::RedisResult<ConnectionManager> {
        if let Some(connection) = self.connection.get() {
            return Ok(connection.clone());
        }
        let settings = ConnectionManagerConfig::new()
            .set_number_of_retries(1)
            .set_connection_timeout(Some(TIMEOUT))
            .set_response_timeout(Some(TIMEOUT));
        let new = ConnectionManager::new_lazy_with_config(self.server.clone(), settings)?;
        Ok(self.connection.get_or_init(|| new).clone())
    }
}

impl Shared for RedisQuota {
    fn take(&self) -> Asking<Decision> {
        let this = Arc::clone(&self.0);
        Box::pin(async move {
            let asked = this.take.key(&this.key);
            let (millis, ticket): (u64, u64) = asked.invoke_async(&mut this.connection()?).await?;
            Ok(match millis {
                0 => Decision::Go { ticket },
                millis => Decision::Wait(Duration::from_millis(millis)),
            })
        })
    }

    fn settle(&self, settled: Settled) -> Asking<()> {
        let this = Arc::clone(&self.0);
        Box::pin(async move {
            let reading = settled.reading;
            let number = |number: Option<u32>| number.map_or(-1, i64::from);
            let mut told = this.settle.key(&this.key);
            told.arg(i64::from(settled.sent))
                .arg(number(reading.left))
                .arg(number(reading.quota))
                .arg(millis(reading.window))
                .arg(millis(reading.reset))
                .arg(millis(settled.pause))
                .arg(settled.ticket)
                .arg(millis(Some(settled.max_hold)));
            let () = told.invoke_async(&mut this.connection()?).await?;
            Ok(())
        })
    }
}

/// A time in milliseconds, rounded up; -1 for none.
fn millis(time: Option<Duration>) -> i64 {
    let Some(time) = time else { return -1 };
    let millis = time.as_nanos().div_ceil(1_000_000);
    i64::try_from(millis).unwrap_or(i64::MAX)
}

/// Omits the URL, which may contain a password.
impl fmt::Debug for RedisQuota {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisQuota")
            .field("key", &self.0.key)
            .finish_non_exhaustive()
    }
}
