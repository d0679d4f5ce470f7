//! Counts the bytes of a file as they are read.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;

use crate::transport::{BoxError, ByteStream};

type Progress = Box<dyn FnMut(u64, Option<u64>) + Send>;

/// The content of a file, which reports each chunk.
pub(super) struct Counted {
    stream: ByteStream,
    read: u64,
    total: Option<u64>,
    progress: Progress,
}

impl Counted {
    /// A file of which this many bytes were already read.
    pub(super) const fn of(
        stream: ByteStream,
        read: u64,
        total: Option<u64>,
        progress: Progress,
    ) -> Self {
        Self {
            stream,
            read,
            total,
            progress,
        }
    }
}

impl Stream for Counted {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        let chunk = ready!(this.stream.as_mut().poll_next(context));
        if let Some(Ok(chunk)) = &chunk {
            let bytes = u64::try_from(chunk.len()).unwrap_or(u64::MAX);
            this.read = this.read.saturating_add(bytes);
            (this.progress)(this.read, this.total);
        }
        Poll::Ready(chunk)
    }
}
