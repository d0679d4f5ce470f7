//! The name of an official description, however a source, a list or a command names its file.

/// The name of a description's file, without its folder and its extension.
pub(crate) fn stem(source: &str) -> &str {
    let name = source.rsplit('/').next().unwrap_or(source);
    let endings = [".yml", ".yaml", ".json"];
    endings
        .iter()
        .find_map(|end| name.strip_suffix(end))
        .unwrap_or(name)
}
