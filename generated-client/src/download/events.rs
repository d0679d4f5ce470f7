//! Server-sent events (HTML, 9.2): a response that goes on, event by event.

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;

use super::Pieces;
use crate::error::Error;
use crate::json::{self, Decode, DecodeError};
use crate::secrets::Secrets;

/// The events that a call returns, as they come.
///
/// It ends when the API ends it. Whoever wants more calls again, and may say by the header
/// `Last-Event-ID` behind which event to go on; see [`last_id`](Self::last_id). A secret of the client
/// that an event repeats is struck out of it.
///
/// ```no_run
/// # bigcommerce_client::example!([] store:
/// use bigcommerce_client::catalogue::Method;
///
/// let path = "/v3/storefront/redirects/imex/import/9b0d7f6e-2c1a-4f64-a1d5-3f0a7c2e8b11/events";
/// let mut events = store.raw(Method::Get, path).events().await?.into_value();
/// while let Some(event) = events.try_next().await? {
///     println!("{}: {}", event.kind, event.data);
/// }
/// # );
/// ```
#[must_use = "events are read only when they are asked for"]
pub struct EventStream {
    pieces: Pieces,
    lines: Lines,
    over: bool,
}

/// An event.
///
/// ```no_run
/// # bigcommerce_client::example!([] store:
/// use bigcommerce_client::{RawJson, catalogue::Method};
///
/// let path = "/v3/infrastructure/logs/9b0d7f6e-2c1a-4f64-a1d5-3f0a7c2e8b11/tail";
/// let mut events = store.raw(Method::Get, path).events().await?.into_value();
/// while let Some(event) = events.try_next().await? {
///     let line: RawJson = event.json()?;
///     println!("{line}");
/// }
/// # );
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ServerEvent {
    /// What it is; `message` where nothing else is said.
    pub kind: String,
    /// Its lines.
    pub data: String,
    /// The id of the last event that had one.
    pub id: Option<String>,
}

impl ServerEvent {
    /// Reads its data as JSON.
    ///
    /// # Errors
    ///
    /// When the data is not JSON or not of that type.
    pub fn json<T: Decode>(&self) -> Result<T, DecodeError> {
        json::from_str(&self.data)
    }
}

impl EventStream {
    pub(super) fn of(pieces: Pieces) -> Self {
        let lines = Lines {
            secrets: pieces.secrets.clone(),
            ..Lines::default()
        };
        Self {
            pieces,
            lines,
            over: false,
        }
    }

    /// The next event; `None` when the API ends the stream.
    ///
    /// # Errors
    ///
    /// When the connection fails, and when one event is larger than the client accepts a body.
    pub async fn try_next(&mut self) -> Result<Option<ServerEvent>, Error> {
        poll_fn(|context| self.poll(context)).await.transpose()
    }

    /// The id of the last event that had one, for the header `Last-Event-ID` of another call.
    pub fn last_id(&self) -> Option<&str> {
        self.lines.id.as_deref()
    }

    /// How long the API asks to wait before another call, if it does.
    pub const fn retry(&self) -> Option<Duration> {
        self.lines.retry
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<ServerEvent, Error>>> {
        loop {
            if let Some(event) = self.lines.events.pop_front() {
                return Poll::Ready(Some(Ok(event)));
            }
            if self.over {
                return Poll::Ready(None);
            }
            match ready!(self.pieces.poll(context)) {
                Some(Ok(piece)) => {
                    self.lines.read(&piece);
                    if self.lines.held() > self.pieces.most {
                        self.over = true;
                        return Poll::Ready(Some(Err(self.pieces.too_large())));
                    }
                }
                Some(Err(error)) => {
                    self.over = true;
                    return Poll::Ready(Some(Err(error)));
                }
                // An event that is not finished does not count.
                None => self.over = true,
            }
        }
    }
}

impl Stream for EventStream {
    type Item = Result<ServerEvent, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl fmt::Debug for EventStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventStream")
            .field("last_id", &self.last_id())
            .finish_non_exhaustive()
    }
}

/// The lines that have come, and the events that they make.
#[derive(Default)]
struct Lines {
    secrets: Secrets,
    line: Vec<u8>,
    /// Whether the last byte was a carriage return, behind which a line feed says nothing.
    returned: bool,
    /// Whether a first line came, before which a byte order mark may stand.
    begun: bool,
    kind: String,
    data: String,
    any_data: bool,
    id: Option<String>,
    retry: Option<Duration>,
    events: VecDeque<ServerEvent>,
}

impl Lines {
    /// How much of an event has come.
    fn held(&self) -> usize {
        self.line.len() + self.data.len()
    }

    fn read(&mut self, piece: &[u8]) {
        for &byte in piece {
            let after_return = std::mem::replace(&mut self.returned, byte == b'\r');
            match byte {
                b'\n' if after_return => {}
                b'\n' | b'\r' => {
                    let line = std::mem::take(&mut self.line);
                    let line = match line.strip_prefix(b"\xef\xbb\xbf") {
                        Some(rest) if !self.begun => rest,
                        _ => &line,
                    };
                    self.begun = true;
                    // A secret has no line end in it, so that it is whole here or not at all.
                    let line = String::from_utf8_lossy(line);
                    let line = self.secrets.text(&line).into_owned();
                    self.field(&line);
                }
                byte => self.line.push(byte),
            }
        }
    }

    fn field(&mut self, line: &str) {
        if line.is_empty() {
            return self.dispatch();
        }
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match name {
            "event" => value.clone_into(&mut self.kind),
            "data" => {
                if self.any_data {
                    self.data.push('\n');
                }
                self.any_data = true;
                self.data.push_str(value);
            }
            "id" if !value.contains('\0') => self.id = Some(value.to_owned()),
            "retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.retry = value.parse().ok().map(Duration::from_millis);
            }
            // A comment, or what is not known.
            _ => {}
        }
    }

    fn dispatch(&mut self) {
        let (kind, data) = (
            std::mem::take(&mut self.kind),
            std::mem::take(&mut self.data),
        );
        if std::mem::take(&mut self.any_data) {
            self.events.push_back(ServerEvent {
                kind: if kind.is_empty() {
                    "message".to_owned()
                } else {
                    kind
                },
                data,
                id: self.id.clone(),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_read_however_their_lines_are_cut_and_ended() {
        let text = "\u{feff}: hello\nevent: progress\ndata: {\"done\":\r\ndata:  1}\rid: 7\r\n\r\n\
                    data\n\nretry: 250\nretry: x\nevent: ignored\n\ndata: last\n\nid\ndata: cut off";
        let event = |kind: &str, data: &str, id: &str| ServerEvent {
            kind: kind.to_owned(),
            data: data.to_owned(),
            id: Some(id.to_owned()),
        };
        let expected = [
            event("progress", "{\"done\":\n 1}", "7"),
            event("message", "", "7"),
            event("message", "last", "7"),
        ];
        for size in [1, 2, 3, 7, 1000] {
            let mut lines = Lines::default();
            for piece in text.as_bytes().chunks(size) {
                lines.read(piece);
            }
            assert_eq!(Vec::from(lines.events), expected, "{size}");
            assert_eq!(lines.retry, Some(Duration::from_millis(250)));
            assert_eq!(lines.id.as_deref(), Some(""));
        }
    }
}
