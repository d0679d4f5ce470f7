//! Small specs for tests: a valid one, changed in a few lines, so that each case shows only its point.
//!
//! ```text
//! A line or two of what the case is about.
//! --- edit: groups/things.yaml
//! -scope: things
//! +scope: thigns
//!
//! -docs: https://example.com
//! --- file: groups/more.yaml
//! group: more
//! --- remove: shared.yaml
//! --- right: groups/things.yaml
//! -scope: thigns
//! +scope: thing
//! ```
//!
//! A case of a mistake states the correct text under `right`, if that is not the text of the valid spec.

use std::{collections::BTreeMap, fmt};

use crate::source::Sources;

/// Why a case cannot be built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseError(String);

impl fmt::Display for CaseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for CaseError {}

/// The spec `base` with the changes of `case`. Lines that start with `-` are replaced by the lines with `+`
/// that follow; each run of lines must be in the file exactly once. An empty line ends a run that adds
/// nothing.
///
/// # Errors
///
/// If the case cannot be read, or the text it replaces does not exist.
pub fn apply(base: &Sources, case: &str) -> Result<Sources, CaseError> {
    changed(base, case, false)
}

/// The same, with the mistake corrected as the case states.
///
/// # Errors
///
/// As [`apply`].
pub fn righted(base: &Sources, case: &str) -> Result<Sources, CaseError> {
    changed(base, case, true)
}

fn changed(base: &Sources, case: &str, righted: bool) -> Result<Sources, CaseError> {
    let mut files: BTreeMap<String, String> = base
        .iter()
        .map(|(path, text)| (path.to_owned(), text.to_owned()))
        .collect();
    // The text above the first file is the title of the case.
    for section in format!("\n{case}").split("\n--- ").skip(1) {
        let (head, body) = section.split_once('\n').unwrap_or((section, ""));
        let Some((verb, path)) = head.split_once(": ") else {
            return Err(CaseError(format!(
                "`{head}` is not `edit: path`, `file: path`, `remove: path` or `right: path`"
            )));
        };
        match verb {
            "file" => {
                files.insert(
                    path.to_owned(),
                    format!("{}\n", body.trim_end_matches('\n')),
                );
            }
            "remove" => {
                files
                    .remove(path)
                    .ok_or_else(|| CaseError(format!("no file `{path}`")))?;
            }
            "right" if !righted => {}
            "edit" | "right" => {
                let text = files
                    .get_mut(path)
                    .ok_or_else(|| CaseError(format!("no file `{path}`")))?;
                for (old, new) in hunks(body)? {
                    if text.matches(&old).count() != 1 {
                        return Err(CaseError(format!(
                            "this is not in `{path}` exactly once:\n{old}"
                        )));
                    }
                    *text = text.replacen(&old, &new, 1);
                }
            }
            _ => {
                return Err(CaseError(format!(
                    "`{verb}` is not `edit`, `file`, `remove` or `right`"
                )));
            }
        }
    }
    Ok(Sources::from_texts(files))
}

/// The runs of removed lines, each with the added lines after it.
pub(crate) fn hunks(body: &str) -> Result<Vec<(String, String)>, CaseError> {
    let mut hunks: Vec<(String, String)> = Vec::new();
    let mut adding = true;
    for line in body.lines() {
        if line.is_empty() {
            adding = true;
            continue;
        }
        let rest = &line[line.len().min(1)..];
        match (line.chars().next(), hunks.last_mut()) {
            (Some('-'), _) if adding => {
                hunks.push((format!("{rest}\n"), String::new()));
                adding = false;
            }
            (Some('-'), Some((old, _))) => *old += &format!("{rest}\n"),
            (Some('+'), Some((_, new))) => {
                *new += &format!("{rest}\n");
                adding = true;
            }
            _ => {
                return Err(CaseError(format!(
                    "a line starts with neither `-` nor `+`: {line}"
                )));
            }
        }
    }
    Ok(hunks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_changes_adds_and_removes_files() {
        let base = Sources::from_texts([("a.yaml", "x: 1\ny: 2\nz: 3\n"), ("b.yaml", "b: 1\n")]);
        let case = "What it is.\n--- edit: a.yaml\n-y: 2\n+y: 4\n+w: 5\n-z: 3\n--- file: c.yaml\nc: 1\n--- remove: b.yaml\n";
        let changed = apply(&base, case).unwrap();
        let files: Vec<_> = changed.iter().collect();
        assert_eq!(
            files,
            [("a.yaml", "x: 1\ny: 4\nw: 5\n"), ("c.yaml", "c: 1\n")]
        );
        let case = format!("{case}--- right: a.yaml\n-w: 5\n+w: 6\n");
        assert_eq!(
            apply(&base, &case).unwrap().text("a.yaml"),
            Some(files[0].1)
        );
        let put_right = righted(&base, &case).unwrap();
        assert_eq!(put_right.text("a.yaml"), Some("x: 1\ny: 4\nw: 6\n"));
        assert!(apply(&base, "--- edit: a.yaml\n-q: 1\n").is_err());
        assert!(apply(&base, "--- edit: no.yaml\n").is_err());
        assert!(apply(&base, "--- what\n").is_err());
    }
}
