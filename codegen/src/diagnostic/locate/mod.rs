//! Finds the bytes that a path means by reading the file again with a probe that fails on purpose at the
//! node: the parser's error then has the position. This way nothing has to store positions, and they come
//! from the parser that read the spec.

mod probe;
mod starts;

use std::{collections::HashMap, ops::Range};

use self::{
    probe::{Step, probe, steps},
    starts::{Found, Starts},
};
use super::{Focus, SpecPath};
use crate::{
    scan::{Token, TokenKind, scan},
    source::Sources,
};

/// After how many probes of a file the starts of all its nodes are found at once, which takes as long as a few
/// probes.
const PROBES: usize = 8;

/// Finds places, and caches what it has found and scanned.
pub(crate) struct Locator<'s> {
    sources: &'s Sources,
    tokens: HashMap<String, Vec<Token>>,
    /// By file, how many nodes were looked for, and the starts of all if those are many.
    starts: HashMap<String, (usize, Option<Starts>)>,
    /// By file, where its lines start.
    lines: HashMap<String, Vec<usize>>,
    found: HashMap<SpecPath, Option<Range<usize>>>,
}

impl<'s> Locator<'s> {
    pub(crate) fn new(sources: &'s Sources) -> Self {
        Self {
            sources,
            tokens: HashMap::new(),
            starts: HashMap::new(),
            lines: HashMap::new(),
            found: HashMap::new(),
        }
    }

    /// The bytes of the file that `path` means; none for a file as a whole.
    pub(crate) fn locate(&mut self, path: &SpecPath) -> Option<Range<usize>> {
        if let Some(found) = self.found.get(path) {
            return found.clone();
        }
        let found = self.find(path);
        self.found.insert(path.clone(), found.clone());
        found
    }

    /// The line and the column of what `path` means, both from 1, the column in characters; none for a file as a
    /// whole.
    pub(crate) fn position(&mut self, path: &SpecPath) -> Option<(usize, usize)> {
        let start = self.locate(path)?.start;
        let text = self.sources.text(&path.file)?;
        let lines = self.lines.entry(path.file.clone()).or_insert_with(|| {
            let ends = text.match_indices('\n').map(|(end, _)| end + 1);
            std::iter::once(0).chain(ends).collect()
        });
        let line = lines.partition_point(|first| *first <= start);
        let first = line.checked_sub(1).and_then(|line| lines.get(line))?;
        let column = text.get(*first..start)?.chars().count() + 1;
        Some((line, column))
    }

    fn find(&mut self, path: &SpecPath) -> Option<Range<usize>> {
        let text = self.sources.text(&path.file)?;
        match &path.focus {
            Focus::File => None,
            Focus::Bytes(range) => Some(one_line(text, range.clone())),
            Focus::Value => self.node(path, text, &steps(&path.segments)),
            Focus::Key => self.key(path, text, 0),
            Focus::RepeatedKey(times) => self.key(path, text, *times),
            Focus::Part(part) => {
                let whole = self.node(path, text, &steps(&path.segments))?;
                Some(within(text, &whole, part.clone()).unwrap_or(whole))
            }
        }
    }

    fn key(&mut self, path: &SpecPath, text: &str, times: usize) -> Option<Range<usize>> {
        let mut way = steps(&path.segments);
        if let Some(Step::Key(key)) = way.last().copied()
            && let Some(last) = way.last_mut()
        {
            *last = Step::KeyItself(key, times);
        }
        self.node(path, text, &way)
    }

    /// The node at the end of the path, or the nearest existing one around it.
    fn node(&mut self, path: &SpecPath, text: &str, way: &[Step<'_>]) -> Option<Range<usize>> {
        if let Some(start) = self.start(&path.file, text, way) {
            return Some(self.extent(&path.file, text, start));
        }
        // Something missing is located at the key or item around it.
        let (_, outer) = way.split_last()?;
        let mut outer = outer.to_vec();
        if let Some(last) = outer.last_mut()
            && let Step::Key(key) = *last
        {
            *last = Step::KeyItself(key, 0);
        }
        self.node(path, text, &outer)
    }

    /// The start of the node at the end of the path.
    fn start(&mut self, file: &str, text: &str, way: &[Step<'_>]) -> Option<usize> {
        let (times, starts) = self.starts.entry(file.to_owned()).or_default();
        *times += 1;
        if *times == PROBES {
            let tokens = self.tokens.entry(file.to_owned());
            *starts = Starts::of(text, tokens.or_insert_with(|| scan(text)));
        }
        match starts.as_ref().map(|starts| starts.find(way)) {
            Some(Found::At(start)) => Some(start),
            Some(Found::Nowhere) => None,
            Some(Found::Unknown) | None => probe(text, way),
        }
    }

    /// The bytes of what starts at `start`: all of a scalar, or the first line of a mapping.
    fn extent(&mut self, file: &str, text: &str, start: usize) -> Range<usize> {
        let tokens = self
            .tokens
            .entry(file.to_owned())
            .or_insert_with(|| scan(text));
        let index = tokens.partition_point(|token| token.range.start < start);
        let line_end = text[start..]
            .find('\n')
            .map_or(text.len(), |length| start + length);
        let end = match tokens.get(index).filter(|token| token.range.start == start) {
            Some(token) if token.kind == TokenKind::FlowOpen => {
                closing(&tokens[index..]).unwrap_or(line_end)
            }
            Some(token) if token.kind == TokenKind::Block => line_end,
            Some(token) => token.range.end,
            None => line_end,
        };
        one_line(text, start..end)
    }
}

/// The end of the flow collection that starts first.
fn closing(tokens: &[Token]) -> Option<usize> {
    let mut depth = 0_usize;
    for token in tokens {
        match token.kind {
            TokenKind::FlowOpen => depth += 1,
            TokenKind::FlowClose => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(token.range.end);
                }
            }
            _ => {}
        }
    }
    None
}

/// The part of the range on its first line; underlining more does not help.
fn one_line(text: &str, range: Range<usize>) -> Range<usize> {
    let start = range.start.min(text.len());
    let end = range.end.clamp(start, text.len());
    let Some(part) = text.get(start..end) else {
        return start..start;
    };
    let line = part.split('\n').next().unwrap_or(part).trim_end();
    start..start + line.len()
}

/// The bytes of the file for the bytes `part` of the scalar at `whole`. None if the text of the scalar is not
/// its value, because it has escapes or is folded over several lines.
fn within(text: &str, whole: &Range<usize>, part: Range<usize>) -> Option<Range<usize>> {
    let spelled = text.get(whole.clone())?;
    let quote = match spelled.chars().next()? {
        '|' | '>' => return None,
        '"' if spelled.contains('\\') => return None,
        '\'' if spelled[1..].trim_end_matches('\'').contains("''") => return None,
        '"' | '\'' => 1,
        _ => 0,
    };
    let limit = whole.end.checked_sub(quote)?;
    let start = whole.start.checked_add(quote)?.checked_add(part.start)?;
    let end = whole.start.checked_add(quote)?.checked_add(part.end)?;
    if start > end || end > limit {
        return None;
    }
    // An empty range cannot be drawn, so a gap is shown by the character before it.
    let start = if start == end && start > whole.start {
        start - text.get(..start)?.chars().next_back()?.len_utf8()
    } else {
        start
    };
    text.get(start..end).map(|_| start..end)
}

#[cfg(test)]
mod tests;
