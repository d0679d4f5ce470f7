//! Reads a description, JSON or YAML, into operations and shapes.

use serde_json::Value;

use super::Description;
use crate::import::{
    self, ImportError,
    known::stem,
    operation::{Official, Operation},
};

/// A description that was read.
pub(super) struct Text<'d> {
    pub file: &'d str,
    pub text: &'d str,
    pub root: Value,
    pub official: Official,
}

impl<'d> Text<'d> {
    pub(super) fn read(description: &Description<'d>) -> Result<Self, (String, ImportError)> {
        let Description { file, text } = *description;
        let read = || {
            let root = import::value(text)?;
            let official = import::official(&root)?;
            Ok((root, official))
        };
        match read() {
            Ok((root, official)) => Ok(Self {
                file,
                text,
                root,
                official,
            }),
            Err(error) => Err((file.to_owned(), error)),
        }
    }

    /// Whether this is the file that a `source` of the spec names.
    pub(super) fn is(&self, source: &str) -> bool {
        let wanted = stem(source);
        stem(self.file) == wanted || stem(&self.official.title) == wanted
    }
}

impl Text<'_> {
    /// Whether it describes another server than those at these addresses.
    pub(super) fn is_elsewhere(&self, bases: &[&str]) -> bool {
        let host = |url: &str| {
            let rest = url.split_once("://").map_or("", |(_, rest)| rest);
            let end = rest.find('/').unwrap_or(rest.len());
            rest.get(..end).map(str::to_owned)
        };
        let elsewhere = self.official.elsewhere.as_deref();
        elsewhere.is_some_and(|url| bases.iter().all(|base| host(url) != host(base)))
    }

    /// The path of an operation as in the file.
    pub(super) fn bare<'o>(&self, operation: &'o Operation) -> &'o str {
        let path = operation.path.as_str();
        let version = self.official.version.as_str();
        let rest = path
            .strip_prefix('/')
            .and_then(|path| path.strip_prefix(version));
        rest.filter(|_| !version.is_empty()).unwrap_or(path)
    }
}

/// An operation of a description, by its position in all that was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Theirs {
    /// The place of the description.
    pub file: usize,
    /// The position of the operation in it.
    pub operation: usize,
}

/// The operations of all descriptions.
pub(super) fn operations<'t>(
    texts: &'t [Text<'_>],
) -> impl Iterator<Item = (Theirs, &'t Operation)> {
    texts.iter().enumerate().flat_map(|(file, text)| {
        let all = text.official.operations.iter().enumerate();
        all.map(move |(operation, one)| (Theirs { file, operation }, one))
    })
}

/// The operation at a place.
pub(super) fn operation<'t>(texts: &'t [Text<'_>], theirs: Theirs) -> Option<&'t Operation> {
    let text = texts.get(theirs.file)?;
    text.official.operations.get(theirs.operation)
}
