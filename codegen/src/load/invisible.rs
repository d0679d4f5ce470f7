//! Characters that look like a space or like nothing, which come along with copied text. Outside of prose, YAML
//! reads them as letters of a word.

use crate::{
    diagnostic::{Diagnostic, SpecPath, codes},
    scan::{Token, TokenKind},
};

/// Characters that are not seen at all.
const NOTHING: [char; 4] = ['\u{ad}', '\u{200b}', '\u{2060}', '\u{feff}'];

/// Reports those that are not seen in a word, and spaces of other kinds where YAML needs its own: before the first
/// word of a line and after a colon or a dash. In prose they are letters like any other.
pub(super) fn invisible(file: &str, text: &str, tokens: &[Token]) -> Vec<Diagnostic> {
    if text.is_ascii() {
        return Vec::new();
    }
    let odd = text.char_indices().filter_map(|(at, c)| {
        let is_hidden = NOTHING.contains(&c);
        if !is_hidden && (c.is_ascii() || !c.is_whitespace()) {
            return None;
        }
        let (before, word) = word(text, tokens, at)?;
        let is_word = !word.contains(char::is_whitespace);
        let (says, help) = match is_hidden {
            true if is_word => ("cannot be seen", "remove it"),
            false if separates(before) => (
                "looks like a space, but is a letter to YAML",
                "write a space instead",
            ),
            _ => return None,
        };
        // With the letter before what is not seen, which can be underlined.
        let letter = before.chars().next_back().filter(|_| is_hidden);
        let start = at - letter.map_or(0, char::len_utf8);
        let place = SpecPath::bytes(file, start..at + c.len_utf8());
        let says = format!("U+{:04X} {says}", u32::from(c));
        Some(Diagnostic::new(&codes::SYNTAX, place, says).help(help))
    });
    odd.collect()
}

/// The scalar without quotes that has this byte: its text up to there, and all of it.
fn word<'t>(text: &'t str, tokens: &[Token], at: usize) -> Option<(&'t str, &'t str)> {
    let next = tokens.partition_point(|token| token.range.start <= at);
    let token = tokens.get(next.checked_sub(1)?)?;
    let is_it = token.kind == TokenKind::Plain && token.range.contains(&at);
    let range = Some(token.range.clone()).filter(|_| is_it)?;
    Some((text.get(range.start..at)?, text.get(range)?))
}

/// Whether a space behind this part of a scalar was meant to end a key or an indentation.
fn separates(before: &str) -> bool {
    let is_key = before.ends_with(':') && !before.contains(char::is_whitespace);
    before.is_empty() || before == "-" || is_key
}
