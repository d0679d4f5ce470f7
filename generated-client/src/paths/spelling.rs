//! What a server with unknown rules could take a path segment for, assuming that it is lenient in every
//! possible way. This module only judges; it changes nothing that is sent.

/// Whether a segment of a template is a parameter.
pub(crate) fn is_parameter(part: &str) -> bool {
    part.starts_with('{')
}

/// A literal segment of a template, in the normal form of [`words`].
pub(crate) fn word(part: &str) -> String {
    words(part).next().unwrap_or_default()
}

/// Whether a server could take a segment for this literal one.
pub(crate) fn means(segment: &str, word: &str) -> bool {
    words(segment).next().is_some_and(|first| first == word)
}

/// The words that a server could see in a segment: some strip what follows a dot, a semicolon, a space
/// or the like; others ignore case, hyphens and underscores.
pub(crate) fn words(segment: &str) -> impl Iterator<Item = String> {
    let ends = |c: char| !c.is_ascii_alphanumeric() && !JOINS.contains(&c);
    let words = segment.split(ends).filter(|word| !word.is_empty());
    words.map(|word| {
        let plain = word.chars().filter(|c| !JOINS.contains(c));
        plain.map(|c| c.to_ascii_lowercase()).collect()
    })
}

const JOINS: [char; 2] = ['-', '_'];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_segment_is_taken_for_whatever_a_lenient_server_could() {
        for spelled in [
            "orders",
            "ORDERS",
            "orders.json",
            "orders.JSON",
            "orders;x=1",
            "orders ",
            " orders",
            "orders.",
            "orders,1",
            "or-ders",
        ] {
            assert!(means(spelled, "orders"), "{spelled}");
        }
        assert!(means("shippingaddresses", &word("shipping_addresses")));
        for other in ["order", "ordersx", "x.orders", "", "."] {
            assert!(!means(other, "orders"), "{other}");
        }
        assert_eq!(
            words("x.orders;y").collect::<Vec<_>>(),
            ["x", "orders", "y"]
        );
    }
}
