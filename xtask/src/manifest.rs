//! The manifest of the last run: the hash of the spec it read and the files it wrote, by output. It
//! decides which files may be pruned, and records the hash of the spec of each output.

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
};

use codegen::pipeline::Output;

use crate::ground::Ground;

/// The path of the manifest below the root.
pub const PATH: &str = "generated-client/codegen.manifest";

const HEAD: &str = "# What `cargo xtask codegen` wrote, and the hash of the spec it read.\n\
                    # It decides which files a later run may remove. Do not edit it.\n";

/// The folders of each output, and whether they may contain only generated files. No file outside of them is
/// ever written or removed for an output.
pub const FOLDERS: [(Output, &str, bool); 5] = [
    (Output::Client, "generated-client/src/generated", true),
    (Output::Client, "tests/src/generated", true),
    (Output::Scopes, "generated-client/docs", false),
    (Output::Docs, "generated-client/docs", false),
    (Output::Format, "spec/schema", true),
];

/// Whether the path is in a folder of the output, without leaving it again.
pub fn owns(output: &str, path: &str) -> bool {
    let plain = |part: &str| !matches!(part, "" | "." | "..") && !part.contains(['\\', ':']);
    FOLDERS.iter().any(|(owner, folder, _)| {
        let below = path
            .strip_prefix(folder)
            .and_then(|rest| rest.strip_prefix('/'));
        owner.name() == output && below.is_some_and(|below| below.split('/').all(plain))
    })
}

/// What the last run wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    /// The hash of the spec, for each output, because outputs can be rendered separately.
    pub spec: BTreeMap<String, String>,
    /// The files, by output.
    pub files: BTreeMap<String, BTreeSet<String>>,
}

impl Manifest {
    /// Reads the manifest; an empty one if it does not exist.
    pub fn read(ground: &Ground) -> io::Result<Self> {
        let text = ground.read(PATH)?.unwrap_or_default();
        Self::parse(&text).map_err(|line| {
            io::Error::new(
                io::ErrorKind::InvalidData,
                format!(
                    "{PATH}:{line}: not a line of a manifest, or it names a file that is not one of that \
                     output's own. Restore the file from version control, or delete it and run \
                     `cargo xtask codegen`"
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
                (Some("file"), Some(output), Some(path), None) if owns(output, path) => {
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
            .insert("tests/src/generated/b.rs".into());
        assert_eq!(Manifest::parse(&manifest.text()), Ok(manifest));
    }

    #[test]
    fn a_manifest_names_files_in_the_folders_of_their_outputs_and_nothing_else() {
        let own = "generated-client/src/generated";
        for (output, path) in [
            ("client", "/etc/passwd".to_owned()),
            ("client", "../x".to_owned()),
            ("client", "Cargo.toml".to_owned()),
            ("client", "generated-client/src/client.rs".to_owned()),
            ("client", own.to_owned()),
            ("client", format!("{own}2/x.rs")),
            ("client", format!("{own}/../client.rs")),
            ("client", format!("{own}//x.rs")),
            ("client", format!("{own}/./x.rs")),
            ("client", format!("{own}/C:\\x.rs")),
            ("scopes", format!("{own}/mod.rs")),
            ("nothing", format!("{own}/mod.rs")),
        ] {
            let line = format!("file {output} {path}\n");
            assert_eq!(Manifest::parse(&line), Err(1), "{line}");
        }
        assert!(Manifest::parse(&format!("file client {own}/mod.rs\n")).is_ok());
    }
}
