//! Finds the official operations that the spec does not mention: neither as an endpoint nor in its list of
//! official operations.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::{
    Stranger,
    place::Lines,
    read::{Text, Theirs, operations},
};
use crate::{
    bare_path::bare,
    import::{operation::Operation, paths},
    index::official::{self, OperationKey},
    spec::{Document, Official},
    stem::listed,
};

/// An operation that is neither an endpoint nor in the list of official operations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unlisted {
    pub operation: Stranger,
    /// The file and the line that describe it.
    pub theirs: String,
    /// The description, as in the list's `files`.
    pub file: String,
    /// The line to add there: `/v3/catalog/brands: GET POST`.
    pub line: String,
    /// The title under which its description is left out, if it is.
    pub left_out: Option<String>,
}

/// The list of official operations. A spec without one leaves none out.
pub(super) struct List<'a> {
    official: Option<&'a Official>,
    keys: HashSet<OperationKey>,
    base: &'a str,
}

impl<'a> List<'a> {
    pub(super) fn new(document: &'a Document) -> Self {
        let official = document.official.as_ref();
        let listed = official.into_iter().flat_map(official::operations);
        Self {
            official,
            keys: listed.map(|one| one.key()).collect(),
            base: &document.service.base_url,
        }
    }

    /// Whether there is a list, and the operation is not in it.
    pub(super) fn lacks(&self, text: &Text<'_>, operation: &Operation) -> bool {
        let key = key(operation, &self.path(text, operation));
        self.official.is_some() && !self.keys.contains(&key)
    }

    /// The path as in the list.
    fn path(&self, text: &Text<'_>, operation: &Operation) -> String {
        let elsewhere = text.official.elsewhere.as_deref();
        paths::path(
            elsewhere.filter(|_| text.is_elsewhere(&[self.base])),
            operation,
        )
    }

    /// The operations that the list lacks, without those that match an endpoint.
    pub(super) fn unlisted(
        &self,
        texts: &[Text<'_>],
        met: &HashSet<Theirs>,
        lines: &mut Lines<'_>,
    ) -> Vec<Unlisted> {
        let Some(official) = self.official else {
            return Vec::new();
        };
        let mut told: HashSet<OperationKey> = HashSet::new();
        let mut rows: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
        let mut new = Vec::new();
        for (place, operation) in operations(texts) {
            let text = texts.get(place.file).filter(|_| !met.contains(&place));
            let Some(text) = text.filter(|text| self.lacks(text, operation)) else {
                continue;
            };
            let path = self.path(text, operation);
            if !told.insert(key(operation, &path)) {
                continue;
            }
            let row = (file_of(official, text), path);
            let methods = rows.entry(row.clone()).or_insert_with(|| {
                let there = official.files.get(&row.0);
                let there = there.and_then(|paths| paths.get(&row.1));
                let there = there.map(String::as_str).unwrap_or_default();
                there.split_whitespace().map(str::to_owned).collect()
            });
            methods.insert(paths::method(operation));
            new.push((place, Stranger::new(text, operation), row));
        }
        let all = new.into_iter().map(|(place, operation, row)| Unlisted {
            theirs: lines
                .theirs(place, "")
                .unwrap_or_else(|| operation.file.clone()),
            operation,
            line: rows
                .get(&row)
                .map(|methods| paths::line(&row.1, methods))
                .unwrap_or_default(),
            left_out: official::left_out(official, &row.0).map(|out| out.title.clone()),
            file: row.0,
        });
        all.collect()
    }
}

fn key(operation: &Operation, path: &str) -> OperationKey {
    (operation.method.to_ascii_uppercase(), bare(path))
}

/// The name of a description in the list.
fn file_of(official: &Official, text: &Text<'_>) -> String {
    let title = &text.official.title;
    let mut files = official.files.keys();
    let known = files.find(|file| *file == title);
    let known = known.or_else(|| official.files.keys().find(|file| text.is(file)));
    known.map_or_else(|| listed(text.file, title), str::to_owned)
}
