//! The manifest of the last run: the hash of the spec it read and the files it wrote, by output. It is
//! what says which files may be pruned, and the one place where the spec's hash stands.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::Path,
};

use crate::plan::at;

/// Where the manifest stands below the root.
pub const PATH: &str = "generated-client/codegen.manifest";

const HEAD: &str = "# What `cargo xtask codegen` wrote, and the hash of the spec it read.\n\
                    # It decides which files a later run may remove. Do not edit it.\n";

/// What the last run wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    /// The hash of the spec, for each output, since outputs can be rendered one at a time.
    pub spec: BTreeMap<String, String>,
    /// The files, by output.
    pub files: BTreeMap<String, BTreeSet<String>>,
}

impl Manifest {
    /// Reads the manifest below `root`; an empty one where there is none.
    pub fn read(root: &Path) -> io::Result<Self> {
        let text = match fs::read_to_string(root.join(PATH)) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(at(error, PATH)),
        };
        Self::parse(&text).map_err(|line| {
            io::Error::new(
                io::ErrorKind::InvalidData,
                format!(
                    "{PATH}:{line}: not a line of a manifest. Restore the file from version control, \
                     or delete it and run `cargo xtask codegen`"
                ),
            )
        })
    }

    fn parse(text: &str) -> Result<Self, usize> {
        let mut manifest = Self::default();
        for (at, line) in text.lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let mut words = line.split(' ');
            match (words.next(), words.next(), words.next(), words.next()) {
                (Some("spec"), Some(output), Some(hash), None) => {
                    manifest.spec.insert(output.to_owned(), hash.to_owned());
                }
                (Some("file"), Some(output), Some(path), None) if is_inside(path) => {
                    manifest
                        .files
                        .entry(output.to_owned())
                        .or_default()
                        .insert(path.to_owned());
                }
                _ => return Err(at + 1),
            }
        }
        Ok(manifest)
    }

    /// The manifest as it is written.
    pub fn text(&self) -> String {
        let mut text = HEAD.to_owned();
        for (output, hash) in &self.spec {
            text += &format!("spec {output} {hash}\n");
        }
        for (output, files) in &self.files {
            for path in files {
                text += &format!("file {output} {path}\n");
            }
        }
        text
    }
}

/// Whether a path stays below the root: a manifest must not be a way to remove anything else.
fn is_inside(path: &str) -> bool {
    !path.starts_with('/')
        && !path.contains(['\\', ':'])
        && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_reads_back_as_it_was_written() {
        let mut manifest = Manifest::default();
        manifest.spec.insert("client".into(), "ab12".into());
        manifest
            .files
            .entry("client".into())
            .or_default()
            .insert("a/b.rs".into());
        assert_eq!(Manifest::parse(&manifest.text()), Ok(manifest));
    }

    #[test]
    fn a_manifest_cannot_name_a_file_outside_the_root() {
        for path in ["/etc/passwd", "../x", "a/../../x", "C:\\x", "a//b", "./x"] {
            assert_eq!(
                Manifest::parse(&format!("file client {path}\n")),
                Err(1),
                "{path}"
            );
        }
    }
}
