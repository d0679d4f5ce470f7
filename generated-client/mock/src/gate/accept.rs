//! Whether the caller accepts JSON, the only type that the store returns.

use http::{HeaderMap, header::ACCEPT};

/// Whether one of the `Accept` headers allows JSON. Without any, everything is accepted.
pub(crate) fn takes_json(headers: &HeaderMap) -> bool {
    let mut asked = headers.get_all(ACCEPT).iter().peekable();
    asked.peek().is_none() || asked.any(|value| value.to_str().is_ok_and(any_json))
}

fn any_json(value: &str) -> bool {
    value.split(',').any(|range| {
        let mut parts = range.split(';').map(str::trim);
        let kind = parts.next().unwrap_or_default().to_ascii_lowercase();
        let json = matches!(kind.as_str(), "*/*" | "application/*" | "application/json")
            || (kind.starts_with("application/") && kind.ends_with("+json"));
        let refused = parts.any(|part| {
            let weight = part.strip_prefix("q=").or(part.strip_prefix("Q="));
            weight.is_some_and(|weight| weight.trim().parse() == Ok(0.0_f32))
        });
        json && !refused
    })
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn json_is_taken_unless_every_range_excludes_it() {
        for (value, takes) in [
            ("application/json", true),
            ("text/html, */*;q=0.1", true),
            ("Application/JSON; charset=utf-8", true),
            ("application/vnd.bc.v1+json", true),
            ("application/xml", false),
            ("text/html, application/json;q=0", false),
            ("", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT, HeaderValue::from_static(value));
            assert_eq!(takes_json(&headers), takes, "{value}");
        }
        assert!(takes_json(&HeaderMap::new()));
    }
}
