//! A connection that can be broken on purpose.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

const OPEN: u8 = 0;
const ENDS: u8 = 1;
const BROKEN: u8 = 2;

/// Breaks a connection.
#[derive(Clone, Default)]
pub(super) struct Break(Arc<AtomicU8>);

impl Break {
    /// The other side sees a connection reset as soon as the connection ends here.
    pub(super) fn now(&self) {
        self.0.store(BROKEN, Ordering::Release);
    }

    /// The same after the response was sent: the next request finds the connection reset.
    pub(super) fn after_answer(&self) {
        self.0.store(ENDS, Ordering::Release);
    }

    fn is(&self, state: u8) -> bool {
        self.0.load(Ordering::Acquire) == state
    }
}

/// A connection.
pub(super) struct Wire {
    stream: TcpStream,
    broken: Break,
}

impl Wire {
    pub(super) fn new(stream: TcpStream) -> (Self, Break) {
        let broken = Break(Arc::new(AtomicU8::new(OPEN)));
        (
            Self {
                stream,
                broken: broken.clone(),
            },
            broken,
        )
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        if self.broken.is(BROKEN) {
            // With a linger time of zero the system sends a reset instead of closing properly.
            let _ = self.stream.set_zero_linger();
        }
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let read = Pin::new(&mut self.stream).poll_read(cx, buf);
        if read.is_ready() && self.broken.is(BROKEN) {
            return Poll::Ready(Err(io::ErrorKind::ConnectionReset.into()));
        }
        read
    }
}

impl AsyncWrite for Wire {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(cx, bufs)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.stream).poll_flush(cx);
        if flushed.is_ready() && self.broken.is(ENDS) {
            self.broken.now();
        }
        flushed
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
