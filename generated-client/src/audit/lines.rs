//! Records as lines of JSON, into a file or anything else that can be written to.

use std::fmt;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{AuditSink, Record};

/// Writes each record as one line of JSON. Lines of concurrent calls do not interleave.
///
/// ```no_run
/// use bigcommerce_client::{Client, audit::JsonLines};
///
/// let store = Client::builder("abc123", "the-token")
///     .audit(JsonLines::append("audit.jsonl")?)
///     .build()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct JsonLines<W>(Mutex<Lines<W>>);

struct Lines<W> {
    writer: W,
    /// The last line may be incomplete, so the next record starts a new one.
    torn: bool,
}

impl JsonLines<File> {
    /// Appends to a file, which is created if it does not exist. Each line is written to the system
    /// immediately, without buffering. A new file is accessible only to its owner (mode 600); an
    /// existing one keeps its mode. If its last line is incomplete, because a program was killed while
    /// writing, the first record starts a new line.
    ///
    /// ```
    /// use std::io::ErrorKind;
    /// use bigcommerce_client::audit::JsonLines;
    ///
    /// // A missing folder is not created, so that a mistyped path fails when the program starts.
    /// let error = JsonLines::append("no-such-folder/audit.jsonl").unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::NotFound);
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be opened.
    pub fn append(path: impl AsRef<Path>) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        options.append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let path = path.as_ref();
        let writer = options.open(path)?;
        let torn = breaks_off(&writer, path);
        Ok(Self(Mutex::new(Lines { writer, torn })))
    }
}

/// Whether the last line of a file has no end, or may have none because the file cannot be read. Pipes
/// and devices have no last line.
fn breaks_off(file: &File, path: &Path) -> bool {
    let is_empty = |file: &File| file.metadata().map(|it| !it.is_file() || it.len() == 0);
    if is_empty(file).unwrap_or(true) {
        return false;
    }
    let last = || {
        let (mut file, mut last) = (File::open(path)?, [0]);
        file.seek(SeekFrom::End(-1))?;
        file.read_exact(&mut last)?;
        Ok::<_, io::Error>(last)
    };
    last().map_or(true, |last| last != *b"\n")
}

impl<W: Write + Send + 'static> JsonLines<W> {
    /// Writes to `writer`, which is flushed after each line.
    ///
    /// ```
    /// use bigcommerce_client::{Client, audit::JsonLines};
    ///
    /// // In a container the host collects standard output.
    /// let sink = JsonLines::new(std::io::stderr());
    /// let builder = Client::builder("abc123", "the-token").audit(sink);
    /// ```
    pub const fn new(writer: W) -> Self {
        let torn = false;
        Self(Mutex::new(Lines { writer, torn }))
    }

    /// Gives access to the writer while no line is being written.
    ///
    /// ```no_run
    /// # fn example() -> Result<(), std::io::Error> {
    /// use std::fs::{self, OpenOptions};
    /// use bigcommerce_client::audit::JsonLines;
    ///
    /// let log = JsonLines::append("audit.jsonl")?;
    /// // Rotates the file once a day; no line is lost or split.
    /// log.with(|file| {
    ///     fs::rename("audit.jsonl", "audit-2026-03-01.jsonl")?;
    ///     let mut own = OpenOptions::new();
    ///     own.append(true).create_new(true);
    ///     #[cfg(unix)]
    ///     std::os::unix::fs::OpenOptionsExt::mode(&mut own, 0o600); // accessible only to its owner, like the first
    ///     *file = own.open("audit.jsonl")?;
    ///     Ok::<_, std::io::Error>(())
    /// })?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn with<T>(&self, look: impl FnOnce(&mut W) -> T) -> T {
        look(&mut self.lines().writer)
    }

    fn lines(&self) -> MutexGuard<'_, Lines<W>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<W: Write + Send + 'static> AuditSink for JsonLines<W> {
    fn record(&self, record: &Record<'_>) -> io::Result<()> {
        let mut lines = self.lines();
        let start = if lines.torn { "\n" } else { "" };
        let line = format!("{start}{}\n", record.to_json());
        lines.torn = true;
        lines.writer.write_all(line.as_bytes())?;
        lines.torn = false;
        lines.writer.flush()
    }
}

impl<W> fmt::Debug for JsonLines<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JsonLines").finish_non_exhaustive()
    }
}
