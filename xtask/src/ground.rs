//! The tree below a root, as far as a run may change it: regular files that are not reached through
//! links. Anything else at a path - a link, a folder, a pipe - is an error, and is neither read nor replaced.

use std::{
    fs, io,
    io::Write as _,
    path::{Path, PathBuf},
};

use fs4::{FileExt, TryLockError};

/// The prefix of the name of a temporary file.
const UNFINISHED: &str = ".codegen-";

/// A root that is locked by this run.
#[derive(Debug)]
pub struct Ground {
    root: PathBuf,
    /// Blocks other runs until it is dropped.
    _lock: Option<fs::File>,
}

impl Ground {
    /// Waits until no other run has locked the tree below `root`; calls `waiting` first if one has.
    pub fn take(root: &Path, waiting: impl FnOnce()) -> io::Result<Self> {
        let lock = match lock_file(root) {
            Ok(file) => Some(file),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(at(error, &root.to_string_lossy())),
        };
        // By the trait's name, because newer standard libraries have methods of the same names.
        match lock.as_ref().map(FileExt::try_lock) {
            Some(Err(TryLockError::WouldBlock)) => {
                waiting();
                lock.as_ref().map_or(Ok(()), FileExt::lock)?;
            }
            Some(Err(TryLockError::Error(error))) => {
                return Err(at(error, &root.to_string_lossy()));
            }
            Some(Ok(())) | None => {}
        }
        Ok(Self {
            root: root.to_owned(),
            _lock: lock,
        })
    }

    /// The contents of the file at `path`; `None` if it does not exist.
    pub fn read(&self, path: &str) -> io::Result<Option<String>> {
        if !self.is_file(path)? {
            return Ok(None);
        }
        let bytes = fs::read(self.root.join(path)).map_err(|error| self.at(error, path))?;
        Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
    }

    /// Replaces the contents of `path` by `text`, with a temporary file and a rename, so an interrupted run
    /// leaves either the old or the new file.
    pub fn replace(&self, path: &str, text: &str) -> io::Result<()> {
        self.is_file(path)?;
        replace(&self.root.join(path), text).map_err(|error| self.at(error, path))
    }

    /// Removes the file at `path`, and the folders that this leaves empty.
    pub fn remove(&self, path: &str) -> io::Result<()> {
        if !self.is_file(path)? {
            return Ok(());
        }
        let whole = self.root.join(path);
        fs::remove_file(&whole).map_err(|error| self.at(error, path))?;
        let mut folder = whole.parent();
        while let Some(empty) = folder.filter(|folder| *folder != self.root) {
            // Fails on the first folder that is not empty, which is where to stop.
            if fs::remove_dir(empty).is_err() {
                break;
            }
            folder = empty.parent();
        }
        Ok(())
    }

    /// Removes the temporary files of an interrupted run in this folder.
    pub fn sweep(&self, folder: &str) -> io::Result<()> {
        for (path, kind) in self.entries(folder)? {
            let name = path.rsplit('/').next().unwrap_or_default();
            if kind.is_file() && name.starts_with(UNFINISHED) {
                self.remove(&path)?;
            }
        }
        Ok(())
    }

    /// The files in a folder, each with its path below the root; nothing if it does not exist.
    pub fn entries(&self, folder: &str) -> io::Result<Vec<(String, fs::FileType)>> {
        if !self.leads_to(folder)? {
            return Ok(Vec::new());
        }
        let failed = |error| self.at(error, folder);
        let mut found = Vec::new();
        for entry in fs::read_dir(self.root.join(folder)).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = if folder.is_empty() {
                name
            } else {
                format!("{folder}/{name}")
            };
            found.push((path, entry.file_type().map_err(failed)?));
        }
        Ok(found)
    }

    /// Whether there is a regular file at `path`.
    fn is_file(&self, path: &str) -> io::Result<bool> {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        if !self.leads_to(folder)? {
            return Ok(false);
        }
        match self.kind(path)? {
            None => Ok(false),
            Some(kind) if kind.is_file() => Ok(true),
            Some(kind) => Err(refused(&self.shown(path), kind, "a file")),
        }
    }

    /// Whether the folder exists, and is reached only through folders.
    fn leads_to(&self, folder: &str) -> io::Result<bool> {
        let ends = folder.match_indices('/').map(|(end, _)| end);
        let steps = ends.chain([folder.len()]).filter(|end| *end > 0);
        for way in steps.map(|end| &folder[..end]) {
            match self.kind(way)? {
                None => return Ok(false),
                Some(kind) if kind.is_dir() => {}
                Some(kind) => return Err(refused(&self.shown(way), kind, "a folder")),
            }
        }
        Ok(true)
    }

    fn kind(&self, path: &str) -> io::Result<Option<fs::FileType>> {
        match fs::symlink_metadata(self.root.join(path)) {
            Ok(found) => Ok(Some(found.file_type())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(self.at(error, path)),
        }
    }

    /// A path below the root, relative to the working directory.
    fn shown(&self, path: &str) -> String {
        let whole = self.root.join(path);
        whole
            .strip_prefix(".")
            .unwrap_or(&whole)
            .display()
            .to_string()
    }

    /// An error with the path below the root at which it happened.
    fn at(&self, error: io::Error, path: &str) -> io::Error {
        at(error, &self.shown(path))
    }
}

/// A lock that all runs below `root` share.
fn lock_file(root: &Path) -> io::Result<fs::File> {
    // A folder can be locked itself, which leaves nothing behind.
    #[cfg(unix)]
    {
        fs::File::open(root)
    }
    #[cfg(not(unix))]
    {
        let path = root.join("target/codegen.lock");
        let folder = path.parent().filter(|_| root.is_dir());
        if let Some(folder) = folder {
            fs::create_dir_all(folder)?;
        }
        fs::File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(path)
    }
}

fn refused(path: &str, kind: fs::FileType, wanted: &str) -> io::Error {
    let found = if kind.is_symlink() {
        "a link"
    } else if kind.is_dir() {
        "a folder"
    } else if kind.is_file() {
        "a file"
    } else {
        "neither a file nor a folder"
    };
    io::Error::new(
        io::ErrorKind::InvalidInput,
        format!(
            "{path} is {found}, but only {wanted} is allowed there. Nothing was read, written or removed \
             through it: move it away, and run the command again"
        ),
    )
}

fn replace(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut file = tempfile::Builder::new()
        .prefix(UNFINISHED)
        .tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    // A temporary file is readable only by its owner; a source file is not.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::symlink_metadata(path).map_or(0o644, |old| old.permissions().mode());
        file.as_file()
            .set_permissions(fs::Permissions::from_mode(mode))?;
    }
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// An error with its path, which `io::Error` does not contain.
pub fn at(error: io::Error, path: &str) -> io::Error {
    io::Error::new(error.kind(), format!("{path}: {error}"))
}
