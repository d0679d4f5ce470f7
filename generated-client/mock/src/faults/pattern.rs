//! Which requests a fault applies to.

/// Whether a string matches a pattern whose parts are separated by a character: `*` matches anything
/// within a part, `**` as a whole part matches any number of parts.
pub(super) fn fits(pattern: &str, text: &str, separator: char) -> bool {
    let pattern: Vec<&str> = pattern.trim_matches(separator).split(separator).collect();
    let text: Vec<&str> = text.trim_matches(separator).split(separator).collect();
    parts(&pattern, &text)
}

fn parts(pattern: &[&str], text: &[&str]) -> bool {
    match (pattern.split_first(), text.split_first()) {
        (None, None) => true,
        (Some((&"**", rest)), _) => (0..=text.len()).any(|skip| parts(rest, &text[skip..])),
        (Some((first, rest)), Some((part, others))) => within(first, part) && parts(rest, others),
        _ => false,
    }
}

fn within(pattern: &str, part: &str) -> bool {
    let Some((before, after)) = pattern.split_once('*') else {
        return pattern == part;
    };
    let Some(rest) = part.strip_prefix(before) else {
        return false;
    };
    let starts = rest.char_indices().map(|(at, _)| at).chain([rest.len()]);
    starts.into_iter().any(|at| within(after, &rest[at..]))
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn a_star_stays_within_its_part_and_two_reach_any_depth() {
        for (pattern, text, expected) in [
            ("/v3/catalog/products", "/v3/catalog/products", true),
            ("/v3/catalog/*", "/v3/catalog/products", true),
            ("/v3/catalog/*", "/v3/catalog/products/77", false),
            ("/v3/catalog/prod*s/*", "/v3/catalog/products/77", true),
            ("/v3/**", "/v3/catalog/products/77", true),
            ("/v3/**/77", "/v3/catalog/products/77", true),
            ("/v3/**", "/v2/orders", false),
            ("**", "/v2/orders", true),
        ] {
            assert_eq!(fits(pattern, text, '/'), expected, "{pattern} {text}");
        }
        assert!(fits("orders.*", "orders.create", '.'));
        assert!(!fits("orders.*", "products.create", '.'));
    }
}
