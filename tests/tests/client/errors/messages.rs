//! The message of each error.

use bigcommerce_client::Client;

use super::{Answering, TOKEN, says, store};

#[tokio::test]
async fn a_call_without_an_answer_says_whether_it_may_have_happened() {
    for (name, transport) in [
        ("connect", Answering::Connect),
        ("timeout", Answering::Timeout),
        ("too-large", Answering::TooLarge),
        ("broken", Answering::Broken),
        ("own-transport", Answering::Own),
    ] {
        let error = store(transport).brands().get(7).await.unwrap_err();
        says(name, &error);
    }
}

#[tokio::test]
async fn an_answer_beyond_the_limit_says_how_large_it_may_be() {
    let body = Answering::With(200, r#"{"data":{"id":7,"name":"Acme"},"meta":{}}"#);
    let builder = Client::builder("abc123", TOKEN)
        .transport(body)
        .max_body(10);
    let error = builder.build().unwrap().brands().get(7).await.unwrap_err();
    says("larger-than-the-limit", &error);

    // An error response from a custom transport is truncated, and keeps its status.
    let body = Answering::With(403, "Forbidden, and much more about it");
    let builder = Client::builder("abc123", TOKEN).transport(body).max_body(9);
    let error = builder
        .build()
        .unwrap()
        .brands()
        .delete(7)
        .await
        .unwrap_err();
    assert!(error.is_missing_scope() && !error.may_have_happened());
    assert_eq!(error.body().unwrap(), "Forbidden");
}

#[tokio::test]
async fn a_refusal_says_what_the_api_said_and_what_to_do() {
    for (name, status, body) in [
        ("status-301", 301, ""),
        ("status-401", 401, r#"{"title":"Unauthorized"}"#),
        (
            "status-403",
            403,
            r#"{"status":403,"title":"Your token lacks a scope.","type":"x"}"#,
        ),
        (
            "status-404",
            404,
            r#"{"status":404,"title":"This brand does not exist","type":"x"}"#,
        ),
        (
            "status-409",
            409,
            r#"{"status":409,"title":"The name is taken","errors":{"name":"taken"}}"#,
        ),
        ("status-413", 413, ""),
        ("status-415", 415, "Unsupported Media Type"),
        (
            "status-422",
            422,
            r#"{"status":422,"title":"Invalid","errors":{"name":"too long","page_title":"missing"}}"#,
        ),
        (
            "status-429",
            429,
            r#"{"status":429,"title":"Too many requests"}"#,
        ),
        ("status-423", 423, ""),
        ("status-500", 500, ""),
        (
            "status-502-html",
            502,
            "<html><title>502 Bad Gateway</title></html>",
        ),
        ("status-501", 501, ""),
        (
            "status-507",
            507,
            r#"{"status":507,"title":"The limit of products is reached"}"#,
        ),
        ("status-599", 599, "a text\nof two lines"),
    ] {
        let error = store(Answering::With(status, body))
            .brands()
            .get(7)
            .await
            .unwrap_err();
        says(name, &error);
    }
}

#[tokio::test]
async fn a_refusal_of_a_write_names_the_scope_that_writes() {
    let store = store(Answering::With(403, ""));
    says(
        "status-403-write",
        &store.brands().delete(7).await.unwrap_err(),
    );
    says(
        "status-403-order",
        &store.orders().list().await.unwrap_err(),
    );
}

#[tokio::test]
async fn a_refused_batch_says_the_first_problem_and_how_many_there_are() {
    let body = r#"{"batch_errors":[
        {"status":422,"title":"Invalid record","errors":{"0.price":"must not be negative"}},
        {"status":422,"title":"Invalid record","errors":{"1.price":"must not be negative"}}]}"#;
    let store = store(Answering::With(422, body));
    says("batch", &store.brands().get(7).await.unwrap_err());
}

#[tokio::test]
async fn a_response_that_cannot_be_decoded_says_where_and_what_was_found() {
    for (name, body) in [
        ("decode-kind", r#"{"data":"Acme","meta":{}}"#),
        ("decode-missing", r#"{"meta":{}}"#),
        ("decode-cut-off", r#"{"data":{"id":7,"name":"Ac"#),
        ("decode-html", "<html>Maintenance</html>"),
        ("decode-empty", ""),
    ] {
        let error = store(Answering::With(200, body))
            .brands()
            .get(7)
            .await
            .unwrap_err();
        says(name, &error);
    }
    let list = r#"{"data":[{"id":7,"name":"Acme"},7],"meta":{}}"#;
    let error = store(Answering::With(200, list))
        .brands()
        .list()
        .await
        .unwrap_err();
    says("decode-in-a-list", &error);
}

#[tokio::test]
async fn a_call_that_cannot_go_out_says_why() {
    let store = store(Answering::With(204, ""));
    says(
        "without-a-filter",
        &store.categories().delete().await.unwrap_err(),
    );
    says(
        "without-an-id",
        &store.checkouts().get("").await.unwrap_err(),
    );
    says("no-ids", &store.customers().delete([]).await.unwrap_err());
}

#[test]
fn a_client_that_cannot_be_made_says_why() {
    let builder = || Client::builder("abc123", TOKEN).transport(Answering::Timeout);
    for (name, made) in [
        (
            "build-plain-http",
            builder().base_url("http://api.example.com").build(),
        ),
        ("build-no-url", builder().base_url("nowhere").build()),
        ("build-user-agent", builder().user_agent("a\nb").build()),
        (
            "build-store-hash",
            Client::builder("../x", TOKEN)
                .transport(Answering::Timeout)
                .build(),
        ),
        (
            "build-no-token",
            Client::builder("abc123", "")
                .transport(Answering::Timeout)
                .build(),
        ),
        (
            "build-bad-token",
            Client::builder("abc123", "a\nb")
                .transport(Answering::Timeout)
                .build(),
        ),
    ] {
        says(name, &made.unwrap_err());
    }
}
