//! The official descriptions as a source, and where a file of theirs can be read.

use crate::spec;

/// What stands for the file in the address of a source.
pub(super) const FILE: &str = "{file}";

/// The official descriptions as a source.
pub(super) fn official_source(service: &spec::Service) -> Option<&spec::Source> {
    service.sources.get("official")
}

/// Where a file of the official description can be read.
pub(super) fn source_url(service: &spec::Service, file: &str) -> Option<String> {
    let url = official_source(service)?.url.as_ref()?;
    Some(url.replace(FILE, file))
}
