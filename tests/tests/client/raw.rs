//! Raw calls: any path with the same token, quota, retries, caps and errors as a typed call.

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

/// The items of a list at any path with these pages, how it ends, and what was requested.
async fn listed(pages: &[(u16, &str)]) -> (Vec<String>, Option<ErrorKind>, Vec<String>) {
    let pages = pages.iter();
    let pages = pages.map(|(status, body)| Answer::text(*status, (*body).to_owned()));
    let server = Server::script(pages).await;
    let store = store_with(&server, |b| b.retry(RetryPolicy::never()));
    let list = store.read_only().raw("/v3/loyalty").query("x", 1);
    let (mut list, mut items) = (list.pages::<RawJson>(), Vec::new());
    let end = loop {
        match list.try_next().await {
            Ok(Some(page)) => items.extend(page.iter().map(ToString::to_string)),
            Ok(None) => break None,
            Err(error) => break Some(error.kind()),
        }
    };
    assert!(list.try_next().await.unwrap().is_none(), "it has ended");
    let lines = server.asked().iter().map(|asked| asked.line()).collect();
    (items, end, lines)
}

#[tokio::test]
async fn the_pages_of_any_path_are_read_to_their_end() {
    let first = "GET /stores/abc123/v3/loyalty?x=1";
    let numbers = |page: i64, pages: i64| {
        let pagination = format!(r#"{{"current_page":{page},"total_pages":{pages}}}"#);
        format!(r#"{{"data":[{page}],"meta":{{"pagination":{pagination}}}}}"#)
    };
    let cursor = |item: i64, link: &str| {
        let links = format!(r#"{{"links":{{{link}}}}}"#);
        format!(r#"{{"data":[{item}],"meta":{{"cursor_pagination":{links}}}}}"#)
    };
    let key = |item: i64, link: &str| {
        let links = format!(r#"{{"total":2,"links":{{{link}}}}}"#);
        format!(r#"{{"data":[{item}],"meta":{{"pagination":{links}}}}}"#)
    };
    for (does, pages, items, end, queries) in [
        (
            "numbers that are told",
            vec![(200, numbers(1, 2)), (200, numbers(2, 2))],
            &["1", "2"][..],
            None,
            &["", "&page=2"][..],
        ),
        (
            "cursors",
            vec![
                (200, cursor(1, r#""next":"?after=a%20b&limit=1""#)),
                (200, cursor(2, "")),
            ],
            &["1", "2"],
            None,
            &["", "&after=a%20b"],
        ),
        (
            "a cursor without links, which is the last one's as well",
            vec![
                (
                    200,
                    r#"{"data":[1],"meta":{"cursor_pagination":{"end_cursor":"a"}}}"#.into(),
                ),
                (
                    200,
                    r#"{"data":[],"meta":{"cursor_pagination":{"end_cursor":"a"}}}"#.into(),
                ),
            ],
            &["1"],
            None,
            &["", "&after=a"],
        ),
        (
            "a cursor without links, and nothing behind it",
            vec![
                (
                    200,
                    r#"{"data":[1],"meta":{"cursor_pagination":{"end_cursor":"a"}}}"#.into(),
                ),
                (200, r#"{"data":[],"meta":{}}"#.into()),
            ],
            &["1"],
            None,
            &["", "&after=a"],
        ),
        (
            "an empty page with the number of the last",
            vec![
                (
                    200,
                    r#"{"data":[1],"meta":{"pagination":{"total":3,"current_page":1}}}"#.into(),
                ),
                (
                    200,
                    r#"{"data":[],"meta":{"pagination":{"total":3,"current_page":1}}}"#.into(),
                ),
            ],
            &["1"],
            None,
            &["", "&page=2"],
        ),
        (
            "an empty page with the number of another, where there should be more",
            vec![
                (200, numbers(1, 2)),
                (
                    200,
                    r#"{"data":[],"meta":{"pagination":{"current_page":1,"total_pages":2}}}"#
                        .into(),
                ),
            ],
            &["1"],
            Some(ErrorKind::Contradiction),
            &["", "&page=2"],
        ),
        (
            "a total beyond what the pages say",
            vec![
                (
                    200,
                    r#"{"data":[1],"meta":{"pagination":{"total":3,"links":{}}}}"#.into(),
                ),
                (
                    200,
                    r#"{"data":[2],"meta":{"pagination":{"total":3,"total_pages":2}}}"#.into(),
                ),
                (404, "{}".into()),
            ],
            &["1", "2"],
            None,
            &["", "&page=2", "&page=3"],
        ),
        (
            "a key in the link of the numbers",
            vec![
                (200, key(1, r#""next":"?after=7""#)),
                (200, key(2, r#""current":"?after=7""#)),
            ],
            &["1", "2"],
            None,
            &["", "&after=7"],
        ),
        (
            "V2 until nothing comes",
            vec![
                (200, "[1,2]".into()),
                (200, "[3]".into()),
                (204, String::new()),
            ],
            &["1", "2", "3"],
            None,
            &["", "&page=2", "&page=3"],
        ),
        (
            "V2 with null in the place of items",
            vec![
                (200, "[1,null]".into()),
                (200, "[null]".into()),
                (200, "[]".into()),
            ],
            &["1"],
            None,
            &["", "&page=2", "&page=3"],
        ),
        (
            "V2 with an empty list behind the last",
            vec![(200, "[1]".into()), (200, "[]".into())],
            &["1"],
            None,
            &["", "&page=2"],
        ),
        (
            "a 404 behind the last",
            vec![(200, "[1]".into()), (404, "{}".into())],
            &["1"],
            None,
            &["", "&page=2"],
        ),
        (
            "a list without pages",
            vec![(200, r#"{"data":[1],"meta":{}}"#.into()); 2],
            &["1"],
            None,
            &["", "&page=2"],
        ),
        (
            "nothing at all",
            vec![(200, r#"{"data":[],"meta":{}}"#.into())],
            &[],
            None,
            &[""],
        ),
        (
            "a page that comes again",
            vec![
                (200, "[1]".into()),
                (200, "[2]".into()),
                (200, "[1]".into()),
            ],
            &["1", "2"],
            Some(ErrorKind::Contradiction),
            &["", "&page=2", "&page=3"],
        ),
        (
            "cursors in a circle",
            vec![(200, cursor(1, r#""next":"?after=a""#)); 2],
            &["1"],
            Some(ErrorKind::Contradiction),
            &["", "&after=a"],
        ),
        (
            "another page than was asked for",
            vec![(200, numbers(1, 3)), (200, numbers(3, 3))],
            &["1"],
            Some(ErrorKind::Contradiction),
            &["", "&page=2"],
        ),
        (
            "a first page that is not there",
            vec![(404, "{}".into())],
            &[],
            Some(ErrorKind::Status),
            &[""],
        ),
        (
            "no list",
            vec![(200, r#"{"id":1}"#.into())],
            &[],
            Some(ErrorKind::Decode),
            &[""],
        ),
    ] {
        let pages: Vec<(u16, &str)> = pages.iter().map(|(it, body)| (*it, &**body)).collect();
        let (came, ended, asked) = listed(&pages).await;
        assert_eq!(came, items, "{does}");
        assert_eq!(ended, end, "{does}");
        let lines: Vec<String> = queries.iter().map(|it| format!("{first}{it}")).collect();
        assert_eq!(asked, lines, "{does}");
    }
}

#[tokio::test]
async fn only_a_get_has_pages() {
    let server = Server::script([]).await;
    let list = store(&server).raw(Method::Post, "/v3/loyalty");
    let error = list.pages::<RawJson>().into_vec().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request);
    assert!(
        error.to_string().ends_with("only a GET has pages"),
        "{error}"
    );
    assert!(server.asked().is_empty());
}

#[tokio::test]
async fn pages_whose_options_say_which_page_are_refused_before_the_first() {
    for name in ["page", "After", "before[]"] {
        let server = Server::script([]).await;
        let options = CallOptions::new().query(name, "2").unwrap();
        let list = store(&server).raw(Method::Get, "/v3/loyalty");
        let pages = list.with_options(options).pages::<RawJson>();
        let error = pages.into_vec().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Request);
        assert!(error.to_string().contains("use `query`"), "{error}");
        assert!(server.asked().is_empty(), "{name}");
    }
}
