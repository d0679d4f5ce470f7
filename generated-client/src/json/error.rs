//! The error of the codec: the location in the body, what was expected, and what was found. It never
//! repeats the value itself, which may be personal data.

use std::borrow::Cow;
use std::fmt;

/// A body that could not be decoded, with the location of the failure.
#[derive(Clone, PartialEq, Eq)]
pub struct DecodeError(Box<Inner>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Inner {
    path: String,
    offset: usize,
    problem: Problem,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Problem {
    Kind {
        expected: Cow<'static, str>,
        found: Cow<'static, str>,
    },
    Missing {
        field: String,
    },
    Empty {
        field: String,
    },
    Unknown {
        field: String,
    },
}

/// What is expected of any body.
pub(super) const VALID: &str = "valid JSON";
/// What was found if the whole body is an API error in place of a value.
const ERROR: &str = "an error";
/// How deep a body may nest.
pub(super) const DEPTH: &str = "at most 128 levels";

impl DecodeError {
    pub(crate) fn kind(
        path: String,
        offset: usize,
        expected: impl Into<Cow<'static, str>>,
        found: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self::new(
            path,
            offset,
            Problem::Kind {
                expected: expected.into(),
                found: found.into(),
            },
        )
    }

    /// The whole body is an API error, not such a value.
    pub(crate) fn error(expected: impl Into<Cow<'static, str>>) -> Self {
        Self::kind(String::new(), 0, expected, ERROR)
    }

    /// Whether the whole body is an API error.
    pub(crate) fn is_of_an_error(&self) -> bool {
        matches!(&self.0.problem, Problem::Kind { found, .. } if found == ERROR)
    }

    pub(crate) fn missing(path: String, offset: usize, field: &str) -> Self {
        Self::new(
            path,
            offset,
            Problem::Missing {
                field: field.to_owned(),
            },
        )
    }

    pub(crate) fn empty(path: String, offset: usize, field: &str) -> Self {
        Self::new(
            path,
            offset,
            Problem::Empty {
                field: field.to_owned(),
            },
        )
    }

    pub(crate) fn unknown(path: String, offset: usize, field: &str) -> Self {
        Self::new(
            path,
            offset,
            Problem::Unknown {
                field: field.to_owned(),
            },
        )
    }

    /// Nothing was decoded although there was no error.
    #[cold]
    pub(crate) fn unread() -> Self {
        Self::kind(String::new(), 0, "value", "nothing")
    }

    #[cold]
    fn new(path: String, offset: usize, problem: Problem) -> Self {
        Self(Box::new(Inner {
            path,
            offset,
            problem,
        }))
    }

    /// The same error of a value that is a field of a body, whose path then begins with the field.
    #[cfg(feature = "webhook")]
    pub(crate) fn within(mut self, field: &str) -> Self {
        self.0.path = super::place::below(field.to_owned(), &self.0.path);
        self
    }

    /// Whether the body itself is invalid: it is not JSON, or nests too deep.
    pub(crate) fn is_of_the_text(&self) -> bool {
        matches!(&self.0.problem, Problem::Kind { expected, .. } if [VALID, DEPTH].contains(&&**expected))
    }

    /// The field that is missing or empty, if that is the error.
    #[allow(dead_code, reason = "without a group there are no updates")]
    pub(crate) fn lacks(&self) -> Option<&str> {
        match &self.0.problem {
            Problem::Missing { field } | Problem::Empty { field } => Some(field),
            Problem::Kind { .. } | Problem::Unknown { .. } => None,
        }
    }

    /// The location in the body, such as `data[3].variants[0].price`; empty for the whole body.
    ///
    /// ```
    /// use bigcommerce_client::{Envelope, json};
    ///
    /// let body = br#"{"data":[1,{}]}"#;
    /// let error = json::from_slice::<Envelope<Vec<i64>>>(body).unwrap_err();
    /// assert_eq!(error.path(), "data[1]");
    /// ```
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// The byte offset of the location in the body.
    pub fn offset(&self) -> usize {
        self.0.offset
    }

    /// What was expected, such as `integer`; for a missing or empty field, its name. For an unknown
    /// field it is `a known field`, and [`found`](Self::found) has the name.
    pub fn expected(&self) -> &str {
        match &self.0.problem {
            Problem::Kind { expected, .. } => expected,
            Problem::Missing { field } | Problem::Empty { field } => field,
            Problem::Unknown { .. } => "a known field",
        }
    }

    /// What was found, such as `object`; `nothing` for a missing field, `an empty value` for an empty one,
    /// and the name of an unknown one.
    pub fn found(&self) -> &str {
        match &self.0.problem {
            Problem::Kind { found, .. } => found,
            Problem::Missing { .. } => "nothing",
            Problem::Empty { .. } => "an empty value",
            Problem::Unknown { field } => field,
        }
    }
}

/// A noun with its article; what is already a phrase is left unchanged.
struct Noun<'a>(&'a str);

impl fmt::Display for Noun<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            "null" | "true" | "false" | "valid JSON" | "nothing" => f.write_str(self.0),
            noun if noun.starts_with("a ") || noun.starts_with("an ") => f.write_str(noun),
            noun if noun.starts_with("something") || noun.starts_with("text") => f.write_str(noun),
            noun if noun.starts_with("the ")
                || noun.starts_with("more")
                || noun.starts_with("at most") =>
            {
                f.write_str(noun)
            }
            noun if noun.starts_with(['a', 'e', 'i', 'o']) => write!(f, "an {noun}"),
            noun => write!(f, "a {noun}"),
        }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.path() {
            "" => f.write_str("at the top: ")?,
            path => write!(f, "at {path}: ")?,
        }
        match &self.0.problem {
            Problem::Kind { expected, found } => {
                write!(f, "expected {}, found {}", Noun(expected), Noun(found))
            }
            Problem::Missing { field } => write!(f, "the field `{field}` is missing"),
            Problem::Empty { field } => write!(f, "the field `{field}` is empty"),
            Problem::Unknown { field } => write!(f, "the field `{field}` is not known"),
        }
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecodeError")
            .field("path", &self.0.path)
            .field("offset", &self.0.offset)
            .field("problem", &self.0.problem)
            .finish()
    }
}

impl std::error::Error for DecodeError {}
