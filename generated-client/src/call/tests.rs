//! Calls against a small server on this machine: what goes out, and how each response is read.

mod arguments;
mod oddities;
mod reconnect;
mod streams;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::Call;
use crate::sample::{Brand, BrandCreate};
use crate::{Client, Direction, Endpoint, Error, ErrorKind, RawJson};

/// A server that gives its responses in order and keeps what it was asked.
struct Server {
    client: Client,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Server {
    async fn new(answers: &[&str]) -> Self {
        Self::with(answers, |builder| builder).await
    }

    async fn with(
        answers: &[&str],
        set: impl FnOnce(crate::ClientBuilder) -> crate::ClientBuilder,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let answers: Vec<String> = answers.iter().map(|answer| (*answer).to_owned()).collect();
        let keep = Arc::clone(&seen);
        tokio::spawn(async move {
            for answer in answers {
                let (mut stream, _) = listener.accept().await.unwrap();
                let request = read(&mut stream).await;
                keep.lock().unwrap().push(request);
                if answer == "hang" {
                    tokio::time::sleep(Duration::from_secs(60)).await;
                }
                stream.write_all(answer.as_bytes()).await.unwrap();
            }
        });
        let builder =
            Client::builder("abc123", "s3cret-token").base_url(format!("http://{address}/"));
        // Each response is given once.
        let builder = builder.retry(crate::RetryPolicy::never());
        Self {
            client: set(builder).build().unwrap(),
            seen,
        }
    }

    fn call(&self, id: &str) -> Call {
        Call::new(&self.client, Endpoint::from_id(id).unwrap())
    }

    fn seen(&self) -> Vec<String> {
        self.seen.lock().unwrap().clone()
    }

    fn first_lines(&self) -> Vec<String> {
        let seen = self.seen();
        seen.iter()
            .map(|request| request.lines().next().unwrap().to_owned())
            .collect()
    }
}

async fn read(stream: &mut tokio::net::TcpStream) -> String {
    let mut request = Vec::new();
    loop {
        let mut piece = [0; 4096];
        let count = stream.read(&mut piece).await.unwrap();
        request.extend_from_slice(&piece[..count]);
        let text = String::from_utf8_lossy(&request).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| {
                let (name, value) = line.split_once(':')?;
                name.eq_ignore_ascii_case("content-length")
                    .then(|| value.trim().parse().unwrap())
            });
            if body.len() >= length.unwrap_or(0) {
                return text;
            }
        }
        assert!(count > 0, "the request ended early");
    }
}

fn answer(status: u16, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 {status} X\r\nContent-Length: {length}\r\nConnection: close\r\nX-Q: 1\r\n\r\n{body}"
    )
}

fn page(ids: std::ops::Range<i64>, pagination: &str) -> String {
    let items: Vec<String> = ids.map(|id| format!(r#"{{"id":{id}}}"#)).collect();
    answer(
        200,
        &format!(
            r#"{{"data":[{}],"meta":{{{pagination}}}}}"#,
            items.join(",")
        ),
    )
}

async fn refused(answers: &[&str]) -> Error {
    let server = Server::new(answers).await;
    server
        .call("brands.list")
        .page::<Brand>()
        .await
        .unwrap_err()
}

#[tokio::test]
async fn a_call_goes_out_with_its_path_query_headers_and_body() {
    let server = Server::new(&[&answer(200, r#"{"data":{"id":7},"meta":{}}"#)]).await;
    let mut call = server.call("brands.update").path("brand_id", "a/b é+");
    call.query("name", "x y+ü,&=");
    call.query_list("id:in", [1_i64, 2]);
    call.query_list("include", ["a,b", "c"]);
    call.query_flag("is_featured", true);
    call.query("limit", 1_u32);
    call.query("limit", 2_u32);
    call.sort("id", Direction::Desc);
    let response = call
        .body(&BrandCreate::new("ü"))
        .data::<Brand>()
        .await
        .unwrap();
    assert_eq!(response.value().id, 7);
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["x-q"], "1");
    assert_eq!(response.body(), r#"{"data":{"id":7},"meta":{}}"#);
    assert_eq!(response.endpoint().map(Endpoint::id), Some("brands.update"));

    let request = server.seen().remove(0);
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    let mut lines = head.lines();
    assert_eq!(
        lines.next().unwrap(),
        "PUT /stores/abc123/v3/catalog/brands/a%2Fb%20%C3%A9%2B?name=x%20y%2B%C3%BC%2C%26%3D&\
         id:in=1,2&include=a%2Cb,c&is_featured=1&limit=2&sort=id&direction=desc HTTP/1.1"
    );
    let headers: Vec<String> = lines.map(str::to_lowercase).collect();
    for header in [
        "x-auth-token: s3cret-token",
        "accept: application/json",
        "content-type: application/json",
        "accept-encoding: gzip",
    ] {
        assert!(
            headers.iter().any(|line| line == header),
            "{header} is not in {headers:?}"
        );
    }
    assert!(
        headers
            .iter()
            .any(|line| line.starts_with("user-agent: bigcommerce-client/"))
    );
    assert_eq!(body, r#"{"name":"ü"}"#);
}

#[tokio::test]
async fn a_call_without_a_body_says_nothing_of_one() {
    let server = Server::with(&[&answer(204, "")], |b| b.user_agent("my-app/1")).await;
    let mut call = server.call("orders.list");
    call.sort_joined("date_created", Direction::Desc);
    call.nothing().await.unwrap();
    let request = server.seen().remove(0).to_lowercase();
    assert!(request.starts_with("get /stores/abc123/v2/orders?sort=date_created:desc http/1.1"));
    assert!(!request.contains("content-type"));
    assert!(request.contains("user-agent: my-app/1 bigcommerce-client/"));
}

#[tokio::test]
async fn what_cannot_be_sent_safely_is_refused_before_it_leaves() {
    let server = Server::new(&[]).await;
    for id in ["", ".", ".."] {
        let call = server.call("brands.update").path("brand_id", id);
        let error = call.data::<Brand>().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Request);
        assert_eq!(
            error.to_string(),
            format!("brands.update was not sent: the path parameter `brand_id` cannot be {id:?}")
        );
    }
    let error = server.call("brands.update").nothing().await.unwrap_err();
    assert!(error.to_string().contains("`brand_id` is missing"));

    let mut call = server.call("brands.list");
    call.query_list("id:in", Vec::<i64>::new());
    assert_eq!(call.nothing().await.unwrap_err().kind(), ErrorKind::Request);

    let mut call = server.call("brands.list");
    call.query("name", "x".repeat(70_000));
    assert_eq!(call.nothing().await.unwrap_err().kind(), ErrorKind::Request);
}

#[tokio::test]
async fn every_finisher_reads_its_answer() {
    let partial = r#"{"data":[{"id":1}],"errors":[{"status":422,"title":"Bad"}],"meta":{"total":2,"success":1,"failed":1}}"#;
    let failed =
        r#"{"errors":{"status":422,"title":"Bad"},"meta":{"total":1,"success":0,"failed":1}}"#;
    let server = Server::new(&[
        &answer(200, r#"{"id":5}"#),
        &answer(207, partial),
        &answer(207, failed),
        &answer(200, r#"{"data":[{"id":1}],"errors":[],"meta":[]}"#),
        &answer(200, "\u{feff} {\"count\":3} "),
        &answer(204, ""),
        &answer(202, r#"{"meta":{"total":3,"success":2,"failed":1}}"#),
        &answer(204, ""),
        &answer(200, "this is not read"),
        &answer(200, r#"{"data":{},"meta":{}}"#),
    ])
    .await;
    let call = || server.call("brands.list");

    assert_eq!(call().data::<Brand>().await.unwrap().value().id, 5);

    let outcome = call().outcome::<Vec<Brand>>().await.unwrap();
    assert_eq!(outcome.status(), 207);
    let outcome = outcome.into_value();
    assert_eq!((outcome.len(), outcome.is_complete()), (1, false));
    assert_eq!(outcome.problems()[0].title.as_deref(), Some("Bad"));
    let outcome = call().outcome::<Vec<Brand>>().await.unwrap().into_value();
    assert!(outcome.is_empty() && outcome.problems().len() == 1);
    assert!(
        call()
            .outcome::<Vec<Brand>>()
            .await
            .unwrap()
            .value()
            .is_complete()
    );

    assert_eq!(
        call().flat::<RawJson>().await.unwrap().value().get(),
        r#"{"count":3}"#
    );
    assert!(
        call()
            .flat::<Vec<Brand>>()
            .await
            .unwrap()
            .value()
            .is_empty()
    );

    let counts = call().counts().await.unwrap().into_value();
    assert_eq!(
        (counts.total(), counts.success(), counts.failed()),
        (Some(3), Some(2), Some(1))
    );
    assert!(!counts.is_complete());
    assert_eq!(call().counts().await.unwrap().value().total(), None);

    call().nothing().await.unwrap();
    assert!(
        call()
            .data::<Vec<Brand>>()
            .await
            .unwrap()
            .value()
            .is_empty()
    );
}

#[tokio::test]
async fn what_may_come_without_a_body_is_there_or_not_and_never_half() {
    let server = Server::new(&[
        &answer(200, r#"{"data":{"id":1,"name":"Acme"},"meta":{}}"#),
        &answer(204, ""),
        &answer(200, r#"{"meta":{}}"#),
    ])
    .await;
    let call = || server.call("brands.list").maybe::<Brand>();
    assert_eq!(call().await.unwrap().value().as_ref().unwrap().id, 1);
    assert!(call().await.unwrap().value().is_none());
    assert!(call().await.unwrap_err().is_decode());
}

#[tokio::test]
async fn an_answer_that_cannot_be_read_is_an_error_with_its_body_and_place() {
    let server = Server::new(&[
        &answer(200, r#"{"data":[{"id":1},true]}"#),
        &answer(204, ""),
    ])
    .await;
    let error = server
        .call("brands.list")
        .page::<Brand>()
        .await
        .unwrap_err();
    assert!(error.is_decode() && error.body().unwrap().starts_with(b"{"));
    assert_eq!(error.decode_error().unwrap().path(), "data[1]");
    assert_eq!(
        error.to_string(),
        "brands.list succeeded, but its response cannot be read: at data[1]: expected an object, found true"
    );
    let error = server
        .call("brands.list")
        .data::<Brand>()
        .await
        .unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("its response is empty where there should be one to read"),
        "{error}"
    );
}

#[tokio::test]
async fn numbered_pages_are_read_to_the_end_with_the_same_filters() {
    let numbers = |page: i64| {
        format!(r#""pagination":{{"per_page":2,"current_page":{page},"total_pages":3,"total":5}}"#)
    };
    let server = Server::new(&[
        &page(1..3, &numbers(1)),
        &page(3..5, &numbers(2)),
        &page(5..6, &numbers(3)),
    ])
    .await;
    let mut call = server.call("brands.list");
    call.query("name:like", "a b");
    call.query("limit", 2_u32);
    let mut current = call.page::<Brand>().await.unwrap().into_value();
    assert_eq!(current.total(), Some(5));
    let mut ids = Vec::new();
    loop {
        ids.extend(current.iter().map(|brand| brand.id));
        match current.next_page().await.unwrap() {
            Some(next) => current = next,
            None => break,
        }
    }
    assert_eq!(ids, [1, 2, 3, 4, 5]);
    let lines = server.first_lines();
    assert_eq!(lines.len(), 3);
    assert!(
        lines[2].contains("brands?name:like=a%20b&limit=2&page=3 "),
        "{}",
        lines[2]
    );
}

#[tokio::test]
async fn pages_without_numbers_go_on_while_they_are_full() {
    let server = Server::new(&[
        &answer(200, r#"[{"id":1},{"id":2}]"#),
        &answer(200, r#"[{"id":3},{"id":4}]"#),
        &answer(204, ""),
        &page(1..3, ""),
        &answer(404, ""),
        &page(1..2, ""),
    ])
    .await;
    let mut call = server.call("orders.list");
    call.query("limit", 2_u32);
    let first = call.page::<Brand>().await.unwrap().into_value();
    let second = first.next_page().await.unwrap().unwrap();
    assert_eq!(second[0].id, 3);
    assert!(second.next_page().await.unwrap().is_none());

    let mut call = server.call("brands.list");
    call.query("limit", 2_u32);
    let first = call.clone().page::<Brand>().await.unwrap().into_value();
    assert!(first.has_next() && first.next_page().await.unwrap().is_none());
    let short = call.page::<Brand>().await.unwrap().into_value();
    assert!(!short.has_next() && short.next_page().await.unwrap().is_none());
    assert_eq!(server.first_lines().len(), 6);
}

#[tokio::test]
async fn a_list_that_ignores_the_page_number_ends_with_an_error() {
    let first = r#""pagination":{"per_page":2,"current_page":1,"total_pages":3}"#;
    let server = Server::new(&[&page(1..3, first), &page(1..3, first)]).await;
    let one = server
        .call("brands.list")
        .page::<Brand>()
        .await
        .unwrap()
        .into_value();
    let error = one.next_page().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Contradiction);
}

#[tokio::test]
async fn cursors_lead_on_when_one_was_used() {
    let cursors = r#""cursor_pagination":{"count":2,"end_cursor":"e==","links":{"next":"?limit=2&after=n%3D%3D"}}"#;
    let last = r#""cursor_pagination":{"count":1,"end_cursor":"z","links":{}}"#;
    let server = Server::new(&[&page(1..3, cursors), &page(3..4, last)]).await;
    let mut call = server.call("brands.list");
    call.query("after", "start");
    let first = call.page::<Brand>().await.unwrap().into_value();
    let second = first.next_page().await.unwrap().unwrap();
    assert!(!second.has_next());
    assert!(server.first_lines()[1].contains("?after=n%3D%3D "));
}

#[tokio::test]
async fn a_refusal_keeps_everything_and_says_what_to_do() {
    let body = r#"{"status":403,"title":"You don't have a required scope","errors":{}}"#;
    let error = refused(&[&answer(403, body)]).await;
    assert!(error.is_missing_scope() && !error.is_not_found());
    assert_eq!(error.status().unwrap(), 403);
    assert_eq!(error.body().unwrap(), body);
    assert_eq!(error.headers().unwrap()["x-q"], "1");
    assert_eq!(
        error.missing_scope().unwrap().as_str(),
        "store_v2_products_read_only"
    );
    let text = error.to_string();
    assert!(
        text.starts_with(
            "brands.list was refused with 403 Forbidden (You don't have a required scope); give \
             the token the scope `store_v2_products_read_only` (Products: "
        ),
        "{text}"
    );

    let body = r#"{"status":422,"title":"Invalid.","errors":{"name":"too long","x":"y"}}"#;
    assert_eq!(
        refused(&[&answer(422, body)]).await.to_string(),
        "brands.list was refused with 422 Unprocessable Entity (Invalid; `name` too long; `x` y); \
         correct what it names and send it again"
    );
    let error = refused(&[&answer(429, "")]).await;
    assert!(error.is_rate_limited() && error.problem().is_none());
    assert!(
        refused(&[&answer(502, "<html><title>Bad</title>")])
            .await
            .is_server_error()
    );
    assert!(
        refused(&[&answer(401, "Unauthorized")])
            .await
            .is_unauthorized()
    );
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let away = "HTTP/1.1 301 X\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    let error = refused(&[away]).await;
    assert_eq!(error.status().unwrap(), 301);
}

#[tokio::test]
async fn silence_no_connection_and_a_large_body_are_told_apart() {
    let short = |b: crate::ClientBuilder| b.timeout(Duration::from_millis(50));
    let server = Server::with(&["hang"], short).await;
    let error = server.call("brands.list").nothing().await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!(
        error.to_string(),
        "brands.list got no response in time; the call may have happened"
    );

    let free = TcpListener::bind("127.0.0.1:0")
        .await
        .unwrap()
        .local_addr()
        .unwrap();
    let client = Client::builder("abc123", "s3cret-token").base_url(format!("http://{free}"));
    let client = client.retry(crate::RetryPolicy::never());
    let call = Call::new(
        &client.build().unwrap(),
        Endpoint::from_id("brands.list").unwrap(),
    );
    let error = call.nothing().await.unwrap_err();
    assert!(error.is_connect(), "{error:?}");

    let server = Server::with(&[&answer(200, &"x".repeat(101))], |b| b.max_body(100)).await;
    let error = server.call("brands.list").nothing().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge);

    let error = refused(&["HTTP/1.1 200 X\r\nContent-Length: 50\r\n\r\n{"]).await;
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert_eq!(
        (error.status().unwrap().as_u16(), &error.body().unwrap()[..]),
        (200, &b"{"[..])
    );
}

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
