//! Paths without the names of their parameters, which identify a call in the spec and in a description.

/// A path without the names of its parameters.
pub(crate) fn bare(path: &str) -> String {
    let segments = path.trim_end_matches('/').split('/');
    let bare: Vec<&str> = segments
        .map(|segment| {
            if segment.starts_with('{') {
                "{}"
            } else {
                segment
            }
        })
        .collect();
    bare.join("/")
}
