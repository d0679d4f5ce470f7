//! The example of a call with curl: what the example in Rust sends, as a shell sends it.

use super::value::{json, plain};
use crate::model::{Api, Endpoint, Exchange, Method, Role, Shape, exchange};

/// How wide a line may be.
const WIDTH: usize = 100;

/// The longest body that stays on one line.
const SHORT: usize = 50;

/// The command, its arguments on lines of their own.
pub(super) fn text(api: &Api, endpoint: &Endpoint) -> String {
    let exchange = exchange(api, endpoint);
    let mut arguments = vec![address(api, endpoint, &exchange)];
    arguments.extend(headers(api, endpoint, &exchange));
    let of_role = |role: Role| {
        let parameters = exchange.parameters.iter();
        parameters.filter(move |(parameter, _)| parameter.role == role)
    };
    for (parameter, value) in of_role(Role::Form) {
        let at = if parameter.shape == Shape::File {
            "@"
        } else {
            ""
        };
        arguments.push(format!(
            "--form \"{}={at}{}\"",
            parameter.wire,
            plain(value)
        ));
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
        Method::Get => "curl".to_owned(),
        method => format!("curl --request {method} \\\n "),
    };
    format!("{method} {}", arguments.join(" \\\n  "))
}

/// The address, broken behind its base where it would be too long.
fn address(api: &Api, endpoint: &Endpoint, exchange: &Exchange<'_>) -> String {
    let mut path = endpoint.path.clone();
    let mut query = Vec::new();
    for (parameter, value) in &exchange.parameters {
        let text = plain(value).replace(' ', "%20");
        match parameter.role {
            Role::Path => path = path.replace(&format!("{{{}}}", parameter.wire), &text),
            Role::Header | Role::Form => {}
            _ => query.push(format!("{}={text}", parameter.wire)),
        }
    }
    if !query.is_empty() {
        path += &format!("?{}", query.join("&"));
    }
    let group = api.group(endpoint.group);
    let base = match api.server(group) {
        Some((_, server)) => server.base_url.clone(),
        None => api.service.base_url.clone(),
    };
    let base = base.replace("{store_hash}", "$STORE_HASH");
    let whole = format!("\"{base}{path}\"");
    if whole.len() + 24 > WIDTH {
        format!("\"{base}\\\n{path}\"")
    } else {
        whole
    }
}

fn headers(api: &Api, endpoint: &Endpoint, exchange: &Exchange<'_>) -> Vec<String> {
    let group = api.group(endpoint.group);
    let token = match api.server(group) {
        Some((_, server)) => format!("{}: $SERVER_TOKEN", server.auth()),
        None => format!("{}: $ACCESS_TOKEN", api.service.auth_header),
    };
    let mut headers = vec![token];
    headers.extend(
        api.service
            .headers
            .iter()
            .map(|(name, value)| format!("{name}: {value}")),
    );
    if exchange.body.is_some() {
        headers.push("Content-Type: application/json".to_owned());
    }
    let own = exchange.parameters.iter();
    let own = own.filter(|(parameter, _)| parameter.role == Role::Header);
    headers.extend(own.map(|(parameter, value)| format!("{}: {}", parameter.wire, plain(value))));
    let headers = headers.into_iter();
    headers
        .map(|header| format!("--header \"{header}\""))
        .collect()
}
