//! Who may send requests at all: programs and pages of this machine. A page of another site in a
//! browser can send requests here too, under its own host name (DNS rebinding) or across origins.

use http::header::{HOST, HeaderMap, HeaderName, ORIGIN};
use http::uri::{Authority, Uri};

/// Whether a request names the store at this URL as its host, and does not come from a page of another
/// origin.
pub(super) fn is_from_here(url: &str, target: &Uri, headers: &HeaderMap) -> bool {
    let own: Option<u16> = url.rsplit(':').next().and_then(|port| port.parse().ok());
    let is_here = |host: &str| {
        let host: Result<Authority, _> = host.parse();
        host.is_ok_and(|host| {
            let name = host.host();
            let known = name == "127.0.0.1" || name.eq_ignore_ascii_case("localhost");
            known && Some(host.port_u16().unwrap_or(80)) == own && !host.as_str().contains('@')
        })
    };
    let each = |name: HeaderName, is_good: &dyn Fn(&str) -> bool| {
        let mut said = headers.get_all(name).iter();
        said.all(|value| value.to_str().is_ok_and(is_good))
    };
    headers.contains_key(HOST)
        && each(HOST, &is_here)
        && each(ORIGIN, &|origin| {
            origin.strip_prefix("http://").is_some_and(is_here)
        })
        && target.authority().is_none_or(|host| is_here(host.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(target: &str, headers: &[(HeaderName, &str)]) -> bool {
        let headers = headers
            .iter()
            .map(|(name, value)| (name.clone(), value.parse().unwrap()))
            .collect();
        is_from_here("http://127.0.0.1:8080", &target.parse().unwrap(), &headers)
    }

    #[test]
    fn only_what_names_this_machine_and_its_port_is_from_here() {
        for (host, good) in [
            ("127.0.0.1:8080", true),
            ("localhost:8080", true),
            ("LOCALHOST:8080", true),
            ("127.0.0.1", false),
            ("127.0.0.1:80", false),
            ("evil.example:8080", false),
            ("localhost.evil.example:8080", false),
            ("localhost@evil.example:8080", false),
            ("evil.example@localhost:8080", false),
            ("", false),
        ] {
            assert_eq!(asked("/v3", &[(HOST, host)]), good, "{host}");
        }
        assert!(!asked("/v3", &[]));
        let two = [(HOST, "127.0.0.1:8080"), (HOST, "evil.example:8080")];
        assert!(!asked("/v3", &two));
        let other = asked("http://evil.example:8080/v3", &[(HOST, "127.0.0.1:8080")]);
        assert!(!other);
    }

    #[test]
    fn a_page_of_another_origin_is_not_from_here() {
        for (origin, good) in [
            ("http://127.0.0.1:8080", true),
            ("http://localhost:8080", true),
            ("http://127.0.0.1:3000", false),
            ("https://127.0.0.1:8080", false),
            ("http://evil.example:8080", false),
            ("null", false),
            ("", false),
        ] {
            let headers = [(HOST, "127.0.0.1:8080"), (ORIGIN, origin)];
            assert_eq!(asked("/v3", &headers), good, "{origin}");
        }
    }
}
