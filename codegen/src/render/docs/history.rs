//! Where the docs show the API's history, for links to it.

use super::{markdown::ROOT, text, view::links::page};
use crate::model::Api;

/// An entry of the API's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub heading: String,
    /// The path of the page, and the anchor.
    pub place: String,
}

/// Where all of it is.
#[must_use]
pub fn place() -> String {
    at("Changelog")
}

/// The entries, in the order of the spec.
#[must_use]
pub fn entries(api: &Api) -> Vec<Entry> {
    let releases = api.service.history.iter();
    let entries = releases.map(|release| {
        let heading = format!("{}: {}", release.name, release.title);
        let place = at(&heading);
        Entry { heading, place }
    });
    entries.collect()
}

fn at(heading: &str) -> String {
    format!("{ROOT}/{}.md#{}", page::VERSIONS, text::slug(heading))
}
