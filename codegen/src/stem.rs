//! The name of an official description, however a source, a list or a command names its file.

/// The name of a description's file, without its folder and its extension.
pub(crate) fn stem(source: &str) -> &str {
    without_ending(source.rsplit('/').next().unwrap_or(source))
}

/// The name of a description in the list of official operations: its path below `reference/`, otherwise the name of
/// its file. A title that is a file name has the folder as well.
pub(crate) fn listed(file: &str, title: &str) -> String {
    let file = file.replace('\\', "/");
    if stem(title) == stem(&file) {
        return title.to_owned();
    }
    let below = file.rsplit_once("/reference/").map(|(_, below)| below);
    let below = below.or_else(|| file.strip_prefix("reference/"));
    below.map_or_else(|| stem(&file), without_ending).to_owned()
}

fn without_ending(name: &str) -> &str {
    let endings = [".yml", ".yaml", ".json"];
    endings
        .iter()
        .find_map(|end| name.strip_suffix(end))
        .unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::listed;

    #[test]
    fn a_description_is_listed_by_its_file_whatever_its_title_is() {
        for (file, title, name) in [
            (
                "official/reference/catalog/brands.v3.yml",
                "Catalog - Brands",
                "catalog/brands.v3",
            ),
            ("reference/carts.v3.yaml", "Carts", "carts.v3"),
            (r"official\reference\carts.v3.yml", "", "carts.v3"),
            ("carts.v3.yml", "Carts", "carts.v3"),
            // Without prose, the title is the file with its folder.
            (
                "openapi/catalog/brands.v3.json",
                "catalog/brands.v3",
                "catalog/brands.v3",
            ),
        ] {
            assert_eq!(listed(file, title), name, "{file}");
        }
    }
}
