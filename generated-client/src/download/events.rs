//! Server-sent events (HTML, 9.2): a response that continues event by event.

use std::fmt;
use std::future::poll_fn;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::StatusCode;

use super::Pieces;
use super::event::ServerEvent;
use super::lines::{Come, Lines};
use super::reconnect::Reconnect;
use crate::call::Pending;
use crate::error::Error;
use crate::json::{self, Decode, DecodeError};
use crate::transport::TransportError;

/// The events that a call returns, as they arrive.
///
/// It ends when the API ends it, unless it is [followed](Self::following). If the connection breaks before that,
/// including in the middle of an event, the stream reconnects automatically with the header `Last-Event-ID`, after the
/// wait that the stream requests, up to [`max_hold`](crate::quota::Quota::max_hold), or that of the client's
/// [`RetryPolicy`](crate::RetryPolicy), whichever is longer. The new call is like any other: it needs the scope, is
/// subject to the policy, waits for the quota and is retried. Without a new event in between, it reconnects as often as
/// the retry policy allows, and each time counts towards the client's retry budget unless the connection lasted for a
/// minute. Then the connection error is returned and the stream ends. An event with the id of the last one before the
/// interruption is skipped. Without ids, the API may repeat events.
/// [`CallOptions::reconnect(false)`](crate::CallOptions::reconnect) disables all of this.
///
/// The data of an event is decoded as `T` when the event is read. Data that cannot be decoded is an error
/// of the kind [`Decode`](crate::ErrorKind::Decode) in place of the event, with the data as its body; the
/// stream continues. A secret of the client that an event repeats is redacted.
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
#[must_use = "events are read only when they are requested"]
pub struct EventStream<T = String> {
    pieces: Pieces,
    lines: Lines,
    read: Read<T>,
    reconnect: Reconnect,
    state: State,
    /// Whether the call is made again when the API ends the stream.
    follows: bool,
    /// The id from which it last reconnected, until an event with another id arrives.
    behind: Option<String>,
    /// The last event, to determine whether another one without an id is new.
    last: Option<u64>,
}

/// How an event is decoded from one whose data is a string.
pub(super) type Read<T> = fn(ServerEvent, &Pieces) -> Result<ServerEvent<T>, Error>;

enum State {
    Open,
    Reconnecting(Pending<Pieces>),
    Over,
}

/// An event as received.
#[allow(clippy::unnecessary_wraps, reason = "what reads others can fail")]
pub(super) fn plain(event: ServerEvent, _: &Pieces) -> Result<ServerEvent, Error> {
    Ok(event)
}

/// An event with its decoded data.
pub(super) fn typed<T: Decode>(
    event: ServerEvent,
    pieces: &Pieces,
) -> Result<ServerEvent<T>, Error> {
    let ServerEvent { kind, data, id } = event;
    match json::from_str(&data) {
        Ok(data) => Ok(ServerEvent { kind, data, id }),
        Err(error) => Err(pieces.unreadable(data.into(), error)),
    }
}

impl<T> EventStream<T> {
    pub(super) fn new(pieces: Pieces, reconnect: Reconnect, read: Read<T>) -> Self {
        Self {
            lines: Lines::without(pieces.secrets.clone()),
            pieces,
            read,
            reconnect,
            state: State::Open,
            follows: false,
            behind: None,
            last: None,
        }
    }

    /// Makes the call again each time the API ends the stream, such as the log of a project after 60 seconds.
    ///
    /// It continues after the last event, as after an interruption, and under the same policy: a response that ended
    /// within ten seconds counts towards the retry budget, and towards the attempts unless it had a new event. Then the
    /// stream ends, and so does one for which the API returns 204. What is logged between two calls is missed, because
    /// the API does not repeat it.
    ///
    /// ```no_run
    /// # bigcommerce_client::example!(["hosting"] store:
    /// let log = store.hosting_logs().tail("9b0d7f6e-2c1a-4f64-a1d5-3f0a7c2e8b11").await?;
    /// let mut log = log.following();
    /// while let Some(event) = log.try_next().await? {
    ///     println!("{:?}", event.data.logs);
    /// }
    /// # );
    /// ```
    pub const fn following(mut self) -> Self {
        self.follows = true;
        self
    }

    /// The next event; `None` when the API ends the stream.
    ///
    /// # Errors
    ///
    /// Returns an error if the connection fails and cannot be re-established, if an event is larger
    /// than the maximum body size, if the response is not a stream of events, such as an HTML page, and in
    /// place of an event whose data cannot be decoded. After the last, the stream continues.
    pub async fn try_next(&mut self) -> Result<Option<ServerEvent<T>>, Error> {
        poll_fn(|context| self.poll(context)).await.transpose()
    }

    /// The id of the last event that had one, for the header `Last-Event-ID` of another call.
    pub fn last_id(&self) -> Option<&str> {
        self.lines.id.as_deref()
    }

    /// How long the API asks to wait before reconnecting, if it does.
    pub const fn retry(&self) -> Option<Duration> {
        self.lines.retry
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<ServerEvent<T>, Error>>> {
        loop {
            if let Some(come) = self.lines.events.pop_front() {
                if self.is_new(&come) {
                    return Poll::Ready(Some((self.read)(come.event, &self.pieces)));
                }
                continue;
            }
            let broken = match &mut self.state {
                State::Over => return Poll::Ready(None),
                State::Reconnecting(pending) => match ready!(pending.as_mut().poll(context)) {
                    Ok(pieces) => {
                        self.reconnect.opened();
                        self.lines.restart();
                        self.behind.clone_from(&self.lines.id);
                        self.pieces = pieces;
                        self.state = State::Open;
                        continue;
                    }
                    Err(error) => return self.end(error),
                },
                State::Open if self.lines.held() > self.pieces.most => {
                    let error = self.pieces.too_large();
                    return self.end(error);
                }
                State::Open => match ready!(self.pieces.poll(context)) {
                    Some(Ok(piece)) => {
                        self.lines.read(&piece);
                        continue;
                    }
                    Some(Err(error)) => error,
                    None => {
                        if let Some(beginning) = self.lines.instead() {
                            let error = self.pieces.no_events(beginning);
                            return self.end(error);
                        }
                        if !self.lines.is_within_event() {
                            self.state = self.after_end();
                            continue;
                        }
                        self.pieces.within_event()
                    }
                },
            };
            let (id, retry) = (self.lines.id.as_deref(), self.lines.retry);
            self.state = match self.reconnect.again(id, retry) {
                Some(pending) => State::Reconnecting(pending),
                None => return self.end(broken),
            };
        }
    }

    /// Ends the stream with an error. The connection is closed now, not when the caller drops the stream: the response
    /// may have gone on.
    fn end(&mut self, error: Error) -> Poll<Option<Result<ServerEvent<T>, Error>>> {
        self.state = State::Over;
        self.pieces.close();
        Poll::Ready(Some(Err(error)))
    }

    /// What follows a response that the API ended. A 204 means that no more events will come.
    fn after_end(&mut self) -> State {
        if !self.follows || self.pieces.head.status == StatusCode::NO_CONTENT {
            return State::Over;
        }
        let (id, retry) = (self.lines.id.as_deref(), self.lines.retry);
        let again = self.reconnect.again_after_end(id, retry);
        again.map_or(State::Over, State::Reconnecting)
    }

    /// Whether an event was not received before the interruption, as far as its id shows.
    fn is_new(&mut self, come: &Come) -> bool {
        if come.named {
            if self.behind.is_some() && self.behind == come.event.id {
                return false;
            }
            self.behind = None;
        }
        let mut hasher = DefaultHasher::new();
        (&come.event.kind, &come.event.data).hash(&mut hasher);
        let last = self.last.replace(hasher.finish());
        if come.named || last != self.last {
            self.reconnect.went_on();
        }
        true
    }
}

impl Pieces {
    /// The response ended in the middle of an event.
    fn within_event(&self) -> Error {
        self.broken(TransportError::broken("the stream ended in the middle of an event").into())
    }

    /// The response was something else, of which this is the beginning.
    fn no_events(&self, beginning: String) -> Error {
        let found = DecodeError::kind(String::new(), 0, "stream of events", "something else");
        self.unreadable(beginning.into(), found)
    }

    fn unreadable(&self, data: Bytes, error: DecodeError) -> Error {
        let head = &self.head;
        let headers = head.headers.clone();
        Error::decode(head.target.clone(), head.status, headers, data, error)
            .without(self.secrets.clone())
    }
}

impl<T> Stream for EventStream<T> {
    type Item = Result<ServerEvent<T>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<T> fmt::Debug for EventStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventStream")
            .field("last_id", &self.last_id())
            .finish_non_exhaustive()
    }
}
