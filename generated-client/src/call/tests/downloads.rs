//! Files and events that are received in chunks.

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use tokio::io::AsyncWriteExt;
use tower_service::Service;

use super::uploads::{served, whole};
use crate::call::Call;
use crate::quota::Quota;
use crate::transport::{StreamBody, Unfold};
use crate::{Client, Endpoint, ErrorKind};

/// A transport wrapped by something that has already read the body of the response.
#[derive(Clone)]
struct Emptied;

impl Service<http::Request<Bytes>> for Emptied {
    type Response = http::Response<Bytes>;
    type Error = Infallible;
    type Future = Ready<Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: http::Request<Bytes>) -> Self::Future {
        let file = StreamBody::new(crate::call::once(Bytes::from_static(b"file")), None);
        assert!(file.take().is_some());
        let mut response = http::Response::new(Bytes::new());
        response.extensions_mut().insert(file);
        ready(Ok(response))
    }
}

#[tokio::test]
async fn a_file_that_something_else_has_read_is_an_error_and_not_an_empty_file() {
    let builder = Client::builder("abc123", "token").transport(Emptied);
    let client = builder.build().unwrap();
    let call = Call::new(&client, Endpoint::BrandsList).download();
    let called = call.await.unwrap().into_value();
    let found = client.file_at("https://files.example.com/theme.zip").await;
    for file in [called, found.unwrap()] {
        let error = file.bytes().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Transport, "{error}");
        assert!(error.to_string().contains("was already read"), "{error}");
    }
}

/// A host that requests a wait of two seconds, and counts its requests.
#[derive(Clone)]
struct Away(u16, Arc<AtomicU32>);

impl Service<http::Request<Bytes>> for Away {
    type Response = http::Response<Bytes>;
    type Error = Infallible;
    type Future = Ready<Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: http::Request<Bytes>) -> Self::Future {
        self.1.fetch_add(1, Ordering::SeqCst);
        let away = http::Response::builder().status(self.0);
        let away = away.header("retry-after", "2").body(Bytes::new());
        ready(Ok(away.unwrap()))
    }
}

#[tokio::test]
async fn a_host_that_asks_to_be_left_alone_for_too_long_is_not_asked_sooner() {
    for status in [429, 503] {
        let asked = Arc::new(AtomicU32::new(0));
        let builder =
            Client::builder("abc123", "token").transport(Away(status, Arc::clone(&asked)));
        let builder = builder.quota(Quota::new().max_hold(Duration::from_secs(1)));
        let client = builder.build().unwrap();
        let file = client.file_at("https://files.example.com/theme.zip").await;
        let error = file.unwrap_err();
        assert_eq!(error.retry_after(), Some(Duration::from_secs(2)), "{error}");
        assert_eq!(asked.load(Ordering::SeqCst), 1, "{status}");
    }
}

/// A host whose connection breaks off behind the bytes of a file, which has that length. It would go on from
/// any place, but there is nothing behind the last one.
#[derive(Clone)]
struct Breaking(Option<u64>);

impl Service<http::Request<Bytes>> for Breaking {
    type Response = http::Response<Bytes>;
    type Error = Infallible;
    type Future = Ready<Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Bytes>) -> Self::Future {
        let mut response = http::Response::builder()
            .header("accept-ranges", "bytes")
            .header("etag", "\"1\"");
        if request.headers().contains_key("range") {
            response = response.status(416);
        } else {
            let pieces = Unfold::of(Some(Bytes::from_static(b"file")), |left| {
                Box::pin(async move {
                    let piece = left.ok_or("the connection was reset")?;
                    Ok(Some((piece, None)))
                })
            });
            response = response.extension(StreamBody::new(Box::pin(pieces), self.0));
        }
        ready(Ok(response.body(Bytes::new()).unwrap()))
    }
}

#[tokio::test]
async fn a_file_is_whole_when_its_connection_breaks_off_behind_the_last_byte() {
    for (length, whole) in [(Some(4), true), (Some(5), false), (None, false)] {
        let builder = Client::builder("abc123", "token").transport(Breaking(length));
        let client = builder.build().unwrap();
        let file = client.file_at("https://files.example.com/theme.zip").await;
        let bytes = file.unwrap().bytes().await;
        assert_eq!(bytes.is_ok(), whole, "{length:?}: {bytes:?}");
    }
}

/// Sends a file of 15 bytes, and may withhold the end.
async fn sending(whole_file: bool) -> Client {
    let (client, _) = served(move |mut stream, _| async move {
        let request = whole(&mut stream).await.unwrap();
        assert!(request.contains("accept: */*\r\n"), "{request}");
        let head = "HTTP/1.1 200 X\r\nContent-Type: text/csv\r\nContent-Length: 15\r\n\
                    Content-Disposition: attachment; filename=\"../r.csv\"\r\nConnection: close\r\n\r\n";
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.write_all(b"from,to\n").await.unwrap();
        if whole_file {
            stream.write_all(b"/a,/b\n\n").await.unwrap();
        }
    })
    .await;
    client
}

#[tokio::test]
async fn a_file_comes_with_its_name_type_and_length_and_is_kept_only_when_it_is_whole() {
    let folder = std::env::temp_dir().join(format!("bigcommerce-{:x}", fastrand::u64(..)));
    std::fs::create_dir(&folder).unwrap();
    let path = folder.join("redirects.csv");
    let left = || std::fs::read_dir(&folder).unwrap().count();
    for whole_file in [false, true] {
        let client = sending(whole_file).await;
        let file = client.raw(http::Method::GET, "/v3/export").download();
        let file = file.await.unwrap().into_value();
        assert_eq!(file.file_name().as_deref(), Some("r.csv"));
        assert_eq!(
            (file.content_type(), file.length()),
            (Some("text/csv"), Some(15))
        );
        let saved = file.save_to(&path).await;
        if whole_file {
            assert_eq!(saved.unwrap(), 15);
            assert_eq!(std::fs::read(&path).unwrap(), b"from,to\n/a,/b\n\n");
            assert_eq!(left(), 1);
        } else {
            let error = saved.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Transport, "{error}");
            assert_eq!(left(), 0);
        }
    }
    std::fs::remove_dir_all(&folder).unwrap();
    let client = sending(true).await;
    let file = client.raw(http::Method::GET, "/v3/export").download();
    let saved = file.await.unwrap().into_value().save_to(&path).await;
    let error = saved.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::File, "{error}");
    let client = sending(true).await;
    let mut file = client
        .raw(http::Method::GET, "/v3/export")
        .download()
        .await
        .unwrap()
        .into_value();
    let mut bytes = Vec::new();
    while let Some(piece) = file.try_next().await.unwrap() {
        bytes.extend_from_slice(&piece);
    }
    assert_eq!(bytes, b"from,to\n/a,/b\n\n");
}

#[tokio::test]
async fn a_file_that_is_larger_than_its_reader_accepts_is_an_error_and_not_a_part() {
    for (most, fits) in [(14, false), (15, true)] {
        let client = sending(true).await;
        let file = client.raw(http::Method::GET, "/v3/export").download();
        let file = file.await.unwrap().into_value().max_size(most);
        match file.bytes().await {
            Ok(bytes) => assert!(fits && bytes.len() == 15, "{most}"),
            Err(error) => {
                assert!(!fits, "{error}");
                assert_eq!(error.kind(), ErrorKind::TooLarge, "{error}");
            }
        }
    }
    // Without a length, it ends where it becomes too large.
    let (client, _) = served(|mut stream, _| async move {
        whole(&mut stream).await.unwrap();
        let head = "HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n";
        stream.write_all(head.as_bytes()).await.unwrap();
        let chunks = "4\r\n/a,/\r\n4\r\nb\n/c\r\n0\r\n\r\n";
        stream.write_all(chunks.as_bytes()).await.unwrap();
    })
    .await;
    let file = client.raw(http::Method::GET, "/v3/export").download();
    let mut file = file.await.unwrap().into_value().max_size(7);
    let mut came = 0;
    let error = loop {
        match file.try_next().await {
            Ok(Some(chunk)) => came += chunk.len(),
            other => break other.unwrap_err(),
        }
    };
    assert_eq!(error.kind(), ErrorKind::TooLarge, "{error}");
    assert!(came < 8, "{came}");
    assert!(file.try_next().await.unwrap().is_none());
}

#[tokio::test]
async fn what_was_read_of_a_file_counts_for_the_progress_and_the_limit_that_are_set_afterwards() {
    for (most, fits) in [(14, false), (15, true)] {
        let (client, _) = served(|mut stream, _| async move {
            whole(&mut stream).await.unwrap();
            let head = "HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n";
            stream.write_all(head.as_bytes()).await.unwrap();
            stream.write_all(b"8\r\nfrom,to\n\r\n").await.unwrap();
            stream
                .write_all(b"7\r\n/a,/b\n\n\r\n0\r\n\r\n")
                .await
                .unwrap();
        })
        .await;
        let file = client.raw(http::Method::GET, "/v3/export").download();
        let mut file = file.await.unwrap().into_value();
        let first = file.try_next().await.unwrap().unwrap();
        let told = Arc::new(Mutex::new(0));
        let tell = Arc::clone(&told);
        let file = file.max_size(most);
        let file = file.on_progress(move |read, _| *tell.lock().unwrap() = read);
        match file.bytes().await {
            Ok(rest) => {
                assert!(fits && first.len() + rest.len() == 15, "{most}");
                assert_eq!(*told.lock().unwrap(), 15);
            }
            Err(error) => {
                assert!(!fits, "{error}");
                assert_eq!(error.kind(), ErrorKind::TooLarge, "{error}");
            }
        }
    }
}

#[tokio::test]
async fn a_file_that_is_refused_is_an_error_with_its_problem() {
    let (client, _) = served(|mut stream, _| async move {
        whole(&mut stream).await;
        let answer = "HTTP/1.1 404 X\r\nContent-Length: 23\r\nConnection: close\r\n\r\n{\"title\":\"no such job\"}";
        stream.write_all(answer.as_bytes()).await.unwrap();
    })
    .await;
    let call = Call::new(&client, Endpoint::BrandsList).download();
    let error = call.await.unwrap_err();
    assert!(error.is_not_found());
    assert!(error.to_string().contains("no such job"), "{error}");
}

#[tokio::test]
async fn events_are_given_as_they_come_and_may_take_longer_than_a_call() {
    let (go, gone) = tokio::sync::oneshot::channel::<()>();
    let gone = Arc::new(Mutex::new(Some(gone)));
    let (client, _) = served(move |mut stream, _| {
        let gone = gone.lock().unwrap().take();
        async move {
            let request = whole(&mut stream).await.unwrap();
            assert!(
                request.contains("accept: text/event-stream\r\n"),
                "{request}"
            );
            let head =
                "HTTP/1.1 200 X\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";
            stream.write_all(head.as_bytes()).await.unwrap();
            stream
                .write_all(b"id: 1\nevent: progress\ndata: {\"done\":50}\n\n")
                .await
                .unwrap();
            gone.unwrap().await.unwrap();
            stream.write_all(b"data: [1]\n\nid: 2").await.unwrap();
        }
    })
    .await;
    let mut call = Call::new(&client, Endpoint::BrandsList);
    let options = crate::CallOptions::new().timeout(Duration::from_millis(300));
    call.options(options.reconnect(false));
    let mut events = call.events().await.unwrap().into_value();
    let first = events.try_next().await.unwrap().unwrap();
    assert_eq!(
        (first.kind.as_str(), first.data.as_str()),
        ("progress", "{\"done\":50}")
    );
    let waiting = tokio::spawn(async move { (events.try_next().await, events) });
    tokio::time::sleep(Duration::from_millis(500)).await;
    go.send(()).unwrap();
    let (second, mut events) = waiting.await.unwrap();
    let second = second.unwrap().unwrap();
    assert_eq!(second.json::<Vec<i64>>().unwrap(), [1]);
    assert_eq!(events.last_id(), Some("1"));
    let error = events.try_next().await.unwrap_err();
    assert!(
        format!("{error:?}").contains("in the middle of an event"),
        "{error:?}"
    );
    assert_eq!(events.try_next().await.unwrap(), None);
}

#[tokio::test]
async fn neither_an_event_nor_a_file_shows_the_token_that_the_server_repeats() {
    let (client, _) = served(|mut stream, _| async move {
        whole(&mut stream).await.unwrap();
        let answer = "HTTP/1.1 200 X\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\
                      Content-Disposition: attachment; filename=s3cret-token.csv\r\n\r\n\
                      id: s3cret-token\nevent: s3cret-token\ndata: {\"token\":\"s3cret-token\"}\n\n";
        stream.write_all(answer.as_bytes()).await.unwrap();
    })
    .await;
    let call = || Call::new(&client, Endpoint::BrandsList);
    let mut events = call().events().await.unwrap().into_value();
    let event = events.try_next().await.unwrap().unwrap();
    assert_eq!(event.data, "{\"token\":\"[hidden]\"}");
    let file = call().download().await.unwrap().into_value();
    let shown = format!("{event:?} {events:?} {file:?}");
    assert!(!shown.contains("s3cret"), "{shown}");
    // The file is saved unchanged.
    assert_eq!(file.file_name().as_deref(), Some("s3cret-token.csv"));
    assert!(
        file.bytes()
            .await
            .unwrap()
            .ends_with(b"s3cret-token\"}\n\n")
    );
}
