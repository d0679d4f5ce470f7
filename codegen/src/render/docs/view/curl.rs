//! The example of a call with curl: the same request as the example in Rust, for a shell.

use super::value::{json, plain};
use crate::model::{
    Answer, Api, Endpoint, Exchange, Method, Parameter, Role, Sample, Shape, exchange,
};

/// How wide the URL's lines may be: a wider one would be broken anywhere in the column of the site's samples.
const WIDTH: usize = 80;

/// The longest body that stays on one line.
const SHORT: usize = 50;

/// The command, with its arguments on separate lines.
pub(super) fn text(api: &Api, endpoint: &Endpoint) -> String {
    let exchange = exchange(api, endpoint);
    let mut arguments = vec![address(api, endpoint, &exchange)];
    arguments.extend(headers(api, endpoint, &exchange));
    arguments.extend(received(endpoint).map(str::to_owned));
    let of_role = |role: Role| {
        let parameters = exchange.parameters.iter();
        parameters.filter(move |(parameter, _)| parameter.role == role)
    };
    for (parameter, value) in of_role(Role::Form) {
        let value = match parameter.shape {
            Shape::File => "@path/to/file".to_owned(),
            _ => plain(value),
        };
        arguments.push(format!("--form \"{}={value}\"", parameter.wire));
    }
    if let Some(body) = &exchange.body {
        let body = json(api, body, None);
        let text = match body.to_string() {
            short if short.len() <= SHORT => short,
            _ => format!("{body:#}").replace('\n', "\n  "),
        };
        arguments.push(format!("--data '{}'", text.replace('\'', "'\\''")));
    }
    let method = match endpoint.method {
        Method::Get => "curl \\\n ".to_owned(),
        method => format!("curl --request {method} \\\n "),
    };
    format!("{method} {}", arguments.join(" \\\n  "))
}

/// The URL, broken after its base and before its query if the line would be too long.
fn address(api: &Api, endpoint: &Endpoint, exchange: &Exchange<'_>) -> String {
    let mut path = endpoint.path.clone();
    let mut query = Vec::new();
    for (parameter, value) in &exchange.parameters {
        match parameter.role {
            Role::Path => {
                let value = escaped(&plain(value), b"");
                path = path.replace(&format!("{{{}}}", parameter.wire), &value);
            }
            Role::Header | Role::Form => {}
            _ => query.extend(pairs(parameter, value)),
        }
    }
    let query = match query.is_empty() {
        true => String::new(),
        false => format!("?{}", query.join("&")),
    };
    let server = api.server(api.group(endpoint.group));
    let base = server.map_or(&api.service.base_url, |(_, server)| &server.base_url);
    let base = base.replace("{store_hash}", "$STORE_HASH");
    let whole = format!("\"{base}{path}{query}\"");
    let is_wide = |line: usize| line + "\" \\".len() > WIDTH;
    if !is_wide("  ".len() + whole.len() - 1) {
        whole
    } else if !is_wide(path.len() + query.len()) {
        format!("\"{base}\\\n{path}{query}\"")
    } else {
        format!("\"{base}\\\n{path}\\\n{query}\"")
    }
}

/// A query parameter, once or once for each of its values.
fn pairs(parameter: &Parameter, value: &Sample<'_>) -> Vec<String> {
    let pair = |value: &Sample<'_>| format!("{}={}", parameter.wire, encoded(value));
    match (parameter.shape, value) {
        (Shape::Each, Sample::List(values) | Sample::Vec(values)) => {
            values.iter().map(pair).collect()
        }
        (Shape::Flag, Sample::Bool(value)) => {
            vec![format!("{}={}", parameter.wire, u8::from(*value))]
        }
        _ => vec![pair(value)],
    }
}

/// A value in a query, where a colon, a comma, a slash and an at sign need no escape.
fn encoded(value: &Sample<'_>) -> String {
    escaped(&plain(value), b":,/@")
}

/// A text for a URL: characters with a special meaning there or in a shell are percent-encoded.
fn escaped(text: &str, allowed: &[u8]) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || allowed.contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// The headers: the token of the server, those of every request to it, and the call's own.
fn headers(api: &Api, endpoint: &Endpoint, exchange: &Exchange<'_>) -> Vec<String> {
    let service = &api.service;
    let server = api.server(api.group(endpoint.group)).map(|(_, it)| it);
    let token = match server {
        Some(server) => server.auth().replace("{token}", "$SERVER_TOKEN"),
        None => format!("{}: $ACCESS_TOKEN", service.auth_header),
    };
    let mut headers: Vec<(String, String)> = Vec::new();
    let of_server = server.into_iter().flat_map(|server| server.headers.iter());
    for (name, value) in service.headers.iter().chain(of_server) {
        put(&mut headers, name, value);
    }
    let accepts = match &endpoint.answer {
        Answer::File => Some(endpoint.media_type.as_deref().unwrap_or("*/*")),
        Answer::Events(_) => Some("text/event-stream"),
        _ => None,
    };
    if let Some(accepts) = accepts {
        put(&mut headers, "Accept", accepts);
    }
    if exchange.body.is_some() {
        put(&mut headers, "Content-Type", "application/json");
    }
    for (parameter, value) in &exchange.parameters {
        if parameter.role == Role::Header {
            put(&mut headers, &parameter.wire, &plain(value));
        }
    }
    let headers = headers
        .iter()
        .map(|(name, value)| format!("{name}: {value}"));
    let headers = [token].into_iter().chain(headers);
    headers
        .map(|header| format!("--header \"{header}\""))
        .collect()
}

/// Sets a header, replacing one of the same name.
fn put(headers: &mut Vec<(String, String)>, name: &str, value: &str) {
    match headers
        .iter_mut()
        .find(|(known, _)| known.eq_ignore_ascii_case(name))
    {
        Some((_, known)) => value.clone_into(known),
        None => headers.push((name.to_owned(), value.to_owned())),
    }
}

/// How curl receives what is not JSON: a file into a file, events as they arrive.
fn received(endpoint: &Endpoint) -> Option<&'static str> {
    match (&endpoint.answer, endpoint.media_type.as_deref()) {
        (Answer::Events(_), _) => Some("--no-buffer"),
        (Answer::File, Some("text/csv")) => Some("--output download.csv"),
        (Answer::File, _) => Some("--output download"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_something_in_an_address_or_a_shell_is_escaped_in_a_value() {
        let text = |text: &str| encoded(&Sample::Text(text.to_owned()));
        assert_eq!(text("a b+c&d"), "a%20b%2Bc%26d");
        assert_eq!(text("$HOME\"`"), "%24HOME%22%60");
        assert_eq!(text("2026-01-31T12:00:00Z"), "2026-01-31T12:00:00Z");
        assert_eq!(text("pages/home"), "pages/home");
        assert_eq!(escaped("pages/home", b""), "pages%2Fhome");
        assert_eq!(escaped("\u{fc}", b""), "%C3%BC");
    }
}
