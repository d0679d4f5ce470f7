//! The texts of a spec, by their path below the spec folder. Nothing here reads the disk or interprets
//! the texts.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

/// The files of a spec, from path to text.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    root: PathBuf,
    files: BTreeMap<String, String>,
}

impl Sources {
    /// A spec without a file yet, whose messages show the folder `root`.
    pub(crate) fn below(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
            files: BTreeMap::new(),
        }
    }

    /// Adds a file.
    pub(crate) fn insert(&mut self, path: String, text: &str) {
        self.files.insert(path, normalise(text));
    }

    /// A spec in memory, which messages show below `spec/`.
    pub fn from_texts<P, T>(files: impl IntoIterator<Item = (P, T)>) -> Self
    where
        P: Into<String>,
        T: AsRef<str>,
    {
        let files = files
            .into_iter()
            .map(|(path, text)| (path.into(), normalise(text.as_ref())))
            .collect();
        Self {
            root: PathBuf::from("spec"),
            files,
        }
    }

    /// The text of the file at `path`, relative to the spec folder.
    #[must_use]
    pub fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// The files in the order of their paths.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &str)> {
        self.files
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The SHA-256 of every file's path and text, in order. Both end with a zero byte.
    #[must_use]
    pub fn hash(&self) -> String {
        let mut hash = Sha256::new();
        for part in self.iter().flat_map(|(path, text)| [path, text]) {
            hash.update(part.as_bytes());
            hash.update([0]);
        }
        let bytes = hash.finalize();
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The path as messages show it: with the spec folder before it and forward slashes.
    #[must_use]
    pub fn display_path(&self, path: &str) -> String {
        let root = self.root.to_string_lossy().replace('\\', "/");
        match (root.trim_end_matches('/'), path) {
            ("", path) => path.to_owned(),
            (root, "") => root.to_owned(),
            (root, path) => format!("{root}/{path}"),
        }
    }
}

/// Windows line ends and a byte-order mark have no meaning, so they are removed here.
fn normalise(text: &str) -> String {
    text.strip_prefix('\u{feff}')
        .unwrap_or(text)
        .replace("\r\n", "\n")
}
