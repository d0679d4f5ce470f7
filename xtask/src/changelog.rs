//! The part of the changelog that a command writes: between two marker lines, in the section of its
//! version.

use std::ops::Range;

const BEGIN: &str = "<!-- release-notes:begin -->";
const END: &str = "<!-- release-notes:end -->";

/// The section of unreleased changes.
pub const UNRELEASED: &str = "Unreleased";

/// The range of the section of this name, without its heading.
pub fn section(changelog: &str, name: &str) -> Option<Range<usize>> {
    let mut at = 0;
    let mut start = None;
    for line in changelog.split_inclusive('\n') {
        if let Some(heading) = line.strip_prefix("## ") {
            if let Some(start) = start {
                return Some(start..at);
            }
            let rest = heading.trim_end().strip_prefix(name);
            if rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')) {
                start = Some(at + line.len());
            }
        }
        at += line.len();
    }
    Some(start?..at)
}

/// The changelog with these notes in the section of `version`, otherwise in that of unreleased changes, or in
/// a new one above all others. Earlier notes are replaced; what people wrote is kept.
///
/// # Errors
///
/// If only one of the two lines around earlier notes is left.
pub fn written(changelog: &str, version: &str, notes: &str) -> Result<String, String> {
    let found = section(changelog, version).or_else(|| section(changelog, UNRELEASED));
    let Some(range) = found else {
        let at = section_start(changelog);
        let (head, rest) = changelog.split_at(at);
        let opened = format!("{head}## {version}\n\n{rest}");
        return written(&opened, version, notes);
    };
    let (head, tail) = (&changelog[..range.start], &changelog[range.end..]);
    let body = &changelog[range];
    let part = format!("{BEGIN}\n\n{}\n\n{END}", notes.trim());
    let body = match (body.find(BEGIN), body.find(END)) {
        (Some(begin), Some(end)) if begin < end => {
            format!("{}{part}{}", &body[..begin], &body[end + END.len()..])
        }
        (None, None) => match body.trim() {
            "" => format!("\n{part}\n\n"),
            by_hand => format!("\n{by_hand}\n\n{part}\n\n"),
        },
        _ => {
            return Err(format!(
                "`{BEGIN}` and `{END}` must enclose the generated part; one is missing"
            ));
        }
    };
    let text = format!("{head}{body}{tail}");
    Ok(format!("{}\n", text.trim_end()))
}

/// Where the first section starts.
fn section_start(changelog: &str) -> usize {
    match changelog.starts_with("## ") {
        true => 0,
        false => changelog.find("\n## ").map_or(changelog.len(), |at| at + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::{BEGIN, END, written};

    #[test]
    fn notes_go_to_their_versions_section_and_leave_every_other_line_alone() {
        let part = |notes: &str| format!("{BEGIN}\n\n{notes}\n\n{END}\n");
        let new = part("- New.");
        let cases = [
            (
                "# Changelog\n\n## Unreleased\n\n- Mine.\n\n## 0.1.0\n\n- Old.\n".to_owned(),
                format!("# Changelog\n\n## Unreleased\n\n- Mine.\n\n{new}\n## 0.1.0\n\n- Old.\n"),
            ),
            (
                "## Unreleased\n\n- Mine.\n\n## 0.2.0 (2026-12-01)\n\n- Ours.\n".to_owned(),
                format!("## Unreleased\n\n- Mine.\n\n## 0.2.0 (2026-12-01)\n\n- Ours.\n\n{new}"),
            ),
            (
                "# Changelog\n\n## 0.1.0\n\n- Old.\n".to_owned(),
                format!("# Changelog\n\n## 0.2.0\n\n{new}\n## 0.1.0\n\n- Old.\n"),
            ),
            (String::new(), format!("## 0.2.0\n\n{new}")),
            // A released section keeps its own notes.
            (
                format!(
                    "## 0.2.0\n\n{}\n- Mine.\n\n## 0.1.0\n\n{}",
                    part("- Said."),
                    part("- Old.")
                ),
                format!(
                    "## 0.2.0\n\n{new}\n- Mine.\n\n## 0.1.0\n\n{}",
                    part("- Old.")
                ),
            ),
        ];
        for (before, after) in cases {
            let once = written(&before, "0.2.0", "- New.\n").unwrap();
            assert_eq!(once, after);
            assert_eq!(
                written(&once, "0.2.0", "- New.\n").unwrap(),
                after,
                "a second time"
            );
        }
        for broken in [BEGIN, END] {
            assert!(written(&format!("## 0.2.0\n\n{broken}\n"), "0.2.0", "").is_err());
        }
    }
}
