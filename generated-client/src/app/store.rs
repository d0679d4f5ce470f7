//! Where tokens are stored, and the two callbacks that change them.

use std::collections::HashMap;
use std::convert::Infallible;
use std::future::{Future, ready};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::error::InstallError;
use super::{App, Callback, Grant, PayloadError, SignedPayload};

/// Stores the tokens of an app, one per store.
///
/// Tokens give access to stores. Keep them encrypted.
///
/// ```
/// use bigcommerce_client::app::{Grant, TokenStore};
///
/// /// A table with a unique key on the store.
/// struct Database;
///
/// impl TokenStore for Database {
///     type Error = std::io::Error;
///
///     async fn put(&self, grant: &Grant) -> Result<(), std::io::Error> {
///         // insert .. on conflict (store_hash) do update ..
///         Ok(())
///     }
///
///     async fn get(&self, store_hash: &str) -> Result<Option<Grant>, std::io::Error> {
///         // select .. where store_hash = ..
///         Ok(None)
///     }
///
///     async fn remove(&self, store_hash: &str) -> Result<(), std::io::Error> {
///         // delete .. where store_hash = ..
///         Ok(())
///     }
/// }
/// ```
pub trait TokenStore: Send + Sync {
    /// Why a grant could not be stored or read. If it implements [`std::error::Error`], so do the errors of
    /// [`App::install`] and [`App::uninstall`]; a boxed error and `anyhow::Error` do not.
    type Error: Send;

    /// Stores a grant, replacing an existing one of the same store: when a merchant approves new
    /// scopes, the store is granted again and the old token is revoked.
    fn put(&self, grant: &Grant) -> impl Future<Output = Result<(), Self::Error>> + Send;

    /// The grant of a store.
    fn get(
        &self,
        store_hash: &str,
    ) -> impl Future<Output = Result<Option<Grant>, Self::Error>> + Send;

    /// Removes the grant of a store. It is not an error if there is none.
    fn remove(&self, store_hash: &str) -> impl Future<Output = Result<(), Self::Error>> + Send;
}

impl<S: TokenStore> TokenStore for Arc<S> {
    type Error = S::Error;

    fn put(&self, grant: &Grant) -> impl Future<Output = Result<(), S::Error>> + Send {
        (**self).put(grant)
    }

    fn get(
        &self,
        store_hash: &str,
    ) -> impl Future<Output = Result<Option<Grant>, S::Error>> + Send {
        (**self).get(store_hash)
    }

    fn remove(&self, store_hash: &str) -> impl Future<Output = Result<(), S::Error>> + Send {
        (**self).remove(store_hash)
    }
}

impl App {
    /// Handles the auth callback: parses the query, exchanges the code, compares the scopes with those the
    /// app wants, and stores the grant, replacing an older one.
    ///
    /// ```
    /// # #[cfg(feature = "reqwest")]
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use bigcommerce_client::app::{App, InstallError, MemoryTokens};
    ///
    /// let app = App::new("client id", "client secret", "https://app.example.com/auth")?;
    /// # let tokens = MemoryTokens::default();
    /// # let query = "error=access_denied";
    /// match app.install(query, &tokens).await {
    ///     Ok(grant) => println!("installed in {}", grant.store_hash),
    ///     Err(InstallError::MissingScopes { missing, .. }) => println!("the app needs {missing}"),
    ///     Err(InstallError::Callback(error)) => println!("{error}"), // the merchant did not agree
    ///     Err(error) => return Err(error.into()),
    /// }
    /// # Ok(())
    /// # }
    /// # #[cfg(not(feature = "reqwest"))]
    /// # fn main() {}
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if one of these steps fails. Nothing is stored then; a grant that was
    /// already received is in the error ([`into_grant`](InstallError::into_grant)), since the code
    /// cannot be used again.
    pub async fn install<T: TokenStore>(
        &self,
        query: &str,
        tokens: &T,
    ) -> Result<Grant, InstallError<T::Error>> {
        let callback = Callback::parse(query).map_err(InstallError::Callback)?;
        let grant = self.exchange(&callback).await;
        let grant = grant.map_err(InstallError::Exchange)?;
        let missing = grant.compare(self.wanted()).missing;
        if !missing.is_empty() {
            let grant = Box::new(grant);
            return Err(InstallError::MissingScopes { missing, grant });
        }
        match tokens.put(&grant).await {
            Ok(()) => Ok(grant),
            Err(error) => {
                let grant = Box::new(grant);
                Err(InstallError::Store { error, grant })
            }
        }
    }

    /// Handles the uninstall callback: verifies the payload and removes the grant.
    ///
    /// A callback that is older than the grant is a replay from before the app was reinstalled; the grant
    /// is then kept.
    ///
    /// The payload's own times have a minute of leeway, as in [`verify_jwt`](Self::verify_jwt). The
    /// comparison with the grant is precise to the second, with BigCommerce's clock for the payload and
    /// this machine's for the grant, and has no leeway: an old callback could otherwise remove a valid
    /// token. If this machine's clock is fast, an app that is uninstalled right after its installation
    /// keeps its grant, and its calls return 401 until the next installation replaces it.
    ///
    /// ```
    /// # bigcommerce_client::example!(["reqwest"]
    /// # use bigcommerce_client::app::{App, AppUser, Grant, MemoryTokens, SignedPayload, TokenStore};
    /// # let app = App::new("client id", "client secret", "https://app.example.com/auth")?;
    /// # let jwt = app.sign_jwt(&SignedPayload::new("abc123", AppUser::new(7, "ada@example.com")));
    /// # let query = format!("signed_payload_jwt={jwt}");
    /// # let tokens = MemoryTokens::default();
    /// tokens.put(&Grant::new("abc123", "the-token", "store_v2_orders".parse()?)).await?;
    ///
    /// let payload = app.uninstall(&query, &tokens).await?;
    /// assert_eq!(payload.store_hash, "abc123");
    /// assert!(tokens.get("abc123").await?.is_none());
    /// # );
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the payload is rejected or the grant cannot be removed.
    pub async fn uninstall<T: TokenStore>(
        &self,
        query: &str,
        tokens: &T,
    ) -> Result<SignedPayload, UninstallError<T::Error>> {
        let payload = self.load(query).map_err(UninstallError::Payload)?;
        let kept = tokens.get(&payload.store_hash).await;
        let kept = kept.map_err(UninstallError::Store)?;
        // Payload times are whole seconds.
        let old = |grant: &Grant| match payload.issued_at {
            Some(issued) => issued.as_second() < grant.granted_at.as_second(),
            None => true,
        };
        if kept.as_ref().is_some_and(|grant| !old(grant)) {
            let removed = tokens.remove(&payload.store_hash).await;
            removed.map_err(UninstallError::Store)?;
        }
        Ok(payload)
    }
}

/// Why an uninstall callback failed.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UninstallError<E> {
    /// The payload was rejected.
    Payload(PayloadError),
    /// The token store failed.
    Store(E),
}

impl<E: std::fmt::Display> std::fmt::Display for UninstallError<E> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Payload(error) => error.fmt(f),
            Self::Store(error) => write!(f, "the token could not be removed: {error}"),
        }
    }
}

impl<E: std::error::Error + 'static> std::error::Error for UninstallError<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            // The message contains that of the error itself.
            Self::Payload(error) => error.source(),
            Self::Store(error) => error.source(),
        }
    }
}

/// Keeps tokens in memory until the program ends. For tests and prototypes.
///
/// ```
/// use bigcommerce_client::app::{Grant, MemoryTokens, TokenStore};
///
/// # #[tokio::main]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let tokens = MemoryTokens::default();
/// tokens.put(&Grant::new("abc123", "first token", "store_v2_orders".parse()?)).await?;
/// tokens.put(&Grant::new("abc123", "second token", "store_v2_orders".parse()?)).await?;
/// assert!(tokens.get("abc123").await?.is_some());
/// tokens.remove("abc123").await?;
/// assert!(tokens.get("abc123").await?.is_none());
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Default)]
pub struct MemoryTokens(Mutex<HashMap<String, Grant>>);

impl MemoryTokens {
    fn grants(&self) -> MutexGuard<'_, HashMap<String, Grant>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl TokenStore for MemoryTokens {
    type Error = Infallible;

    fn put(&self, grant: &Grant) -> impl Future<Output = Result<(), Infallible>> + Send {
        self.grants()
            .insert(grant.store_hash.clone(), grant.clone());
        ready(Ok(()))
    }

    fn get(
        &self,
        store_hash: &str,
    ) -> impl Future<Output = Result<Option<Grant>, Infallible>> + Send {
        ready(Ok(self.grants().get(store_hash).cloned()))
    }

    fn remove(&self, store_hash: &str) -> impl Future<Output = Result<(), Infallible>> + Send {
        self.grants().remove(store_hash);
        ready(Ok(()))
    }
}
