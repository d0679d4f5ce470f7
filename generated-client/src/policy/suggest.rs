//! "Did you mean": the valid name that may have been meant by an invalid one.

/// The most similar name, if it is similar enough.
pub(super) fn nearest<'a>(
    wrong: &str,
    names: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let length = wrong.chars().count();
    let most = (length / 3).max(1);
    let wrong = wrong.to_ascii_lowercase();
    names
        .into_iter()
        // Their minimum distance; long strings are not compared in vain.
        .filter(|name| name.chars().count().abs_diff(length) <= most)
        .map(|name| (strsim::osa_distance(&wrong, name), name))
        .filter(|(far, _)| *far <= most)
        .min_by_key(|(far, _)| *far)
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_meant_if_it_is_near() {
        let names = ["products", "orders", "customers", "carts"];
        for (wrong, meant) in [
            ("prodcts", Some("products")),
            ("Order", Some("orders")),
            ("crats", Some("carts")),
            ("ordres", Some("orders")),
            ("shipments", None),
            ("customersandalltheirorders", None),
            ("", None),
        ] {
            assert_eq!(nearest(wrong, names), meant, "{wrong}");
        }
    }
}
