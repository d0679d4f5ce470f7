//! Streams built from steps, each of which passes its state to the next one.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;

use super::BoxError;

/// A step: the item and the new state, or the end.
pub(crate) type Step<T> =
    Pin<Box<dyn Future<Output = Result<Option<(Bytes, T)>, BoxError>> + Send>>;

/// A stream of consecutive steps.
pub(crate) struct Unfold<T> {
    next: Option<Step<T>>,
    step: fn(T) -> Step<T>,
}

impl<T> Unfold<T> {
    pub(crate) fn of(first: T, step: fn(T) -> Step<T>) -> Self {
        let next = Some(step(first));
        Self { next, step }
    }
}

impl<T> Stream for Unfold<T> {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(next) = &mut self.next else {
            return Poll::Ready(None);
        };
        let piece = ready!(next.as_mut().poll(context));
        self.next = None;
        Poll::Ready(match piece {
            Ok(Some((bytes, left))) => {
                let next = (self.step)(left);
                self.next = Some(next);
                Some(Ok(bytes))
            }
            Ok(None) => None,
            Err(error) => Some(Err(error)),
        })
    }
}
