//! Recording the client against a server and replaying it without one: the client must not notice, the
//! file must contain nothing secret, and a program with a different request must be told the
//! difference.

use std::path::Path;

use bigcommerce_client::{
    Client, Error, RetryPolicy, brands::BrandCreate, customers::CustomerCreate,
    transport::HttpTransport,
};
use bigcommerce_mock::replay::{Recorder, Redaction, Replay, ReplayError};
use bigcommerce_tests::server::{Answer, Received, STORE_HASH, Server, TOKEN};

const EMAIL: &str = "jo.doe@shop.example";
const BASE: &str = "http://127.0.0.1:1";

/// A store that repeats what it receives, including the token.
fn answer(asked: &Received) -> Answer {
    let customer = format!(
        r#"{{"data":[{{"id":5,"email":"{EMAIL}","first_name":"Josephine","last_name":"Doe"}}],"meta":{{"title":"{EMAIL} with {TOKEN}"}}}}"#
    );
    match (asked.method.as_str(), asked.path.rsplit('/').next()) {
        ("POST", Some("brands")) => {
            Answer::json(200, r#"{"data":{"id":7,"name":"Acme"},"meta":{}}"#)
        }
        ("GET", Some("7")) => {
            Answer::json(200, r#"{ "data": {"id":7,"name":"Acme","new":19.9500} }"#)
        }
        (_, Some("customers")) => {
            Answer::json(200, customer).header("set-cookie", "id=secret-cookie")
        }
        _ => Answer::json(404, r#"{"status":404,"title":"Not found"}"#),
    }
}

/// What a program does with a store.
async fn program(store: &Client, name: &str, email: &str) -> Result<String, Error> {
    let made = store.brands().create(BrandCreate::new(name)).await?;
    let brand = store.brands().get(made.id).await?;
    let customer = CustomerCreate::new()
        .email(email)
        .first_name("Josephine")
        .last_name("Doe");
    store.customers().create([customer]).await?;
    let found = store.customers().list().email_in([email]).await?;
    let missing = store.brands().get(8).await;
    assert!(missing.is_err_and(|error| error.is_not_found()));
    Ok(format!("{:?} {}", brand.name, found.len()))
}

async fn record(path: &Path) -> String {
    let server = Server::start(answer).await;
    let recorder = Recorder::new(HttpTransport::loopback().unwrap(), path).unwrap();
    let store = Client::builder(STORE_HASH, TOKEN).base_url(server.url());
    let store = store.transport(recorder).build().unwrap();
    let told = program(&store, "Acme", EMAIL).await.unwrap();
    assert_eq!(server.take().len(), 5);
    told
}

/// The client of a replay, without a server and with another token.
fn replayed(replay: &Replay) -> Client {
    let store = Client::builder(STORE_HASH, "another-token").base_url(BASE);
    let store = store.transport(replay.clone()).retry(RetryPolicy::never());
    store.build().unwrap()
}

fn file() -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.jsonl");
    (folder, path)
}

#[tokio::test]
async fn a_program_does_the_same_on_its_recording() {
    let (_folder, path) = file();
    let told = record(&path).await;
    let replay = Replay::from_file(&path).unwrap();
    let again = program(&replayed(&replay), "Acme", EMAIL).await.unwrap();
    assert_eq!(again, told);
    replay.finish().unwrap();

    // Another person is accepted, as long as it is always the same one.
    let replay = Replay::from_file(&path).unwrap();
    program(&replayed(&replay), "Acme", "other@shop.example")
        .await
        .unwrap();
    replay.finish().unwrap();
}

#[tokio::test]
async fn nothing_secret_or_personal_reaches_the_file_and_the_rest_keeps_its_spelling() {
    let (_folder, path) = file();
    record(&path).await;
    let text = std::fs::read_to_string(&path).unwrap();
    for hidden in [TOKEN, EMAIL, "jo.doe", "Josephine", "Doe", "secret-cookie"] {
        assert!(!text.contains(hidden), "{hidden} is in\n{text}");
    }
    let lines: Vec<serde_json::Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 5);
    let made = &lines[2]["asked"]["body"]["json"][0]["email"];
    assert!(made.as_str().unwrap().starts_with("redacted-email-"));
    assert_eq!(
        *made,
        lines[2]["answered"]["body"]["json"]["data"][0]["email"]
    );
    assert_eq!(*made, lines[3]["asked"]["query"][0][1]);
    assert!(text.contains("19.9500"));
}

#[tokio::test]
async fn a_request_that_was_not_expected_fails_and_says_how_it_differs() {
    let (_folder, path) = file();
    record(&path).await;
    let replay = Replay::from_file(&path).unwrap();
    let error = program(&replayed(&replay), "Akme", EMAIL)
        .await
        .unwrap_err();
    let mut source: Option<&dyn std::error::Error> = Some(&error);
    let mut told = String::new();
    while let Some(error) = source {
        told += &error.to_string();
        source = error.source();
    }
    assert!(
        told.contains("- body.name  Acme\n+ body.name  Akme"),
        "{told}"
    );

    let Err(ReplayError::Unfinished { left, unexpected }) = replay.finish() else {
        panic!("it was not followed")
    };
    assert_eq!(left.len(), 5);
    assert_eq!(unexpected, ["POST /stores/abc123/v3/catalog/brands"]);
}

#[tokio::test]
async fn what_is_left_out_is_told_at_the_end() {
    let (_folder, path) = file();
    record(&path).await;
    let replay = Replay::from_file(&path).unwrap();
    let store = replayed(&replay);
    let made = store.brands().create(BrandCreate::new("Acme")).await;
    assert_eq!(made.unwrap().id, 7);
    store.brands().get(7).await.unwrap();
    let Err(ReplayError::Unfinished { left, unexpected }) = replay.finish() else {
        panic!("something is left")
    };
    assert_eq!((left.len(), unexpected.len()), (3, 0));
    assert!(left[0].ends_with("/v3/customers"), "{left:?}");
}

#[tokio::test]
async fn exchanges_are_written_in_the_order_they_were_asked_and_may_be_asked_in_any() {
    use std::time::Duration;
    let (_folder, path) = file();
    // The earlier the request, the later its response.
    let server = Server::start(|asked| {
        let id: u64 = asked.path.rsplit('/').next().unwrap().parse().unwrap();
        let body = format!(r#"{{"data":{{"id":{id}}}}}"#);
        Answer::json(200, body).after(Duration::from_millis(50 * (4 - id)))
    })
    .await;
    let recorder = Recorder::new(HttpTransport::loopback().unwrap(), &path).unwrap();
    let store = Client::builder(STORE_HASH, TOKEN).base_url(server.url());
    let store = store.transport(recorder).build().unwrap();
    let get = |id| store.brands().get(id);
    let (one, two, three) = tokio::join!(get(1), get(2), get(3));
    assert_eq!([one, two, three].map(|it| it.unwrap().id), [1, 2, 3]);

    let text = std::fs::read_to_string(&path).unwrap();
    let at = |id| text.find(&format!("/brands/{id}")).unwrap();
    assert!(at(1) < at(2) && at(2) < at(3), "{text}");

    let replay = Replay::from_file(&path).unwrap().any_order();
    let store = replayed(&replay);
    for id in [3, 1, 2] {
        assert_eq!(store.brands().get(id).await.unwrap().id, id);
    }
    replay.finish().unwrap();
}

#[tokio::test]
async fn a_call_that_is_given_up_leaves_no_line_and_holds_up_no_other() {
    use std::time::Duration;
    let (_folder, path) = file();
    let server = Server::start(|asked| {
        let wait = if asked.path.ends_with("/1") {
            10_000
        } else {
            0
        };
        Answer::json(200, r#"{"data":{"id":2}}"#).after(Duration::from_millis(wait))
    })
    .await;
    let recorder = Recorder::new(HttpTransport::loopback().unwrap(), &path).unwrap();
    let store = Client::builder(STORE_HASH, TOKEN).base_url(server.url());
    let store = store.transport(recorder).build().unwrap();
    let slow = store.brands().get(1).into_future();
    let given_up = tokio::time::timeout(Duration::from_millis(300), slow);
    let (given_up, answered) = tokio::join!(given_up, store.brands().get(2));
    assert!(given_up.is_err() && answered.is_ok());
    let text = std::fs::read_to_string(&path).unwrap();
    assert_eq!(text.lines().count(), 1, "{text}");
    assert!(text.contains("/brands/2"));
}

#[test]
fn a_line_that_is_no_exchange_is_named() {
    let Err(ReplayError::Line { line, .. }) = Replay::from_text("\n{}\n") else {
        panic!("it is none")
    };
    assert_eq!(line, 2);
    assert!(matches!(
        Replay::from_file("no-such-file"),
        Err(ReplayError::File(_))
    ));
}

/// The recording of one response.
async fn recorded(answer: Answer) -> String {
    let (_folder, path) = file();
    let server = Server::start(move |_| answer.clone()).await;
    let recorder = Recorder::new(HttpTransport::loopback().unwrap(), &path).unwrap();
    let store = Client::builder(STORE_HASH, TOKEN).base_url(server.url());
    let store = store.transport(recorder).retry(RetryPolicy::never());
    let hook = r#"{"scope":"store/order/*","headers":{"name":"h00k-secret","n":4111111}}"#;
    let hook = bigcommerce_client::RawJson::new(hook).unwrap();
    let raw = store.build().unwrap();
    let raw = raw.raw(http::Method::POST, "/v3/hooks").json(&hook);
    let _ = raw.await;
    std::fs::read_to_string(&path).unwrap()
}

#[tokio::test]
async fn what_is_not_known_to_be_harmless_is_not_recorded() {
    let secret = r#"{"data":[{"password":{"value":"s3cr3t-pw"},"headers":{"name":"s3cr3t-pw"},
        "authentication":{"new_password":"s3cr3t-pw"},"access_token":"s3cr3t-pw","iban":"s3cr3t-pw",
        "a_new_field":"s3cr3t-pw","list":["s3cr3t-pw"],"title":"s3cr3t-pw@shop.example",
        "s3cr3t-pw@shop.example":1,"cart_url":"s3cr3t-pw",
        "a_card":4111111111111111,"a_phone":4930123456}]}"#;
    let marked = [b"\xef\xbb\xbf".as_slice(), secret.as_bytes()].concat();
    let broken = secret.replace("a_new", "a_n\u{0}w").into_bytes();
    let broken = broken
        .into_iter()
        .map(|byte| if byte == 0 { 0xff } else { byte });
    for answer in [
        Answer::json(200, secret),
        Answer::json(200, marked),
        Answer::json(200, broken.collect::<Vec<u8>>()),
        Answer::json(200, secret.trim_end_matches('}').to_owned()),
        Answer::text(500, "s3cr3t-pw"),
        Answer::text(200, "<html>s3cr3t-pw</html>"),
        Answer::json(200, "\"s3cr3t-pw\""),
        Answer::json(200, "{}").header("x-new", "s3cr3t-pw"),
    ] {
        let told = format!("{answer:?}");
        let text = recorded(answer).await;
        assert_eq!(text.lines().count(), 1, "{told}");
        for hidden in ["s3cr3t", "h00k", "4111111", "4930123", "czNjcjN0", TOKEN] {
            assert!(!text.contains(hidden), "{hidden} of {told} is in\n{text}");
        }
        assert!(text.contains("store/order/*"), "{text}");
    }
}

#[cfg(unix)]
#[test]
fn a_recording_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let (_folder, path) = file();
    for _ in 0..2 {
        Recorder::new((), &path).unwrap();
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        std::fs::set_permissions(&path, PermissionsExt::from_mode(0o644)).unwrap();
    }
}

#[test]
fn what_the_catalogue_calls_secret_and_what_sounds_so_is_left_out_by_its_name() {
    let redaction = Redaction::standard();
    let catalogue = bigcommerce_tests::text("generated-client/mock/api.json");
    let catalogue: serde_json::Value = serde_json::from_str(&catalogue).unwrap();
    let sides = ["requests", "responses"].map(|side| &catalogue["schemas"][side]["$defs"]);
    let types = sides
        .iter()
        .flat_map(|types| types.as_object().unwrap().values());
    let fields = types
        .filter_map(|ty| ty["properties"].as_object())
        .flatten();
    let secret = fields.filter(|(_, field)| field["x-secret"] == true);
    let names: Vec<&String> = secret.map(|(name, _)| name).collect();
    assert!(names.len() > 3, "{names:?}");
    // These two reveal nothing by themselves.
    let common = ["id", "value"];
    for name in names.iter().filter(|name| !common.contains(&name.as_str())) {
        assert!(redaction.covers(name, None), "{name}");
    }
    assert!(redaction.covers("value", Some("environment_variables")));
    for name in [
        "X-Auth-Token",
        "Proxy-Authorization",
        "set-cookie",
        "client_secret",
        "cart_token",
        "signed_payload_jwt",
        "stored_card_number",
    ] {
        assert!(redaction.covers(name, None), "{name}");
    }
    for name in ["tokens_left", "cookies", "secretary", "authorized", "name"] {
        assert!(!redaction.covers(name, None), "{name}");
    }
}
