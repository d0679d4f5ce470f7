//! What is read from the auth callback, and where merchants are sent.

use bigcommerce_client::app::{App, Callback};
use bigcommerce_tests::json;
use secrecy::ExposeSecret;
use serde::Deserialize;

use super::{CLIENT_ID, REDIRECT, SECRET, builder};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    does: String,
    query: String,
    ok: Option<Expected>,
    error: Option<String>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Expected {
    code: String,
    store_hash: String,
    scopes: Vec<String>,
    account_uuid: Option<String>,
    #[serde(default)]
    external: bool,
}

#[test]
fn every_callback_is_read_or_refused_as_its_case_says() {
    let cases: Vec<Case> = json("tests/data/app/callbacks.json");
    for case in cases {
        match Callback::parse(&case.query) {
            Ok(callback) => {
                let came = Expected {
                    code: callback.code().expose_secret().to_owned(),
                    store_hash: callback.store_hash().to_owned(),
                    scopes: callback.scopes().names().map(str::to_owned).collect(),
                    account_uuid: callback.account_uuid().map(str::to_owned),
                    external: callback.is_external(),
                };
                assert_eq!(Some(came), case.ok, "{}", case.does);
                assert!(!format!("{callback:?}").contains("qr6h3thv"));
            }
            Err(error) => {
                let said = error.to_string();
                let expected = case
                    .error
                    .unwrap_or_else(|| panic!("{}: {said}", case.does));
                assert!(said.contains(&expected), "{}: {said}", case.does);
                assert!(!format!("{said} {error:?}").contains("qr6h3thv"));
            }
        }
    }
}

#[test]
fn merchants_are_sent_to_bigcommerce_without_the_secret() {
    let app = builder().build().unwrap();
    let url = app.authorize_url("abc123");
    assert_eq!(url.host_str(), Some("login.bigcommerce.com"));
    let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    let expected = [
        ("client_id", CLIENT_ID),
        ("redirect_uri", REDIRECT),
        ("response_type", "code"),
        ("scope", "store_v2_products store_v2_orders"),
        ("context", "stores/abc123"),
    ];
    let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(pairs, expected);
    let root = "https://login.bigcommerce.com/app/236754/install";
    assert_eq!(app.install_url().as_str(), root);
    assert_eq!(
        app.installed_url(true).as_str(),
        format!("{root}/succeeded")
    );
    assert_eq!(app.installed_url(false).as_str(), format!("{root}/failed"));
    for url in [url, app.install_url(), app.installed_url(true)] {
        assert!(!url.as_str().contains(SECRET));
    }
    assert!(!format!("{app:?} {:?}", builder()).contains(SECRET));
}

#[test]
fn an_unsafe_app_cannot_be_built() {
    let cases = [
        ("", SECRET, REDIRECT, None, "client id is empty"),
        (CLIENT_ID, "", REDIRECT, None, "client secret is empty"),
        (
            CLIENT_ID,
            SECRET,
            "http://app.example.com/auth",
            None,
            "redirect URI must begin with https",
        ),
        (
            CLIENT_ID,
            SECRET,
            "/auth",
            None,
            "redirect URI is not a valid URL",
        ),
        (
            CLIENT_ID,
            SECRET,
            REDIRECT,
            Some("http://login.example.com"),
            "login URL must begin with https",
        ),
        (
            CLIENT_ID,
            SECRET,
            REDIRECT,
            Some("https://a:b@login.example.com"),
            "must not contain a user name",
        ),
        (
            CLIENT_ID,
            SECRET,
            REDIRECT,
            Some("ftp://127.0.0.1"),
            "must begin with https",
        ),
    ];
    for (id, secret, redirect, login, expected) in cases {
        let mut builder = App::builder(id, secret, redirect);
        if let Some(login) = login {
            builder = builder.login_url(login);
        }
        let said = builder.build().unwrap_err().to_string();
        assert!(said.contains(expected), "{said}");
    }
}
