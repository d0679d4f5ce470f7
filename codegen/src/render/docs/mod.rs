//! The docs: a Markdown reference that is committed with the client, and an HTML site. Views contain ready
//! text, templates define the layout, and neither decides anything about the API.

/// A template below `templates/`, by its path.
macro_rules! template {
    ($path:literal) => {
        (
            $path,
            include_str!(concat!("../../../../templates/", $path)),
        )
    };
}

mod diagram;
mod engine;
pub mod history;
mod html;
mod markdown;
mod names;
mod site;
#[cfg(test)]
mod tests;
mod view;

pub use self::{
    engine::{ASSETS, TEMPLATES},
    markdown::markdown,
    site::site,
};
use super::{Defect, File, text};

/// Rejects pages that would overwrite each other: a group may have the name of another page.
fn distinct(files: Vec<File>) -> Result<Vec<File>, Defect> {
    for (at, file) in files.iter().enumerate() {
        if files[..at].iter().any(|other| other.path == file.path) {
            return Err(Defect::new(&file.path, "two pages have this name"));
        }
    }
    Ok(files)
}
