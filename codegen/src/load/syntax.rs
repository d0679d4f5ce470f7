//! Reports files that are not YAML. The parser reports where it had to stop, which is often far after the
//! mistake, so common mistakes are looked for first.

mod missing;

use std::ops::Range;

use self::missing::missing;
use super::node::Key;
use crate::diagnostic::{Diagnostic, Focus, SpecPath, codes};
use crate::scan::{Token, TokenKind};

/// The problem, unless a better report about the same line exists.
pub(super) fn error(
    file: &str,
    text: &str,
    tokens: &[Token],
    error: &serde_yaml::Error,
    known: &[Diagnostic],
) -> Option<Diagnostic> {
    let odd = control(file, text).or_else(|| marker(file, text));
    if odd.is_some() {
        return odd;
    }
    let at = error.location().map(|place| clamp(text, place.index()));
    let line = at.map(|at| line(text, at));
    let same_line = known.iter().any(|diagnostic| match &diagnostic.at.focus {
        Focus::Bytes(range) => line
            .as_ref()
            .is_some_and(|line| line.contains(&range.start)),
        _ => false,
    });
    if same_line {
        return None;
    }
    let Some(at) = at else {
        // Endless aliases; each is already reported.
        if !known.is_empty() {
            return None;
        }
        return Some(Diagnostic::new(
            &codes::SYNTAX,
            SpecPath::file(file),
            plain_message(&error.to_string()),
        ));
    };
    let said = error.to_string();
    if said.contains(Key::EXPECTED) {
        let place = SpecPath::bytes(file, extent(text, at));
        let says = "a key cannot be a list or a mapping";
        let help = "write a word as the key; put a word that starts with `[` or `{` in quotes";
        return Some(Diagnostic::new(&codes::SYNTAX, place, says).help(help));
    }
    let cause = open_quote(file, text, tokens, at)
        .or_else(|| missing(file, text, tokens, at))
        .or_else(|| indentation(file, text, tokens, at));
    Some(cause.unwrap_or_else(|| {
        let place = SpecPath::bytes(file, extent(text, at));
        let diagnostic = Diagnostic::new(&codes::SYNTAX, place, plain_message(&said));
        diagnostic.help(help(&said, &text[..at]))
    }))
}

/// A control character, which the parser reports at the start of the file.
fn control(file: &str, text: &str) -> Option<Diagnostic> {
    let is_allowed = |c: char| !c.is_control() || "\t\n\r\u{85}".contains(c);
    let (at, found) = text.char_indices().find(|(_, c)| !is_allowed(*c))?;
    let place = SpecPath::bytes(file, at..at + found.len_utf8());
    let says = format!(
        "this is not YAML: U+{:04X} is a control character",
        u32::from(found)
    );
    Some(Diagnostic::new(&codes::SYNTAX, place, says).help("remove it"))
}

/// The markers that git writes around the two sides of a conflict.
const MARKERS: [&str; 3] = ["<<<<<<< ", "||||||| ", ">>>>>>> "];

/// The first conflict marker in the file.
fn marker(file: &str, text: &str) -> Option<Diagnostic> {
    let is_marker = |line: &str| MARKERS.iter().any(|marker| line.starts_with(*marker));
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if is_marker(line) {
            let place = SpecPath::bytes(file, extent(text, start));
            let says = "this is not YAML: this line is left from a merge conflict";
            let help = "keep one of the two sides, or both, and remove the lines that mark them";
            return Some(Diagnostic::new(&codes::SYNTAX, place, says).help(help));
        }
        start += line.len();
    }
    None
}

/// The parser's message without the place, which is drawn instead.
fn plain_message(message: &str) -> String {
    let end = message.find(" at line ").unwrap_or(message.len());
    format!("this is not YAML: {}", &message[..end])
}

/// What to do about the messages of the parser, by a part of each.
static HELP: [(&str, &str); 12] = [
    (
        "did not find expected '-' indicator",
        "write `- ` before every item of a list; the keys of a mapping have none",
    ),
    (
        "mapping values are not allowed",
        "put a string with a colon and a space in it in quotes",
    ),
    (
        "block sequence entries are not allowed",
        "write the items of a list on the lines below its key, each after `- `",
    ),
    (
        "did not find expected key",
        "start all keys of a mapping in the same column; put a string that contains quotes in quotes",
    ),
    (
        "did not find expected ','",
        "put a comma between the items, and close the bracket that they are in",
    ),
    (
        "did not find expected node content",
        "write a value here, or remove the comma",
    ),
    (
        "could not find expected ':'",
        "write a colon and a space after the key, which has at most 1024 characters",
    ),
    (
        "unknown escape character",
        "write `\\\\` for a backslash, or put the string in single quotes",
    ),
    ("character escape code", "write the character itself"),
    (
        "expected hexadecimal number",
        "write the character itself, or `\\\\` for a backslash",
    ),
    (
        "cannot start any token",
        "put a string that starts with `@`, `%` or a backquote in quotes",
    ),
    ("recursion limit exceeded", "nest it less deeply"),
];

/// What to do about the parser's message; `before` is the text up to where it stopped.
fn help(message: &str, before: &str) -> &'static str {
    let is_after_bracket = before.trim_end_matches(' ').ends_with(['}', ']']);
    if message.contains("did not find expected key") && is_after_bracket {
        return "put a string that starts with `{` or `[` in quotes; nothing follows a closing bracket";
    }
    let known = HELP.iter().find(|(part, _)| message.contains(part));
    known.map_or("correct this line, or the one above it", |(_, help)| *help)
}

/// The first quote before `at` that is closed on another line, or never: a missing quote swallows everything
/// up to the next one.
fn open_quote(file: &str, text: &str, tokens: &[Token], at: usize) -> Option<Diagnostic> {
    let before = tokens.iter().take_while(|token| token.range.start <= at);
    let mut quoted = before.filter(|token| token.kind == TokenKind::Quoted);
    let open = quoted.find(|token| text[token.range.clone()].contains('\n'))?;
    let quote = &text[open.range.start..open.range.start + 1];
    let place = SpecPath::bytes(file, extent(text, open.range.start));
    Some(
        Diagnostic::new(
            &codes::SYNTAX,
            place,
            "this is not YAML: the quote that opens here is not closed on its line",
        )
        .why("everything up to the next quote becomes a part of the string")
        .help(format!("close it with `{quote}` where the string ends")),
    )
}

/// A line with a key or an item.
#[derive(Clone)]
struct Line {
    /// The position of its first character that is not a space.
    start: usize,
    column: usize,
    /// Its distance from the dash of its item.
    dash: usize,
    /// Whether deeper lines may follow it.
    opens: bool,
}

/// The first line up to `at` whose column matches none of the lines around it.
fn indentation(file: &str, text: &str, tokens: &[Token], at: usize) -> Option<Diagnostic> {
    let mut around: Vec<Line> = Vec::new();
    for line in lines(text, tokens).take_while(|line| line.start <= at) {
        let mut left = None;
        while let Some(deeper) = around.pop_if(|last| last.column > line.column) {
            left = Some(deeper);
        }
        match around.last() {
            Some(last) if last.column == line.column => {
                around.pop();
            }
            Some(last) if last.column < line.column => match &left {
                // The first of several lines slipped, and this is the second.
                Some(first) if first.column % 2 == 1 && line.column % 2 == 0 => {
                    return Some(misplaced(file, text, first, &line, false));
                }
                None if last.opens => {}
                None if is_block(text, last, &line) => {
                    return Some(valued(file, text, last, &line));
                }
                left => return Some(misplaced(file, text, last, &line, left.is_some())),
            },
            Some(_) => {}
            // Nothing is left of the first key.
            None => {
                if let Some(first) = &left {
                    return Some(misplaced(file, text, &line, first, false));
                }
            }
        }
        around.push(line.clone());
        // The key of an item has its own column.
        if let Some(rest) = text[line.start..].strip_prefix("- ") {
            let blanks = rest.len() - rest.trim_start_matches(' ').len();
            let item = &text[line.start + 2 + blanks..];
            let end = item.find('\n').unwrap_or(item.len());
            around.push(Line {
                start: line.start + 2 + blanks,
                column: line.column + 2 + blanks,
                dash: 2 + blanks,
                opens: opens(&item[..end]),
            });
        }
    }
    None
}

/// Whether a line after a key with a value starts a nested block, instead of being a single line that slipped.
fn is_block(text: &str, key: &Line, line: &Line) -> bool {
    let mut next = text[line.start..].lines().skip(1);
    let next = next.find(|next| !next.trim().is_empty());
    let next = next.map(|next| next.len() - next.trim_start_matches(' ').len());
    // The lines below a key that slipped are as deep as it is now.
    let is_deep = |next: usize| next > line.column || next == line.column && !line.opens;
    key.column.is_multiple_of(2) && line.column == key.column + 2 && next.is_some_and(is_deep)
}

/// Reports a key that has both a value and a nested block.
fn valued(file: &str, text: &str, key: &Line, block: &Line) -> Diagnostic {
    let place = |line: &Line| SpecPath::bytes(file, extent(text, line.start - line.dash));
    Diagnostic::new(
        &codes::SYNTAX,
        place(key),
        "this is not YAML: this key has a value, and a nested block below it",
    )
    .also(place(block), "nested here".to_owned())
    .help("remove the value, or indent the block by two spaces less")
}

/// Reports two lines that should be in the same column, or one of them two spaces deeper. `left` means that
/// something deeper than both ends between them.
fn misplaced(file: &str, text: &str, before: &Line, line: &Line, left: bool) -> Diagnostic {
    // The spec is indented by two, so a line in an odd column is the wrong one.
    let (wrong, right) = match before.column % 2 {
        1 => (before, line),
        _ => (line, before),
    };
    let number = text[..right.start].matches('\n').count() + 1;
    let place = |line: &Line| SpecPath::bytes(file, extent(text, line.start - line.dash));
    let blanks = |line: &Line| match line.column - line.dash {
        1 => "1 space".to_owned(),
        count => format!("{count} spaces"),
    };
    let near = wrong.column.abs_diff(right.column) == 1 || wrong.column % 2 == 0;
    let fixed = Line {
        column: if near && !left {
            right.column
        } else {
            wrong.column + wrong.column % 2
        },
        ..wrong.clone()
    };
    let depth = blanks(&fixed);
    let help = if fixed.column == right.column && fixed.dash == right.dash {
        format!("indent it by {depth}, like line {number}")
    } else {
        format!("indent it by {depth}, to nest it under the right key")
    };
    Diagnostic::new(
        &codes::SYNTAX,
        place(wrong),
        "this is not YAML: the indentation of this line matches no line around it",
    )
    .label(format!("indented by {}", blanks(wrong)))
    .also(place(right), format!("indented by {}", blanks(right)))
    .help(help)
}

/// The lines with keys and items, without those inside scalars or brackets.
fn lines<'t>(text: &'t str, tokens: &'t [Token]) -> impl Iterator<Item = Line> + 't {
    let (mut next, mut depth, mut offset) = (0, 0_usize, 0);
    text.split_inclusive('\n').filter_map(move |whole| {
        let begin = offset;
        offset += whole.len();
        let column = whole.len() - whole.trim_start_matches(' ').len();
        let content = whole[column..].trim_end();
        let start = begin + column;
        // How many brackets are open where the line starts, and whether a scalar continues there.
        let mut inside = false;
        while let Some(token) = tokens.get(next).filter(|token| token.range.start < start) {
            if token.range.end > start {
                // A continued scalar that is a key was meant as a new line.
                let slipped = token.kind == TokenKind::Plain && token.is_key;
                inside = !slipped;
                break;
            }
            match token.kind {
                TokenKind::FlowOpen => depth += 1,
                TokenKind::FlowClose => depth = depth.saturating_sub(1),
                _ => {}
            }
            next += 1;
        }
        let counts = !inside && depth == 0 && !content.is_empty() && !content.starts_with('#');
        counts.then(|| Line {
            start,
            column,
            dash: 0,
            opens: opens(content),
        })
    })
}

/// Whether deeper lines belong to this one.
fn opens(content: &str) -> bool {
    let bare = content.split(" #").next().unwrap_or(content).trim_end();
    bare.ends_with(':') || bare == "-" || !bare.contains(": ")
}

fn clamp(text: &str, index: usize) -> usize {
    let mut at = index.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The line that contains `at`, with its end.
fn line(text: &str, at: usize) -> Range<usize> {
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    start..extent(text, at).end + 1
}

/// From `at` to the end of the line, or the line's last character if nothing follows.
fn extent(text: &str, at: usize) -> Range<usize> {
    let end = text[at..]
        .find('\n')
        .map_or(text.len(), |length| at + length);
    at..end.max(at)
}
