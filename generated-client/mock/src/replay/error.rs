//! Why a recording cannot be written, read or followed.

use std::fmt;

/// Why a recording cannot be written, read or followed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReplayError {
    /// The file cannot be read or written.
    File(String),
    /// A line is not an exchange.
    Line {
        /// The line number, from 1.
        line: usize,
        /// The error.
        why: String,
    },
    /// A request was not expected: the difference from the expected one.
    Unexpected(String),
    /// The recorded request had no response either, for this reason.
    NoResponse(String),
    /// The recording was not followed: requests that are missing, and requests that were not
    /// expected.
    Unfinished {
        /// The recorded requests that were never made, such as `GET /v2/orders/7`.
        left: Vec<String>,
        /// The requests that were not expected.
        unexpected: Vec<String>,
    },
}

impl fmt::Display for ReplayError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(why) => write!(f, "the recording: {why}"),
            Self::Line { line, why } => {
                write!(f, "line {line} of the recording is not an exchange: {why}")
            }
            Self::Unexpected(difference) => f.write_str(difference),
            Self::NoResponse(why) => {
                write!(f, "there was no response to it when it was recorded: {why}")
            }
            Self::Unfinished { left, unexpected } => {
                f.write_str("the recording was not followed")?;
                for line in left {
                    write!(f, "\n  never made:    {line}")?;
                }
                for line in unexpected {
                    write!(f, "\n  not expected: {line}")?;
                }
                Ok(())
            }
        }
    }
}

impl std::error::Error for ReplayError {}
