//! Queries and forms in `application/x-www-form-urlencoded`.

use form_urlencoded::Serializer;

/// The names and values of a query or form.
pub(crate) fn parse(text: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(text.as_bytes())
        .into_owned()
        .collect()
}

/// A query of these names and values.
pub(crate) fn write<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    Serializer::new(String::new()).extend_pairs(pairs).finish()
}

/// The URL with an additional query.
pub(crate) fn extend(url: &str, query: &str) -> String {
    let between = if url.contains('?') { '&' } else { '?' };
    format!("{url}{between}{query}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let pairs = [("scope", "a b"), ("context", "stores/x"), ("odd", "&=+%é")];
        let text = write(pairs);
        assert!(text.starts_with("scope=a+b&context=stores%2Fx&"), "{text}");
        let read = parse(&text);
        let read: Vec<_> = read.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        assert_eq!(read, pairs);
    }

    #[test]
    fn the_pairs_of_a_query_are_decoded_and_stay_in_order() {
        let read = parse("name=A+b%26c&id:in=1%2C2&include&name=");
        let read: Vec<_> = read
            .iter()
            .map(|(key, value)| (key.as_str(), value.as_str()))
            .collect();
        assert_eq!(
            read,
            [
                ("name", "A b&c"),
                ("id:in", "1,2"),
                ("include", ""),
                ("name", "")
            ]
        );
    }
}
