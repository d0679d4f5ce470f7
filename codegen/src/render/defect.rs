//! What can keep an output from being rendered: never the API, only a mistake in a template or in the
//! code beside it.

use std::{error::Error, fmt};

/// A defect of this crate, by the file or template in which it showed.
#[derive(Debug)]
pub struct Defect {
    /// The file or template.
    pub of: String,
    /// What the engine, the parser or the serializer said.
    pub cause: Box<dyn Error + Send + Sync>,
}

impl Defect {
    /// A defect that showed in `of`.
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
