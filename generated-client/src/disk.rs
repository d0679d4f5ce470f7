//! Files on disk, without holding up the runtime: work that blocks goes to its threads for that, or is
//! done at once where there is no runtime.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use bytes::Bytes;
use tokio::runtime::Handle;

use crate::transport::{ByteStream, Step, Unfold};

/// How much of a file is read at a time.
const PIECE: usize = 64 * 1024;

/// Does work that blocks.
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

/// The content of a file, which is opened when it is first asked for.
pub(crate) fn content(path: PathBuf) -> ByteStream {
    Box::pin(Unfold::of(Reading::Closed(path), Reading::step))
}

/// How large a file is.
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

/// A file being written. It has its name only once it is whole, and what was written is removed when it
/// never is.
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

    /// Gives it its name, in place of a file that had it, once the disk says that it has all of it: one on
    /// the network may tell only then of a piece that it did not keep.
    pub(crate) async fn finish(mut self) -> io::Result<()> {
        blocking(move || {
            // Some systems rename no file that is open, so it is closed here.
            if let Some(file) = self.file.take() {
                file.sync_all().or_else(tolerated)?;
            }
            fs::rename(&self.part, &self.path)
        })
        .await
    }
}

/// Passes over that a file system has no way to say whether it has all of a file.
fn tolerated(error: io::Error) -> io::Result<()> {
    match error.kind() {
        io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput => Ok(()),
        _ => Err(error),
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        drop(self.file.take());
        // After it got its name it is not there any more.
        let _ = fs::remove_file(&self.part);
    }
}
