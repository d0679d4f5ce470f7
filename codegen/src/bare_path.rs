//! Paths without the names of their parameters, by which calls are the same in the spec and in a description.

/// A path with its parameters' names taken out.
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
