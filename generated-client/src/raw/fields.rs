//! The names of the fields in a body, in any spelling: some servers treat a field with a certain name as an
//! override of the method that the policy has judged.

use http::HeaderValue;
use url::form_urlencoded;

use crate::body::text;
use crate::json;
use crate::options::overrides;

/// The media type of a form without files.
const URL_ENCODED: &str = "application/x-www-form-urlencoded";

/// The prefix of the media types of forms with files.
pub(super) const MULTIPART: &str = "multipart/";

/// The field of such a body that could make a server treat the call as one with another method. Anything that
/// is not a form is examined as JSON, because servers accept JSON under several media types.
pub(super) fn overriding(content_type: &HeaderValue, body: &[u8]) -> Option<String> {
    if is_of(content_type, URL_ENCODED) {
        let mut fields = form_urlencoded::parse(body);
        let (name, _) = fields.find(|(name, _)| overrides(name))?;
        return Some(name.into_owned());
    }
    let names = if is_of(content_type, MULTIPART) {
        of_parts(body)
    } else {
        of_json(text(body))
    };
    names.into_iter().find(|name| overrides(name))
}

/// Whether a media type begins with this prefix.
pub(super) fn is_of(content_type: &HeaderValue, kind: &str) -> bool {
    let start = content_type.as_bytes().get(..kind.len());
    start.is_some_and(|start| start.eq_ignore_ascii_case(kind.as_bytes()))
}

/// The keys of the outermost object. They are found in invalid or deeply nested JSON as well, since it is
/// unknown how a server reads it.
fn of_json(body: &[u8]) -> Vec<String> {
    let (mut names, mut depth, mut at) = (Vec::new(), 0_usize, 0);
    if body.first() != Some(&b'{') {
        return names;
    }
    while let Some(byte) = body.get(at) {
        let start = at;
        at += 1;
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            b'"' => {
                at = end_of_string(body, at);
                let is_key = body.get(at..).unwrap_or_default().trim_ascii_start();
                if depth == 1 && is_key.first() == Some(&b':') {
                    let key = body.get(start..at).unwrap_or_default();
                    let spelled = || String::from_utf8_lossy(key).trim_matches('"').to_owned();
                    names.push(json::from_slice(key).unwrap_or_else(|_| spelled()));
                }
            }
            _ => {}
        }
    }
    names
}

/// The end of the string that begins at this position.
fn end_of_string(body: &[u8], mut at: usize) -> usize {
    while let Some(byte) = body.get(at) {
        match byte {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    body.len()
}

/// The names of the parts, from their headers.
fn of_parts(body: &[u8]) -> Vec<String> {
    const HEADER: &str = "content-disposition:";
    let (mut names, mut is_header) = (Vec::new(), false);
    for line in body.split(|byte| *byte == b'\n' || *byte == b'\r') {
        // A header may continue on the next line after whitespace.
        let begins = line.get(..HEADER.len());
        let begins = begins.is_some_and(|it| it.eq_ignore_ascii_case(HEADER.as_bytes()));
        is_header = begins || is_header && line.first().is_none_or(u8::is_ascii_whitespace);
        if !is_header {
            continue;
        }
        let line = String::from_utf8_lossy(line);
        names.extend(line.split(';').filter_map(|parameter| {
            let (name, value) = parameter.split_once('=')?;
            let is_name = name.trim().eq_ignore_ascii_case("name");
            is_name.then(|| value.trim().trim_matches(['"', '\'']).to_owned())
        }));
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(content_type: &'static str, body: &str) -> Option<String> {
        overriding(&HeaderValue::from_static(content_type), body.as_bytes())
    }

    #[test]
    fn a_field_that_names_a_method_is_found_in_every_kind_of_body() {
        let part =
            "--x\r\ncontent-disposition: form-data;\r\n NAME=\"_method\"\r\n\r\nDELETE\r\n--x--";
        for (content_type, body) in [
            ("application/x-www-form-urlencoded", "a=b&%5Fmethod=DELETE"),
            ("application/x-www-form-urlencoded", "a=b&.method=DELETE"),
            ("application/x-www-form-urlencoded", "a=b&+_method=DELETE"),
            ("application/json", r#"{"_method":"DELETE"}"#),
            ("APPLICATION/JSON", "\u{feff} {\"a\":[{}],\"_Method\" : 1}"),
            ("text/plain", r#"{"a":"}\"","\u005fmethod":"DELETE"}"#),
            (
                "application/json",
                r#"{"a":{"b":1},"X-HTTP-Method-Override":"PUT""#,
            ),
            ("multipart/form-data; boundary=x", part),
            (
                "Multipart/Mixed",
                "Content-Disposition: form-data; name=_method\n\nPUT",
            ),
        ] {
            assert!(
                found(content_type, body).is_some(),
                "{content_type}: {body}"
            );
        }
        let deep = format!(
            r#"{{"a":{}{},"_method":"PUT"}}"#,
            "[".repeat(500),
            "]".repeat(500)
        );
        assert_eq!(found("application/json", &deep).as_deref(), Some("_method"));
    }

    #[test]
    fn what_only_looks_like_such_a_field_is_sent() {
        for (content_type, body) in [
            (
                "application/json",
                r#"{"payment_method":"x","data":{"_method":1}}"#,
            ),
            ("application/json", r#"{"a":"_method","b":["_method"]}"#),
            ("application/json", r#"["_method"]"#),
            ("application/json", r#"{"a":"\"_method\":"}"#),
            ("text/csv", "_method,a\nDELETE,b"),
            (
                "multipart/form-data; boundary=x",
                "Content-Disposition: form-data; name=\"file\"; filename=\"_method\"\r\n\r\n\
                 <input name=\"_method\">\r\n",
            ),
        ] {
            assert_eq!(found(content_type, body), None, "{content_type}: {body}");
        }
    }
}
