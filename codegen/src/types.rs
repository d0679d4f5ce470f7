//! The language of the spec's `type:` values: `int`, `[Brand]`, `{string}`, `link [Image]`,
//! `shared.Money`, `one_or_many Page`. It parses the text; it does not know which schemas exist.

use std::{fmt, ops::Range};

/// A type as written in the spec.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum TypeExpr {
    /// A primitive of the language.
    Prim(Prim),
    /// A schema, by name.
    Named {
        /// The group whose file has the schema, if it is stated: `products.Product`.
        group: Option<String>,
        /// The schema's name.
        name: String,
    },
    /// `[T]`: a list.
    List(Box<TypeExpr>),
    /// `{T}`: a mapping from names to `T`.
    Map(Box<TypeExpr>),
    /// `T?`: a value that may be null; only items of a list and values of a mapping are marked like this.
    Nullable(Box<TypeExpr>),
    /// `link T`: sent either as a link object or embedded.
    Link(Box<TypeExpr>),
    /// `one_or_many T`: an object or an array of them; request bodies and responses only.
    OneOrMany(Box<TypeExpr>),
}

/// A primitive of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Prim {
    /// An integer.
    Int,
    String,
    /// A boolean.
    Bool,
    /// An exact number, never a float.
    Decimal,
    /// A point in time.
    DateTime,
    /// A day.
    Date,
    Uuid,
    /// An integer or a string.
    Id,
    /// Anything.
    Json,
    /// A boolean sent as 1 or 0; parameters only.
    Flag,
}

impl Prim {
    /// Every one, in the order the docs list them.
    pub const ALL: [Self; 10] = [
        Self::Int,
        Self::String,
        Self::Bool,
        Self::Decimal,
        Self::DateTime,
        Self::Date,
        Self::Uuid,
        Self::Id,
        Self::Json,
        Self::Flag,
    ];

    /// The word the spec uses.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Int => "int",
            Self::String => "string",
            Self::Bool => "bool",
            Self::Decimal => "decimal",
            Self::DateTime => "datetime",
            Self::Date => "date",
            Self::Uuid => "uuid",
            Self::Id => "id",
            Self::Json => "json",
            Self::Flag => "flag",
        }
    }

    /// The value the spec calls `word`.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|prim| prim.as_str() == word)
    }
}

/// Why a string is not a type, and which part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeError {
    /// What is wrong.
    pub kind: TypeErrorKind,
    /// The bytes of the text that are wrong.
    pub range: Range<usize>,
}

/// What can be wrong with a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypeErrorKind {
    /// A type is expected here.
    Missing,
    /// An unknown lower-case word.
    UnknownWord(String),
    /// A `[` or `{` without its partner.
    Unclosed(char),
    /// Text after the end of the type.
    Trailing(String),
    /// A `?` that is not after the items of a list or the values of a mapping.
    Question,
    /// A `?` after a type that may be null anyway.
    NullAlready,
    /// A character no type can start with.
    Unexpected(char),
    /// Lists in lists and the like, deeper than anything real.
    TooDeep,
}

impl fmt::Display for TypeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            TypeErrorKind::Missing => f.write_str("a type is missing here"),
            TypeErrorKind::UnknownWord(word) => write!(f, "`{word}` is not a type"),
            TypeErrorKind::Unclosed(open) => write!(f, "this `{open}` is never closed"),
            TypeErrorKind::Trailing(rest) => write!(f, "unexpected `{rest}` after the type"),
            TypeErrorKind::Question => {
                f.write_str("only the items of a list and the values of a mapping may have a `?`")
            }
            TypeErrorKind::NullAlready => f.write_str("`json` may be null without a `?`"),
            TypeErrorKind::Unexpected(found) => write!(f, "a type cannot start with `{found}`"),
            TypeErrorKind::TooDeep => f.write_str("this type is nested too deeply"),
        }
    }
}

impl std::error::Error for TypeError {}

/// The word before the type of an object or an array of them.
const ONE_OR_MANY: &str = "one_or_many";

/// No wire value nests deeper than this; the bound keeps the parser's own stack flat.
const MAX_DEPTH: usize = 16;

impl TypeExpr {
    /// Reads a type.
    ///
    /// # Errors
    ///
    /// If the string is not a type: the problem, and its bytes in the text.
    pub fn parse(text: &str) -> Result<Self, TypeError> {
        let mut parser = Parser { text, at: 0 };
        let expr = parser.expr(0)?;
        parser.skip_spaces();
        parser.no_question()?;
        if parser.at < text.len() {
            let kind = TypeErrorKind::Trailing(text[parser.at..].trim_end().to_owned());
            return Err(TypeError {
                kind,
                range: parser.at..text.trim_end().len(),
            });
        }
        Ok(expr)
    }

    /// A schema by its bare name.
    #[must_use]
    pub fn named(name: impl Into<String>) -> Self {
        Self::Named {
            group: None,
            name: name.into(),
        }
    }

    /// The innermost type, inside lists, mappings and links.
    #[must_use]
    pub fn leaf(&self) -> &Self {
        match self {
            Self::List(inner)
            | Self::Map(inner)
            | Self::Link(inner)
            | Self::Nullable(inner)
            | Self::OneOrMany(inner) => inner.leaf(),
            Self::Prim(_) | Self::Named { .. } => self,
        }
    }

    /// Whether a part of it is an object or an array of them.
    #[must_use]
    pub fn has_one_or_many(&self) -> bool {
        match self {
            Self::OneOrMany(_) => true,
            Self::List(inner) | Self::Map(inner) | Self::Link(inner) | Self::Nullable(inner) => {
                inner.has_one_or_many()
            }
            Self::Prim(_) | Self::Named { .. } => false,
        }
    }

    /// Whether it is a list at the outermost level.
    #[must_use]
    pub const fn is_list(&self) -> bool {
        matches!(self, Self::List(_))
    }
}

impl fmt::Display for TypeExpr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Prim(prim) => f.write_str(prim.as_str()),
            Self::Named {
                group: Some(group),
                name,
            } => write!(f, "{group}.{name}"),
            Self::Named { group: None, name } => f.write_str(name),
            Self::List(inner) => write!(f, "[{inner}]"),
            Self::Map(inner) => write!(f, "{{{inner}}}"),
            Self::Nullable(inner) => write!(f, "{inner}?"),
            Self::Link(inner) => write!(f, "link {inner}"),
            Self::OneOrMany(inner) => write!(f, "{ONE_OR_MANY} {inner}"),
        }
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Parser<'a> {
    fn expr(&mut self, depth: usize) -> Result<TypeExpr, TypeError> {
        self.skip_spaces();
        let start = self.at;
        if depth > MAX_DEPTH {
            return Err(TypeError {
                kind: TypeErrorKind::TooDeep,
                range: start..self.text.len(),
            });
        }
        match self.peek() {
            None => Err(TypeError {
                kind: TypeErrorKind::Missing,
                range: start..start,
            }),
            Some(open @ ('[' | '{')) => {
                self.at += 1;
                let mut inner = Box::new(self.expr(depth + 1)?);
                self.skip_spaces();
                if self.peek() == Some('?') {
                    if *inner == TypeExpr::Prim(Prim::Json) {
                        return Err(self.at_question(TypeErrorKind::NullAlready));
                    }
                    inner = Box::new(TypeExpr::Nullable(inner));
                    self.at += 1;
                    self.skip_spaces();
                }
                self.no_question()?;
                let close = if open == '[' { ']' } else { '}' };
                if self.peek() != Some(close) {
                    let kind = TypeErrorKind::Unclosed(open);
                    return Err(TypeError {
                        kind,
                        range: start..start + 1,
                    });
                }
                self.at += 1;
                Ok(if open == '[' {
                    TypeExpr::List(inner)
                } else {
                    TypeExpr::Map(inner)
                })
            }
            Some(']' | '}') => Err(TypeError {
                kind: TypeErrorKind::Missing,
                range: start..start + 1,
            }),
            Some(first) if first.is_ascii_alphabetic() => self.word(depth),
            Some(found) => Err(TypeError {
                kind: TypeErrorKind::Unexpected(found),
                range: start..start + found.len_utf8(),
            }),
        }
    }

    /// A word of the grammar, a schema's name, or `group.Name`.
    fn word(&mut self, depth: usize) -> Result<TypeExpr, TypeError> {
        let start = self.at;
        let first = self.ident();
        if self.peek() == Some('.') {
            let group = first.to_owned();
            self.at += 1;
            let name_start = self.at;
            let name = self.ident();
            if !name.starts_with(|c: char| c.is_ascii_uppercase()) {
                let range = if name.is_empty() {
                    start..name_start
                } else {
                    name_start..self.at
                };
                let kind = if name.is_empty() {
                    TypeErrorKind::Missing
                } else {
                    TypeErrorKind::UnknownWord(name.to_owned())
                };
                return Err(TypeError { kind, range });
            }
            return Ok(TypeExpr::Named {
                group: Some(group),
                name: name.to_owned(),
            });
        }
        if first == "link" {
            return Ok(TypeExpr::Link(Box::new(self.expr(depth + 1)?)));
        }
        if first == ONE_OR_MANY {
            return Ok(TypeExpr::OneOrMany(Box::new(self.expr(depth + 1)?)));
        }
        if first.starts_with(|c: char| c.is_ascii_uppercase()) {
            return Ok(TypeExpr::named(first));
        }
        match Prim::from_word(first) {
            Some(prim) => Ok(TypeExpr::Prim(prim)),
            None => {
                let kind = TypeErrorKind::UnknownWord(first.to_owned());
                Err(TypeError {
                    kind,
                    range: start..self.at,
                })
            }
        }
    }

    /// The letters, digits and underscores from here on.
    fn ident(&mut self) -> &'a str {
        let rest: &'a str = &self.text[self.at..];
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
        let ident = &rest[..end.unwrap_or(rest.len())];
        self.at += ident.len();
        ident
    }

    /// Nothing else is marked as null here: for a field it is a separate fact.
    fn no_question(&self) -> Result<(), TypeError> {
        match self.peek() {
            Some('?') => Err(self.at_question(TypeErrorKind::Question)),
            _ => Ok(()),
        }
    }

    const fn at_question(&self, kind: TypeErrorKind) -> TypeError {
        TypeError {
            kind,
            range: self.at..self.at + 1,
        }
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn skip_spaces(&mut self) {
        while self.peek() == Some(' ') {
            self.at += 1;
        }
    }
}

#[cfg(test)]
mod tests;
