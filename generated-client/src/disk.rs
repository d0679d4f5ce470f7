//! Files on disk without blocking the runtime: blocking work runs on the runtime's blocking threads, or
//! directly if there is no runtime.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use bytes::Bytes;
use tokio::runtime::Handle;

use crate::transport::{ByteStream, Step, Unfold};

/// How much of a file is read at a time.
const PIECE: usize = 64 * 1024;

/// Runs blocking work.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    match Handle::try_current() {
        Ok(runtime) => runtime
            .spawn_blocking(work)
            .await
            .map_err(io::Error::other)?,
        Err(_) => work(),
    }
}

/// The content of a file, which is opened when it is first read.
pub(crate) fn content(path: PathBuf) -> ByteStream {
    Box::pin(Unfold::of(Reading::Closed(path), Reading::step))
}

/// The size of a file.
///
/// # Errors
///
/// Returns an error if there is no such file.
pub(crate) fn size(path: &Path) -> io::Result<u64> {
    let about = fs::metadata(path)?;
    if about.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    Ok(about.len())
}

enum Reading {
    Closed(PathBuf),
    Open(File),
}

impl Reading {
    fn step(self) -> Step<Self> {
        Box::pin(async move { Ok(blocking(move || self.piece()).await?) })
    }

    fn piece(self) -> io::Result<Option<(Bytes, Self)>> {
        let mut file = match self {
            Self::Closed(path) => File::open(path)?,
            Self::Open(file) => file,
        };
        let mut bytes = vec![0; PIECE];
        let count = loop {
            match file.read(&mut bytes) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                count => break count?,
            }
        };
        bytes.truncate(count);
        Ok((count > 0).then(|| (bytes.into(), Self::Open(file))))
    }
}

/// A file that is being written. It gets its name only when it is complete; otherwise it is removed.
pub(crate) struct Writing {
    file: Option<File>,
    part: PathBuf,
    path: PathBuf,
}

impl Writing {
    pub(crate) async fn to(path: PathBuf) -> io::Result<Self> {
        let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?;
        let mut part = name.to_owned();
        part.push(format!(".{:08x}.part", fastrand::u32(..)));
        let part = path.with_file_name(part);
        blocking(move || {
            let file = Some(File::create_new(&part)?);
            Ok(Self { file, part, path })
        })
        .await
    }

    pub(crate) async fn write(mut self, piece: Bytes) -> io::Result<Self> {
        blocking(move || {
            if let Some(file) = &mut self.file {
                file.write_all(&piece)?;
            }
            Ok(self)
        })
        .await
    }

    /// Gives the file its name, replacing an existing one, after the disk has confirmed that everything is
    /// written: a network file system may report a failed write only then.
    pub(crate) async fn finish(mut self) -> io::Result<()> {
        blocking(move || {
            // Some systems cannot rename an open file, so it is closed here.
            if let Some(file) = self.file.take() {
                file.sync_all().or_else(tolerated)?;
            }
            fs::rename(&self.part, &self.path)
        })
        .await
    }
}

/// Ignores the error of a file system that does not support syncing.
fn tolerated(error: io::Error) -> io::Result<()> {
    match error.kind() {
        io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput => Ok(()),
        _ => Err(error),
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        drop(self.file.take());
        // It no longer exists after it was renamed.
        let _ = fs::remove_file(&self.part);
    }
}
