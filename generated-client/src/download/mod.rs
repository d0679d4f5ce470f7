//! Streamed responses: files, which are passed to the caller or written to disk in chunks, also from a
//! URL that a call returned, and event streams.

mod address;
mod event;
mod events;
mod limited;
mod lines;
mod name;
mod progress;
mod reconnect;
mod source;

use std::fmt;
use std::future::poll_fn;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http::HeaderValue;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};

pub use address::FileAt;
pub use event::ServerEvent;
pub use events::EventStream;
use reconnect::Reconnect;
pub(crate) use reconnect::Repeat;

use crate::call::{Call, Pending, Raw, once};
use crate::disk::Writing;
use crate::error::Error;
use crate::json::Decode;
use crate::response::{Received, Response};
use crate::secrets::Secrets;
use crate::transport::{BoxError, ByteStream, TransportError};

/// A file that a call returns.
///
/// Its content is read on demand: as a stream of chunks, completely into memory, or to disk. It is what
/// the API sent; nothing is redacted.
///
/// ```no_run
/// # bigcommerce_client::example!([] store:
/// use bigcommerce_client::catalogue::Method;
///
/// let path = "/v3/storefront/redirects/imex/export/9b0d7f6e-2c1a-4f64-a1d5-3f0a7c2e8b11/download";
/// let file = store.raw(Method::Get, path).download().await?.into_value();
/// println!("{:?}, {:?} bytes", file.file_name(), file.length());
/// file.save_to("redirects.csv").await?;
/// # );
/// ```
#[must_use = "a file is read only when it is requested"]
pub struct Download(Pieces);

/// The body of a response, and the chunk that was already read from it.
struct Pieces {
    head: Received,
    stream: ByteStream,
    length: Option<u64>,
    /// How many bytes of it were read.
    read: u64,
    /// How many bytes of it may be kept in memory.
    most: usize,
    /// What must be redacted in everything derived from it.
    secrets: Secrets,
}

impl Pieces {
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        let piece = ready!(self.stream.as_mut().poll_next(context));
        if let Some(Ok(piece)) = &piece {
            let bytes = u64::try_from(piece.len()).unwrap_or(u64::MAX);
            self.read = self.read.saturating_add(bytes);
        }
        Poll::Ready(piece.map(|piece| piece.map_err(|source| self.broken(source))))
    }

    /// The body was cut off.
    fn broken(&self, source: BoxError) -> Error {
        let Received {
            target,
            status,
            headers,
            ..
        } = &self.head;
        Error::cut_off(
            target.clone(),
            *status,
            headers.clone(),
            Bytes::new(),
            source,
        )
        .without(self.secrets.clone())
    }

    fn too_large(&self) -> Error {
        self.broken(TransportError::too_large(self.most).into())
    }

    /// Closes the connection: nothing more of the body is read.
    fn close(&mut self) {
        self.stream = once(Bytes::new());
    }
}

impl Download {
    /// The file name from the API, without any folder; `None` if there is none.
    pub fn file_name(&self) -> Option<String> {
        let said = self.0.head.headers.get(CONTENT_DISPOSITION)?;
        name::of(said.to_str().ok()?)
    }

    /// The media type, such as `text/csv`.
    pub fn content_type(&self) -> Option<&str> {
        self.0.head.headers.get(CONTENT_TYPE)?.to_str().ok()
    }

    /// The size in bytes; `None` if the API does not report it.
    pub const fn length(&self) -> Option<u64> {
        self.0.length
    }

    /// Calls `progress` after each chunk with the number of bytes read so far and, if the API reports it,
    /// the total.
    ///
    /// ```no_run
    /// # bigcommerce_client::example!(["content"] store:
    /// let file = store
    ///     .redirects()
    ///     .download_export("9b0d7f6e-2c1a-4f64-a1d5-3f0a7c2e8b11")
    ///     .await?
    ///     .on_progress(|read, total| println!("{read} of {total:?}"));
    /// file.save_to("redirects.csv").await?;
    /// # );
    /// ```
    pub fn on_progress(self, progress: impl FnMut(u64, Option<u64>) + Send + 'static) -> Self {
        let Self(mut pieces) = self;
        let progress = Box::new(progress);
        let (read, total) = (pieces.read, pieces.length);
        let counted = progress::Counted::of(pieces.stream, read, total, progress);
        pieces.stream = Box::pin(counted);
        Self(pieces)
    }

    /// The maximum size in bytes; unlimited by default. Reading a larger file is an error of the kind
    /// [`TooLarge`](crate::ErrorKind::TooLarge), immediately if the API reports the size.
    ///
    /// A file at a URL has a limit of its own, 1 GiB by default, which only
    /// [`FileAt::max_size`] raises; the smaller of the two counts.
    pub fn max_size(self, bytes: u64) -> Self {
        let Self(mut pieces) = self;
        let (read, total) = (pieces.read, pieces.length);
        let limited = limited::Limited::of(pieces.stream, read, total, bytes);
        pieces.stream = Box::pin(limited);
        Self(pieces)
    }

    /// The next chunk; `None` at the end.
    ///
    /// # Errors
    ///
    /// Returns an error if the connection fails.
    pub async fn try_next(&mut self) -> Result<Option<Bytes>, Error> {
        poll_fn(|context| self.0.poll(context)).await.transpose()
    }

    /// The whole file in memory.
    ///
    /// # Errors
    ///
    /// Returns an error if the connection fails, or if the file is larger than the maximum body
    /// size; see [`ClientBuilder::max_body`](crate::ClientBuilder::max_body).
    pub async fn bytes(mut self) -> Result<Bytes, Error> {
        let mut whole = BytesMut::new();
        while let Some(piece) = self.try_next().await? {
            if whole.len() + piece.len() > self.0.most {
                return Err(self.0.too_large());
            }
            whole.extend_from_slice(&piece);
        }
        Ok(whole.freeze())
    }

    /// Writes the file to disk, replacing an existing one, and returns its size in bytes. It gets its name
    /// only once it is complete.
    ///
    /// # Errors
    ///
    /// Returns an error if the connection fails, and with
    /// [`ErrorKind::File`](crate::ErrorKind::File) when the file cannot be written.
    pub async fn save_to(mut self, path: impl Into<PathBuf>) -> Result<u64, Error> {
        let target = self.0.head.target.clone();
        let failed = |error: std::io::Error| Error::file(target.clone(), error);
        let mut file = Writing::to(path.into()).await.map_err(failed)?;
        let mut count = 0;
        while let Some(piece) = self.try_next().await? {
            count += u64::try_from(piece.len()).unwrap_or(u64::MAX);
            file = file.write(piece).await.map_err(failed)?;
        }
        file.finish().await.map_err(failed)?;
        Ok(count)
    }
}

impl Stream for Download {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll(context)
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.file_name();
        let name = name.as_deref().map(|name| self.0.secrets.text(name));
        f.debug_struct("Download")
            .field("file_name", &name)
            .field("content_type", &self.content_type())
            .field("length", &self.length())
            .finish_non_exhaustive()
    }
}

const ANYTHING: HeaderValue = HeaderValue::from_static("*/*");
const EVENTS: HeaderValue = HeaderValue::from_static("text/event-stream");

/// The response as a file.
pub(crate) fn file(raw: Raw) -> Response<Download> {
    pieces(raw, Download)
}

/// Makes a call for events with string data.
pub(crate) fn events(source: impl Repeat) -> Pending<Response<EventStream>> {
    stream(Arc::new(source), events::plain)
}

fn stream<T: 'static>(
    source: Arc<dyn Repeat>,
    read: events::Read<T>,
) -> Pending<Response<EventStream<T>>> {
    Box::pin(async move {
        let response = reconnect::open(&*source, None).await?;
        let reconnect = Reconnect::of(source);
        Ok(response.map(|pieces| EventStream::new(pieces, reconnect, read)))
    })
}

/// The `Accept` header of a call for a file.
pub(crate) fn accepts(media_type: Option<&'static str>) -> HeaderValue {
    media_type.map_or(ANYTHING, HeaderValue::from_static)
}

fn pieces<T>(raw: Raw, make: fn(Pieces) -> T) -> Response<T> {
    let (head, stream, length, most, secrets) = raw.streamed();
    let pieces = Pieces {
        head: head.clone(),
        stream,
        length,
        read: 0,
        most,
        secrets,
    };
    head.with(make(pieces))
}

#[allow(
    dead_code,
    reason = "which are used depends on the endpoints that are built"
)]
impl Call {
    /// A file.
    pub(crate) fn download(self) -> Pending<Response<Download>> {
        Box::pin(async move {
            let accept = accepts(self.endpoint.facts().accepts);
            self.stream(accept, true).await.map(file)
        })
    }

    /// A stream of events.
    pub(crate) fn events(self) -> Pending<Response<EventStream>> {
        events(self)
    }

    /// An event stream whose data is decoded as a type.
    pub(crate) fn events_of<T: Decode>(self) -> Pending<Response<EventStream<T>>> {
        stream(Arc::new(self), events::typed)
    }
}
