//! What a server returns, and the ways in which responses fail in transit.

use std::{
    io::{self, Write},
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use tokio::sync::watch;

use hyper::{
    HeaderMap, Response, StatusCode,
    body::{Body, Bytes, Frame},
    header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderName, HeaderValue},
};

/// A response.
#[derive(Clone, Debug)]
pub struct Answer {
    status: u16,
    headers: HeaderMap,
    body: Bytes,
    wait: Duration,
    held: Option<watch::Receiver<bool>>,
    cut: bool,
}

impl Answer {
    /// A response without a body.
    pub fn empty(status: u16) -> Self {
        let (headers, body) = (HeaderMap::new(), Bytes::new());
        Self {
            status,
            headers,
            body,
            wait: Duration::ZERO,
            held: None,
            cut: false,
        }
    }

    /// A plain-text response.
    pub fn text(status: u16, body: impl Into<Bytes>) -> Self {
        Self {
            body: body.into(),
            ..Self::empty(status)
        }
        .header("content-type", "text/plain")
    }

    /// A JSON response.
    pub fn json(status: u16, body: impl Into<Bytes>) -> Self {
        Self {
            body: body.into(),
            ..Self::empty(status)
        }
        .header("content-type", "application/json")
    }

    /// With an additional header.
    ///
    /// # Panics
    ///
    /// If the header is invalid.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        match (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            (Ok(name), Ok(value)) => self.headers.insert(name, value),
            _ => crate::fail(&format!("`{name}: {value}` is no header")),
        };
        self
    }

    /// With a compressed body.
    ///
    /// # Panics
    ///
    /// Never: writing to memory does not fail.
    #[must_use]
    pub fn gzip(mut self) -> Self {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        self.body = match packed.write_all(&self.body).and_then(|()| packed.finish()) {
            Ok(packed) => packed.into(),
            Err(error) => crate::fail(&error.to_string()),
        };
        self.headers
            .insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        self
    }

    /// Only after a delay.
    #[must_use]
    pub const fn after(mut self, wait: Duration) -> Self {
        self.wait = wait;
        self
    }

    /// Only when this signals.
    #[must_use]
    pub fn when(mut self, held: watch::Receiver<bool>) -> Self {
        self.held = Some(held);
        self
    }

    /// With the connection closed before the last byte.
    #[must_use]
    pub const fn cut(mut self) -> Self {
        self.cut = true;
        self
    }

    pub(super) async fn respond(self) -> Response<Sending> {
        let Self {
            status,
            mut headers,
            body,
            wait,
            held,
            cut,
        } = self;
        tokio::time::sleep(wait).await;
        if let Some(mut held) = held {
            // If the sender never signals, the response waits until the sender is dropped.
            let _ = held.wait_for(|let_go| *let_go).await;
        }
        if cut {
            headers.insert(CONTENT_LENGTH, HeaderValue::from(body.len() + 1));
        } else if status != 204 {
            headers.insert(CONTENT_LENGTH, HeaderValue::from(body.len()));
        }
        if body.is_empty() {
            headers.remove(CONTENT_TYPE);
        }
        let mut response = Response::new(Sending {
            left: Some(body),
            cut,
            paused: false,
        });
        *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::IM_A_TEAPOT);
        *response.headers_mut() = headers;
        response
    }
}

/// A body in transit.
pub(super) struct Sending {
    left: Option<Bytes>,
    cut: bool,
    /// Whether the part before the cut had its chance to be sent.
    paused: bool,
}

impl Body for Sending {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        let sent = self.left.as_ref().is_none_or(Bytes::is_empty);
        if self.cut && sent && !self.paused {
            self.paused = true;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(match self.left.take().filter(|left| !left.is_empty()) {
            Some(left) => Some(Ok(Frame::data(left))),
            None if self.cut => Some(Err(io::ErrorKind::ConnectionAborted.into())),
            None => None,
        })
    }

    fn is_end_stream(&self) -> bool {
        !self.cut && self.left.as_ref().is_none_or(Bytes::is_empty)
    }
}
