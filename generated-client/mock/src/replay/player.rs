//! Responses from a recording.

use std::fmt;
use std::future::{Ready, ready};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{Request, Response};
use tower_service::Service;

use super::ReplayError;
use super::compare::{differences, read, redacted};
use super::tape::Exchange;
use super::unify::Bindings;

/// A service that returns the responses of a recording in order. A request that is not the next one fails
/// with the difference. Clones share everything.
///
/// ```
/// use bigcommerce_mock::replay::{Replay, ReplayError};
/// use bytes::Bytes;
/// use tower_service::Service;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let recording = r#"{"asked":{"method":"GET","path":"/v2/time"},"answered":{"status":204}}"#;
/// let mut replay = Replay::from_text(recording)?;
///
/// let wrong = http::Request::get("http://127.0.0.1/v2/store").body(Bytes::new())?;
/// let Err(ReplayError::Unexpected(difference)) = replay.call(wrong).await else { panic!() };
/// assert!(difference.contains("- path  /v2/time\n+ path  /v2/store"));
///
/// let right = http::Request::get("http://127.0.0.1/v2/time").body(Bytes::new())?;
/// assert_eq!(replay.call(right).await?.status(), 204);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Replay(Arc<Mutex<State>>);

struct State {
    exchanges: Vec<Option<Exchange>>,
    bindings: Bindings,
    any_order: bool,
    unexpected: Vec<String>,
}

impl Replay {
    /// Replays a file written by a [`Recorder`](super::Recorder).
    ///
    /// # Errors
    ///
    /// Returns an error if it cannot be read or is not a recording.
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self, ReplayError> {
        let path = path.as_ref();
        let text = std::fs::read_to_string(path)
            .map_err(|error| ReplayError::File(format!("{}: {error}", path.display())))?;
        Self::from_text(&text)
    }

    /// Replays a recording from a string, such as one from `include_str!`. Empty lines are skipped, and so is
    /// an incomplete last line, which a killed recorder may leave.
    ///
    /// # Errors
    ///
    /// Returns an error if a line is not an exchange.
    pub fn from_text(text: &str) -> Result<Self, ReplayError> {
        let (whole, last) = text.rsplit_once('\n').unwrap_or(("", text));
        let breaks_off = |error: serde_json::Error| error.is_eof();
        let cut = serde_json::from_str::<Exchange>(last).is_err_and(breaks_off);
        let lines = if cut { whole } else { text }.lines().zip(1..);
        let lines = lines.filter(|(line, _)| !line.trim().is_empty());
        let exchanges = lines.map(|(line, number)| {
            let exchange = serde_json::from_str(line).map_err(|error| ReplayError::Line {
                line: number,
                why: error.to_string(),
            });
            exchange.map(Some)
        });
        Ok(Self(Arc::new(Mutex::new(State {
            exchanges: exchanges.collect::<Result<_, _>>()?,
            bindings: Bindings::default(),
            any_order: false,
            unexpected: Vec::new(),
        }))))
    }

    /// Accepts requests in any order, for programs with concurrent requests: each gets the first matching
    /// response that is not used yet.
    #[must_use]
    pub fn any_order(self) -> Self {
        self.state().any_order = true;
        self
    }

    /// Checks that the recording was followed to its end.
    ///
    /// # Errors
    ///
    /// Returns an error if a recorded request was never made, or a request was not expected.
    pub fn finish(&self) -> Result<(), ReplayError> {
        let state = self.state();
        let left = state.exchanges.iter().flatten();
        let left: Vec<_> = left.map(|exchange| exchange.asked.line()).collect();
        let unexpected = state.unexpected.clone();
        if left.is_empty() && unexpected.is_empty() {
            return Ok(());
        }
        Err(ReplayError::Unfinished { left, unexpected })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn answer(&mut self, request: &Request<Bytes>) -> Result<Response<Bytes>, ReplayError> {
        let came = read(request);
        let mut first = None;
        for (at, place) in self.exchanges.iter_mut().enumerate() {
            let Some(exchange) = place else { continue };
            // Bindings inferred from a request that does not match are dropped again.
            let mut bindings = self.bindings.clone();
            let lines = differences(&mut bindings, &exchange.asked, &came);
            if lines.is_empty() {
                self.bindings = bindings;
                let exchange = place.take();
                return exchange.map_or_else(|| Err(gone()), |exchange| play(&exchange, at));
            }
            first.get_or_insert((at, lines));
            if !self.any_order {
                break;
            }
        }
        let line = redacted(request).line();
        self.unexpected.push(line.clone());
        Err(ReplayError::Unexpected(told(&line, first)))
    }
}

fn gone() -> ReplayError {
    ReplayError::Unexpected("the response to this request was already returned".to_owned())
}

fn play(exchange: &Exchange, at: usize) -> Result<Response<Bytes>, ReplayError> {
    if let Some(answered) = &exchange.answered {
        return answered.respond().ok_or_else(|| ReplayError::Line {
            line: at + 1,
            why: "its response has an invalid status or header".to_owned(),
        });
    }
    let why = exchange.failed.clone().unwrap_or_default();
    Err(ReplayError::NoResponse(why))
}

fn told(line: &str, first: Option<(usize, Vec<String>)>) -> String {
    let Some((at, lines)) = first else {
        return format!("not expected: {line}\n  every recorded request has already been made");
    };
    let head = format!("not expected as request {}", at + 1);
    format!("{head} (- recorded, + came):\n{}", lines.join("\n"))
}

impl Service<Request<Bytes>> for Replay {
    type Response = Response<Bytes>;
    type Error = ReplayError;
    type Future = Ready<Result<Response<Bytes>, ReplayError>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), ReplayError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Bytes>) -> Self::Future {
        ready(self.state().answer(&request))
    }
}

impl fmt::Debug for Replay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.state();
        let left = state.exchanges.iter().flatten().count();
        f.debug_struct("Replay")
            .field("recorded", &state.exchanges.len())
            .field("left", &left)
            .finish_non_exhaustive()
    }
}
