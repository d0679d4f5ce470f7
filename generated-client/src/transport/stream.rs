//! Streaming bodies, which are too large or take too long to be kept in memory.

use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use futures_core::Stream;

use super::{BoxError, Unfold};

/// The chunks of a body, in order.
pub type ByteStream = Pin<Box<dyn Stream<Item = Result<Bytes, BoxError>> + Send>>;

/// A streaming body. It is in the extensions of a request or a response whose own body is empty.
///
/// In a request it is an upload of a file that is not in memory. A transport takes it and sends its
/// chunks as the body; if the length is known, the request has a `Content-Length`. A call whose
/// transport ignores it fails, so that no empty file is sent silently.
///
/// In a response a transport may return one if the request has [`WantsStream`] and the status is a
/// success. A complete response is accepted as well.
///
/// ```
/// use bigcommerce_client::{bytes::Bytes, http::Request, transport::StreamBody};
///
/// fn body_of(request: &Request<Bytes>) {
///     match request.extensions().get().and_then(StreamBody::take) {
///         Some(pieces) => { /* Send piece by piece. */ }
///         None => { /* Send `request.body()`. */ }
///     }
/// }
/// ```
#[derive(Clone)]
pub struct StreamBody {
    stream: Arc<Mutex<Option<ByteStream>>>,
    length: Option<u64>,
}

impl StreamBody {
    /// A body of these chunks, with the total `length` in bytes if it is known.
    pub fn new(stream: ByteStream, length: Option<u64>) -> Self {
        Self {
            stream: Arc::new(Mutex::new(Some(stream))),
            length,
        }
    }

    /// The chunks, for the first caller.
    pub fn take(&self) -> Option<ByteStream> {
        self.stream
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
    }

    /// The chunks, or an error if they were already taken: a file must not appear empty.
    pub(crate) fn pieces(&self) -> ByteStream {
        self.take().unwrap_or_else(|| {
            Box::pin(Unfold::of("the body was already read", |why| {
                Box::pin(async move { Err::<Option<(Bytes, &str)>, _>(BoxError::from(why)) })
            }))
        })
    }

    /// The total size in bytes; `None` if it is unknown.
    pub const fn length(&self) -> Option<u64> {
        self.length
    }

    pub(crate) fn is_taken(&self) -> bool {
        self.stream
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .is_none()
    }
}

impl fmt::Debug for StreamBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StreamBody")
            .field("length", &self.length)
            .finish_non_exhaustive()
    }
}

/// Declares, in the extensions of a request, that the body of a success may be returned as a
/// [`StreamBody`] in the extensions of the response.
///
/// The `body` of the request's [`Limits`](super::Limits) does not apply to it, and the `timeout` ends
/// with the headers. If `idle` is set, it limits the wait for each chunk.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WantsStream {
    /// How long the next chunk may take.
    pub idle: Option<std::time::Duration>,
}
