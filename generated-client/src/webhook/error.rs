//! Why a delivery is rejected. It names the failed check and reveals nothing that would help to
//! pass it.

use std::fmt;
use std::time::Duration;

/// The check that a delivery failed.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum VerifyError {
    /// The client secret is empty.
    NoSecret,
    /// The header is missing.
    MissingHeader(&'static str),
    /// The header is repeated, so different readers could use different values.
    RepeatedHeader(&'static str),
    /// The header is invalid.
    InvalidHeader(&'static str),
    /// The header is too long. It was not parsed.
    HeaderTooLong(&'static str),
    /// There are too many signatures. None was compared.
    TooManySignatures,
    /// The body is larger than [`Verifier::max_body`](super::Verifier::max_body). It was not hashed.
    BodyTooLarge {
        /// The maximum size in bytes.
        limit: usize,
    },
    /// It is older than the tolerance: it may be a replay.
    TooOld {
        /// How long ago it was sent, by this machine's clock.
        age: Duration,
    },
    /// It was sent in the future, by more than the tolerance.
    TooNew {
        /// How far in the future it was sent, by this machine's clock.
        ahead: Duration,
    },
    /// No signature has the supported version `v1`.
    UnknownVersion,
    /// No signature matches this id, time and body with the secret.
    WrongSignature,
    /// It is not signed, and the shared header that may replace a signature has a different value.
    WrongSharedHeader,
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the delivery is rejected: ")?;
        match self {
            Self::NoSecret => f.write_str("there is no client secret to verify it with"),
            Self::MissingHeader(name) => write!(f, "it has no header `{name}`"),
            Self::RepeatedHeader(name) => write!(f, "the header `{name}` is repeated"),
            Self::InvalidHeader(name) => write!(f, "the header `{name}` is invalid"),
            Self::HeaderTooLong(name) => write!(f, "the header `{name}` is longer than accepted"),
            Self::TooManySignatures => f.write_str("it has too many signatures"),
            Self::BodyTooLarge { limit } => write!(f, "its body has more than {limit} bytes"),
            Self::TooOld { age } => write!(f, "it was sent {} seconds ago", age.as_secs()),
            Self::TooNew { ahead } => {
                write!(f, "it was sent {} seconds in the future", ahead.as_secs())
            }
            Self::UnknownVersion => f.write_str("it has no signature of version `v1`"),
            Self::WrongSignature => f.write_str(
                "its signature is wrong; is the secret that of the account that created the hook, and the \
                 body unchanged?",
            ),
            Self::WrongSharedHeader => {
                f.write_str("it is not signed, and its shared header is wrong")
            }
        }
    }
}

impl std::error::Error for VerifyError {}
