//! What can prevent an output from being rendered: never the API, only a mistake in a template or in its
//! code.

use std::{error::Error, fmt};

/// A defect of this crate, with its file or template.
#[derive(Debug)]
pub struct Defect {
    /// The file or template.
    pub of: String,
    /// The message of the engine, the parser or the serializer.
    pub cause: Box<dyn Error + Send + Sync>,
}

impl Defect {
    /// A defect in `of`.
    pub fn new(of: &str, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self {
            of: of.to_owned(),
            cause: cause.into(),
        }
    }
}

impl fmt::Display for Defect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} cannot be rendered: {:#}", self.of, self.cause)
    }
}

impl Error for Defect {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.cause.source()
    }
}
