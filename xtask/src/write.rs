//! Writing: each file by a temporary one beside it and a rename, so that whenever the run is cut off
//! every file is either as it was or as it should be.

use std::{collections::BTreeSet, fs, io, io::Write as _, path::Path};

use codegen::render::File;

use crate::{
    manifest::Manifest,
    plan::{Plan, State, at},
};

/// What the name of a file starts with until it is in its place.
const UNFINISHED: &str = ".codegen-";

/// Removes what a run that was cut off had begun to write: beside these files, and beside those that
/// its manifest names, which may be in folders that this run knows nothing of.
pub fn sweep(root: &Path, files: &[File], before: &Manifest) -> io::Result<()> {
    let named = before.files.values().flatten();
    let folders: BTreeSet<&Path> = files
        .iter()
        .map(|file| &file.path)
        .chain(named)
        .filter_map(|path| Path::new(path).parent())
        .collect();
    for folder in folders {
        let folder = root.join(folder);
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(at(error, &folder.to_string_lossy())),
        };
        for entry in entries.filter_map(Result::ok) {
            if entry.file_name().to_string_lossy().starts_with(UNFINISHED) {
                fs::remove_file(entry.path())
                    .map_err(|error| at(error, &entry.path().to_string_lossy()))?;
                remove_empty_folders(root, &entry.path());
            }
        }
    }
    Ok(())
}

/// Does what the plan says.
pub fn apply(root: &Path, plan: &Plan) -> io::Result<()> {
    for difference in &plan.differences {
        let path = root.join(&difference.path);
        match difference.state {
            State::Stale | State::Missing => {
                replace(&path, &difference.after).map_err(|error| at(error, &difference.path))?;
            }
            State::Orphaned => {
                fs::remove_file(&path).map_err(|error| at(error, &difference.path))?;
                remove_empty_folders(root, &path);
            }
        }
    }
    Ok(())
}

/// Puts `text` in place of whatever `path` holds, in one step.
pub fn replace(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut file = tempfile::Builder::new()
        .prefix(UNFINISHED)
        .tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    // A temporary file is readable by its owner only; a source file is not.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(path).map_or(0o644, |old| old.permissions().mode());
        file.as_file()
            .set_permissions(fs::Permissions::from_mode(mode))?;
    }
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// Takes away the folders that pruning left empty, up to the root.
fn remove_empty_folders(root: &Path, path: &Path) {
    let mut folder = path.parent();
    while let Some(empty) = folder.filter(|folder| *folder != root) {
        // Fails on the first folder that still holds something, which is where to stop.
        if fs::remove_dir(empty).is_err() {
            return;
        }
        folder = empty.parent();
    }
}
