//! The streams of an upload.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;

use super::{FilePart, Progress};
use crate::transport::{BoxError, ByteStream};

type Next = Poll<Option<Result<Bytes, BoxError>>>;

/// The chunk size for data in memory.
const SLICE: usize = 64 * 1024;

/// Bytes in memory, one slice at a time.
pub(super) struct Slices(Bytes);

impl Slices {
    pub(super) const fn of(bytes: Bytes) -> Self {
        Self(bytes)
    }
}

impl Stream for Slices {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Next {
        let most = self.0.len().min(SLICE);
        let slice = self.0.split_to(most);
        Poll::Ready((!slice.is_empty()).then_some(Ok(slice)))
    }
}

/// A foreign stream, with our error type.
pub(super) struct Boxed<S>(Pin<Box<S>>);

impl<S> Boxed<S> {
    pub(super) fn of(stream: S) -> Self {
        Self(Box::pin(stream))
    }
}

impl<S, E> Stream for Boxed<S>
where
    S: Stream<Item = Result<Bytes, E>>,
    E: Into<BoxError>,
{
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Next {
        let next = ready!(self.0.as_mut().poll_next(context));
        Poll::Ready(next.map(|piece| piece.map_err(Into::into)))
    }
}

/// A stream that can be read once, and is not started before it is needed.
pub(super) struct Once {
    waiting: Arc<Mutex<Option<ByteStream>>>,
    begun: Option<ByteStream>,
}

impl Once {
    pub(super) const fn of(waiting: Arc<Mutex<Option<ByteStream>>>) -> Self {
        let begun = None;
        Self { waiting, begun }
    }
}

impl Stream for Once {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Next {
        if self.begun.is_none() {
            let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
            let taken = waiting.take();
            drop(waiting);
            self.begun = taken;
        }
        match &mut self.begun {
            Some(stream) => stream.as_mut().poll_next(context),
            None => Poll::Ready(Some(Err("the stream of the file was already read".into()))),
        }
    }
}

/// A file that is being sent, which checks its length and reports its progress.
pub(super) struct Counted {
    content: ByteStream,
    sent: u64,
    length: Option<u64>,
    most: u64,
    progress: Option<Progress>,
}

impl Counted {
    /// A file with the length that the request announces. The length is not queried again: the file may
    /// have grown since.
    pub(super) fn of(file: &FilePart, length: Option<u64>, most: Option<u64>) -> Self {
        Self {
            content: file.open(),
            sent: 0,
            length,
            most: most.unwrap_or(u64::MAX),
            progress: file.progress.clone(),
        }
    }
}

impl Stream for Counted {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Next {
        let Some(piece) = ready!(self.content.as_mut().poll_next(context)) else {
            return Poll::Ready(match self.length {
                Some(length) if self.sent < length => {
                    let sent = std::mem::replace(&mut self.sent, length);
                    Some(Err(format!(
                        "the file ended after {sent} of {length} bytes"
                    )
                    .into()))
                }
                _ => None,
            });
        };
        let piece = match piece {
            Ok(piece) => piece,
            Err(error) => return Poll::Ready(Some(Err(error))),
        };
        self.sent += u64::try_from(piece.len()).unwrap_or(u64::MAX);
        let most = self.length.unwrap_or(self.most);
        if self.sent > most {
            let error = format!("the file has more than {most} bytes");
            return Poll::Ready(Some(Err(error.into())));
        }
        if let Some(progress) = &self.progress {
            progress(self.sent, self.length);
        }
        Poll::Ready(Some(Ok(piece)))
    }
}

/// One stream after the other.
pub(super) struct Joined(VecDeque<ByteStream>);

impl Joined {
    pub(super) const fn of(streams: VecDeque<ByteStream>) -> Self {
        Self(streams)
    }
}

impl Stream for Joined {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Next {
        while let Some(first) = self.0.front_mut() {
            match ready!(first.as_mut().poll_next(context)) {
                Some(piece) => return Poll::Ready(Some(piece)),
                None => drop(self.0.pop_front()),
            }
        }
        Poll::Ready(None)
    }
}

#[cfg(test)]
mod tests {
    use std::task::Waker;

    use super::*;

    #[test]
    fn a_file_that_has_grown_since_its_length_was_told_breaks_off() {
        let file = FilePart::bytes("acme.csv", "12345");
        let mut context = Context::from_waker(Waker::noop());
        for (length, fits) in [(3, false), (5, true)] {
            let mut counted = Counted::of(&file, Some(length), None);
            let next = Pin::new(&mut counted).poll_next(&mut context);
            assert_eq!(matches!(next, Poll::Ready(Some(Ok(_)))), fits, "{length}");
        }
    }
}
