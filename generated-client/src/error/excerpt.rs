//! The beginning of an unexpected body as text for a message. Binary data is never included.

use crate::body;

/// How much of a body is examined, in bytes.
const LOOKED_AT: usize = 4096;

/// How much of it is shown, in characters.
const SHOWN: usize = 160;

/// The beginning of a body on one line: the title of an HTML page, or else the text between its tags.
/// `None` if it is not text, or empty.
pub(super) fn excerpt(body: &[u8]) -> Option<String> {
    let body = body::text(body);
    let text = as_text(body.get(..LOOKED_AT).unwrap_or(body))?;
    let shown = match text.trim_start().strip_prefix('<') {
        Some(_) => html_title(&text).map_or_else(|| without_tags(&text), str::to_owned),
        None => text,
    };
    let words: Vec<&str> = shown.split_whitespace().collect();
    let line = words.join(" ");
    let mut excerpt: String = line.chars().take(SHOWN).collect();
    if excerpt.len() < line.len() || body.len() > LOOKED_AT {
        excerpt.push('…');
    }
    (!line.is_empty()).then_some(excerpt)
}

/// The bytes as text, unless they are binary: text contains no control characters except for layout,
/// and is almost entirely valid UTF-8.
pub(super) fn as_text(bytes: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(bytes);
    let control = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\x0c');
    let unreadable = text
        .chars()
        .filter(|c| *c == char::REPLACEMENT_CHARACTER)
        .count();
    let is_text = !text.contains(control) && unreadable * 10 <= text.len();
    is_text.then(|| text.into_owned())
}

/// The title of an HTML page.
pub(super) fn html_title(page: &str) -> Option<&str> {
    let lower = page.to_ascii_lowercase();
    let start = lower.find("<title>")? + "<title>".len();
    let end = start + lower.get(start..)?.find("</title>")?;
    page.get(start..end)
        .map(str::trim)
        .filter(|title| !title.is_empty())
}

/// The text between the tags.
fn without_tags(page: &str) -> String {
    let mut text = String::new();
    for part in page.split('<') {
        text.push_str(part.split_once('>').map_or("", |(_, after)| after));
        text.push(' ');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_its_title_or_its_words_and_bytes_are_nothing() {
        for (body, shown) in [
            (
                &b"<html><title> Down\nfor work </title><p>x"[..],
                Some("Down for work"),
            ),
            (
                b"<!doctype html><h1>Just a moment</h1>\n<p>Wait.",
                Some("Just a moment Wait."),
            ),
            (b"\xef\xbb\xbf<html><title>Down</title>", Some("Down")),
            (b"plain\ttext", Some("plain text")),
            (
                b"caf\xe9 ferm\xe9 jusqu'a demain",
                Some("caf\u{fffd} ferm\u{fffd} jusqu'a demain"),
            ),
            (b"", None),
            (b"<html></html>", None),
            (b"\x1f\x8b\x08\x00\x00", None),
            (b"\xff\xfe", None),
            (b"{\"a\":\x001}", None),
        ] {
            assert_eq!(excerpt(body).as_deref(), shown, "{body:?}");
        }
        let long = excerpt("ü ".repeat(9000).as_bytes()).unwrap();
        assert!(
            long.chars().count() <= SHOWN + 1 && long.ends_with('…'),
            "{long}"
        );
    }
}
