//! Bodies that are streams: what is too large, or too long on its way, to be held in memory as a whole.

use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use futures_core::Stream;

use super::{BoxError, Unfold};

/// The pieces of a body, in their order.
pub type ByteStream = Pin<Box<dyn Stream<Item = Result<Bytes, BoxError>> + Send>>;

/// A body that is a stream. It stands among the extensions of a request or a response whose own body is
/// empty.
///
/// In a request it is an upload of a file that is not in memory. A transport takes it and sends its
/// pieces as the body; where the length is known, the request has a `Content-Length`. A call whose
/// transport leaves it fails, so that no file is silently sent as nothing.
///
/// In a response a transport may give one when the request has [`WantsStream`] and the status is a
/// success. A response that comes whole is taken as well.
///
/// ```
/// use bigcommerce_client::transport::StreamBody;
///
/// fn body_of(request: &http::Request<bytes::Bytes>) {
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
    /// A body of these pieces, which have `length` bytes in all where that is known.
    pub fn new(stream: ByteStream, length: Option<u64>) -> Self {
        Self {
            stream: Arc::new(Mutex::new(Some(stream))),
            length,
        }
    }

    /// The pieces, for the first who asks.
    pub fn take(&self) -> Option<ByteStream> {
        self.stream
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
    }

    /// The pieces, or an error in their place where somebody has taken them before: a file does not end
    /// before it began.
    pub(crate) fn pieces(&self) -> ByteStream {
        self.take().unwrap_or_else(|| {
            Box::pin(Unfold::of("the body was read before", |why| {
                Box::pin(async move { Err::<Option<(Bytes, &str)>, _>(BoxError::from(why)) })
            }))
        })
    }

    /// How many bytes there are in all; `None` where that is not known.
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

/// Says, among the extensions of a request, that the body of a success may be given as a [`StreamBody`]
/// among the extensions of the response.
///
/// The `body` of the request's [`Limits`](super::Limits) does not apply to it, and the `timeout` ends
/// with the headers. Where `idle` is given, it bounds the wait for each piece.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WantsStream {
    /// How long the next piece may take.
    pub idle: Option<std::time::Duration>,
}
