//! Files at a URL that a call returned, often on another host: a theme, an export. The token is never
//! sent there, and an interrupted download is resumed where it stopped.

use std::fmt;
use std::future::poll_fn;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::header::{
    ACCEPT, ACCEPT_ENCODING, ACCEPT_RANGES, CONTENT_ENCODING, CONTENT_RANGE, ETAG, IF_RANGE, RANGE,
    USER_AGENT,
};
use http::{HeaderMap, HeaderValue, StatusCode};

use super::{ANYTHING, Download, Pieces, once};
use crate::address::trusted;
use crate::call::{Pending, uri};
use crate::client::{Client, ReadOnlyClient};
use crate::clock::{by, chance};
use crate::error::Error;
use crate::response::Response;
use crate::secrets::{Secrets, of_query};
use crate::target::Target;
use crate::transport::{
    BoxError, ByteStream, Step, StreamBody, TransportError, Unfold, WantsStream,
};

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

/// The validator that shows that the file is unchanged, if the host supports ranges.
fn same(headers: &HeaderMap) -> Option<HeaderValue> {
    let ranges = headers.get(ACCEPT_RANGES)?;
    let tag = headers.get(ETAG)?;
    let is_strong = tag.as_bytes().starts_with(b"\"");
    (ranges == "bytes" && is_strong && !headers.contains_key(CONTENT_ENCODING)).then(|| tag.clone())
}

/// Where a file comes from.
struct Source {
    client: Client,
    uri: http::Uri,
    target: Target,
    /// When it must be complete.
    end: Option<Instant>,
    /// The validator that shows that it is unchanged.
    same: Option<HeaderValue>,
    /// The number of requests since the last received chunk.
    tries: u32,
    /// The time of that chunk.
    since: Option<Instant>,
}

type Opened = (Response<()>, ByteStream, Option<u64>);

impl Source {
    /// Requests the file, and retries if that may help.
    async fn first(&mut self) -> Result<Opened, Error> {
        loop {
            let error = match self.ask(0).await {
                Ok(opened) => return Ok(opened),
                Err(error) => error,
            };
            if !error.is_retryable() || !self.again(error.retry_after()).await {
                return Err(error);
            }
        }
    }

    /// Whether it may be requested once more, after a wait, which is no shorter than the host requested.
    async fn again(&mut self, asked: Option<Duration>) -> bool {
        let config = self.client.config();
        let now = config.clock.now();
        let since = *self.since.get_or_insert(now);
        self.tries = self.tries.saturating_add(1);
        let wait = config.retry.wait(self.tries, chance(&*config.clock));
        let asked = asked.unwrap_or_default();
        let wait = wait.max(asked);
        let passed = now.saturating_duration_since(since).saturating_add(wait);
        if !config.comes_back_after(asked)
            || !config.retry.allows(self.tries, passed)
            || self.left() <= wait
            || !config.budget.spend()
        {
            return false;
        }
        config.clock.sleep(wait).await;
        true
    }

    /// The remaining time.
    fn left(&self) -> Duration {
        let now = self.client.config().clock.now();
        let left = |end: Instant| end.saturating_duration_since(now);
        self.end.map_or(Duration::MAX, left)
    }

    /// Requests the file from a byte offset.
    async fn ask(&self, from: u64) -> Result<Opened, Error> {
        let config = self.client.config();
        let mut request = http::Request::new(Bytes::new());
        *request.uri_mut() = self.uri.clone();
        let headers = request.headers_mut();
        headers.insert(ACCEPT, ANYTHING);
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        headers.insert(USER_AGENT, config.user_agent.clone());
        if let Some(tag) = self.same.as_ref().filter(|_| from > 0) {
            let range = HeaderValue::try_from(format!("bytes={from}-"));
            let range =
                range.map_err(|error| Error::request(self.target.clone(), error.to_string()))?;
            headers.insert(RANGE, range);
            headers.insert(IF_RANGE, tag.clone());
        }
        let mut limits = config.limits;
        limits.timeout = limits.timeout.min(self.left());
        let idle = Some(limits.timeout);
        request.extensions_mut().insert(limits);
        request.extensions_mut().insert(WantsStream { idle });
        let answered = config.transport.answer(request).await;
        let failed = |source: BoxError| Error::transport(self.target.clone(), source);
        let (answer, broken) = match answered.map_err(TransportError::part) {
            Ok(answer) => (answer, None),
            // A rejection is one even if its body is cut off.
            Err((Some(begun), source)) if !begun.status().is_success() => (begun, Some(source)),
            Err((_, source)) => return Err(failed(source)),
        };
        let (mut head, body) = answer.into_parts();
        let target = self.target.clone();
        let expected = if from > 0 {
            StatusCode::PARTIAL_CONTENT
        } else {
            StatusCode::OK
        };
        if head.status != expected {
            return Err(if head.status.is_success() {
                let why = "the file has changed, or the host does not support ranges";
                Error::contradiction(target, head.status, head.headers, Bytes::new(), why)
            } else {
                Error::refused(target, head.status, head.headers, body).broken_by(broken)
            });
        }
        let contradicts = if from > 0 && !goes_on(&head.headers, from) {
            Some("the rest starts at a different position")
        } else if from == 0 && self.same.is_some() && self.same != same(&head.headers) {
            Some("the file has changed")
        } else {
            None
        };
        if let Some(why) = contradicts {
            let (status, headers) = (head.status, head.headers);
            return Err(Error::contradiction(
                target,
                status,
                headers,
                Bytes::new(),
                why,
            ));
        }
        let (length, stream) = match head.extensions.remove::<StreamBody>() {
            Some(stream) => (stream.length(), stream.pieces()),
            None => (u64::try_from(body.len()).ok(), once(body)),
        };
        let response = Response {
            value: (),
            status: head.status,
            headers: head.headers,
            body: Bytes::new(),
            target,
            oddities: Vec::new(),
        };
        Ok((response, stream, length))
    }
}

/// Whether a partial response starts at this offset.
fn goes_on(headers: &HeaderMap, from: u64) -> bool {
    let range = headers.get(CONTENT_RANGE).and_then(|it| it.to_str().ok());
    let begin = range.and_then(|it| it.strip_prefix("bytes ")?.split_once('-'));
    begin.is_some_and(|(begin, _)| begin.trim().parse() == Ok(from))
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
