//! Reads the files of a spec from the disk. Other modules handle their contents.

use std::{fs, io, path::Path};

use super::FILES;
use crate::{
    diagnostic::{Diagnostic, Diagnostics, SpecPath, codes},
    source::Sources,
};

/// Folders nest at most one level in a spec; the bound protects against loops of links.
const MAX_DEPTH: usize = 4;

/// Reads every YAML file below `dir`. Unreadable files are missing from the result and reported in the
/// diagnostics, which also report files that are not UTF-8.
#[must_use]
pub fn texts(dir: &Path) -> (Sources, Diagnostics) {
    let mut sources = Sources::below(dir);
    let mut diagnostics = Diagnostics::default();
    let is_there = |file: &&str| fs::symlink_metadata(dir.join(file)).is_ok();
    if dir.is_dir() && !FILES.iter().any(is_there) {
        // It is the wrong folder, and may be a large one, so it is not read.
        let says = format!("there is no spec in the folder `{}`", dir.display());
        let problem = Diagnostic::new(&codes::MISSING_FOLDER, SpecPath::file(""), says);
        let below = dir.join("spec");
        diagnostics.push(match below.join("service.yaml").is_file() {
            true => problem.help(format!("did you mean `{}`?", below.display())),
            false => problem.help("name the folder that holds service.yaml"),
        });
    } else if dir.is_dir() {
        read_folder(dir, "", MAX_DEPTH, &mut sources, &mut diagnostics);
    } else {
        diagnostics.push(
            Diagnostic::new(
                &codes::MISSING_FOLDER,
                SpecPath::file(""),
                format!("there is no spec folder at `{}`", dir.display()),
            )
            .help("pass the folder with service.yaml, or run the command from its parent"),
        );
    }
    (sources, diagnostics)
}

fn read_folder(
    dir: &Path,
    below: &str,
    depth: usize,
    sources: &mut Sources,
    out: &mut Diagnostics,
) {
    let entries = match fs::read_dir(dir).and_then(Iterator::collect::<io::Result<Vec<_>>>) {
        Ok(entries) => entries,
        Err(error) => return out.push(unreadable(below, &error)),
    };
    for entry in entries {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with('.') {
            continue;
        }
        let relative = if below.is_empty() {
            name.to_string()
        } else {
            format!("{below}/{name}")
        };
        let path = entry.path();
        // A link could lead out of the spec, and a message would show the text there.
        let link = entry.file_type().is_ok_and(|found| found.is_symlink());
        let is_yaml = ["yaml", "yml"].into_iter().any(|end| {
            let found = path.extension();
            found.is_some_and(|found| found.eq_ignore_ascii_case(end))
        });
        if !link && is_yaml && path.is_dir() {
            out.push(unreadable(&relative, &io::Error::other("it is a folder")));
        } else if link && path.is_dir() {
            let error = io::Error::other("it is a symbolic link, not a folder");
            out.push(unreadable(&relative, &error));
        } else if path.is_dir() {
            if depth > 0 {
                read_folder(&path, &relative, depth - 1, sources, out);
            }
        } else if is_yaml {
            read_file(&path, relative, sources, out);
        }
    }
}

fn read_file(path: &Path, relative: String, sources: &mut Sources, out: &mut Diagnostics) {
    // Reading a pipe would block, and a device may never end.
    let bytes = fs::symlink_metadata(path).and_then(|found| match found.is_file() {
        true => fs::read(path),
        false => Err(io::Error::other("it is not a regular file")),
    });
    let bytes = match bytes {
        Ok(bytes) => bytes,
        Err(error) => return out.push(unreadable(&relative, &error)),
    };
    if let Some(text) = utf16(&bytes) {
        let first = text.chars().next().map_or(0, char::len_utf8);
        let at = SpecPath::bytes(&relative, 0..first);
        out.push(
            Diagnostic::new(&codes::NOT_UTF8, at, "this file is UTF-16 text, not UTF-8")
                .help("save the file as UTF-8"),
        );
        return sources.insert(relative, &text);
    }
    let text = String::from_utf8(bytes).unwrap_or_else(|error| {
        let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        // The valid part has the same bytes among the sources.
        let mut before = Sources::default();
        before.insert(relative.clone(), &String::from_utf8_lossy(good));
        let before = before.text(&relative).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let at = before.len()..before.len() + char::REPLACEMENT_CHARACTER.len_utf8();
        out.push(
            Diagnostic::new(
                &codes::NOT_UTF8,
                SpecPath::bytes(&relative, at),
                format!("line {line} is not UTF-8 text"),
            )
            .help("save the file as UTF-8"),
        );
        // With a replacement character for the invalid bytes, the rest can be checked.
        String::from_utf8_lossy(error.as_bytes()).into_owned()
    });
    sources.insert(relative, &text);
}

/// The text of a UTF-16 file, which starts with a byte-order mark.
fn utf16(bytes: &[u8]) -> Option<String> {
    let (rest, unit): (_, fn([u8; 2]) -> u16) = match bytes {
        [0xff, 0xfe, rest @ ..] => (rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => (rest, u16::from_be_bytes),
        _ => return None,
    };
    let pairs = rest.chunks(2);
    let pairs = pairs.filter_map(|pair| <[u8; 2]>::try_from(pair).ok());
    let text = char::decode_utf16(pairs.map(unit));
    let text = text.map(|found| found.unwrap_or(char::REPLACEMENT_CHARACTER));
    Some(text.collect())
}

fn unreadable(path: &str, error: &io::Error) -> Diagnostic {
    let message = format!("cannot read this file: {error}");
    Diagnostic::new(&codes::UNREADABLE, SpecPath::file(path), message)
        .help("check that it exists and that you have permission to read it")
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::diagnostic::render_plain;

    /// A temporary folder, removed afterwards.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let path = std::env::temp_dir().join(format!("{name}-{}", std::process::id()));
            fs::create_dir_all(&path).unwrap();
            Self(path)
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn codes(diagnostics: &Diagnostics) -> Vec<&str> {
        diagnostics
            .iter()
            .map(|diagnostic| diagnostic.code.number)
            .collect()
    }

    #[test]
    fn a_folder_that_is_not_there_is_said_once() {
        let loaded = crate::load::load(Path::new("no/such/folder"));
        assert_eq!(codes(&loaded.diagnostics), ["E001"]);
        assert!(loaded.document.is_none());
        let drawn = render_plain(&loaded.diagnostics, &loaded.sources);
        assert!(drawn.contains("no/such/folder"), "{drawn}");
    }

    #[test]
    fn a_file_that_is_not_text_is_named_and_not_also_missing() {
        let folder = Folder::new("not-text");
        fs::write(folder.0.join("shared.yaml"), b"schemas: {}\n# \xff\n").unwrap();
        let loaded = crate::load::load(&folder.0);
        let shared = loaded
            .diagnostics
            .iter()
            .filter(|found| found.at.file == "shared.yaml");
        let shared: Vec<_> = shared.collect();
        assert_eq!(shared.len(), 1);
        assert_eq!(shared[0].code.number, "E004");
        assert_eq!(shared[0].message, "line 2 is not UTF-8 text");
        let drawn = render_plain(&loaded.diagnostics, &loaded.sources);
        assert!(drawn.contains("shared.yaml:2:3"), "{drawn}");
    }

    #[test]
    fn a_folder_of_something_else_is_said_once_and_not_read() {
        let folder = Folder::new("something-else");
        fs::write(folder.0.join("notes.yaml"), "a: [").unwrap();
        let loaded = crate::load::load(&folder.0);
        assert_eq!(codes(&loaded.diagnostics), ["E001"]);
        assert_eq!(loaded.sources.iter().len(), 0);
        fs::create_dir_all(folder.0.join("spec")).unwrap();
        fs::write(folder.0.join("spec/service.yaml"), "").unwrap();
        let (sources, diagnostics) = texts(&folder.0);
        let drawn = render_plain(&diagnostics, &sources);
        assert!(drawn.contains("did you mean"), "{drawn}");
    }

    #[test]
    fn a_file_in_another_encoding_of_unicode_is_said_once() {
        let folder = Folder::new("utf-16");
        let text = "# yaml-language-server: $schema=schema/shared.json\nschemas: {}\n";
        let units = [0xfeff].into_iter().chain(text.encode_utf16());
        let bytes: Vec<u8> = units.flat_map(u16::to_le_bytes).collect();
        fs::write(folder.0.join("shared.yaml"), bytes).unwrap();
        let (sources, diagnostics) = texts(&folder.0);
        assert_eq!(codes(&diagnostics), ["E004"]);
        assert_eq!(sources.text("shared.yaml"), Some(text));
    }

    #[test]
    fn a_folder_with_the_name_of_a_file_and_an_ending_in_capitals_are_named() {
        let folder = Folder::new("names");
        fs::create_dir_all(folder.0.join("groups/things.yaml")).unwrap();
        fs::write(folder.0.join("service.yaml"), "").unwrap();
        fs::write(folder.0.join("groups/More.YAML"), "").unwrap();
        let loaded = crate::load::load(&folder.0);
        let drawn = render_plain(&loaded.diagnostics, &loaded.sources);
        assert!(
            drawn.contains("cannot read this file: it is a folder"),
            "{drawn}"
        );
        assert!(drawn.contains("name it `More.yaml`"), "{drawn}");
    }

    #[test]
    #[cfg(unix)]
    fn a_file_that_cannot_be_read_is_named() {
        let folder = Folder::new("unreadable");
        // A link into nowhere looks like a file and cannot be opened.
        std::os::unix::fs::symlink("nowhere", folder.0.join("events.yaml")).unwrap();
        let (_, diagnostics) = texts(&folder.0);
        assert_eq!(codes(&diagnostics), ["E003"]);
        assert_eq!(diagnostics.iter().next().unwrap().at.file, "events.yaml");
    }

    #[test]
    #[cfg(unix)]
    fn nothing_outside_the_spec_is_read_through_a_link() {
        let (folder, outside) = (Folder::new("links"), Folder::new("outside"));
        let elsewhere = outside.0.join("secret.yaml");
        fs::write(&elsewhere, "secret: 1").unwrap();
        std::os::unix::fs::symlink(&elsewhere, folder.0.join("events.yaml")).unwrap();
        std::os::unix::fs::symlink(&outside.0, folder.0.join("groups")).unwrap();
        let (sources, diagnostics) = texts(&folder.0);
        assert_eq!(codes(&diagnostics), ["E003", "E003"]);
        assert_eq!(sources.iter().len(), 0);
    }

    #[test]
    #[cfg(unix)]
    fn a_pipe_or_a_device_is_named_and_not_waited_for() {
        let folder = Folder::new("pipe");
        let pipe = folder.0.join("events.yaml");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.unwrap().success());
        std::os::unix::fs::symlink("/dev/zero", folder.0.join("shared.yaml")).unwrap();
        let (_, diagnostics) = texts(&folder.0);
        assert_eq!(codes(&diagnostics), ["E003", "E003"]);
    }

    #[test]
    fn line_ends_and_marks_of_other_systems_make_no_difference() {
        let folder = Folder::new("line-ends");
        fs::write(folder.0.join("shared.yaml"), "\u{feff}schemas: {}\r\n").unwrap();
        fs::write(folder.0.join("notes.md"), "not a part of the spec").unwrap();
        let (sources, diagnostics) = texts(&folder.0);
        assert!(diagnostics.is_empty());
        assert_eq!(
            sources.iter().collect::<Vec<_>>(),
            [("shared.yaml", "schemas: {}\n")]
        );
    }
}
