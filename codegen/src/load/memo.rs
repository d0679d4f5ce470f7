//! A cache of the files of a spec, so that after an edit only the changed files are read.

use std::{
    any::Any,
    collections::HashMap,
    sync::{Arc, OnceLock},
};

use rayon::prelude::*;

use super::{Tree, is_known, yaml};
use crate::source::Sources;

/// The files of a spec, read.
#[derive(Debug, Default)]
pub struct Memo<'a> {
    files: HashMap<&'a str, File<'a>>,
}

#[derive(Debug)]
struct File<'a> {
    text: &'a str,
    tree: Tree<'a>,
    /// The result of converting the tree, once it has been requested.
    value: OnceLock<Box<dyn Any + Send + Sync>>,
}

impl<'a> Memo<'a> {
    /// Reads the files of a spec.
    #[must_use]
    pub fn of(sources: &'a Sources) -> Self {
        let files = sources.iter().collect::<Vec<_>>().into_par_iter();
        let files = files.filter(|(path, _)| is_known(path));
        let files = files.map(|(path, text)| {
            let file = File {
                text,
                tree: Arc::new(yaml::read(path, text)),
                value: OnceLock::new(),
            };
            (path, file)
        });
        Self {
            files: files.collect(),
        }
    }

    /// The tree of a file whose text has not changed.
    pub(super) fn tree(&self, path: &str, text: &str) -> Option<Tree<'a>> {
        let file = self.files.get(path).filter(|file| file.text == text)?;
        Some(Arc::clone(&file.tree))
    }

    /// The result of converting a tree; a cached tree is converted once.
    pub(super) fn value<V: Clone + Send + Sync + 'static>(
        &self,
        path: &str,
        tree: &Tree<'_>,
        convert: impl Fn() -> V,
    ) -> V {
        let file = self.files.get(path);
        let Some(file) = file.filter(|file| Arc::ptr_eq(&file.tree, tree)) else {
            return convert();
        };
        let value = file.value.get_or_init(|| Box::new(convert()));
        // A file is always converted into the same type.
        value.downcast_ref::<V>().cloned().unwrap_or_else(convert)
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::{
        diagnostic::render_plain,
        load::{Loaded, load_edited, load_sources, texts},
    };

    #[test]
    fn an_edited_spec_is_read_as_if_nothing_of_it_were_known() {
        let minimal = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/data/minimal");
        let (sources, _) = texts(&minimal);
        let memo = Memo::of(&sources);
        let told = |loaded: &Loaded| {
            let drawn = render_plain(&loaded.diagnostics, &loaded.sources);
            format!("{:?}\n{drawn}", loaded.document)
        };
        let same = load_edited(&memo, sources.clone());
        assert!(same.document.is_some());
        assert_eq!(told(&same), told(&load_sources(sources.clone())));
        for (edited, _) in sources.iter() {
            for more in ["odd: 1\n", "{\n", "# nothing\n"] {
                let texts = sources.iter().map(|(path, text)| {
                    let more = if path == edited { more } else { "" };
                    (path, format!("{text}{more}"))
                });
                let sources = Sources::from_texts(texts);
                let known = told(&load_edited(&memo, sources.clone()));
                assert_eq!(known, told(&load_sources(sources)), "{edited}: {more}");
            }
        }
    }
}
