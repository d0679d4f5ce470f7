//! Files at a URL that a call returned, often on another host: a theme, an export. The token is never
//! sent there, and an interrupted download is resumed where it stopped.

use std::fmt;
use std::future::poll_fn;
use std::time::Duration;

use bytes::Bytes;

use super::source::{Source, same};
use super::{Download, Pieces};
use crate::address::trusted;
use crate::call::{Pending, uri};
use crate::client::{Client, ReadOnlyClient};
use crate::clock::by;
use crate::error::Error;
use crate::secrets::{Secrets, of_query};
use crate::target::Target;
use crate::transport::{BoxError, ByteStream, Step, TransportError, Unfold};

/// The default maximum size of a file in bytes.
const LARGEST: u64 = 1024 * 1024 * 1024;

/// The default time limit for a file.
const LONGEST: Duration = Duration::from_secs(60 * 60);

type Progress = Box<dyn FnMut(u64, Option<u64>) + Send>;

/// A file at a URL that a call returned; created by [`Client::file_at`].
///
/// Awaiting it returns a [`Download`], whose content is read on demand. An interrupted transfer is resumed if
/// the host supports it and the file is unchanged, as often and with the waits that the client's
/// [`RetryPolicy`](crate::RetryPolicy) allows. Otherwise the connection error is returned. If the host
/// requests a wait, the retry does not come sooner, even after a 429, which is unrelated to the store's quota;
/// if the wait is longer than [`max_hold`](crate::quota::Quota::max_hold), the error is returned immediately.
///
/// ```no_run
/// # bigcommerce_client::example!(["themes"] store:
/// let theme = store.file_at("https://storage.example.com/theme.zip?signature=1").await?;
/// theme.save_to("theme.zip").await?;
/// # );
/// ```
#[must_use = "a file is requested only when this is awaited"]
pub struct FileAt {
    client: Client,
    address: String,
    most: u64,
    within: Duration,
    progress: Option<Progress>,
}

impl Client {
    /// A file at a URL that a call returned, such as a theme's `download_url` or an image. Such a URL
    /// carries its own authorization: neither the token nor any header of the client is sent, no redirect is
    /// followed, and no quota is used. It is not an API call: policies, observers and audit sinks do not see
    /// it.
    ///
    /// ```no_run
    /// # bigcommerce_client::example!(["themes"] store:
    /// let job = store.themes().wait_for_job("9b0d7f6e-2c1a-4f64").await?;
    /// let result = job.job().and_then(|job| job.result.as_ref());
    /// if let Some(address) = result.and_then(|result| result.download_url.as_deref()) {
    ///     let theme = store
    ///         .file_at(address)
    ///         .max_size(100 * 1024 * 1024)
    ///         .on_progress(|read, total| println!("{read} of {total:?}"))
    ///         .await?;
    ///     theme.save_to("theme.zip").await?;
    /// }
    /// # );
    /// ```
    pub fn file_at(&self, address: impl Into<String>) -> FileAt {
        FileAt {
            client: self.clone(),
            address: address.into(),
            most: LARGEST,
            within: LONGEST,
            progress: None,
        }
    }
}

impl ReadOnlyClient {
    /// A file at a URL that a call returned, like [`Client::file_at`].
    pub fn file_at(&self, address: impl Into<String>) -> FileAt {
        self.client().file_at(address)
    }
}

impl FileAt {
    /// The maximum size in bytes; 1 GiB by default. A larger file is an error, immediately if the host
    /// reports the size.
    pub const fn max_size(mut self, bytes: u64) -> Self {
        self.most = bytes;
        self
    }

    /// The time limit for the whole file; an hour by default. In addition, no chunk may take longer
    /// than the client's [timeout](crate::ClientBuilder::timeout).
    pub const fn within(mut self, time: Duration) -> Self {
        self.within = time;
        self
    }

    /// Calls `progress` after each chunk with the number of bytes read and, if the host reports it, the
    /// total.
    pub fn on_progress(mut self, progress: impl FnMut(u64, Option<u64>) + Send + 'static) -> Self {
        self.progress = Some(Box::new(progress));
        self
    }

    async fn open(self) -> Result<Download, Error> {
        let config = self.client.config();
        let (uri, host) = match trusted(&self.address) {
            // Percent-encodes what needs it, such as a space in a file name.
            Ok((url, _)) => {
                let host = url.origin().ascii_serialization();
                (uri(url.into()), host)
            }
            Err(why) => (Err(format!("its URL {why}")), "a file".to_owned()),
        };
        let target = Target::File(host.into());
        let uri = uri.map_err(|why| Error::request(target.clone(), why))?;
        let signatures = of_query(uri.query().unwrap_or_default());
        let hidden = signatures.iter().map(String::as_str);
        let secrets = Secrets::new(hidden.chain(self.client.tokens()));
        let now = config.clock.now();
        let end = now.checked_add(self.within);
        let mut source = Source {
            client: self.client,
            uri,
            target,
            end,
            same: None,
            tries: 0,
            since: Some(now),
        };
        let (mut head, stream, length) = source
            .first()
            .await
            .map_err(|error| error.without(secrets.clone()))?;
        source.same = same(&head.headers);
        secrets.mark(&mut head.headers);
        let large = || TransportError::too_large(usize::try_from(self.most).unwrap_or(usize::MAX));
        if length.is_some_and(|length| length > self.most) {
            let error = Error::cut_off(
                head.target,
                head.status,
                head.headers,
                Bytes::new(),
                large().into(),
            );
            return Err(error.without(secrets));
        }
        let most = source.client.config().limits.body;
        let coming = Coming {
            source,
            stream,
            read: 0,
            length,
            most: self.most,
            progress: self.progress,
        };
        Ok(Download(Pieces {
            head,
            stream: Box::pin(Unfold::of(coming, step)),
            length,
            read: 0,
            most,
            secrets,
        }))
    }
}

impl IntoFuture for FileAt {
    type Output = Result<Download, Error>;
    type IntoFuture = Pending<Download>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.open())
    }
}

impl fmt::Debug for FileAt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The URL may grant access to anyone who has it.
        f.debug_struct("FileAt")
            .field("max_size", &self.most)
            .field("within", &self.within)
            .finish_non_exhaustive()
    }
}

/// A file in progress.
struct Coming {
    source: Source,
    stream: ByteStream,
    read: u64,
    length: Option<u64>,
    most: u64,
    progress: Option<Progress>,
}

/// The next chunk.
fn step(mut coming: Coming) -> Step<Coming> {
    Box::pin(async move {
        loop {
            let left = coming.source.left();
            if left.is_zero() {
                // A file that arrived in time is complete, however late its end is noticed. Chunks that
                // arrived in the meantime are too late.
                return match coming.has_all() {
                    true => Ok(None),
                    false => Err(TransportError::timeout().into()),
                };
            }
            let next = poll_fn(|context| coming.stream.as_mut().poll_next(context));
            let failed: BoxError = match by(left, next).await {
                Some(Some(Ok(piece))) => {
                    coming.came(piece.len())?;
                    return Ok(Some((piece, coming)));
                }
                Some(None) if coming.is_whole() => return Ok(None),
                Some(None) => TransportError::broken("it ended prematurely").into(),
                // The connection failed after the last byte, so nothing is missing.
                Some(Some(Err(_))) if coming.has_all() => return Ok(None),
                Some(Some(Err(error))) => error,
                None => return Err(TransportError::timeout().into()),
            };
            coming.go_on(failed).await?;
        }
    })
}

impl Coming {
    fn came(&mut self, bytes: usize) -> Result<(), BoxError> {
        if bytes > 0 {
            self.source.tries = 0;
            self.source.since = None;
        }
        self.read += u64::try_from(bytes).unwrap_or(u64::MAX);
        if self.read > self.most {
            let most = usize::try_from(self.most).unwrap_or(usize::MAX);
            return Err(TransportError::too_large(most).into());
        }
        if let Some(progress) = &mut self.progress {
            progress(self.read, self.length);
        }
        Ok(())
    }

    fn is_whole(&self) -> bool {
        self.length.is_none() || self.has_all()
    }

    /// Whether the announced length was received.
    fn has_all(&self) -> bool {
        self.length.is_some_and(|length| self.read >= length)
    }

    /// Resumes the download where it was interrupted.
    ///
    /// # Errors
    ///
    /// Returns the error of the interruption, if it cannot be resumed.
    async fn go_on(&mut self, failed: BoxError) -> Result<(), BoxError> {
        if self.source.same.is_none() || self.length.is_none() {
            return Err(failed);
        }
        let mut asked = None;
        while self.source.again(asked).await {
            match self.source.ask(self.read).await {
                Ok((_, stream, _)) => {
                    self.stream = stream;
                    return Ok(());
                }
                Err(error) if error.is_retryable() => asked = error.retry_after(),
                Err(error) => return Err(error.into()),
            }
        }
        Err(failed)
    }
}
