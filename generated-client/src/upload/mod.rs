//! Uploads: files from memory, disk or a stream, sent while they are read and never loaded into memory as
//! a whole.
//!
//! A [`FilePart`] is one file; a request that accepts one has a method or an argument for it. [`Form`] is
//! for other calls: [`RawRequest::form`](crate::RawRequest::form) sends it to any path.
//!
//! ```no_run
//! # bigcommerce_client::example!([] store:
//! use bigcommerce_client::{catalogue::Method, upload::{FilePart, Form}};
//!
//! let image = FilePart::path("acme.png").on_progress(|sent, total| println!("{sent} of {total:?}"));
//! let form = Form::new().file("image_file", image);
//! store.raw(Method::Post, "/v3/catalog/brands/118/image").form(form).await?;
//! # );
//! ```

mod encode;
mod form;
mod kind;
mod pieces;

use std::fmt;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use futures_core::Stream;

pub(crate) use form::Accepted;
pub use form::Form;

use crate::disk;
use crate::transport::{BoxError, ByteStream, StreamBody};
use pieces::{Once, Slices};

type Progress = Arc<dyn Fn(u64, Option<u64>) + Send + Sync>;

/// A file to upload: its content, its name and its media type.
///
/// A file from bytes or a path is sent again if a failed call is retried. A stream can be read only
/// once, so the call is not retried after its first byte was sent. Clones share the content.
///
/// A file that is too large or of a type that the API does not accept is an error of the kind
/// [`Request`](crate::ErrorKind::Request) before it is sent, unless it is [`unchecked`](Self::unchecked).
///
/// A large file may take longer than the client's [timeout](crate::ClientBuilder::timeout), which then
/// limits how long nothing may be sent.
#[derive(Clone)]
#[must_use = "a file does nothing until it is passed to a request"]
pub struct FilePart {
    source: Source,
    name: String,
    content_type: Option<String>,
    progress: Option<Progress>,
    /// Whether its size and type are not checked.
    unchecked: bool,
}

#[derive(Clone)]
enum Source {
    Bytes(Bytes),
    Path(PathBuf),
    Stream {
        stream: Arc<Mutex<Option<ByteStream>>>,
        length: Option<u64>,
    },
}

impl FilePart {
    /// A file in memory, sent under this name.
    ///
    /// ```
    /// use bigcommerce_client::upload::FilePart;
    ///
    /// let image = FilePart::bytes("acme.png", b"\x89PNG".as_slice()).content_type("image/png");
    /// ```
    pub fn bytes(name: impl Into<String>, content: impl Into<Bytes>) -> Self {
        Self::new(Source::Bytes(content.into()), name.into())
    }

    /// A file on disk, which is read while it is sent. Its name is the last part of the path.
    ///
    /// The call fails before anything is sent if the file cannot be found.
    pub fn path(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        let name = path.file_name().unwrap_or_default();
        let name = name.to_string_lossy().into_owned();
        Self::new(Source::Path(path), name)
    }

    /// The content of a stream, sent under this name. Use `tokio_util::io::ReaderStream` for a
    /// reader.
    ///
    /// Without [`length`](Self::length) it is sent with chunked encoding.
    pub fn stream<S, E>(name: impl Into<String>, content: S) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<BoxError>,
    {
        let stream: ByteStream = Box::pin(pieces::Boxed::of(content));
        let source = Source::Stream {
            stream: Arc::new(Mutex::new(Some(stream))),
            length: None,
        };
        Self::new(source, name.into())
    }

    fn new(source: Source, name: String) -> Self {
        Self {
            source,
            name,
            content_type: None,
            progress: None,
            unchecked: false,
        }
    }

    /// The length of the stream in bytes, for the `Content-Length` of the request. The call fails
    /// if the actual length differs. The length of bytes and files on disk is known.
    pub const fn length(mut self, bytes: u64) -> Self {
        if let Source::Stream { length, .. } = &mut self.source {
            *length = Some(bytes);
        }
        self
    }

    /// The file name that is sent to the API.
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// The media type of the file, such as `image/png`. By default it is derived from the extension of the
    /// name, or is `application/octet-stream`.
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// Sends the file even if it is larger than the API accepts or of another type, as far as that is documented.
    /// The API may still reject it.
    pub const fn unchecked(mut self) -> Self {
        self.unchecked = true;
        self
    }

    /// Calls `progress` whenever a part of the file was sent, with the bytes sent so far and the total if it
    /// is known. A retry counts from zero.
    pub fn on_progress(
        mut self,
        progress: impl Fn(u64, Option<u64>) + Send + Sync + 'static,
    ) -> Self {
        self.progress = Some(Arc::new(progress));
        self
    }

    /// The size in bytes, if it can be determined.
    fn size(&self) -> io::Result<Option<u64>> {
        Ok(match &self.source {
            Source::Bytes(bytes) => u64::try_from(bytes.len()).ok(),
            Source::Path(path) => Some(disk::size(path)?),
            Source::Stream { length, .. } => *length,
        })
    }

    /// Its content from its beginning, as the whole body of a request.
    pub(crate) fn body(&self) -> io::Result<StreamBody> {
        let size = self.size()?;
        let content = pieces::Counted::of(self, size, None);
        Ok(StreamBody::new(Box::pin(content), size))
    }

    /// Whether it can be sent from its beginning, for the first time or again.
    fn can_replay(&self) -> bool {
        match &self.source {
            Source::Bytes(_) | Source::Path(_) => true,
            Source::Stream { stream, .. } => stream
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .is_some(),
        }
    }

    /// The content from its beginning.
    fn open(&self) -> ByteStream {
        match &self.source {
            Source::Bytes(bytes) => Box::pin(Slices::of(bytes.clone())),
            Source::Path(path) => disk::content(path.clone()),
            Source::Stream { stream, .. } => Box::pin(Once::of(Arc::clone(stream))),
        }
    }
}

/// Omits the content, which may be private.
impl fmt::Debug for FilePart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let source = match &self.source {
            Source::Bytes(_) => "bytes",
            Source::Path(_) => "path",
            Source::Stream { .. } => "stream",
        };
        f.debug_struct("FilePart")
            .field("name", &self.name)
            .field("content_type", &self.kind())
            .field("source", &source)
            .finish_non_exhaustive()
    }
}
