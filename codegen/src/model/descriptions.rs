//! The official descriptions as a source, and the URLs of their files.

use crate::spec;

/// The placeholder for the file in the URL of a source.
pub(super) const FILE: &str = "{file}";

/// The official descriptions as a source.
pub(super) fn official_source(service: &spec::Service) -> Option<&spec::Source> {
    service.sources.get("official")
}

/// The URL of a file of the official description.
pub(super) fn source_url(service: &spec::Service, file: &str) -> Option<String> {
    let url = official_source(service)?.url.as_ref()?;
    Some(url.replace(FILE, file))
}
