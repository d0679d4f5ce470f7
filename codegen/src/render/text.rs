//! Text for Markdown: prose escaped, lines wrapped, cells and anchors formatted. It knows the rules of
//! Markdown and nothing about the API.

pub(in crate::render) use crate::words::{capital, sentence, thousands};

/// The width that paragraphs are wrapped to.
const WIDTH: usize = 100;

/// Prose of the spec, escaped for any place in Markdown: code spans, links and emphasis are kept, any other
/// character that Markdown would read as markup is escaped, bare addresses become links.
pub(in crate::render) fn prose(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    // A spaced hyphen is a dash; unchanged, a wrapped line could start a list with it.
    let text = text.replace(" - ", " – ");
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    let mut last = ' ';
    while let Some(c) = rest.chars().next() {
        let taken = match c {
            '`' => code_span(rest),
            '[' => link(rest),
            'h' if !last.is_alphanumeric() => address(rest),
            _ => None,
        };
        if let Some(taken) = taken {
            let (part, after) = rest.split_at(taken);
            if c == 'h' {
                out.push_str(&format!("<{part}>"));
            } else {
                out.push_str(part);
            }
            last = part.chars().next_back().unwrap_or(' ');
            rest = after;
            continue;
        }
        let after = &rest[c.len_utf8()..];
        // Stars are single or in pairs; what counts is what is next to them.
        let neighbour = if c == '*' {
            after.trim_start_matches('*')
        } else {
            after
        };
        let next = neighbour.chars().next().unwrap_or(' ');
        let markup = match c {
            '<' | '>' | '[' | ']' | '\\' => true,
            // Emphasis opens before a word or closes after one; anything else is a character.
            '*' => !(last.is_alphanumeric() ^ next.is_alphanumeric()),
            '_' => !last.is_alphanumeric() || !next.is_alphanumeric(),
            _ => false,
        };
        if markup {
            out.push('\\');
        }
        out.push(c);
        if c != '*' {
            last = c;
        }
        rest = after;
    }
    out
}

/// The length of the code span that `text` starts with.
fn code_span(text: &str) -> Option<usize> {
    Some(text[1..].find('`')? + 2)
}

/// The length of the link that `text` starts with.
fn link(text: &str) -> Option<usize> {
    let middle = text.find("](")?;
    if text[1..middle].contains(['[', ']']) {
        return None;
    }
    Some(middle + text[middle..].find(')')? + 1)
}

/// The length of the address that `text` starts with.
fn address(text: &str) -> Option<usize> {
    if !text.starts_with("https://") {
        return None;
    }
    let end = text.find(|c: char| c.is_whitespace()).unwrap_or(text.len());
    Some(text[..end].trim_end_matches(['.', ',', ';', ')']).len())
}

/// A paragraph or list item, wrapped so that no line starts with what Markdown reads as a block. Lines after
/// the first get `indent`.
pub(in crate::render) fn wrap(text: &str, indent: &str) -> String {
    let options = textwrap::Options::new(WIDTH)
        .subsequent_indent(indent)
        .break_words(false)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .wrap_algorithm(textwrap::WrapAlgorithm::FirstFit);
    let mut out = String::with_capacity(text.len());
    for (at, line) in textwrap::wrap(text, options).iter().enumerate() {
        if at > 0 {
            out.push('\n');
            let start = line.trim_start();
            if starts_block(start) {
                out.push_str(&line[..line.len() - start.len()]);
                out.push('\\');
                out.push_str(start);
                continue;
            }
        }
        out.push_str(line);
    }
    out
}

fn starts_block(line: &str) -> bool {
    let word = line.split(' ').next().unwrap_or_default();
    matches!(word, "-" | "+" | "*" | "=" | "==" | "---") || word.chars().all(|c| c == '#')
}

/// Text inside a table's cell.
pub(in crate::render) fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

/// The anchor that code hosts give a heading.
pub(super) fn slug(heading: &str) -> String {
    heading
        .chars()
        .filter_map(|c| match c {
            ' ' | '-' => Some('-'),
            '_' => Some('_'),
            c if c.is_alphanumeric() => Some(c.to_ascii_lowercase()),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_keeps_light_markup_and_escapes_the_rest() {
        for (given, expected) in [
            ("a `x|y` b", "a `x|y` b"),
            (
                "see [the log](https://example.com/a_b).",
                "see [the log](https://example.com/a_b).",
            ),
            ("at https://example.com/x.", "at <https://example.com/x>."),
            ("store/order/* and <b>", "store/order/\\* and \\<b\\>"),
            ("it is *not* so", "it is *not* so"),
            ("snake_case _x", "snake_case \\_x"),
            ("numbers - as texts", "numbers – as texts"),
            ("open [bracket", "open \\[bracket"),
            ("lone ` tick", "lone ` tick"),
        ] {
            assert_eq!(prose(given), expected);
        }
    }

    #[test]
    fn a_wrapped_line_never_starts_a_list_or_a_heading() {
        let text = format!("{} # one", "x".repeat(99));
        assert_eq!(wrap(&text, ""), format!("{}\n\\# one", "x".repeat(99)));
    }

    #[test]
    fn anchors_are_those_of_code_hosts() {
        assert_eq!(slug("products.list"), "productslist");
        assert_eq!(slug("Information & Settings"), "information--settings");
        assert_eq!(
            slug("store/cart/lineItem/created"),
            "storecartlineitemcreated"
        );
    }
}
