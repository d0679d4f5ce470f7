//! Records as lines of JSON, into a file or anything else that can be written to.

use std::fmt;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use super::{AuditSink, Record};

/// Writes each record as one line of JSON. Lines of calls that run at once do not mix.
///
/// ```no_run
/// use bigcommerce_client::{Client, audit::JsonLines};
///
/// let store = Client::builder("abc123", "the token")
///     .audit(JsonLines::append("audit.jsonl")?)
///     .build()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct JsonLines<W>(Mutex<W>);

impl JsonLines<File> {
    /// Writes at the end of a file, which is made if it is not there. Each line is handed to the
    /// system at once; nothing is held back.
    ///
    /// # Errors
    ///
    /// When the file cannot be opened.
    pub fn append(path: impl AsRef<Path>) -> io::Result<Self> {
        let file = OpenOptions::new().append(true).create(true).open(path)?;
        Ok(Self::new(file))
    }
}

impl<W: Write + Send + 'static> JsonLines<W> {
    /// Writes to that. It is flushed after each line.
    pub const fn new(writer: W) -> Self {
        Self(Mutex::new(writer))
    }

    /// Looks at what is written to, while no line is being written.
    pub fn with<T>(&self, look: impl FnOnce(&mut W) -> T) -> T {
        look(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl<W: Write + Send + 'static> AuditSink for JsonLines<W> {
    fn record(&self, record: &Record<'_>) -> io::Result<()> {
        let mut line = record.to_json();
        line.push('\n');
        self.with(|writer| {
            writer.write_all(line.as_bytes())?;
            writer.flush()
        })
    }
}

impl<W> fmt::Debug for JsonLines<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JsonLines").finish_non_exhaustive()
    }
}
