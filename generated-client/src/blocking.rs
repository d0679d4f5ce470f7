//! Waiting for calls without `async`, for scripts. Calls and types are the same as in `async` code;
//! this module only waits for them, on its own runtime.

use std::fmt;
use std::ops::Deref;
use std::path::PathBuf;
use std::pin::{Pin, pin};
use std::sync::OnceLock;

use bytes::Bytes;
use tokio::runtime::{Builder, Handle, Runtime};

use crate::call::Pending;
use crate::download::{Download, EventStream, FileAt, ServerEvent};
use crate::error::Error;
use crate::json::Decode;
use crate::page::{First, Items, Page, Pages};

/// Waits for a call.
///
/// # Errors
///
/// Returns an error if the call fails, or if it is made inside `async` code, which must not be
/// blocked. A thread of `spawn_blocking` belongs to the runtime as well, and cannot be
/// distinguished from one that runs `async` code.
pub(crate) fn wait<T>(pending: Pending<T>) -> Result<T, Error> {
    run(pending)?
}

/// Runs a future to its end. The runtime's part is compiled once, instead of once for each of the hundreds of
/// calls: that was a fifth of the crate's code.
fn run<T>(future: impl Future<Output = T>) -> Result<T, Error> {
    let mut output = None;
    {
        let future: Pin<&mut dyn Future<Output = ()>> = pin!(async { output = Some(future.await) });
        runtime()?.block_on(future);
    }
    output.ok_or_else(|| Error::build("the runtime for blocking calls stopped"))
}

/// The runtime of all blocking calls, so that they share their connections.
fn runtime() -> Result<&'static Runtime, Error> {
    static RUNTIME: OnceLock<Result<Runtime, String>> = OnceLock::new();

    if Handle::try_current().is_ok() {
        return Err(Error::build(
            "`blocking` must not be used on the threads of an async runtime, which it would block: use \
             `.await` there, and in `spawn_blocking` wait with `Handle::block_on`",
        ));
    }
    let made = RUNTIME.get_or_init(|| {
        Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("bigcommerce-client")
            .enable_all()
            .build()
            .map_err(|error| error.to_string())
    });
    made.as_ref()
        .map_err(|error| Error::build(format!("no runtime for blocking calls: {error}")))
}

/// The next element of a list, which ends after its first error.
pub(crate) fn next<L, T>(
    list: &mut Option<L>,
    ask: impl AsyncFnOnce(&mut L) -> Result<Option<T>, Error>,
) -> Option<Result<T, Error>> {
    let of = list.as_mut()?;
    let next = run(ask(of)).and_then(|next| next);
    if next.is_err() {
        *list = None;
    }
    next.transpose()
}

impl FileAt {
    /// Requests the file and waits for the start of the response, for code that is not `async`. Read it with
    /// [`Download::blocking`].
    ///
    /// # Errors
    ///
    /// Returns an error if awaiting it would fail, or if it is called inside `async` code.
    pub fn blocking(self) -> Result<Download, Error> {
        wait(self.into_future())
    }
}

/// A file that is read without `async`, as an iterator over its chunks, completely into memory, or to disk;
/// created by [`Download::blocking`]. It can be used like its [`Download`], which has the name, the type and the
/// size.
///
/// ```no_run
/// # #[cfg(feature = "reqwest")]
/// # fn example() -> Result<(), bigcommerce_client::Error> {
/// # let store = bigcommerce_client::Client::new("abc123", "token")?;
/// let file = store.file_at("https://files.example.com/theme.zip").blocking()?.blocking();
/// println!("{:?} bytes", file.length());
/// file.save_to("theme.zip")?;
/// # Ok(())
/// # }
/// ```
#[must_use = "a file is read only when it is asked for"]
pub struct BlockingDownload {
    file: Download,
    /// Whether it came to its end, or failed.
    over: bool,
}

impl BlockingDownload {
    /// The whole file in memory.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`Download::bytes`], and an error inside `async` code.
    pub fn bytes(self) -> Result<Bytes, Error> {
        run(self.file.bytes())?
    }

    /// Saves the file to disk, and returns its size.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`Download::save_to`], and an error inside `async` code.
    pub fn save_to(self, path: impl Into<PathBuf>) -> Result<u64, Error> {
        run(self.file.save_to(path))?
    }
}

impl Deref for BlockingDownload {
    type Target = Download;

    fn deref(&self) -> &Download {
        &self.file
    }
}

impl Iterator for BlockingDownload {
    type Item = Result<Bytes, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.over {
            return None;
        }
        let next = run(self.file.try_next()).and_then(|next| next);
        self.over = !matches!(next, Ok(Some(_)));
        next.transpose()
    }
}

impl fmt::Debug for BlockingDownload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("BlockingDownload").field(&self.file).finish()
    }
}

impl Download {
    /// The same file for code that is not `async`.
    ///
    /// ```no_run
    /// # #[cfg(feature = "reqwest")]
    /// # fn example() -> Result<(), bigcommerce_client::Error> {
    /// # let store = bigcommerce_client::Client::new("abc123", "token")?;
    /// let file = store.file_at("https://files.example.com/logo.png").blocking()?;
    /// println!("{} bytes", file.blocking().bytes()?.len());
    /// # Ok(())
    /// # }
    /// ```
    pub const fn blocking(self) -> BlockingDownload {
        BlockingDownload {
            file: self,
            over: false,
        }
    }
}

/// An iterator over the items of a list; created by [`Items::blocking`].
///
/// ```no_run
/// # #[cfg(feature = "brands")]
/// # fn example() -> Result<(), bigcommerce_client::Error> {
/// # let store = bigcommerce_client::Client::new("abc123", "token")?;
/// for brand in store.brands().list().stream().blocking() {
///     println!("{}", brand?.id);
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "an iterator does nothing until it is used"]
pub struct BlockingItems<T>(Option<Items<T>>);

impl<T: Decode> Iterator for BlockingItems<T> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        next(&mut self.0, async |list| list.try_next().await)
    }
}

impl<T> fmt::Debug for BlockingItems<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("BlockingItems").field(&self.0).finish()
    }
}

/// An iterator over the pages of a list; created by [`Pages::blocking`].
#[must_use = "an iterator does nothing until it is used"]
pub struct BlockingPages<T>(Option<Pages<T>>);

impl<T: Decode> Iterator for BlockingPages<T> {
    type Item = Result<Page<T>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        next(&mut self.0, async |list| list.try_next().await)
    }
}

impl<T> fmt::Debug for BlockingPages<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("BlockingPages").field(&self.0).finish()
    }
}

/// An iterator over the events of a stream; created by [`EventStream::blocking`].
#[must_use = "an iterator does nothing until it is used"]
pub struct BlockingEvents<T>(Option<EventStream<T>>);

impl<T> Iterator for BlockingEvents<T> {
    type Item = Result<ServerEvent<T>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let stream = self.0.as_mut()?;
        match run(stream.try_next()) {
            Ok(next) => next.transpose(),
            Err(error) => {
                self.0 = None;
                Some(Err(error))
            }
        }
    }
}

impl<T> fmt::Debug for BlockingEvents<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("BlockingEvents").field(&self.0).finish()
    }
}

impl<T> EventStream<T> {
    /// The same events for code that is not `async`. In `async` code it yields only an error of the
    /// kind [`Build`](crate::ErrorKind::Build).
    ///
    /// ```no_run
    /// # fn example(store: bigcommerce_client::Client) -> Result<(), bigcommerce_client::Error> {
    /// # use bigcommerce_client::catalogue::Method;
    /// # let path = "/v3/infrastructure/logs/9b0d7f6e-2c1a-4f64-a1d5-3f0a7c2e8b11/tail";
    /// let events = store.raw(Method::Get, path).events().blocking()?.into_value();
    /// for event in events.blocking() {
    ///     println!("{}", event?.data);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub const fn blocking(self) -> BlockingEvents<T> {
        BlockingEvents(Some(self))
    }
}

impl<T: Decode> Items<T> {
    /// The same list for code that is not `async`. In `async` code it yields only an error of the
    /// kind [`Build`](crate::ErrorKind::Build).
    ///
    /// ```no_run
    /// # #[cfg(feature = "brands")]
    /// # fn example(store: bigcommerce_client::Client) -> Result<(), bigcommerce_client::Error> {
    /// let stream = store.brands().list().stream();
    /// let brands: Vec<_> = stream.blocking().take(10).collect::<Result<_, _>>()?;
    /// # Ok(())
    /// # }
    /// ```
    pub const fn blocking(self) -> BlockingItems<T> {
        BlockingItems(Some(self))
    }
}

impl<T: Decode> Pages<T> {
    /// The same list for code that is not `async`. In `async` code it yields only an error of the
    /// kind [`Build`](crate::ErrorKind::Build).
    ///
    /// ```no_run
    /// # #[cfg(feature = "brands")]
    /// # fn example(store: bigcommerce_client::Client) -> Result<(), bigcommerce_client::Error> {
    /// for page in store.brands().list().pages().blocking() {
    ///     let page = page?;
    ///     println!("{} of {:?} brands", page.len(), page.total());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub const fn blocking(self) -> BlockingPages<T> {
        BlockingPages(Some(self))
    }
}

impl<T: Decode> First<T> {
    /// Sends the request and waits for the item, for code that is not `async`.
    ///
    /// ```no_run
    /// # #[cfg(feature = "brands")]
    /// # fn example(store: bigcommerce_client::Client) -> Result<(), bigcommerce_client::Error> {
    /// if let Some(brand) = store.brands().list().name("Acme").first().blocking()? {
    ///     println!("{}", brand.id);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if awaiting it would fail, or if it is called inside `async` code.
    pub fn blocking(self) -> Result<Option<T>, Error> {
        wait(self.into_future())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_thread_of_a_runtime_is_told_how_to_wait_there() {
        let blocking = tokio::task::spawn_blocking(|| runtime().err().map(|it| it.to_string()));
        let told = blocking.await.unwrap().unwrap();
        assert!(
            told.contains("`.await`") && told.contains("`Handle::block_on`"),
            "{told}"
        );
        assert!(runtime().is_err());
    }
}
