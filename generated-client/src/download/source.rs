//! The host of a file: requests for it or its rest, and their retries.

use std::time::{Duration, Instant};

use bytes::Bytes;
use http::header::{
    ACCEPT, ACCEPT_ENCODING, ACCEPT_RANGES, CONTENT_ENCODING, CONTENT_RANGE, ETAG, IF_RANGE, RANGE,
    USER_AGENT,
};
use http::{HeaderMap, HeaderValue, StatusCode};

use super::{ANYTHING, once};
use crate::client::Client;
use crate::clock::chance;
use crate::error::Error;
use crate::response::Received;
use crate::target::Target;
use crate::transport::{BoxError, ByteStream, StreamBody, TransportError, WantsStream};

/// The validator that shows that the file is unchanged, if the host supports ranges.
pub(super) fn same(headers: &HeaderMap) -> Option<HeaderValue> {
    let ranges = headers.get(ACCEPT_RANGES)?;
    let tag = headers.get(ETAG)?;
    let is_strong = tag.as_bytes().starts_with(b"\"");
    (ranges == "bytes" && is_strong && !headers.contains_key(CONTENT_ENCODING)).then(|| tag.clone())
}

/// Where a file comes from.
pub(super) struct Source {
    pub(super) client: Client,
    pub(super) uri: http::Uri,
    pub(super) target: Target,
    /// When it must be complete.
    pub(super) end: Option<Instant>,
    /// The validator that shows that it is unchanged.
    pub(super) same: Option<HeaderValue>,
    /// The number of requests since the last received chunk.
    pub(super) tries: u32,
    /// The time of that chunk.
    pub(super) since: Option<Instant>,
}

pub(super) type Opened = (Received, ByteStream, Option<u64>);

impl Source {
    /// Requests the file, and retries if that may help.
    pub(super) async fn first(&mut self) -> Result<Opened, Error> {
        loop {
            let error = match self.ask(0).await {
                Ok(opened) => return Ok(opened),
                Err(error) => error,
            };
            if !error.is_retryable() || !self.again(error.retry_after()).await {
                return Err(error);
            }
        }
    }

    /// Whether it may be requested once more, after a wait, which is no shorter than the host requested.
    pub(super) async fn again(&mut self, asked: Option<Duration>) -> bool {
        let config = self.client.config();
        let now = config.clock.now();
        let since = *self.since.get_or_insert(now);
        self.tries = self.tries.saturating_add(1);
        let wait = config.retry.wait(self.tries, chance(&*config.clock));
        let asked = asked.unwrap_or_default();
        let wait = wait.max(asked);
        let passed = now.saturating_duration_since(since).saturating_add(wait);
        if !config.comes_back_after(asked)
            || !config.retry.allows(self.tries, passed)
            || self.left() <= wait
            || !config.budget.spend()
        {
            return false;
        }
        config.clock.sleep(wait).await;
        true
    }

    /// The remaining time.
    pub(super) fn left(&self) -> Duration {
        let now = self.client.config().clock.now();
        let left = |end: Instant| end.saturating_duration_since(now);
        self.end.map_or(Duration::MAX, left)
    }

    /// Requests the file from a byte offset.
    pub(super) async fn ask(&self, from: u64) -> Result<Opened, Error> {
        let config = self.client.config();
        let mut request = http::Request::new(Bytes::new());
        *request.uri_mut() = self.uri.clone();
        let headers = request.headers_mut();
        headers.insert(ACCEPT, ANYTHING);
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        headers.insert(USER_AGENT, config.user_agent.clone());
        if let Some(tag) = self.same.as_ref().filter(|_| from > 0) {
            let range = HeaderValue::try_from(format!("bytes={from}-"));
            let range =
                range.map_err(|error| Error::request(self.target.clone(), error.to_string()))?;
            headers.insert(RANGE, range);
            headers.insert(IF_RANGE, tag.clone());
        }
        let mut limits = config.limits;
        limits.timeout = limits.timeout.min(self.left());
        let idle = Some(limits.timeout);
        request.extensions_mut().insert(limits);
        request.extensions_mut().insert(WantsStream { idle });
        let answered = config.transport.answer(request).await;
        let failed = |source: BoxError| Error::transport(self.target.clone(), source);
        let (answer, broken) = match answered.map_err(TransportError::part) {
            Ok(answer) => (answer, None),
            // A rejection is one even if its body is cut off.
            Err((Some(begun), source)) if !begun.status().is_success() => (begun, Some(source)),
            Err((_, source)) => return Err(failed(source)),
        };
        let (mut head, body) = answer.into_parts();
        let target = self.target.clone();
        let expected = if from > 0 {
            StatusCode::PARTIAL_CONTENT
        } else {
            StatusCode::OK
        };
        if head.status != expected {
            return Err(if head.status.is_success() {
                let why = "the file has changed, or the host does not support ranges";
                Error::contradiction(target, head.status, head.headers, Bytes::new(), why)
            } else {
                Error::refused(target, head.status, head.headers, body).broken_by(broken)
            });
        }
        let contradicts = if from > 0 && !goes_on(&head.headers, from) {
            Some("the rest starts at a different position")
        } else if from == 0 && self.same.is_some() && self.same != same(&head.headers) {
            Some("the file has changed")
        } else {
            None
        };
        if let Some(why) = contradicts {
            let (status, headers) = (head.status, head.headers);
            return Err(Error::contradiction(
                target,
                status,
                headers,
                Bytes::new(),
                why,
            ));
        }
        let (length, stream) = match head.extensions.remove::<StreamBody>() {
            Some(stream) => (stream.length(), stream.pieces()),
            None => (u64::try_from(body.len()).ok(), once(body)),
        };
        let response = Received {
            status: head.status,
            headers: head.headers,
            body: Bytes::new(),
            target,
            oddities: Vec::new(),
        };
        Ok((response, stream, length))
    }
}

/// Whether a partial response starts at this offset.
fn goes_on(headers: &HeaderMap, from: u64) -> bool {
    let range = headers.get(CONTENT_RANGE).and_then(|it| it.to_str().ok());
    let begin = range.and_then(|it| it.strip_prefix("bytes ")?.split_once('-'));
    begin.is_some_and(|(begin, _)| begin.trim().parse() == Ok(from))
}
