//! Why a delivery is refused. It says which check failed and nothing that would help to pass it.

use std::fmt;
use std::time::Duration;

/// Which check a delivery did not pass.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum VerifyError {
    /// There is no secret to check with: it was empty.
    NoSecret,
    /// The header is missing.
    MissingHeader(&'static str),
    /// The header is present more than once, so that two readers could read different values.
    RepeatedHeader(&'static str),
    /// The header cannot be read.
    InvalidHeader(&'static str),
    /// The header is longer than any that is sent. It was not read.
    HeaderTooLong(&'static str),
    /// It has more signatures than are compared, so none was.
    TooManySignatures,
    /// The body is larger than [`Verifier::max_body`](super::Verifier::max_body). It was not hashed.
    BodyTooLarge {
        /// How many bytes it may have.
        limit: usize,
    },
    /// It was sent longer ago than is accepted: somebody may be replaying it.
    TooOld {
        /// How long ago it was sent, by this machine's clock.
        age: Duration,
    },
    /// It was sent in the future, by more than the tolerance.
    TooNew {
        /// How far in the future it was sent, by this machine's clock.
        ahead: Duration,
    },
    /// No signature is of a version that is known here, which is `v1`.
    UnknownVersion,
    /// No signature is right for this id, time and body under the secret.
    WrongSignature,
    /// It is not signed, and the header that may stand in for a signature has another value.
    WrongSharedHeader,
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the delivery is refused: ")?;
        match self {
            Self::NoSecret => f.write_str("there is no client secret to check it with"),
            Self::MissingHeader(name) => write!(f, "it has no header `{name}`"),
            Self::RepeatedHeader(name) => write!(f, "the header `{name}` is repeated"),
            Self::InvalidHeader(name) => write!(f, "the header `{name}` cannot be read"),
            Self::HeaderTooLong(name) => write!(f, "the header `{name}` is longer than accepted"),
            Self::TooManySignatures => f.write_str("it has more signatures than are compared"),
            Self::BodyTooLarge { limit } => write!(f, "its body has more than {limit} bytes"),
            Self::TooOld { age } => write!(f, "it was sent {} seconds ago", age.as_secs()),
            Self::TooNew { ahead } => {
                write!(f, "it was sent {} seconds in the future", ahead.as_secs())
            }
            Self::UnknownVersion => f.write_str("it has no signature of version `v1`"),
            Self::WrongSignature => f.write_str(
                "its signature is wrong; is the secret that of the account that made the hook, and the \
                 body unchanged?",
            ),
            Self::WrongSharedHeader => {
                f.write_str("it is not signed, and its shared header is wrong")
            }
        }
    }
}

impl std::error::Error for VerifyError {}
