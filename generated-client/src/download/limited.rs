//! Ends a file that is larger than its reader accepts.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;

use crate::transport::{BoxError, ByteStream, TransportError};

/// The content of a file, up to a size.
pub(super) struct Limited {
    /// None once it has ended.
    stream: Option<ByteStream>,
    most: u64,
    /// How many bytes may still come; `None` if the file is known to be too large.
    left: Option<u64>,
}

impl Limited {
    /// A file of which this many bytes were already read.
    pub(super) fn of(stream: ByteStream, read: u64, total: Option<u64>, most: u64) -> Self {
        let is_too_large = total.is_some_and(|total| total > most);
        Self {
            stream: Some(stream),
            most,
            left: most.checked_sub(read).filter(|_| !is_too_large),
        }
    }
}

impl Stream for Limited {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        let Some(stream) = &mut this.stream else {
            return Poll::Ready(None);
        };
        if this.left.is_some() {
            let Some(chunk) = ready!(stream.as_mut().poll_next(context)) else {
                this.stream = None;
                return Poll::Ready(None);
            };
            let chunk = match chunk {
                Ok(chunk) => chunk,
                Err(error) => return Poll::Ready(Some(Err(error))),
            };
            let bytes = u64::try_from(chunk.len()).unwrap_or(u64::MAX);
            this.left = this.left.and_then(|left| left.checked_sub(bytes));
            if this.left.is_some() {
                return Poll::Ready(Some(Ok(chunk)));
            }
        }
        this.stream = None;
        let most = usize::try_from(this.most).unwrap_or(usize::MAX);
        Poll::Ready(Some(Err(TransportError::too_large(most).into())))
    }
}
