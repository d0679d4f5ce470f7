//! Queries and forms, as `application/x-www-form-urlencoded` has them.

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

/// The address with a query more.
pub(crate) fn extend(url: &str, query: &str) -> String {
    let between = if url.contains('?') { '&' } else { '?' };
    format!("{url}{between}{query}")
}
