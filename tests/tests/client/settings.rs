//! Where a client may send its token: over TLS, or to this machine, and never into a panic message.

use std::{
    fmt::Debug,
    panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook},
    sync::{Arc, Mutex},
};

use bigcommerce_client::{Client, Error, ErrorKind, RetryPolicy, policy::Policy};
use bigcommerce_tests::server::{Answer, Server, TOKEN, nobody, store_with};

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
            "must not contain a user name or a password",
        ),
        (
            "https://:word@api.example.com",
            "must not contain a user name or a password",
        ),
        (
            "https://api.example.com?a=b",
            "must not contain a query or a fragment",
        ),
        (
            "https://api.example.com#a",
            "must not contain a query or a fragment",
        ),
        ("api.example.com", "is not a valid URL"),
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
fn what_a_request_cannot_contain_is_refused_when_the_client_is_built() {
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

#[tokio::test]
async fn what_people_paste_is_taken_for_what_it_can_only_mean() {
    for hash in [
        "abc123",
        " abc123\n",
        "\"abc123\"",
        "store-abc123",
        "stores/abc123",
        "/stores/abc123/",
        "stores/abc123/v3",
        "https://api.bigcommerce.com/stores/abc123",
        "https://api.bigcommerce.com/stores/abc123/v2/",
        "https://api.bigcommerce.com/stores/abc123/v3/catalog/products",
        "api.bigcommerce.com/stores/abc123/v3/",
        "store-abc123.mybigcommerce.com",
        "https://store-abc123.mybigcommerce.com/",
        "https://store-abc123-1.mybigcommerce.com",
    ] {
        let store = Client::builder(hash, TOKEN).build();
        let store = store.unwrap_or_else(|error| panic!("{hash:?}: {error}"));
        assert_eq!(store.store_hash(), "abc123", "{hash:?}");
        let base = "https://api.bigcommerce.com/stores/abc123";
        assert_eq!(store.base_url(), base, "{hash:?}");
    }
    for url in [
        "https://api.example.com/",
        " 'https://api.example.com' ",
        "https://api.example.com/stores",
        "https://api.example.com/stores/",
        "https://api.example.com/stores/abc123",
        "https://api.example.com/stores/abc123/",
        "https://api.example.com/stores/abc123/v3/",
        "https://api.example.com/stores/abc123/v2",
    ] {
        let store = Client::builder("abc123", TOKEN).base_url(url).build();
        let store = store.unwrap_or_else(|error| panic!("{url:?}: {error}"));
        let base = "https://api.example.com/stores/abc123";
        assert_eq!(store.base_url(), base, "{url:?}");
    }
    let server = Server::start(|_| Answer::json(200, r#"{"data":{"id":7}}"#)).await;
    for token in [
        format!(" {TOKEN}\r\n"),
        format!("\"{TOKEN}\""),
        format!("Bearer {TOKEN}"),
        format!("'bearer  {TOKEN}'"),
        format!("X-Auth-Token: {TOKEN}"),
        format!("x-auth-token:\"{TOKEN}\""),
    ] {
        let builder = Client::builder("abc123", token.clone()).base_url(server.url());
        builder.build().unwrap().brands().get(7).await.unwrap();
        let sent = server.take();
        assert_eq!(sent[0].header("x-auth-token"), Some(TOKEN), "{token:?}");
    }
}

#[test]
fn what_could_mean_something_else_is_refused_with_what_to_do() {
    for (hash, url, says) in [
        (
            "abc-/1",
            None,
            "as `abc123` in `https://api.bigcommerce.com/stores/abc123/v3`",
        ),
        ("stores/", None, "as `abc123` in"),
        ("store-", None, "as `abc123` in"),
        (
            "1k2j3h4g5f6d7s8a9q0w1e2r3t4y5u6",
            None,
            "is as long as an access token: pass the hash first and the token second",
        ),
        ("stores/abc123/brands", None, "as `abc123` in"),
        ("mystore.mybigcommerce.com", None, "as `abc123` in"),
        (
            "https://api.example.com/stores/abc123",
            None,
            "has a host other than `api.bigcommerce.com`: pass the hash alone, and the host with",
        ),
        (
            "abc123",
            Some("https://api.example.com/stores/def456/v3/"),
            "names a store other than `abc123`: pass the URL up to `/stores`",
        ),
        (
            "abc123",
            Some("https://api.example.com/stores/abc123/v3/catalog"),
            "must end before `/stores`",
        ),
        (
            "abc123",
            Some("https://api.example.com/v3"),
            "must end before the version",
        ),
        (
            "abc123",
            Some("api.example.com"),
            "it must begin with https://",
        ),
        ("abc123", Some(""), "it must begin with https://"),
    ] {
        let mut builder = Client::builder(hash, TOKEN);
        if let Some(url) = url {
            builder = builder.base_url(url);
        }
        let error = builder.build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Build);
        assert!(error.to_string().contains(says), "{hash} {url:?}: {error}");
    }
    for token in ["abc def", "abc\"def", "Access token: abc", "a\tb"] {
        let error = Client::builder("abc123", token).build().unwrap_err();
        let says = error.to_string();
        assert!(says.contains("contains whitespace or quotes"), "{says}");
        assert!(!says.contains(token), "{says}");
    }
    for token in ["Bearer", "Bearer ", "\"\"", " ", "X-Auth-Token:"] {
        let error = Client::builder("abc123", token).build();
        let says = error.map(|_| token).unwrap_err().to_string();
        assert!(says.ends_with("the token is empty"), "{token:?}: {says}");
    }
}

/// The panic message of a program that unwraps an error or a success in the wrong way.
fn panics(failed: Vec<Result<(), Error>>, there: Vec<Result<Box<dyn Debug>, Error>>) -> String {
    let said = Arc::new(Mutex::new(String::new()));
    let (heard, usual) = (Arc::clone(&said), take_hook());
    set_hook(Box::new(move |panic| {
        *heard.lock().unwrap() += &format!("{panic}\n");
    }));
    let mut count = 0;
    for result in failed {
        let unwrap = AssertUnwindSafe(|| result.unwrap());
        count += usize::from(catch_unwind(unwrap).is_err());
    }
    for result in there {
        let unwrap = AssertUnwindSafe(|| drop(result.unwrap_err()));
        count += usize::from(catch_unwind(unwrap).is_err());
    }
    set_hook(usual);
    let said = said.lock().unwrap().clone();
    assert!(said.matches("called `Result::").count() >= count, "{said}");
    assert_eq!(count, 13, "{said}");
    said
}

#[tokio::test]
async fn a_program_that_panics_over_an_error_or_a_client_does_not_show_the_token() {
    let server = Server::script([
        Answer::json(401, r#"{"title":"no"}"#),
        Answer::json(429, "{}"),
        Answer::json(500, "no JSON"),
        Answer::json(200, r#"{"data":"#),
        Answer::empty(200).cut(),
        Answer::json(200, r#"{"data":{"id":7}}"#),
    ])
    .await;
    let once = |builder: bigcommerce_client::ClientBuilder| builder.retry(RetryPolicy::never());
    let store = store_with(&server, once);
    let mut errors = Vec::new();
    for _ in 0..5 {
        errors.push(store.brands().get(7).await.unwrap_err());
    }
    let answer = store.brands().get(7).send().await.unwrap();
    errors.push(store.raw(http::Method::GET, "no/path").await.unwrap_err());
    let denied = store.under(Policy::new());
    errors.push(denied.brands().list().await.unwrap_err());
    let alone = store_with(&server, |builder| once(builder).base_url(nobody()));
    errors.push(alone.brands().list().await.unwrap_err());
    errors.push(Client::builder("../", TOKEN).build().unwrap_err());
    let broken = Client::builder("abc123", format!("{TOKEN}\n{TOKEN}")).build();
    errors.push(broken.unwrap_err());

    let request = store.raw(http::Method::GET, "/v3/customers");
    let there: [Box<dyn Debug>; 3] = [Box::new(store), Box::new(request), Box::new(answer)];
    let there = there.into_iter().map(Ok).collect();
    let said = panics(errors.into_iter().map(Err).collect(), there);
    assert!(!said.contains(TOKEN), "{said}");
}
