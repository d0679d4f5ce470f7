//! A scanner that splits a YAML text into tokens, to find what the parser silently accepts: anchors,
//! aliases, tags, merge keys, directives, further documents and tabs. It follows libyaml's scanner for
//! comments and for quoted, plain and block scalars, and never fails: on text that is not YAML it only has to
//! terminate.

use std::ops::Range;

/// A piece of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub kind: TokenKind,
    /// Its bytes.
    pub range: Range<usize>,
    /// Whether a colon makes it a key.
    pub is_key: bool,
}

/// The kind of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// A scalar without quotes.
    Plain,
    /// A scalar in quotes, quotes included.
    Quoted,
    /// A block scalar, from its `|` or `>` to the end of its last line.
    Block,
    /// `[` or `{`
    FlowOpen,
    /// `]` or `}`
    FlowClose,
    /// `&name`
    Anchor,
    /// `*name`
    Alias,
    /// `!tag`
    Tag,
    /// `---`
    DocumentStart,
    /// `...`
    DocumentEnd,
    /// `%YAML 1.2`
    Directive,
    /// White space with a tab where indentation counts.
    Tab,
}

/// The tokens of `text`, in order.
pub(crate) fn scan(text: &str) -> Vec<Token> {
    let mut scanner = Scanner {
        bytes: text.as_bytes(),
        at: 0,
        line_start: 0,
        flow: 0,
        parent: -1,
        node: None,
        tokens: Vec::with_capacity(text.len() / 8),
    };
    scanner.run();
    scanner.tokens
}

struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
    line_start: usize,
    /// How many flow collections are open.
    flow: usize,
    /// The column of the block entry or key whose value comes next; -1 at the root.
    parent: isize,
    /// The column where the current node starts, which is its parent's column if it turns out to
    /// be a key.
    node: Option<usize>,
    tokens: Vec<Token>,
}

impl Scanner<'_> {
    fn run(&mut self) {
        loop {
            self.skip_blank();
            let Some(byte) = self.peek(0) else { return };
            let column = self.at - self.line_start;
            if column == 0 && self.document_marker() {
                continue;
            }
            if column == 0 && byte == b'%' {
                let end = self.line_end(self.at);
                self.push_to(TokenKind::Directive, end);
                continue;
            }
            match byte {
                b'#' => self.at = self.line_end(self.at),
                b'[' | b'{' => {
                    self.start_node(column);
                    self.flow += 1;
                    self.push_to(TokenKind::FlowOpen, self.at + 1);
                }
                b']' | b'}' => {
                    self.flow = self.flow.saturating_sub(1);
                    self.push_to(TokenKind::FlowClose, self.at + 1);
                }
                b',' if self.flow > 0 => self.at += 1,
                b'-' if self.flow == 0 && self.ends_token(1) => self.indicator(column),
                b'?' if self.ends_token(1) => self.indicator(column),
                b':' if self.flow > 0 || self.ends_token(1) => self.colon(),
                b'&' => self.named(TokenKind::Anchor, column),
                b'*' => self.named(TokenKind::Alias, column),
                b'!' => self.tag(column),
                b'|' | b'>' if self.flow == 0 => self.block_scalar(),
                b'\'' | b'"' => self.quoted(byte, column),
                // Characters that cannot start a token; the parser rejects them itself.
                b',' | b'@' | b'`' | b'%' | b'|' | b'>' => self.at += 1,
                _ => self.plain(column),
            }
        }
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    /// Whether white space or the end of the text is at `ahead`.
    fn ends_token(&self, ahead: usize) -> bool {
        self.peek(ahead)
            .is_none_or(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'))
    }

    fn line_end(&self, from: usize) -> usize {
        let rest = self.bytes.get(from..).unwrap_or_default();
        rest.iter()
            .position(|byte| *byte == b'\n')
            .map_or(self.bytes.len(), |at| from + at)
    }

    fn push_to(&mut self, kind: TokenKind, end: usize) {
        self.tokens.push(Token {
            kind,
            range: self.at..end,
            is_key: false,
        });
        self.at = end;
    }

    fn start_node(&mut self, column: usize) {
        if self.flow == 0 {
            self.node.get_or_insert(column);
        }
    }

    /// Skips white space and line ends, recording tabs in an indentation that counts.
    fn skip_blank(&mut self) {
        let mut tab = None;
        let mut blank = self.only_blank_before();
        while let Some(byte) = self.peek(0) {
            match byte {
                b' ' => {}
                b'\t' if self.node.is_none() && blank => {
                    tab.get_or_insert(self.line_start);
                }
                b'\t' | b'\r' => {}
                b'\n' => {
                    tab = None;
                    blank = true;
                    self.line_start = self.at + 1;
                    if self.flow == 0 {
                        self.node = None;
                    }
                }
                _ => break,
            }
            self.at += 1;
        }
        let Some(start) = tab else { return };
        if self.flow == 0 && self.peek(0).is_some_and(|byte| byte != b'#') {
            let token = Token {
                kind: TokenKind::Tab,
                range: start..self.at,
                is_key: false,
            };
            self.tokens.push(token);
        }
    }

    fn only_blank_before(&self) -> bool {
        self.bytes[self.line_start..self.at]
            .iter()
            .all(|byte| matches!(byte, b' ' | b'\t'))
    }

    fn document_marker(&mut self) -> bool {
        let kind = match self.bytes.get(self.at..self.at + 3) {
            Some(b"---") => TokenKind::DocumentStart,
            Some(b"...") => TokenKind::DocumentEnd,
            _ => return false,
        };
        if !self.ends_token(3) {
            return false;
        }
        self.push_to(kind, self.at + 3);
        self.flow = 0;
        self.parent = -1;
        self.node = None;
        true
    }

    /// `-` or `?`: what follows belongs to this column.
    fn indicator(&mut self, column: usize) {
        if self.flow == 0 {
            self.parent = column as isize;
            self.node = None;
        }
        self.at += 1;
    }

    /// `:`: what came before is a key.
    fn colon(&mut self) {
        if let Some(last) = self.tokens.last_mut() {
            last.is_key = true;
        }
        if self.flow == 0 {
            let column = self.node.unwrap_or(self.at - self.line_start);
            self.parent = column as isize;
        }
        self.at += 1;
    }

    fn named(&mut self, kind: TokenKind, column: usize) {
        self.start_node(column);
        let name = &self.bytes[self.at + 1..];
        let length = name
            .iter()
            .position(|byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')));
        let end = self.at + 1 + length.unwrap_or(name.len());
        self.push_to(kind, end);
    }

    fn tag(&mut self, column: usize) {
        self.start_node(column);
        let verbatim = self.peek(1) == Some(b'<');
        let mut end = self.at + 1;
        while let Some(byte) = self.bytes.get(end) {
            let closes = match byte {
                b' ' | b'\t' | b'\n' | b'\r' => true,
                b',' | b'[' | b']' | b'{' | b'}' => !verbatim && self.flow > 0,
                _ => false,
            };
            if closes {
                break;
            }
            end += 1;
        }
        self.push_to(TokenKind::Tag, end);
    }

    fn quoted(&mut self, quote: u8, column: usize) {
        self.start_node(column);
        let mut end = self.at + 1;
        while let Some(byte) = self.bytes.get(end) {
            match *byte {
                b'\\' if quote == b'"' => end += 1,
                b'\'' if quote == b'\'' && self.bytes.get(end + 1) == Some(&b'\'') => end += 1,
                byte if byte == quote => break,
                b'\n' => self.line_start = end + 1,
                _ => {}
            }
            end += 1;
        }
        let end = (end + 1).min(self.bytes.len());
        self.push_to(TokenKind::Quoted, end);
    }

    fn plain(&mut self, column: usize) {
        self.start_node(column);
        let start = self.at;
        let mut at = start;
        let mut end = start;
        let mut line_start = self.line_start;
        loop {
            end = self.plain_run(at).max(end);
            let mut next = end;
            let mut next_line = line_start;
            while let Some(byte @ (b' ' | b'\t' | b'\n' | b'\r')) = self.bytes.get(next) {
                next += 1;
                if *byte == b'\n' {
                    next_line = next;
                }
            }
            let column = (next - next_line) as isize;
            let stops = next == end
                || next >= self.bytes.len()
                || self.bytes[next] == b'#'
                || (self.flow == 0 && next_line != line_start && column <= self.parent)
                || (column == 0 && self.marker_at(next))
                || self.plain_run(next) == next;
            if stops {
                break;
            }
            at = next;
            line_start = next_line;
        }
        // Always advances, even past a character that no token can contain.
        let end = if end == start { start + 1 } else { end };
        self.line_start = line_start;
        self.push_to(TokenKind::Plain, end);
    }

    /// The end of the plain scalar that starts at `from`: before white space, before a colon that makes a
    /// key, and in a flow collection before its punctuation.
    fn plain_run(&self, from: usize) -> usize {
        let mut at = from;
        while let Some(byte) = self.bytes.get(at) {
            let stops = match byte {
                b' ' | b'\t' | b'\n' | b'\r' => true,
                b':' => match self.bytes.get(at + 1) {
                    None | Some(b' ' | b'\t' | b'\n' | b'\r') => true,
                    Some(b',' | b'[' | b']' | b'{' | b'}' | b'?') => self.flow > 0,
                    Some(_) => false,
                },
                b',' | b'[' | b']' | b'{' | b'}' => self.flow > 0,
                _ => false,
            };
            if stops {
                break;
            }
            at += 1;
        }
        at
    }

    fn marker_at(&self, at: usize) -> bool {
        matches!(self.bytes.get(at..at + 3), Some(b"---" | b"..."))
            && self
                .bytes
                .get(at + 3)
                .is_none_or(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'))
    }

    /// A block scalar: its header, then every line indented as deeply as its first.
    fn block_scalar(&mut self) {
        let header_end = self.line_end(self.at);
        let header = &self.bytes[self.at + 1..header_end];
        let digit = header
            .iter()
            .take(2)
            .find(|byte| matches!(byte, b'1'..=b'9'));
        let given = digit.map(|digit| {
            let base = usize::try_from(self.parent).unwrap_or(0);
            base + usize::from(digit - b'0')
        });
        let body = (header_end + 1).min(self.bytes.len());
        let indent = given.unwrap_or_else(|| self.body_indent(body));
        let mut end = header_end;
        let mut line = body;
        while line < self.bytes.len() {
            let line_end = self.line_end(line);
            let content = &self.bytes[line..line_end];
            let spaces = content.iter().take_while(|byte| **byte == b' ').count();
            let blank = content[spaces..].iter().all(|byte| *byte == b'\r');
            if !blank && spaces < indent {
                break;
            }
            if !blank {
                end = line_end;
            }
            line = line_end + 1;
        }
        self.push_to(TokenKind::Block, end);
        // The scanner continues at the end of that last line, which may be many lines further.
        self.line_start = self.bytes[..end]
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |at| at + 1);
    }

    /// The indentation of a block scalar without one in its header: that of its first line with text, or of a
    /// deeper blank line before it, and always more than its parent's.
    fn body_indent(&self, body: usize) -> usize {
        let mut deepest = 0;
        let mut line = body;
        while line < self.bytes.len() {
            let line_end = self.line_end(line);
            let content = &self.bytes[line..line_end];
            let spaces = content.iter().take_while(|byte| **byte == b' ').count();
            deepest = deepest.max(spaces);
            if content[spaces..].iter().any(|byte| *byte != b'\r') {
                break;
            }
            line = line_end + 1;
        }
        deepest
            .max(usize::try_from(self.parent + 1).unwrap_or(0))
            .max(1)
    }
}

#[cfg(test)]
mod tests;
