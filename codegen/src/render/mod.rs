//! One module per output, each a pure function from the model to files. Nothing here writes, reads the clock
//! or reads anything but the model.

pub mod catalogue;
pub mod coverage;
mod defect;
pub mod docs;
pub mod json_schema;
mod json_text;
pub mod rust;
mod rust_text;
pub mod scopes;
mod text;

pub use self::defect::Defect;

/// A file of an output, by its path below the root of the repository.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct File {
    /// The path, with `/` between its parts.
    pub path: String,
    /// The whole text.
    pub text: String,
}

/// A region of a file that is otherwise kept by hand, between two lines that name it: `# codegen:begin NAME`
/// and `# codegen:end NAME`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// The path of the file.
    pub path: String,
    /// The name of the part.
    pub name: String,
    /// The text between the two lines.
    pub text: String,
}
