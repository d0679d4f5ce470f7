//! One module per output, each a pure function from the model to files. Nothing here writes, asks
//! the clock or reads anything but the model.

pub mod docs;
pub mod rust;

/// A file of an output, by its path below the root of the repository.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct File {
    /// The path, with `/` between its parts.
    pub path: String,
    /// The whole text.
    pub text: String,
}
