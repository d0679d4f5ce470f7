//! The last rendered spec, to report what an edit means. Each rendered spec is kept below `target/` under
//! its hash, which the manifest of the outputs names. If it is missing, as in a fresh clone, the spec of
//! `HEAD` is used; without either nothing is compared.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
    time::SystemTime,
};

use codegen::{
    pipeline::{self, Spec},
    source::Sources,
};

use crate::{revision, root};

/// How many specs are kept.
const KEPT: usize = 16;

/// The spec of this hash, if it is kept and can still be read.
pub fn spec(hash: &str) -> Option<Spec> {
    let kept = kept(hash).filter(|sources| sources.hash() == hash);
    let sources = kept.or_else(|| {
        let head = revision::sources("HEAD").ok()?;
        (head.hash() == hash).then_some(head)
    });
    Some(pipeline::of(sources?)).filter(|spec| spec.api.is_some())
}

fn kept(hash: &str) -> Option<Sources> {
    let text = fs::read(path(hash)).ok()?;
    let files: BTreeMap<String, String> = serde_json::from_slice(&text).ok()?;
    Some(Sources::from_texts(files))
}

/// Keeps a rendered spec.
///
/// # Errors
///
/// If it cannot be written.
pub fn keep(sources: &Sources) -> io::Result<()> {
    let path = path(&sources.hash());
    if path.exists() {
        return Ok(());
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let files: BTreeMap<&str, &str> = sources.iter().collect();
    let file = tempfile::NamedTempFile::new_in(folder)?;
    serde_json::to_writer(&file, &files)?;
    file.persist(&path).map_err(|error| error.error)?;
    prune(folder)
}

/// Removes the oldest specs above the number that is kept. Another run may have been faster.
fn prune(folder: &Path) -> io::Result<()> {
    let mut files: Vec<(SystemTime, PathBuf)> = fs::read_dir(folder)?
        .filter_map(|entry| {
            let entry = entry.ok()?;
            Some((entry.metadata().ok()?.modified().ok()?, entry.path()))
        })
        .collect();
    files.sort();
    for (_, path) in files.iter().rev().skip(KEPT) {
        let _ = fs::remove_file(path);
    }
    Ok(())
}

fn path(hash: &str) -> PathBuf {
    root().join("target/specs").join(format!("{hash}.json"))
}
