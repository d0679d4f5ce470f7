//! The differences between the disk and what was rendered: files that are stale, missing or left over.

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
};

use codegen::render::File;

use crate::ground::Ground;

/// What has to be done to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It exists, with another text.
    Stale,
    /// It is not there.
    Missing,
    /// It exists, was written by an earlier run, and is no longer made.
    Orphaned,
}

/// A file that differs.
#[derive(Debug)]
pub struct Difference {
    /// Its path below the root.
    pub path: String,
    /// The difference.
    pub state: State,
    /// What is on disk.
    pub before: String,
    /// What should be.
    pub after: String,
}

/// The differences, by path.
#[derive(Debug, Default)]
pub struct Plan {
    /// The files that differ.
    pub differences: Vec<Difference>,
    /// How many files were rendered.
    pub rendered: usize,
}

impl Plan {
    /// Compares what was rendered with the disk. `written` are the files that the last run wrote for the same
    /// outputs, `folders` those that may contain nothing else.
    pub fn compare(
        ground: &Ground,
        files: &[File],
        written: &BTreeSet<String>,
        folders: &[&str],
    ) -> io::Result<Self> {
        let mut differences = BTreeMap::new();
        let mut note = |path: &str, state, before: String, after: &str| {
            let difference = Difference {
                path: path.to_owned(),
                state,
                before,
                after: after.to_owned(),
            };
            differences.insert(path.to_owned(), difference);
        };
        let mut made = BTreeSet::new();
        for file in files {
            made.insert(file.path.as_str());
            match ground.read(&file.path)? {
                // A checkout may have converted the line ends, which is not a difference.
                Some(before) if before == file.text || unix(&before) == unix(&file.text) => {}
                Some(before) => note(&file.path, State::Stale, before, &file.text),
                None => note(&file.path, State::Missing, String::new(), &file.text),
            }
        }
        let mut found: BTreeSet<String> = written.clone();
        for folder in folders {
            walk(ground, folder, &mut found)?;
        }
        for path in found.iter().filter(|path| !made.contains(path.as_str())) {
            if let Some(before) = ground.read(path)? {
                note(path, State::Orphaned, before, "");
            }
        }
        Ok(Self {
            differences: differences.into_values().collect(),
            rendered: files.len(),
        })
    }

    /// Applies the plan.
    pub fn apply(&self, ground: &Ground) -> io::Result<()> {
        for difference in &self.differences {
            match difference.state {
                State::Stale | State::Missing => {
                    ground.replace(&difference.path, &difference.after)?;
                }
                State::Orphaned => ground.remove(&difference.path)?,
            }
        }
        Ok(())
    }

    /// Whether nothing differs.
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

fn walk(ground: &Ground, folder: &str, found: &mut BTreeSet<String>) -> io::Result<()> {
    for (path, kind) in ground.entries(folder)? {
        if kind.is_dir() {
            walk(ground, &path, found)?;
        } else {
            found.insert(path);
        }
    }
    Ok(())
}
