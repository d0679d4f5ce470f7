//! Where a client may send its token: over TLS, or to this machine.

use bigcommerce_client::{Client, ErrorKind};

#[test]
fn the_token_goes_over_tls_or_to_this_machine_and_nowhere_else() {
    for url in [
        "https://api.example.com",
        "https://api.example.com/",
        "http://localhost:8080",
        "http://127.0.0.1:1",
        "http://[::1]:1",
    ] {
        let store = Client::builder("abc123", "s3cret")
            .base_url(url)
            .build()
            .unwrap();
        let host = url.trim_end_matches('/');
        assert_eq!(store.base_url(), format!("{host}/stores/abc123"));
    }
    for (url, why) in [
        ("http://api.example.com", "must begin with https"),
        ("http://127.0.0.1.example.com", "must begin with https"),
        ("http://localhost.example.com", "must begin with https"),
        ("http://10.0.0.1", "must begin with https"),
        ("ftp://localhost", "must begin with https"),
        (
            "https://user@api.example.com",
            "must not hold a user or a password",
        ),
        (
            "https://:word@api.example.com",
            "must not hold a user or a password",
        ),
        (
            "https://api.example.com?a=b",
            "must not hold a query or a fragment",
        ),
        (
            "https://api.example.com#a",
            "must not hold a query or a fragment",
        ),
        ("api.example.com", "cannot be read"),
        ("unix:/run/api", "has no host"),
    ] {
        let error = Client::builder("abc123", "s3cret")
            .base_url(url)
            .build()
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Build, "{url}");
        assert!(error.to_string().contains(why), "{url}: {error}");
        assert!(!format!("{error:?}").contains("s3cret"));
    }
}

#[test]
fn what_cannot_stand_in_a_request_is_refused_when_the_client_is_made() {
    for (hash, token, agent) in [
        ("", "t", "a"),
        ("../x", "t", "a"),
        ("a/b", "t", "a"),
        ("abc123", "", "a"),
        ("abc123", "t\r\nX-Other: 1", "a"),
        ("abc123", "t", "a\nb"),
    ] {
        let made = Client::builder(hash, token).user_agent(agent).build();
        assert_eq!(
            made.unwrap_err().kind(),
            ErrorKind::Build,
            "{hash:?} {token:?} {agent:?}"
        );
    }
}
