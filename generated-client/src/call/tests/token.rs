//! The token is never shown, and no client can be built that would show it.

use super::{Server, answer};
use crate::json::tests::Brand;
use crate::{Client, ErrorKind};

#[tokio::test]
async fn the_token_is_never_shown() {
    let server = Server::new(&[&answer(401, "no")]).await;
    let call = server.call("brands.list");
    let shown = format!(
        "{:?} {:?} {:?}",
        server.client,
        call,
        Client::builder("a", "s3cret-token")
    );
    let error = call.page::<Brand>().await.unwrap_err();
    let shown = format!("{shown} {error} {error:?}");
    assert!(!shown.contains("s3cret"), "{shown}");
    assert!(format!("{:?}", server.client.config().token()).contains("Sensitive"));
}

#[test]
fn a_builder_shows_no_secret_that_stands_in_the_wrong_place() {
    let usual = || Client::builder("abc123", "t");
    for builder in [
        Client::builder("s3cret-token-of-thirty-characters", "abc123"),
        usual().base_url("https://me:s3cret@api.example.com"),
        usual().base_url("https://api.example.com/?token=s3cret"),
    ] {
        let shown = format!("{builder:?}");
        assert!(!shown.contains("s3cret"), "{shown}");
    }
    let shown = format!("{:?}", usual().base_url("http://localhost:1"));
    assert!(
        shown.contains("abc123") && shown.contains("http://localhost:1"),
        "{shown}"
    );
}

#[test]
fn a_client_that_would_show_the_token_is_not_made() {
    let build = |url: &str| Client::builder("abc123", "t").base_url(url).build();
    for url in [
        "http://api.bigcommerce.com",
        "http://127.0.0.1.example.com",
        "http://localhost.example.com",
        "ftp://localhost",
        "https://user@host",
        "https://host?x",
        "https://host#x",
        "host",
        "",
    ] {
        assert_eq!(build(url).unwrap_err().kind(), ErrorKind::Build, "{url}");
    }
    for url in [
        "http://localhost:1",
        "http://127.1.2.3",
        "http://[::1]:1/prefix/",
    ] {
        assert!(build(url).is_ok(), "{url}");
    }
    let prefixed = build("http://[::1]:1/prefix/").unwrap();
    assert_eq!(prefixed.base_url(), "http://[::1]:1/prefix/stores/abc123");
    for (hash, token) in [
        ("", "t"),
        ("../x", "t"),
        ("a b", "t"),
        ("a", ""),
        ("a", "x\ny"),
    ] {
        let built = Client::builder(hash, token)
            .base_url("http://localhost")
            .build();
        assert_eq!(built.unwrap_err().kind(), ErrorKind::Build);
    }
}
