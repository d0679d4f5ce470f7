//! Where all nodes of a file start, found in a single pass over its tokens. A probe reads the whole file for each
//! node, which takes long for thousands of problems.
//!
//! The tree comes from the parser and the positions from the scanner. They are walked together, and if they
//! disagree anywhere, there are no positions, and each node is probed.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::probe::Step;
use crate::scan::{Token, TokenKind};

/// The starts of all nodes.
pub(super) struct Starts(Spot);

/// A node.
struct Spot {
    /// Its first byte; none for an empty value, which has no token.
    start: Option<usize>,
    below: Below,
}

enum Below {
    Nothing,
    /// The entries, each with the first byte of its key.
    Map(HashMap<String, (usize, Spot)>),
    List(Vec<Spot>),
}

/// The start of a node, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    At(usize),
    /// There is no such node.
    Nowhere,
    /// Only a probe can tell.
    Unknown,
}

impl Starts {
    /// The starts in a text with these tokens; none if they do not match.
    pub(super) fn of(text: &str, tokens: &[Token]) -> Option<Self> {
        let node: Value = serde_yaml::from_str(text).ok()?;
        let mut walk = Walk {
            text,
            tokens,
            next: 0,
            at: 0,
        };
        let root = walk.value(&node)?;
        (walk.next == tokens.len()).then_some(Self(root))
    }

    /// The start of the node at the end of the path.
    pub(super) fn find(&self, way: &[Step<'_>]) -> Found {
        let mut here = &self.0;
        for step in way {
            let next = match (*step, &here.below) {
                (Step::KeyItself(key, 0), Below::Map(entries)) => {
                    let entry = entries.get(key);
                    return entry.map_or(Found::Nowhere, |(start, _)| Found::At(*start));
                }
                (Step::KeyItself(..), Below::Map(_)) => return Found::Unknown,
                (Step::Key(key), Below::Map(entries)) => entries.get(key).map(|(_, value)| value),
                (Step::Index(index), Below::List(items)) => items.get(index),
                _ => None,
            };
            match next {
                Some(next) => here = next,
                None => return Found::Nowhere,
            }
        }
        here.start.map_or(Found::Unknown, Found::At)
    }
}

struct Walk<'t> {
    text: &'t str,
    tokens: &'t [Token],
    /// The position of the next token.
    next: usize,
    /// The byte after the last one.
    at: usize,
}

impl<'t> Walk<'t> {
    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    /// Moves over white space and comments.
    fn skip(&mut self) {
        while let Some(byte) = self.byte(self.at) {
            let before = self.at.checked_sub(1).and_then(|at| self.byte(at));
            match byte {
                b' ' | b'\t' | b'\r' | b'\n' => self.at += 1,
                b'#' if before.is_none_or(|before| before.is_ascii_whitespace()) => {
                    let rest = self.text.get(self.at..).unwrap_or_default();
                    self.at += rest.find('\n').unwrap_or(rest.len());
                }
                _ => return,
            }
        }
    }

    /// Moves over an indicator, and returns its place.
    fn eat(&mut self, indicator: u8) -> Option<usize> {
        self.skip();
        let start = self.at;
        (self.byte(start) == Some(indicator)).then(|| {
            self.at += 1;
            start
        })
    }

    /// The token that comes next, if nothing else does.
    fn token(&mut self) -> Option<&'t Token> {
        self.skip();
        let token = self.tokens.get(self.next)?;
        (token.range.start == self.at).then_some(token)
    }

    /// Moves over the next token if it is one of these, and returns its place.
    fn take(&mut self, is_meant: impl Fn(&Token) -> bool) -> Option<usize> {
        let token = self.token().filter(|token| is_meant(token))?;
        self.next += 1;
        self.at = token.range.end;
        Some(token.range.start)
    }

    fn value(&mut self, node: &Value) -> Option<Spot> {
        match node {
            Value::Array(items) => self.list(items),
            Value::Object(entries) => self.map(entries),
            Value::Null => {
                let text = self.text;
                let is_null = |token: &Token| {
                    let word = text.get(token.range.clone());
                    let is_word = matches!(word, Some("~" | "null" | "Null" | "NULL"));
                    is_word && token.kind == TokenKind::Plain && !token.is_key
                };
                Some(Spot {
                    start: self.take(is_null),
                    below: Below::Nothing,
                })
            }
            _ => Some(Spot {
                start: Some(self.take(|token| is_scalar(token) && !token.is_key)?),
                below: Below::Nothing,
            }),
        }
    }

    fn list(&mut self, items: &[Value]) -> Option<Spot> {
        let mut start = self.take(|token| token.kind == TokenKind::FlowOpen);
        let is_flow = start.is_some();
        let mut spots = Vec::with_capacity(items.len());
        for item in items {
            if !is_flow {
                let dash = self.eat(b'-')?;
                start.get_or_insert(dash);
            }
            spots.push(self.value(item)?);
            if is_flow {
                self.eat(b',');
            }
        }
        self.end(start, is_flow, Below::List(spots))
    }

    fn map(&mut self, entries: &Map<String, Value>) -> Option<Spot> {
        let mut start = self.take(|token| token.kind == TokenKind::FlowOpen);
        let is_flow = start.is_some();
        let mut spots = HashMap::with_capacity(entries.len());
        for (name, value) in entries {
            // In `{ top, bottom }`, the keys have no values.
            let may_be_alone = is_flow && value.is_null();
            let key = self.take(|token| is_scalar(token) && (token.is_key || may_be_alone))?;
            start.get_or_insert(key);
            let value = match self.eat(b':') {
                Some(_) => self.value(value)?,
                None if may_be_alone => Spot {
                    start: None,
                    below: Below::Nothing,
                },
                None => return None,
            };
            spots.insert(name.clone(), (key, value));
            if is_flow {
                self.eat(b',');
            }
        }
        self.end(start, is_flow, Below::Map(spots))
    }

    /// The end of a collection.
    fn end(&mut self, start: Option<usize>, is_flow: bool, below: Below) -> Option<Spot> {
        if is_flow {
            self.take(|token| token.kind == TokenKind::FlowClose)?;
        }
        Some(Spot {
            start: Some(start?),
            below,
        })
    }
}

fn is_scalar(token: &Token) -> bool {
    matches!(
        token.kind,
        TokenKind::Plain | TokenKind::Quoted | TokenKind::Block
    )
}
