//! What stands between the disk and what was rendered: files that are stale, missing or left over.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::Path,
};

use codegen::render::File;

/// What is to be done to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It is there, with another text.
    Stale,
    /// It is not there.
    Missing,
    /// It is there, was written by an earlier run, and no run makes it any more.
    Orphaned,
}

/// A file that is not as it should be.
#[derive(Debug)]
pub struct Difference {
    /// Its path below the root.
    pub path: String,
    /// What is wrong with it.
    pub state: State,
    /// What is on disk.
    pub before: String,
    /// What should be.
    pub after: String,
}

/// The differences, by path.
#[derive(Debug, Default)]
pub struct Plan {
    /// The files that are not as they should be.
    pub differences: Vec<Difference>,
    /// How many files were rendered.
    pub rendered: usize,
}

impl Plan {
    /// Compares what was rendered with the disk. `written` names the files that the last run wrote
    /// for the same outputs, `folders` those in which nothing else may stand.
    pub fn compare(
        root: &Path,
        files: &[File],
        written: &BTreeSet<String>,
        folders: &[&str],
    ) -> io::Result<Self> {
        let mut differences = BTreeMap::new();
        let mut made = BTreeSet::new();
        for file in files {
            made.insert(file.path.as_str());
            let (state, before) = match fs::read(root.join(&file.path)) {
                Ok(bytes) => {
                    let before = String::from_utf8_lossy(&bytes).into_owned();
                    // A checkout may have turned the line ends; that is no difference.
                    if before == file.text || unix(&before) == unix(&file.text) {
                        continue;
                    }
                    (State::Stale, before)
                }
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    (State::Missing, String::new())
                }
                Err(error) => return Err(at(error, &file.path)),
            };
            let (path, after) = (file.path.clone(), file.text.clone());
            differences.insert(
                file.path.clone(),
                Difference {
                    path,
                    state,
                    before,
                    after,
                },
            );
        }
        let mut found: BTreeSet<String> = written.clone();
        for folder in folders {
            walk(root, folder, &mut found)?;
        }
        for path in found
            .into_iter()
            .filter(|path| !made.contains(path.as_str()))
        {
            match fs::read(root.join(&path)) {
                Ok(bytes) => {
                    let before = String::from_utf8_lossy(&bytes).into_owned();
                    let (state, after) = (State::Orphaned, String::new());
                    differences.insert(
                        path.clone(),
                        Difference {
                            path,
                            state,
                            before,
                            after,
                        },
                    );
                }
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(at(error, &path)),
            }
        }
        Ok(Self {
            differences: differences.into_values().collect(),
            rendered: files.len(),
        })
    }

    /// Whether the disk is as it should be.
    pub fn is_empty(&self) -> bool {
        self.differences.is_empty()
    }

    /// How many files are in `state`.
    pub fn count(&self, state: State) -> usize {
        self.differences
            .iter()
            .filter(|difference| difference.state == state)
            .count()
    }
}

fn unix(text: &str) -> String {
    text.replace("\r\n", "\n")
}

/// An error with the path it happened at, which `io::Error` does not tell.
pub fn at(error: io::Error, path: &str) -> io::Error {
    io::Error::new(error.kind(), format!("{path}: {error}"))
}

fn walk(root: &Path, folder: &str, found: &mut BTreeSet<String>) -> io::Result<()> {
    let entries = match fs::read_dir(root.join(folder)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(at(error, folder)),
    };
    for entry in entries {
        let entry = entry.map_err(|error| at(error, folder))?;
        let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry
            .file_type()
            .map_err(|error| at(error, &path))?
            .is_dir()
        {
            walk(root, &path, found)?;
        } else {
            found.insert(path);
        }
    }
    Ok(())
}
