//! The docs: a Markdown reference that is committed beside the client, and an HTML site. Views hold
//! ready text, templates hold the shape, and neither decides anything about the API.

/// A template below `templates/`, by its path.
macro_rules! template {
    ($path:literal) => {
        (
            $path,
            include_str!(concat!("../../../../templates/", $path)),
        )
    };
}

mod engine;
mod html;
mod markdown;
mod site;
#[cfg(test)]
mod tests;
pub(super) mod text;
mod view;

use std::fmt;

pub use self::{
    engine::{ASSETS, TEMPLATES},
    markdown::markdown,
    site::site,
};

/// A page that cannot be rendered, which is a defect of a template or of this module.
#[derive(Debug)]
pub struct Error {
    /// The template or page.
    pub name: String,
    /// What is wrong with it.
    pub cause: Cause,
}

/// Why a page cannot be rendered.
#[derive(Debug)]
pub enum Cause {
    /// The template failed.
    Template(minijinja::Error),
    /// Two pages would have the same path.
    SamePath,
    /// The files for programs cannot be rendered.
    Data(String),
}

impl Error {
    fn template(name: &str, cause: minijinja::Error) -> Self {
        Self {
            name: name.to_owned(),
            cause: Cause::Template(cause),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.cause {
            Cause::Template(cause) => {
                write!(f, "the docs template {} fails: {cause:#}", self.name)
            }
            Cause::Data(why) => write!(f, "{}: {why}", self.name),
            Cause::SamePath => {
                write!(
                    f,
                    "two pages of the docs are called {}; rename a group",
                    self.name
                )
            }
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.cause {
            Cause::Template(cause) => Some(cause),
            Cause::SamePath | Cause::Data(_) => None,
        }
    }
}

/// Refuses pages that would overwrite each other: a group may be called like a page of ours.
fn distinct(files: Vec<super::File>) -> Result<Vec<super::File>, Error> {
    for (at, file) in files.iter().enumerate() {
        if files[..at].iter().any(|other| other.path == file.path) {
            return Err(Error {
                name: file.path.clone(),
                cause: Cause::SamePath,
            });
        }
    }
    Ok(files)
}
