//! Raw calls: any path with the same token, quota, retries, caps and errors as a typed call.

mod pages;

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use bigcommerce_client::{
    CallOptions, Envelope, ErrorKind, RawJson, RetryPolicy, brands::Brand, catalogue::Method,
};
use bigcommerce_tests::{
    json,
    server::{Answer, Server, TOKEN, store, store_with},
    time::Hurry,
};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    does: String,
    method: String,
    path: String,
    #[serde(default)]
    query: Vec<(String, String)>,
    json: Option<String>,
    body: Option<(String, String)>,
    idempotent: Option<bool>,
    answers: Vec<Answered>,
    asked: Vec<String>,
    sent: Option<(String, String)>,
    endpoint: Option<String>,
    value: Option<String>,
    kind: Option<String>,
    says: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Answered {
    status: u16,
    body: String,
    reset_ms: Option<String>,
}

#[tokio::test]
async fn a_raw_call_is_sent_repeated_and_refused_as_its_case_says() {
    for case in json::<Vec<Case>>("tests/data/raw/calls.json") {
        let does = &case.does;
        let answers = case.answers.iter().map(|answer| {
            let made = Answer::text(answer.status, answer.body.clone());
            match &answer.reset_ms {
                Some(reset) => made.header("x-rate-limit-time-reset-ms", reset),
                None => made,
            }
        });
        let server = Server::script(answers).await;
        let store = store_with(&server, |b| b.clock(Hurry::new(0.5)));
        let method: http::Method = case.method.parse().unwrap();
        let mut call = store.raw(method, &*case.path);
        for (name, value) in &case.query {
            call = call.query(name, value);
        }
        if let Some(body) = &case.json {
            call = call.json(&RawJson::new(body).unwrap());
        }
        if let Some((kind, body)) = case.body {
            call = call.body(body, &kind);
        }
        if let Some(harmless) = case.idempotent {
            call = call.with_options(CallOptions::new().idempotent(harmless));
        }
        assert!(!format!("{call:?}").contains(TOKEN));
        let result = call.await;
        let asked = server.asked();
        let lines: Vec<String> = asked.iter().map(|asked| asked.line()).collect();
        assert_eq!(lines, case.asked, "{does}");
        for asked in &asked {
            assert_eq!(asked.header("x-auth-token"), Some(TOKEN), "{does}");
            if let Some((kind, body)) = &case.sent {
                assert_eq!(asked.header("content-type"), Some(&**kind), "{does}");
                assert_eq!(asked.body, body.as_bytes(), "{does}");
            }
        }
        let endpoint = match &result {
            Ok(answer) => {
                assert_eq!(
                    Some(&**answer.value()),
                    case.value.as_ref().map(String::as_bytes)
                );
                answer.endpoint()
            }
            Err(error) => {
                assert_eq!(Some(format!("{:?}", error.kind())), case.kind, "{does}");
                assert_eq!(Some(error.to_string()), case.says, "{does}");
                error.endpoint()
            }
        };
        let endpoint = endpoint.map(|endpoint| endpoint.id().to_owned());
        assert_eq!(endpoint, case.endpoint, "{does}");
    }
}

#[tokio::test]
async fn the_answer_of_a_raw_call_is_bytes_that_can_be_read_as_any_type() {
    let body = "\u{feff} {\"data\":{\"id\":7,\"name\":\"Acme\"},\"meta\":{}}\n";
    let server = Server::script([
        Answer::json(200, body).header("x-request-id", "r1").gzip(),
        Answer::text(200, "<html>"),
        Answer::empty(204),
    ])
    .await;
    let store = store(&server);
    let answer = store
        .raw(Method::Get, "/v3/catalog/brands/7")
        .await
        .unwrap();
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["x-request-id"], "r1");
    assert_eq!(answer.body(), body);
    let (shown, length) = (format!("{answer:?}"), body.len());
    assert!(shown.contains(&format!("body_bytes: {length}")), "{shown}");
    assert!(!shown.contains("Acme"), "{shown}");
    let whole: Envelope<Brand> = answer.decode().unwrap();
    assert_eq!(whole.data.unwrap().name.as_deref(), Some("Acme"));
    assert!(answer.json().unwrap().get().starts_with("{\"data\""));

    let page = store.raw(Method::Get, "/v3/page").await.unwrap();
    let error = page.json().unwrap_err();
    assert_eq!(
        (error.kind(), error.body().unwrap()),
        (ErrorKind::Decode, page.body())
    );
    assert!(
        error
            .to_string()
            .starts_with("GET /v3/page succeeded, but its response cannot be decoded: ")
    );
    let none = store.raw(Method::Get, "/v3/none").await.unwrap();
    assert!(none.value().is_empty() && none.decode::<RawJson>().is_err());
}

#[tokio::test]
async fn a_raw_call_of_a_capped_endpoint_waits_for_its_place() {
    let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let (server_now, server_most) = (Arc::clone(&now), Arc::clone(&most));
    let server = Server::start(move |asked| {
        assert!(asked.path.ends_with("/records"));
        let at_once = server_now.fetch_add(1, Ordering::SeqCst) + 1;
        server_most.fetch_max(at_once, Ordering::SeqCst);
        let now = Arc::clone(&server_now);
        tokio::spawn(async move {
            tokio::time::sleep(Duration::from_millis(30)).await;
            now.fetch_sub(1, Ordering::SeqCst);
        });
        Answer::json(200, "{}").after(Duration::from_millis(40))
    })
    .await;
    let store = store_with(&server, |builder| builder.retry(RetryPolicy::never()));
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..4 {
        let call = store.raw(Method::Put, "/v3/pricelists/2/records");
        calls.spawn(call.json(&RawJson::from("x")).send());
    }
    assert!(
        calls
            .join_all()
            .await
            .into_iter()
            .all(|answer| answer.is_ok())
    );
    let cap = bigcommerce_client::Endpoint::PricelistsUpsertRecords
        .facts()
        .concurrency;
    assert_eq!(
        Some(most.load(Ordering::SeqCst)),
        cap.map(|cap| cap as usize)
    );
}

#[tokio::test]
async fn a_reading_client_reads_any_path() {
    let server = Server::script([Answer::json(200, "1")]).await;
    let reader = store(&server).read_only();
    assert_eq!(reader.raw("/v2/loyalty").await.unwrap().value(), "1");
    assert_eq!(server.asked()[0].line(), "GET /stores/abc123/v2/loyalty");
}
