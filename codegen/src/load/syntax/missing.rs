//! A missing colon or closing bracket. The parser notices it lines later; the mistake is confirmed when
//! the whole file can be read with the character added.

use std::ops::Range;

use serde::Deserialize;

use super::extent;
use crate::{
    diagnostic::{Diagnostic, SpecPath, codes},
    load::node::Node,
    scan::{Token, TokenKind},
};

/// How many lines before the parser's stop are tried. A bracket is looked for further up, as far as it is
/// open.
const LINES: usize = 8;

/// How many lines below such a bracket are tried, and how many brackets in each: every attempt reads the
/// whole file, and a badly damaged file must also be rejected soon.
const FAR: usize = 40;
const BRACKETS: usize = 8;

/// What is missing in the first line that makes the file readable when it is added there.
pub(super) fn missing(file: &str, text: &str, tokens: &[Token], at: usize) -> Option<Diagnostic> {
    let before = text.get(..at)?;
    let near = before.rmatch_indices('\n').nth(LINES);
    let near = near.map_or(0, |(newline, _)| newline + 1);
    let bracket = open(tokens, at).first().map(|token| token.range.start);
    let bracket = bracket.and_then(|bracket| text.get(..bracket)?.rfind('\n'));
    let mut start = bracket.map_or(near, |newline| near.min(newline + 1));
    let mut tried = 0;
    while start <= at {
        let end = extent(text, start).end;
        let found = colon(file, text, start, end)
            .or_else(|| space(file, text, start, end))
            .or_else(|| closing(file, text, tokens, end));
        if found.is_some() {
            return found;
        }
        start = end + 1;
        tried += 1;
        if tried == FAR {
            start = start.max(near);
        }
    }
    None
}

/// The text with `added` at `at`, if it is YAML.
fn helps(text: &str, at: usize, added: &str) -> bool {
    let (before, after) = text.split_at(at);
    let text = format!("{before}{added}{after}");
    serde_yaml::Deserializer::from_str(&text).all(|document| Node::deserialize(document).is_ok())
}

/// The range of the first word of a line, up to white space or this character, if it looks like a key.
fn key(text: &str, start: usize, end: usize, until: Option<char>) -> Option<Range<usize>> {
    let line = text.get(start..end)?;
    let bare = line.trim_start_matches(' ');
    let bare = bare.strip_prefix("- ").unwrap_or(bare).trim_start();
    let mut words = bare.split(|c: char| c.is_whitespace() || Some(c) == until);
    let word = words.next()?;
    let is_key = |c: char| c.is_alphanumeric() || "_-./".contains(c);
    let from = end - bare.len();
    let is_one = !word.is_empty() && word.chars().all(is_key);
    is_one.then(|| from..from + word.len())
}

/// A missing space after a colon, as in `scope:things`.
fn space(file: &str, text: &str, start: usize, end: usize) -> Option<Diagnostic> {
    let found = key(text, start, end, Some(':'))?;
    let rest = text.get(found.end..end)?.strip_prefix(':')?;
    if rest.is_empty() || rest.starts_with(' ') || !helps(text, found.end + 1, " ") {
        return None;
    }
    let word = text.get(found.clone())?;
    let diagnostic = Diagnostic::new(
        &codes::SYNTAX,
        SpecPath::bytes(file, found.start..found.end + 1),
        format!("this is not YAML: there is no space after `{word}:`"),
    );
    Some(diagnostic.help(format!("write `{word}: {}`", rest.trim_end())))
}

fn colon(file: &str, text: &str, start: usize, end: usize) -> Option<Diagnostic> {
    let Range {
        start: from,
        end: to,
    } = key(text, start, end, None)?;
    let word = text.get(from..to)?;
    helps(text, to, ":").then(|| {
        Diagnostic::new(
            &codes::SYNTAX,
            SpecPath::bytes(file, from..to),
            format!("this is not YAML: there is no colon after `{word}`"),
        )
        .help(format!("write `{word}:`"))
    })
}

fn closing(file: &str, text: &str, tokens: &[Token], end: usize) -> Option<Diagnostic> {
    let open = open(tokens, end);
    // Not after a comment; but what is not closed may seem to continue below.
    let last = tokens.iter().rfind(|token| token.range.start < end)?;
    let last = last.range.end.min(text.get(..end)?.trim_end().len());
    let mut brackets = String::new();
    open.into_iter().rev().take(BRACKETS).find_map(|token| {
        let bracket = text.get(token.range.clone())?;
        let close = if bracket == "[" { "]" } else { "}" };
        brackets.push_str(close);
        helps(text, last, &brackets).then(|| {
            Diagnostic::new(
                &codes::SYNTAX,
                SpecPath::bytes(file, token.range.clone()),
                format!("this is not YAML: this `{bracket}` is not closed"),
            )
            .help(format!("close it with `{close}`, or remove it"))
        })
    })
}

/// The open brackets at `at`, the outermost first.
fn open(tokens: &[Token], at: usize) -> Vec<&Token> {
    let mut open = Vec::new();
    for token in tokens.iter().take_while(|token| token.range.start < at) {
        match token.kind {
            TokenKind::FlowOpen => open.push(token),
            TokenKind::FlowClose => drop(open.pop()),
            _ => {}
        }
    }
    open
}
