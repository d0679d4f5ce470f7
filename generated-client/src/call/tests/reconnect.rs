//! Event streams with interrupted connections, against a server that interrupts them.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::call::Call;
use crate::clock::{Clock, Sleep};
use crate::download::EventStream;
use crate::json::tests::Brand;
use crate::policy::{Level, Policy};
use crate::quota::Quota;
use crate::{CallOptions, Client, ClientBuilder, Endpoint, ErrorKind, Group, RetryPolicy};

/// What the server does with a connection.
#[derive(Clone, Copy)]
enum Turn {
    /// Sends events and ends the response.
    Whole(&'static str),
    /// Sends part of the response and closes the connection.
    Cut(&'static str),
    /// Responds with a status and no body.
    Status(u16),
}

struct Server {
    client: Client,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Takes one action per connection; the last one applies to all further connections.
    async fn new(turns: &[Turn], set: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (turns, keep) = (turns.to_vec(), Arc::clone(&seen));
        tokio::spawn(async move {
            let mut at = 0;
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut request = Vec::new();
                while !request.ends_with(b"\r\n\r\n") {
                    if stream.read_buf(&mut request).await.unwrap_or(0) == 0 {
                        break;
                    }
                }
                let text = String::from_utf8(request).unwrap();
                keep.lock().unwrap().push(text);
                let head = |rest: &str| {
                    format!("HTTP/1.1 200 X\r\nContent-Type: text/event-stream\r\n{rest}\r\n\r\n")
                };
                let answer = match turns[at] {
                    Turn::Whole(text) => head("Connection: close") + text,
                    Turn::Cut(text) => {
                        let size = text.len();
                        head("Transfer-Encoding: chunked") + &format!("{size:x}\r\n{text}\r\n")
                    }
                    Turn::Status(status) => {
                        format!(
                            "HTTP/1.1 {status} X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                        )
                    }
                };
                stream.write_all(answer.as_bytes()).await.unwrap();
                at = (at + 1).min(turns.len() - 1);
            }
        });
        let quick = RetryPolicy::standard().backoff(Duration::ZERO, Duration::ZERO);
        let builder = Client::builder("abc123", "s3cret-token").retry(quick);
        let builder = builder.base_url(format!("http://{address}/"));
        let client = set(builder).build().unwrap();
        Self { client, seen }
    }

    async fn usual(turns: &[Turn]) -> Self {
        Self::new(turns, |builder| builder).await
    }

    fn call(&self) -> Call {
        Call::new(&self.client, Endpoint::BrandsList)
    }

    async fn events(&self) -> EventStream {
        self.call().events().await.unwrap().into_value()
    }

    /// The `Last-Event-ID` of each call.
    fn behind(&self) -> Vec<Option<String>> {
        let seen = self.seen.lock().unwrap();
        let id = |text: &String| {
            let mut lines = text.lines();
            lines.find_map(|line| Some(line.strip_prefix("last-event-id: ")?.to_owned()))
        };
        seen.iter().map(id).collect()
    }
}

/// The data of all received events, and the error that ends the stream.
async fn all(mut events: EventStream) -> (Vec<String>, Option<crate::Error>) {
    let mut data = Vec::new();
    loop {
        match events.try_next().await {
            Ok(Some(event)) => data.push(event.data),
            Ok(None) => return (data, None),
            Err(error) => {
                assert_eq!(events.try_next().await.unwrap(), None);
                return (data, Some(error));
            }
        }
    }
}

const fn id(id: &str) -> Option<&str> {
    Some(id)
}

#[tokio::test]
async fn a_stream_that_breaks_off_within_an_event_goes_on_behind_the_last_whole_one() {
    let server = Server::usual(&[
        Turn::Cut("id: 1\ndata: a\n\nid: 2\ndata: b\n\nid: 3\ndata: half"),
        Turn::Whole("id: 3\ndata: c\n\n"),
    ])
    .await;
    let (data, error) = all(server.events().await).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(data, ["a", "b", "c"]);
    let behind = server.behind();
    assert_eq!(
        behind.iter().map(Option::as_deref).collect::<Vec<_>>(),
        [None, id("2")]
    );
    // It is the same call, with its token.
    let seen = server.seen.lock().unwrap();
    let (first, second) = (seen[0].lines().next(), seen[1].lines().next());
    assert_eq!(first, second);
    assert!(
        seen[1].contains("x-auth-token: s3cret-token\r\n"),
        "{}",
        seen[1]
    );
}

#[tokio::test]
async fn an_end_within_an_event_is_a_break_and_an_end_behind_one_is_the_end() {
    let server = Server::usual(&[
        Turn::Whole("id: 1\ndata: a\n\ndata: half"),
        Turn::Whole("id: 2\ndata: b\n\n"),
    ])
    .await;
    let (data, error) = all(server.events().await).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(data, ["a", "b"]);
    assert_eq!(server.behind().len(), 2);
}

#[tokio::test]
async fn an_event_that_comes_again_is_passed_over() {
    let server = Server::usual(&[
        Turn::Cut("id: 1\ndata: a\n\nid: 2\ndata: b\n\n"),
        Turn::Whole(
            "id: 2\ndata: b\n\ndata: without an id\n\nid: 3\ndata: c\n\nid: 2\ndata: d\n\n",
        ),
    ])
    .await;
    let (data, _) = all(server.events().await).await;
    assert_eq!(data, ["a", "b", "without an id", "c", "d"]);
}

#[tokio::test]
async fn the_wait_that_the_server_asks_for_is_kept_up_to_a_bound() {
    for (retry, bound, least, most) in [
        ("retry: 300", 60, 300, 5_000),
        ("retry: 3600000", 0, 0, 5_000),
    ] {
        let text: &str = format!("{retry}\nid: 1\ndata: a\n\n").leak();
        let server = Server::new(
            &[Turn::Cut(text), Turn::Whole("id: 2\ndata: b\n\n")],
            |it| it.quota(Quota::new().max_hold(Duration::from_secs(bound))),
        )
        .await;
        let began = Instant::now();
        let (data, _) = all(server.events().await).await;
        assert_eq!(data, ["a", "b"]);
        let took = began.elapsed().as_millis();
        assert!((least..most).contains(&took), "{retry}: {took} ms");
    }
}

#[tokio::test]
async fn a_server_that_sends_nothing_new_is_asked_as_often_as_the_policy_allows() {
    for text in [": nothing\n", "id: 1\ndata: a\n\n", "data: a\n\n"] {
        let server = Server::usual(&[Turn::Cut(text)]).await;
        let (data, error) = all(server.events().await).await;
        assert_eq!(error.unwrap().kind(), ErrorKind::Transport, "{text}");
        assert_eq!(server.behind().len(), 4, "{text}");
        assert!(data.iter().all(|data| data == "a"), "{data:?}");
    }
}

#[tokio::test]
async fn a_server_that_always_begins_anew_is_not_asked_for_ever() {
    let server = Server::new(&[Turn::Cut("id: 1\ndata: a\n\nid: 2\ndata: b\n\n")], |it| {
        it.retry_budget(10)
    })
    .await;
    let (_, error) = all(server.events().await).await;
    assert_eq!(error.unwrap().kind(), ErrorKind::Transport);
    // Each reconnection costs one, and ten successes give one back.
    assert_eq!(server.behind().len(), 12);
}

#[tokio::test]
async fn a_response_that_is_no_stream_of_events_is_an_error_and_not_the_end() {
    for (body, says) in [
        ("<!DOCTYPE html>\n<title>Down</title>\n", ": Down"),
        ("{\"status\":500,\"title\":\"No such job\"}", "No such job"),
        ("[1]\n", "a stream of events"),
    ] {
        let server = Server::usual(&[Turn::Whole(body)]).await;
        let (data, error) = all(server.events().await).await;
        let error = error.unwrap();
        assert!(data.is_empty(), "{body}");
        assert_eq!(error.kind(), ErrorKind::Decode, "{body}: {error}");
        assert!(error.to_string().contains(says), "{body}: {error}");
        assert_eq!(server.behind().len(), 1, "{body}");
    }
}

/// A clock that can be set forward, and on which nobody waits.
#[derive(Clone, Default)]
struct Forward(Arc<AtomicU64>);

impl Clock for Forward {
    fn now(&self) -> Instant {
        Instant::now() + Duration::from_secs(self.0.load(Ordering::SeqCst))
    }

    fn sleep(&self, _: Duration) -> Sleep {
        Box::pin(std::future::ready(()))
    }
}

#[tokio::test]
async fn a_connection_that_lasted_is_made_again_without_a_cost() {
    let turns = [
        Turn::Cut("id: 1\ndata: a\n\n"),
        Turn::Cut("id: 2\ndata: b\n\n"),
        Turn::Whole("id: 3\ndata: c\n\n"),
    ];
    for (seconds, came) in [(60, 3), (20, 1)] {
        let clock = Forward::default();
        let server = Server::new(&turns, |it| it.retry_budget(0).clock(clock.clone())).await;
        let mut events = server.events().await;
        let mut count = 0;
        while let Ok(Some(_)) = events.try_next().await {
            count += 1;
            clock.0.fetch_add(seconds, Ordering::SeqCst);
        }
        assert_eq!(count, came, "{seconds} seconds each");
    }
}

#[tokio::test]
async fn a_followed_stream_goes_on_after_each_end_until_there_is_no_more() {
    let turns = [
        Turn::Whole("id: 1\ndata: a\n\n"),
        Turn::Whole("id: 2\ndata: b\n\n"),
        Turn::Status(204),
    ];
    let server = Server::usual(&turns).await;
    let (data, error) = all(server.events().await.following()).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(data, ["a", "b"]);
    let behind = server.behind();
    assert_eq!(
        behind.iter().map(Option::as_deref).collect::<Vec<_>>(),
        [None, id("1"), id("2")]
    );
    // Responses that lasted cost nothing.
    for (seconds, came) in [(10, 2), (5, 1)] {
        let clock = Forward::default();
        let server = Server::new(&turns, |it| it.retry_budget(0).clock(clock.clone())).await;
        let mut events = server.events().await.following();
        let mut count = 0;
        while let Ok(Some(_)) = events.try_next().await {
            count += 1;
            clock.0.fetch_add(seconds, Ordering::SeqCst);
        }
        assert_eq!(count, came, "{seconds} seconds each");
    }
}

#[tokio::test]
async fn a_followed_stream_that_ends_at_once_is_not_asked_for_ever() {
    // Nothing new comes, so the policy limits it.
    let server = Server::usual(&[Turn::Whole("id: 1\ndata: a\n\n")]).await;
    let (data, error) = all(server.events().await.following()).await;
    assert_eq!((data.len(), error.is_none()), (1, true));
    assert_eq!(server.behind().len(), 4);
    // Something does, so the budget limits it.
    let turns = [Turn::Whole("id: 1\ndata: a\n\nid: 2\ndata: b\n\n")];
    let server = Server::new(&turns, |it| it.retry_budget(10)).await;
    let (_, error) = all(server.events().await.following()).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(server.behind().len(), 12);
}

#[tokio::test]
async fn a_server_that_does_not_come_back_is_the_error_of_the_call() {
    let server = Server::usual(&[Turn::Cut("id: 1\ndata: a\n\n"), Turn::Status(503)]).await;
    let (data, error) = all(server.events().await).await;
    assert_eq!(data, ["a"]);
    assert_eq!(error.unwrap().status().unwrap().as_u16(), 503);
    assert_eq!(server.behind().len(), 1 + 4);
    // 204 means that no more events will come.
    let server = Server::usual(&[Turn::Cut("id: 1\ndata: a\n\n"), Turn::Status(204)]).await;
    let (data, error) = all(server.events().await).await;
    assert_eq!((data.len(), error.is_none()), (1, true));
}

#[tokio::test]
async fn a_stream_goes_on_only_where_that_is_wanted() {
    let turns = [
        Turn::Cut("id: 1\ndata: a\n\n"),
        Turn::Whole("id: 2\ndata: b\n\n"),
    ];
    for options in [
        CallOptions::new().reconnect(false),
        CallOptions::new().retry(RetryPolicy::never()),
        CallOptions::new().idempotent(false),
    ] {
        let server = Server::usual(&turns).await;
        let mut call = server.call();
        call.options(options);
        let (data, error) = all(call.events().await.unwrap().into_value()).await;
        assert_eq!(data, ["a"]);
        assert_eq!(error.unwrap().kind(), ErrorKind::Transport);
        assert_eq!(server.behind().len(), 1);
    }
    // A raw call reconnects like any other.
    let server = Server::usual(&turns).await;
    let raw = server.client.raw(http::Method::GET, "/v3/somewhere/events");
    let (data, _) = all(raw.events().await.unwrap().into_value()).await;
    assert_eq!(data, ["a", "b"]);
}

#[tokio::test]
async fn each_call_of_a_stream_passes_the_gate_and_is_seen() {
    let server = Server::usual(&[Turn::Cut("data: a\n\n"), Turn::Whole("data: b\n\n")]).await;
    let policy = Policy::new().group(Group::Orders, Level::Read);
    let call = Call::new(&server.client.under(policy), Endpoint::BrandsList);
    assert_eq!(call.events().await.unwrap_err().kind(), ErrorKind::Denied);
    assert!(server.behind().is_empty());
    all(server.events().await).await;
    assert_eq!(server.behind().len(), 2);
}

#[tokio::test]
async fn an_event_larger_than_a_body_may_be_ends_the_stream_and_is_not_asked_for_again() {
    let large: &str = format!("data: a\n\ndata: {}", "x".repeat(5_000)).leak();
    let server = Server::new(&[Turn::Cut(large)], |it| it.max_body(1_000)).await;
    let (data, error) = all(server.events().await).await;
    assert_eq!(data, ["a"]);
    assert_eq!(error.unwrap().kind(), ErrorKind::TooLarge);
    assert_eq!(server.behind().len(), 1);
    // Many small events are not one large event.
    let many: &str = "data: 0123456789\n\n".repeat(500).leak();
    let server = Server::new(&[Turn::Whole(many)], |it| it.max_body(1_000)).await;
    let (data, error) = all(server.events().await).await;
    assert_eq!((data.len(), error.is_none()), (500, true));
}

#[tokio::test]
async fn data_that_cannot_be_read_is_an_error_that_keeps_it_and_the_stream_goes_on() {
    let server = Server::usual(&[Turn::Whole(
        "event: x\nid: 1\ndata: {\"id\":1}\n\ndata: {\"id\":1}}\n\ndata: {\"id\":2}\n\n",
    )])
    .await;
    let events = server.call().events_of::<Brand>();
    let mut events = events.await.unwrap().into_value();
    let first = events.try_next().await.unwrap().unwrap();
    assert_eq!(
        (first.kind.as_str(), first.data.id, first.id.as_deref()),
        ("x", 1, id("1"))
    );
    let error = events.try_next().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(error.body().unwrap(), "{\"id\":1}}");
    assert_eq!(events.try_next().await.unwrap().unwrap().data.id, 2);
    assert!(events.try_next().await.unwrap().is_none());
}
