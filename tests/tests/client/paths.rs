//! A value in a path cannot send the token to another path: it fills one segment, or the call is not
//! sent.

use bigcommerce_client::{Client, Endpoint, Error, ErrorKind};
use bigcommerce_tests::{
    generated::calls::with_id,
    rows::{Parameter, Row, rows},
    server::{Answer, STORE_HASH, Server, store},
};

/// The endpoints with a string in their path.
fn endpoints() -> Vec<(Endpoint, Row)> {
    let rows = rows();
    let known = |it: &Parameter| it.place != "path" || it.ty == "int" || is_string(it);
    assert!(rows.iter().flat_map(|row| &row.parameters).all(known));
    let found = rows
        .into_iter()
        .filter(|row| row.parameters.iter().any(is_string));
    let found = found.map(|row| (Endpoint::from_id(&row.id).unwrap(), row));
    let found: Vec<_> = found.collect();
    let known = |it: &Parameter| it.place != "path" || it.ty == "int" || is_string(it);
    assert!(
        found
            .iter()
            .all(|(_, row)| row.parameters.iter().all(known))
    );
    assert!(found.len() > 5, "{found:?}");
    found
}

fn is_string(parameter: &Parameter) -> bool {
    parameter.place == "path" && ["string", "uuid"].contains(&parameter.ty.as_str())
}

/// The path with an encoded value for each string, and a number for each other parameter.
fn path(row: &Row, value: &str) -> String {
    let ids = row.parameters.iter().filter(|it| it.place == "path");
    ids.fold(row.path.clone(), |path, it| {
        let id = if is_string(it) { value } else { "118" };
        path.replace(&format!("{{{}}}", it.name), id)
    })
}

/// Whether its query is never empty.
fn asks(row: &Row) -> bool {
    let mut query = row.parameters.iter().filter(|it| it.place == "query");
    row.needs_filter || query.any(|it| it.required)
}

async fn call(store: &Client, endpoint: Endpoint, id: &str) -> Result<(), Error> {
    let sent = with_id(store, endpoint, id).await.unwrap();
    sent.failure.map_or(Ok(()), Err)
}

#[tokio::test]
async fn a_value_stays_within_its_segment() {
    let server = Server::start(|_| Answer::empty(204)).await;
    let store = store(&server);
    let values = [
        ("a/b", "a%2Fb"),
        ("..a/", "..a%2F"),
        ("a\\x", "a%5Cx"),
        ("...", "..."),
        (".a", ".a"),
        ("%2e", "%252e"),
        ("%2e%2e", "%252e%252e"),
        ("%2E%2e/", "%252E%252e%2F"),
        ("%2f", "%252f"),
        ("a?b=c", "a%3Fb%3Dc"),
        ("a#b", "a%23b"),
        ("a;b", "a%3Bb"),
        ("@host", "%40host"),
        ("//host/x", "%2F%2Fhost%2Fx"),
        ("http://host", "http%3A%2F%2Fhost"),
        ("a b+c", "a%20b%2Bc"),
        ("a\r\nX-Evil: 1", "a%0D%0AX-Evil%3A%201"),
        ("a\tb", "a%09b"),
        ("\0", "%00"),
        ("ü\u{202e}", "%C3%BC%E2%80%AE"),
        ("{cartId}", "%7BcartId%7D"),
    ];
    for (endpoint, row) in endpoints() {
        for (value, segment) in values {
            // The result of a response without a body does not matter here.
            let _ = call(&store, endpoint, value).await;
            let asked = server.take();
            let paths: Vec<&str> = asked.iter().map(|asked| asked.path.as_str()).collect();
            let expected = format!("/stores/{STORE_HASH}{}", path(&row, segment));
            assert_eq!(paths, [expected], "{endpoint} with {value:?}");
            let query = asked[0].query.as_deref().unwrap_or_default();
            assert!(query.is_empty() || asks(&row), "{endpoint} with {value:?}");
            assert_eq!(asked[0].header("x-evil"), None);
        }
    }
}

#[tokio::test]
async fn a_value_that_would_leave_its_segment_is_not_sent() {
    let server = Server::start(|_| Answer::empty(204)).await;
    let store = store(&server);
    for (endpoint, _) in endpoints() {
        for value in [
            "",
            ".",
            "..",
            "../",
            "../../v2/orders",
            "..\\x",
            "a/./b",
            " ",
            "\t",
            "/",
            ";x",
            " .. ",
        ] {
            let error = call(&store, endpoint, value).await.unwrap_err();
            assert_eq!(
                error.kind(),
                ErrorKind::Request,
                "{endpoint} with {value:?}"
            );
            let says = format!("cannot be {value:?}");
            assert!(error.to_string().ends_with(&says), "{error}");
        }
    }
    assert!(server.asked().is_empty());
}

#[tokio::test]
async fn a_value_that_would_make_the_path_of_another_call_is_not_sent() {
    let server = Server::start(|_| Answer::empty(204)).await;
    let store = store(&server);
    for (endpoint, value, other) in [
        (Endpoint::CartsGet, "settings", "/v3/carts/settings"),
        (Endpoint::CartsGet, "metafields", "/v3/carts/metafields"),
        (Endpoint::CartsGet, "Settings", "/v3/carts/settings"),
        (Endpoint::CartsGet, "settings;x=1", "/v3/carts/settings"),
        (Endpoint::CartsGet, "settings.json", "/v3/carts/settings"),
        (Endpoint::CartsDelete, "metafields", "/v3/carts/metafields"),
        (
            Endpoint::CheckoutsGet,
            " settings",
            "/v3/checkouts/settings",
        ),
    ] {
        let error = call(&store, endpoint, value).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Request, "{endpoint}: {value:?}");
        let says = format!(
            "with this parameter, `{}` becomes `{other}`",
            endpoint.path()
        );
        assert!(error.to_string().ends_with(&says), "{error}");
    }
    assert!(server.asked().is_empty());
    // Words of other paths mean nothing here.
    for (endpoint, value) in [
        (Endpoint::CartsGet, "orders"),
        (Endpoint::CartsAddItems, "settings"),
        (Endpoint::CheckoutsCreateOrder, "settings"),
    ] {
        let _ = call(&store, endpoint, value).await;
        assert_eq!(server.take().len(), 1, "{endpoint}: {value:?}");
    }
}
