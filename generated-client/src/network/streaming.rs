//! Bodies of the default transport that are sent and read in chunks.

use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

use super::failure::broken;
use crate::clock::by;
use crate::transport::{BoxError, ByteStream, Step, TransportError, Unfold};

/// How many chunks of an upload have been sent.
#[derive(Clone, Default)]
pub(super) struct Moved(Arc<AtomicU64>);

impl Moved {
    /// The result of the future, unless nothing is sent for this long. Without an upload, this limits
    /// the whole wait.
    pub(super) async fn within<F: Future>(&self, time: Duration, future: F) -> Option<F::Output> {
        let mut future = pin!(future);
        loop {
            let before = self.0.load(Ordering::Relaxed);
            if let Some(output) = by(time, future.as_mut()).await {
                return Some(output);
            }
            if self.0.load(Ordering::Relaxed) == before {
                return None;
            }
        }
    }
}

/// The body of an upload.
pub(super) fn body(pieces: ByteStream, length: Option<u64>, moved: &Moved) -> reqwest::Body {
    reqwest::Body::wrap(Upload {
        pieces: Mutex::new(pieces),
        left: length,
        moved: moved.clone(),
    })
}

/// An upload. Nothing ever locks it; the mutex only makes it `Sync`.
struct Upload {
    pieces: Mutex<ByteStream>,
    left: Option<u64>,
    moved: Moved,
}

impl Body for Upload {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let pieces = self.pieces.get_mut();
        let pieces = pieces.unwrap_or_else(PoisonError::into_inner);
        let piece = ready!(pieces.as_mut().poll_next(context));
        self.moved.0.fetch_add(1, Ordering::Relaxed);
        Poll::Ready(piece.map(|piece| {
            let piece = piece?;
            let length = u64::try_from(piece.len()).unwrap_or(u64::MAX);
            self.left = self.left.map(|left| left.saturating_sub(length));
            Ok(Frame::data(piece))
        }))
    }

    fn size_hint(&self) -> SizeHint {
        self.left
            .map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

/// The next chunk of a response, which may take this long.
pub(super) fn step(
    (mut response, idle): (reqwest::Response, Option<Duration>),
) -> Step<(reqwest::Response, Option<Duration>)> {
    Box::pin(async move {
        let piece = by(idle.unwrap_or(Duration::MAX), response.chunk()).await;
        let piece = piece.ok_or_else(TransportError::timeout)?;
        let piece = piece.map_err(broken)?;
        Ok(piece.map(|piece| (piece, (response, idle))))
    })
}

/// From this size on, a body in memory is sent in slices.
pub(super) const LARGE: usize = 1024 * 1024;

/// The size of these slices.
const SLICE: usize = 64 * 1024;

/// A large body in memory, which may take as long as one that is read from disk: each slice that is sent
/// counts as progress.
pub(super) fn sliced(body: Bytes, moved: &Moved) -> reqwest::Body {
    let length = u64::try_from(body.len()).ok();
    self::body(Box::pin(Unfold::of(body, slice)), length, moved)
}

fn slice(mut body: Bytes) -> Step<Bytes> {
    let next = body.split_to(body.len().min(SLICE));
    Box::pin(async move { Ok::<_, BoxError>((!next.is_empty()).then_some((next, body))) })
}
