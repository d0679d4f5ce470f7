//! The message of each error of the client, produced by its public calls with an in-process transport.

use std::{
    fmt, io,
    task::{Context, Poll},
};

use bigcommerce_client::{
    ChangeError, Client, Error, ErrorKind, RetryPolicy,
    app::{CallbackError, ExchangeError, Grant, InstallError, PayloadError, UninstallError},
    brands::{Brand, BrandUpdate},
    json,
    policy::Policy,
    storefront::mcp::McpError,
    transport::{BoxError, TransportError},
    webhook::{DeliveryRejection, VerifyError},
};
use bigcommerce_tests::server::{Answer, Server, nobody};
use bytes::Bytes;
use tower_service::Service;

/// A transport that returns the same response to every call.
#[derive(Clone)]
enum Answering {
    With(u16, &'static str),
    Connect,
    Timeout,
    TooLarge,
    Broken,
    BrokenInLayers,
    Layered,
    Own,
}

impl Service<http::Request<Bytes>> for Answering {
    type Response = http::Response<Bytes>;
    type Error = BoxError;
    type Future = std::future::Ready<Result<Self::Response, BoxError>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: http::Request<Bytes>) -> Self::Future {
        std::future::ready(match self {
            Self::With(status, body) => {
                let mut answer = http::Response::new(Bytes::from_static(body.as_bytes()));
                *answer.status_mut() = http::StatusCode::from_u16(*status).unwrap();
                Ok(answer)
            }
            Self::Connect => Err(TransportError::connect("connection refused").into()),
            Self::Timeout => Err(TransportError::timeout().into()),
            Self::TooLarge => Err(TransportError::too_large(1024).into()),
            Self::Broken => Err(TransportError::broken("connection reset by peer").into()),
            Self::BrokenInLayers => Err(TransportError::broken(Outer::new()).into()),
            Self::Layered => Err(Outer::new().into()),
            Self::Own => Err("the cassette has no such response".into()),
        })
    }
}

const TOKEN: &str = "a-token-that-no-text-may-show";

fn store(transport: Answering) -> Client {
    Client::builder("abc123", TOKEN)
        .transport(transport)
        .build()
        .unwrap()
}

/// The messages of an error and of its sources, as programs print them. None repeats another.
fn printed(error: &(dyn std::error::Error + 'static)) -> String {
    let mut said = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        let text = cause.to_string();
        assert!(!said.contains(&text), "{said}: {text}");
        said = format!("{said}: {text}");
        next = cause.source();
    }
    said
}

/// Records the message of the error, and checks what must hold for every error.
fn says(name: &str, error: &Error) {
    let text = error.to_string();
    printed(error);
    assert!(!text.contains('\n'), "more than a line: {text}");
    assert!(
        !text.contains(TOKEN) && !format!("{error:?}").contains(TOKEN),
        "shows the token"
    );
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots/errors");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let _accept = bigcommerce_tests::accept::accept();
    settings.bind(|| insta::assert_snapshot!(name, text));
}

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

/// The first error of this type among the causes. None of them may show the token.
fn cause<E: std::error::Error + 'static>(error: &Error) -> Option<&E> {
    let mut found = None;
    for cause in error.causes() {
        assert!(!format!("{cause} {cause:?}").contains(TOKEN), "{cause:?}");
        found = found.or(cause.downcast_ref());
    }
    found
}

#[test]
fn a_change_that_cannot_be_sent_is_an_error_of_the_call_that_was_not_sent() {
    fn change(before: &Brand, after: &Brand) -> Result<Option<BrandUpdate>, Error> {
        Ok(BrandUpdate::between(before, after)?)
    }

    let before: Brand = json::from_str(r#"{"id":7,"name":"Acme"}"#).unwrap();
    let mut after = before.clone();
    after.id = 8;
    let error = change(&before, &after).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request);
    assert!(!error.may_have_happened());
    assert!(cause::<ChangeError>(&error).is_some(), "{error:?}");
    assert_eq!(
        error.to_string(),
        "the call was not sent: `id` differs, so these are two different records"
    );
}

#[test]
fn a_value_that_cannot_be_decoded_is_an_error_of_a_function_that_calls() {
    fn brand(text: &str) -> Result<Brand, Error> {
        Ok(json::from_str(text)?)
    }

    let error = brand("7").unwrap_err();
    assert!(error.is_decode());
    // It may be the response to a raw call.
    assert!(error.may_have_happened() && !error.is_retryable());
    let at = error.decode_error().unwrap();
    assert_eq!(
        error.to_string(),
        format!("the client could not decode a value: {at}")
    );
    assert_eq!(at.found(), "number");
    printed(&error);
}

#[tokio::test]
async fn the_cause_of_a_failed_connection_is_reached_from_the_error() {
    let refused = |url: String| {
        let builder = Client::builder("abc123", TOKEN).base_url(url);
        builder.retry(RetryPolicy::never()).build().unwrap()
    };
    let error = refused(nobody()).brands().get(7).await.unwrap_err();
    assert!(error.is_connect(), "{error}");
    assert!(cause::<TransportError>(&error).is_some(), "{error:?}");
    let system: &io::Error = cause(&error).unwrap();
    assert_eq!(system.kind(), io::ErrorKind::ConnectionRefused);

    let cut = Answer::json(200, r#"{"data":{"id":7}}"#).cut();
    let server = Server::script([cut]).await;
    let error = refused(server.url()).brands().get(7).await.unwrap_err();
    let broken: &TransportError = cause(&error).unwrap();
    assert!(broken.cause().is_some(), "{error:?}");
}

/// An error with a cause of its own.
#[derive(Debug)]
struct Outer(io::Error);

impl Outer {
    fn new() -> Self {
        Self(io::Error::other("the inner layer"))
    }
}

impl fmt::Display for Outer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the outer layer")
    }
}

impl std::error::Error for Outer {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

/// The error of a call that is not retried.
async fn failing(transport: Answering) -> Error {
    let builder = Client::builder("abc123", TOKEN).transport(transport);
    let store = builder.retry(RetryPolicy::never()).build().unwrap();
    store.brands().get(7).await.unwrap_err()
}

#[tokio::test]
async fn a_printed_chain_of_errors_says_each_part_once() {
    let grant = Grant::new("abc123", "the-token", "store_v2_orders".into());
    let unstored = InstallError::Store {
        error: Outer::new(),
        grant: Box::new(grant),
    };
    let unsent = InstallError::<Outer>::Exchange(ExchangeError::NotSent(Outer::new().into()));
    let chains: [Box<dyn std::error::Error>; 9] = [
        Box::new(unstored),
        Box::new(unsent),
        Box::new(ExchangeError::NoResponse(Outer::new().into())),
        Box::new(UninstallError::Store(Outer::new())),
        Box::new(McpError::Connect(Outer::new().into())),
        Box::new(McpError::Transport(Outer::new().into())),
        Box::new(TransportError::broken(Outer::new())),
        Box::new(failing(Answering::Layered).await),
        Box::new(failing(Answering::BrokenInLayers).await),
    ];
    for error in &chains {
        let said = printed(&**error);
        for layer in ["the outer layer", "the inner layer"] {
            assert_eq!(said.matches(layer).count(), 1, "{said}");
        }
    }
    let bare: [Box<dyn std::error::Error>; 4] = [
        Box::new(InstallError::<Outer>::Callback(CallbackError::Context)),
        Box::new(UninstallError::<Outer>::Payload(
            PayloadError::WrongSignature,
        )),
        Box::new(DeliveryRejection::Refused(VerifyError::WrongSignature)),
        Box::new(Policy::from_file("there-is-no-such-policy.json").unwrap_err()),
    ];
    for error in &bare {
        printed(&**error);
    }
}

#[tokio::test]
async fn every_cause_is_reached_although_the_message_contains_it() {
    for transport in [Answering::Layered, Answering::BrokenInLayers] {
        let error = failing(transport).await;
        assert!(cause::<Outer>(&error).is_some(), "{error:?}");
        assert!(cause::<io::Error>(&error).is_some(), "{error:?}");
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
