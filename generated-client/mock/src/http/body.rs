//! The body of a response, which may be cut off on purpose.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use tokio::time::{Sleep, sleep};

/// How long the sent part may take to leave this machine before the connection is broken.
const LEAVE: Duration = Duration::from_millis(5);

/// The body of a response.
pub(super) struct Sent {
    data: Option<Bytes>,
    promised: u64,
    breaks: Option<Pin<Box<Sleep>>>,
}

impl Sent {
    pub(super) fn whole(data: Bytes) -> Self {
        Self {
            promised: data.len() as u64,
            data: Some(data).filter(|data| !data.is_empty()),
            breaks: None,
        }
    }

    /// Announces the whole body and sends a part of it, which is never complete.
    pub(super) fn part(mut data: Bytes, keep: f64) -> Self {
        let promised = data.len() as u64;
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss
        )]
        let kept = (promised as f64 * keep) as usize;
        data.truncate(kept.min(data.len().saturating_sub(1)));
        Self {
            data: Some(data).filter(|data| !data.is_empty()),
            promised,
            breaks: Some(Box::pin(sleep(LEAVE))),
        }
    }
}

impl Body for Sent {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if let Some(data) = self.data.take() {
            return Poll::Ready(Some(Ok(Frame::data(data))));
        }
        let Some(breaks) = &mut self.breaks else {
            return Poll::Ready(None);
        };
        // The wait lets the part be written first.
        breaks
            .as_mut()
            .poll(cx)
            .map(|()| Some(Err(io::Error::other("the body breaks off on purpose"))))
    }

    fn is_end_stream(&self) -> bool {
        self.data.is_none() && self.breaks.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.promised)
    }
}
