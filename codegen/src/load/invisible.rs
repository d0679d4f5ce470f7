//! Characters that look like a space or like nothing, which come along with copied text. YAML reads them as letters.

use crate::diagnostic::{Diagnostic, SpecPath, codes};

/// Characters that are not seen at all.
const NOTHING: [char; 4] = ['\u{ad}', '\u{200b}', '\u{2060}', '\u{feff}'];

/// Reports those that are not seen, and spaces of other kinds where YAML needs its own: before the first word of
/// a line and after a colon or a dash. In prose they are letters like any other.
pub(super) fn invisible(file: &str, text: &str) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if text.is_ascii() {
        return found;
    }
    for (at, c) in text.char_indices().filter(|(_, c)| !c.is_ascii()) {
        // The mark at the start of a file, which the parser skips.
        let is_mark = at == 0 && c == '\u{feff}';
        let (says, help) = if NOTHING.contains(&c) && !is_mark {
            ("cannot be seen", "remove it")
        } else if c.is_whitespace() && separates(text, at) {
            (
                "looks like a space, but is a letter to YAML",
                "write a space instead",
            )
        } else {
            continue;
        };
        // With the letter before it, which can be underlined.
        let before = text.get(..at).and_then(|text| text.chars().next_back());
        let before = before.filter(|letter| NOTHING.contains(&c) && *letter != '\n');
        let start = at - before.map_or(0, char::len_utf8);
        let place = SpecPath::bytes(file, start..at + c.len_utf8());
        let says = format!("U+{:04X} {says}", u32::from(c));
        found.push(Diagnostic::new(&codes::SYNTAX, place, says).help(help));
    }
    found
}

/// Whether a space there belongs to the structure of the file.
fn separates(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    let line = line.trim();
    let first = line.strip_prefix("- ").unwrap_or(line).trim();
    let is_after_key = before.ends_with(':') && !first.contains(char::is_whitespace);
    line.is_empty() || line == "-" || is_after_key
}
