//! Servers other than the store's: their addresses and their authentication.

use heck::ToSnakeCase;

use super::arguments::{is_own, is_token};
use crate::{
    diagnostic::{At, Code, Diagnostic, Diagnostics},
    index::Index,
};

pub static SERVER: Code = Code::error(
    "E238",
    "server",
    "A server has a fixed HTTPS host, a header for its token, and a name in snake case.",
);

const STORE: &str = "{store_hash}";

/// The store's own server, and the one that exchanges codes for its tokens.
pub(super) fn of_the_store(cx: &Index<'_>, out: &mut Diagnostics) {
    let service = &cx.document.service;
    let root = At::root("service.yaml");
    let mut wrong = |at, message: String, help: &str| {
        out.push(Diagnostic::new(&SERVER, at, message).help(help));
    };
    let lacks_store = !service.base_url.contains(STORE);
    let lacks_store = lacks_store.then_some("does not name the store");
    if let Some(why) = address(&service.base_url).or(lacks_store) {
        let help = "write it as in `https://api.example.com/stores/{store_hash}`";
        wrong(
            root.key("base_url").value(),
            format!("the address {why}"),
            help,
        );
    }
    if let Some(why) = address(&service.login_url) {
        let help = "write it as in `https://login.example.com`";
        wrong(
            root.key("login_url").value(),
            format!("the address {why}"),
            help,
        );
    }
    if !is_token(&service.auth_header) {
        let help = "name a header as in `X-Auth-Token`";
        let message = "this cannot be the name of a header".to_owned();
        wrong(root.key("auth_header").value(), message, help);
    }
    for (name, value) in service.headers.iter() {
        let at = root.key("headers").key(name);
        if !is_token(name) || signs_in(cx, name) {
            let message = "this cannot be a header of every call".to_owned();
            let help = "correct its name; the token has a header of its own";
            wrong(at.name(), message, help);
        }
        if value.chars().any(char::is_control) {
            let message = "this cannot be the value of a header".to_owned();
            wrong(at.value(), message, "write it in one line");
        }
    }
}

pub(super) fn servers(cx: &Index<'_>, out: &mut Diagnostics) {
    let all = At::root("service.yaml").key("servers");
    for (name, server) in cx.document.service.servers.iter() {
        let at = all.key(name);
        let mut wrong = |at, message: String, help: &str| {
            out.push(Diagnostic::new(&SERVER, at, message).help(help));
        };
        if !is_snake_case(name) {
            let message = format!("`{name}` is not in snake case");
            wrong(at.name(), message, "write a name such as `payments`");
        }
        if let Some(why) = address(&server.base_url) {
            let message = format!("the address {why}");
            let help =
                "write an address such as `https://payments.example.com/stores/{store_hash}`";
            wrong(at.key("base_url").value(), message, help);
        }
        let header = &server.auth_header;
        if !is_token(header) || (is_own(cx, header) && !signs_in(cx, header)) {
            let message = format!("`{header}` cannot hold a token");
            let help = "write a header such as `Authorization`";
            wrong(at.key("auth_header").value(), message, help);
        }
        if let Some(scheme) = server.auth_scheme.as_ref().filter(|it| !is_token(it)) {
            let message = format!("`{scheme}` is not a single word");
            let help = "write the word before the token, such as `Bearer`";
            wrong(at.key("auth_scheme").value(), message, help);
        }
        for (name, value) in server.headers.iter() {
            if value.chars().any(char::is_control) {
                let message = "this cannot be the value of a header".to_owned();
                wrong(
                    at.key("headers").key(name).value(),
                    message,
                    "write it in one line",
                );
            }
            if !is_token(name) || signs_in(cx, name) || name.eq_ignore_ascii_case(header) {
                let message = format!("`{name}` cannot be a header of every request");
                let help = "correct its name; the token already has a header";
                wrong(at.key("headers").key(name).name(), message, help);
            }
        }
    }
}

/// Whether a header is for a token.
fn signs_in(cx: &Index<'_>, name: &str) -> bool {
    let own = [cx.document.service.auth_header.as_str(), "Authorization"];
    own.iter().any(|own| own.eq_ignore_ascii_case(name))
}

/// Whether a name is already in its only snake-case form, which makes its constant unique.
fn is_snake_case(name: &str) -> bool {
    name.is_ascii()
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.to_snake_case() == name
}

/// What is wrong with an address, as the end of a sentence.
fn address(url: &str) -> Option<&'static str> {
    let Some(rest) = url.strip_prefix("https://") else {
        return Some("must start with `https://`, because every request to it contains a token");
    };
    let host = rest.split('/').next().unwrap_or_default();
    let named = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | ':');
    if host.is_empty() || !host.chars().all(named) {
        return Some("must have a fixed host, because a token is sent only to one host");
    }
    let plain = rest.replace(STORE, "");
    if plain.contains(['{', '}', '?', '#', ' ']) {
        return Some(
            "must have only a path after its host, with no placeholder but `{store_hash}`",
        );
    }
    rest.ends_with('/')
        .then_some("must not end with `/`; every path starts with one")
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_name_has_one_spelling() {
        for sound in ["payments", "b2b", "store_front", "a_1"] {
            assert!(super::is_snake_case(sound), "{sound}");
        }
        for wrong in ["Payments", "store__front", "store_", "_a", "1a", "a-b", "é"] {
            assert!(!super::is_snake_case(wrong), "{wrong}");
        }
    }

    #[test]
    fn an_address_has_tls_a_fixed_host_and_nothing_behind_its_path() {
        let sound = "https://payments.example.com/stores/{store_hash}";
        assert_eq!(super::address(sound), None);
        for wrong in [
            "http://payments.example.com",
            "https:///stores",
            "https://{store_hash}.example.com",
            "https://user@example.com",
            "https://example.com/{domain}",
            "https://example.com?a=1",
            "https://example.com/",
        ] {
            assert!(super::address(wrong).is_some(), "{wrong}");
        }
    }
}
