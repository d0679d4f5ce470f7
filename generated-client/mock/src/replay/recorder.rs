//! Records the requests and responses that pass through it.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;
use std::fs::File;
use std::future::Future;
use std::io::Write;
use std::path::Path;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{Request, Response};
use tower_service::Service;

use super::redactor::Redactor;
use super::tape::{Answered, Exchange, TapedRequest};
use super::{Redaction, ReplayError};

type BoxError = Box<dyn Error + Send + Sync>;

/// A service that writes each exchange of another service to a file, as a line of JSON, in the order of
/// the requests. See the [module](super) for what is redacted.
///
/// A dropped call leaves no line. If a line cannot be written, the call fails, so that no recording has
/// unnoticed gaps; the effect of the call remains.
#[derive(Clone)]
pub struct Recorder<S> {
    inner: S,
    tape: Arc<Mutex<Tape>>,
}

struct Tape {
    redactor: Redactor,
    file: File,
    /// How many were asked.
    asked: u64,
    /// The next one to be written.
    next: u64,
    /// Exchanges that ended before an earlier one; `None` for those that leave no line.
    ended: BTreeMap<u64, Option<Exchange>>,
}

impl<S> Recorder<S> {
    /// Records to this file, which is overwritten.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be created.
    pub fn new(inner: S, path: impl AsRef<Path>) -> Result<Self, ReplayError> {
        Self::redacting(inner, path, Redaction::standard())
    }

    /// The same, with custom redaction.
    ///
    /// ```
    /// use bigcommerce_mock::replay::{Recorder, Redaction};
    ///
    /// # let path = std::env::temp_dir().join(format!("recorder-{}.jsonl", std::process::id()));
    /// # let transport = ();
    /// let redaction = Redaction::standard().also(["vat_number"]);
    /// let recorder = Recorder::redacting(transport, &path, redaction)?;
    /// # std::fs::remove_file(&path).ok();
    /// # Ok::<(), bigcommerce_mock::replay::ReplayError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be created.
    pub fn redacting(
        inner: S,
        path: impl AsRef<Path>,
        redaction: Redaction,
    ) -> Result<Self, ReplayError> {
        let path = path.as_ref();
        let file = private(path)
            .map_err(|error| ReplayError::File(format!("{}: {error}", path.display())))?;
        let tape = Tape {
            redactor: Redactor::new(redaction),
            file,
            asked: 0,
            next: 0,
            ended: BTreeMap::new(),
        };
        Ok(Self {
            inner,
            tape: Arc::new(Mutex::new(tape)),
        })
    }
}

impl<S> Service<Request<Bytes>> for Recorder<S>
where
    S: Service<Request<Bytes>, Response = Response<Bytes>>,
    S::Future: Send + 'static,
    S::Error: Into<BoxError>,
{
    type Response = Response<Bytes>;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Bytes>, BoxError>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.inner.poll_ready(context).map_err(Into::into)
    }

    fn call(&mut self, request: Request<Bytes>) -> Self::Future {
        let (asked, place) = Place::take(&self.tape, &request);
        let answering = self.inner.call(request);
        Box::pin(async move {
            let answer = answering.await.map_err(Into::into);
            place.fill(asked, &answer)?;
            answer
        })
    }
}

/// The position of an exchange in the file. If the call is dropped, it stays empty.
struct Place {
    tape: Arc<Mutex<Tape>>,
    number: u64,
    filled: bool,
}

impl Place {
    fn take(tape: &Arc<Mutex<Tape>>, request: &Request<Bytes>) -> (TapedRequest, Self) {
        let mut locked = lock(tape);
        let asked = TapedRequest::read(&mut locked.redactor, request);
        let number = locked.asked;
        locked.asked += 1;
        let place = Self {
            tape: Arc::clone(tape),
            number,
            filled: false,
        };
        (asked, place)
    }

    fn fill(
        mut self,
        asked: TapedRequest,
        answer: &Result<Response<Bytes>, BoxError>,
    ) -> Result<(), ReplayError> {
        self.filled = true;
        let mut tape = lock(&self.tape);
        let it = &mut tape.redactor;
        let (answered, failed) = match answer {
            Ok(response) => (Some(Answered::read(it, response)), None),
            Err(error) => (None, Some(it.text(&error.to_string()))),
        };
        let exchange = Exchange {
            asked,
            answered,
            failed,
        };
        tape.end(self.number, Some(exchange))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if !self.filled {
            // The exchanges waiting behind it are written now; if that fails, the recording ends early.
            let _ = lock(&self.tape).end(self.number, None);
        }
    }
}

impl Tape {
    /// Writes the finished exchanges, up to the first unfinished one.
    fn end(&mut self, number: u64, exchange: Option<Exchange>) -> Result<(), ReplayError> {
        self.ended.insert(number, exchange);
        while let Some(exchange) = self.ended.remove(&self.next) {
            self.next += 1;
            let Some(exchange) = exchange else { continue };
            let line = serde_json::to_string(&exchange);
            let line = line.map_err(|error| ReplayError::File(error.to_string()))?;
            let written = self.file.write_all(format!("{line}\n").as_bytes());
            written.map_err(|error| ReplayError::File(error.to_string()))?;
        }
        Ok(())
    }
}

/// A new file that only its owner can read: a recording may contain more than the names suggest.
fn private(path: &Path) -> std::io::Result<File> {
    let mut options = File::options();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    // An existing file would otherwise keep its mode.
    #[cfg(unix)]
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    Ok(file)
}

fn lock(tape: &Mutex<Tape>) -> MutexGuard<'_, Tape> {
    tape.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<S> fmt::Debug for Recorder<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let asked = lock(&self.tape).asked;
        f.debug_struct("Recorder")
            .field("asked", &asked)
            .finish_non_exhaustive()
    }
}
