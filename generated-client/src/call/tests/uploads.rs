//! Uploads that are sent in chunks.

use std::path::PathBuf;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::call::Call;
use crate::upload::{Accepted, FilePart, Form};
use crate::{Client, Endpoint, ErrorKind, RetryPolicy};

/// Runs a conversation with each connection, one after the other, and returns a client that connects
/// there.
pub(super) async fn served<F, T>(talk: F) -> (Client, Arc<Mutex<Vec<String>>>)
where
    F: Fn(TcpStream, Arc<Mutex<Vec<String>>>) -> T + Send + 'static,
    T: Future<Output = ()> + Send,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let seen = Arc::new(Mutex::new(Vec::new()));
    let keep = Arc::clone(&seen);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            talk(stream, Arc::clone(&keep)).await;
        }
    });
    let builder = Client::builder("abc123", "s3cret-token").base_url(format!("http://{address}/"));
    let builder = builder.retry(RetryPolicy::standard());
    (builder.build().unwrap(), seen)
}

/// Reads a whole request, with its length or in chunks, and returns it with its chunks joined; `None`
/// if it is cut off.
pub(super) async fn whole(stream: &mut TcpStream) -> Option<String> {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let lower = head.to_lowercase();
            if lower.contains("transfer-encoding: chunked") {
                if body.ends_with("0\r\n\r\n") {
                    return Some(format!("{head}\r\n\r\n{}", joined(body)));
                }
            } else {
                let length = lower
                    .lines()
                    .find_map(|it| it.strip_prefix("content-length: "));
                if body.len() >= length.map_or(0, |it| it.trim().parse().unwrap()) {
                    return Some(text);
                }
            }
        }
        if stream.read_buf(&mut bytes).await.unwrap_or(0) == 0 {
            return None;
        }
    }
}

fn joined(mut body: &str) -> String {
    let mut whole = String::new();
    while let Some((size, rest)) = body.split_once("\r\n") {
        let size = usize::from_str_radix(size, 16).unwrap();
        whole.push_str(&rest[..size]);
        body = &rest[size + 2..];
    }
    whole
}

const MADE: &str =
    "HTTP/1.1 200 X\r\nContent-Length: 15\r\nConnection: close\r\n\r\n{\"data\":{}    }";
const WAIT: &str = "HTTP/1.1 429 X\r\nX-Rate-Limit-Time-Reset-Ms: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

/// Responds to each request, to the first ones with 429.
async fn answering(times: usize) -> (Client, Arc<Mutex<Vec<String>>>) {
    served(move |mut stream, seen| async move {
        let Some(request) = whole(&mut stream).await else {
            return;
        };
        let number = {
            let mut seen = seen.lock().unwrap();
            seen.push(request);
            seen.len()
        };
        let answer = if number <= times { WAIT } else { MADE };
        stream.write_all(answer.as_bytes()).await.unwrap();
    })
    .await
}

pub(super) fn upload(client: &Client, file: FilePart) -> Call {
    let mut call = Call::new(client, Endpoint::BrandsCreate);
    call.form_value("sort_order", 3);
    call.form_file("image_file", file);
    call
}

/// A file on disk that is removed at the end.
pub(super) struct Scratch(pub(super) PathBuf);

impl Scratch {
    pub(super) fn new(name: &str, content: &str) -> Self {
        let name = format!(
            "bigcommerce-{}-{:x}-{name}",
            std::process::id(),
            fastrand::u64(..)
        );
        let path = std::env::temp_dir().join(name);
        std::fs::write(&path, content).unwrap();
        Self(path)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// Chunks as a stream that can be read once.
struct Pieces(Vec<&'static str>);

impl Stream for Pieces {
    type Item = Result<Bytes, std::io::Error>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = (!self.0.is_empty()).then(|| self.0.remove(0));
        Poll::Ready(next.map(|piece| Ok(piece.into())))
    }
}

pub(super) fn pieces() -> FilePart {
    FilePart::stream("a\"b.zip", Pieces(vec!["one, ", "two, ", "three"]))
}

#[tokio::test]
async fn a_file_on_disk_goes_out_with_its_length_and_tells_how_far_it_is() {
    let (client, seen) = answering(0).await;
    let content = "0123456789".repeat(20_000);
    let file = Scratch::new("acme.PNG", &content);
    let told = Arc::new(Mutex::new(Vec::new()));
    let tell = Arc::clone(&told);
    let part = FilePart::path(&file.0).file_name("acme.PNG");
    let part = part.on_progress(move |sent, all| tell.lock().unwrap().push((sent, all)));
    upload(&client, part).nothing().await.unwrap();
    let request = seen.lock().unwrap()[0].clone();
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    assert!(
        head.contains(&format!("content-length: {}", body.len())),
        "{head}"
    );
    assert!(!head.contains("transfer-encoding"), "{head}");
    let (_, boundary) = head.split_once("multipart/form-data; boundary=").unwrap();
    let boundary = boundary.lines().next().unwrap();
    let expected = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"sort_order\"\r\n\r\n3\r\n\
         --{boundary}\r\nContent-Disposition: form-data; name=\"image_file\"; filename=\"acme.PNG\"\r\n\
         Content-Type: image/png\r\n\r\n{content}\r\n--{boundary}--\r\n"
    );
    assert!(body == expected, "{}", &body[..400]);
    let told = told.lock().unwrap();
    assert!(told.len() > 2 && told.is_sorted(), "{told:?}");
    assert_eq!(told.last(), Some(&(200_000, Some(200_000))));
}

#[tokio::test]
async fn a_stream_goes_out_in_chunks_unless_its_length_is_known() {
    let (client, seen) = answering(0).await;
    upload(&client, pieces()).nothing().await.unwrap();
    let known = pieces().length(15).content_type("application/zip");
    upload(&client, known).nothing().await.unwrap();
    let seen = seen.lock().unwrap();
    assert!(
        seen[0].contains("transfer-encoding: chunked\r\n"),
        "{}",
        seen[0]
    );
    assert!(!seen[1].contains("transfer-encoding"), "{}", seen[1]);
    for request in &*seen {
        let part =
            "filename=\"a%22b.zip\"\r\nContent-Type: application/zip\r\n\r\none, two, three\r\n--";
        assert!(request.contains(part), "{request}");
    }
}

#[tokio::test]
async fn an_upload_that_is_to_wait_is_sent_again_from_its_beginning_if_it_can_be_read_again() {
    let file = Scratch::new("acme.png", "content");
    let parts = [
        FilePart::path(&file.0),
        FilePart::bytes("acme.png", "content"),
    ];
    for part in parts {
        let (client, seen) = answering(1).await;
        let part = part.on_progress(|_, _| ());
        upload(&client, part).nothing().await.unwrap();
        let seen = seen.lock().unwrap();
        assert_eq!(seen.len(), 2);
        for request in &*seen {
            assert!(request.contains("\r\n\r\ncontent\r\n--"), "{request}");
        }
    }
    let (client, seen) = answering(1).await;
    let error = upload(&client, pieces()).nothing().await.unwrap_err();
    assert_eq!(
        (error.status().unwrap().as_u16(), error.attempts()),
        (429, 1)
    );
    assert_eq!(seen.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_stream_that_nothing_was_read_of_is_still_sent_when_there_was_no_connection() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let builder = Client::builder("abc123", "token").base_url(format!("http://{address}/"));
    let client = builder.retry(RetryPolicy::standard()).build().unwrap();
    let error = upload(&client, pieces()).nothing().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect);
    assert!(error.attempts() > 1, "{error}");
}

#[tokio::test]
async fn a_server_that_hangs_up_midway_fails_the_upload_and_it_is_not_repeated() {
    let (client, seen) = served(|mut stream, seen| async move {
        let mut some = vec![0; 10_000];
        stream.read_exact(&mut some).await.unwrap();
        seen.lock().unwrap().push(String::new());
    })
    .await;
    let file = Scratch::new("large.zip", &"x".repeat(8_000_000));
    let error = upload(&client, FilePart::path(&file.0)).nothing().await;
    let error = error.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport, "{error}");
    assert_eq!(seen.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_large_file_may_take_longer_than_a_call_while_it_is_being_sent_wherever_it_comes_from() {
    const STEPS: usize = 24;
    const STEP: usize = 1024 * 1024;
    let content = Bytes::from(vec![b'7'; STEPS * STEP]);
    for reports in [false, true] {
        let (client, _) = served(|mut stream, _| async move {
            let mut room = vec![0; STEP];
            for _ in 0..STEPS {
                stream.read_exact(&mut room).await.unwrap();
                tokio::time::sleep(Duration::from_millis(60)).await;
            }
            // What the form has around the file.
            let rest = stream.read(&mut room).await.unwrap();
            assert_ne!(rest, 0);
            stream.write_all(MADE.as_bytes()).await.unwrap();
        })
        .await;
        let mut part = FilePart::bytes("theme.zip", content.clone());
        if reports {
            part = part.on_progress(|_, _| ());
        }
        let mut call = upload(&client, part);
        call.options(crate::CallOptions::new().timeout(Duration::from_millis(900)));
        call.nothing().await.unwrap();
    }
}

#[tokio::test]
async fn a_file_that_cannot_be_sent_whole_is_not_sent_as_if_it_were() {
    let (client, seen) = answering(0).await;
    let file = Scratch::new("acme.png", "content");
    let missing = upload(&client, FilePart::path("/nowhere/acme.png"));
    let mut large = upload(&client, FilePart::bytes("acme.png", "content"));
    let form = large.form.get_or_insert_default();
    let small = Accepted {
        most: Some(6),
        types: &[],
    };
    form.set_file("image_file", FilePart::path(&file.0), small);
    for (call, says) in [
        (missing, "the file of `image_file` cannot be read"),
        (large, "has 7 bytes, but the API accepts at most 6"),
    ] {
        let error = call.nothing().await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Request, 0));
        assert!(error.to_string().contains(says), "{error}");
    }
    for (length, says) in [
        (16, "ended after 15 of 16 bytes"),
        (14, "more than 14 bytes"),
    ] {
        let part = pieces().length(length).on_progress(|_, _| ());
        let error = upload(&client, part).nothing().await.unwrap_err();
        assert!(format!("{error}").contains(says), "{error}");
    }
    assert!(seen.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_file_that_the_api_does_not_accept_is_only_sent_unchecked() {
    let (client, seen) = answering(0).await;
    let accepted = Accepted {
        most: Some(6),
        types: &["gif", "png"],
    };
    let with = |file: FilePart| {
        let mut call = upload(&client, file.clone());
        let form = call.form.get_or_insert_default();
        form.set_file("image_file", file, accepted);
        call
    };
    for (name, says) in [
        ("acme.png", "has 7 bytes, but the API accepts at most 6"),
        (
            "acme.pdf",
            "the file of `image_file` is `application/pdf`, but the API accepts only gif, png",
        ),
    ] {
        let file = FilePart::bytes(name, "content");
        let error = with(file.clone()).nothing().await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Request, 0));
        assert!(error.to_string().contains(says), "{error}");
        assert!(seen.lock().unwrap().is_empty());
        with(file.unchecked()).nothing().await.unwrap();
        assert_eq!(std::mem::take(&mut *seen.lock().unwrap()).len(), 1);
    }
}

#[tokio::test]
async fn a_form_can_be_sent_to_any_path() {
    let (client, seen) = answering(0).await;
    let form = Form::new().file("file", FilePart::bytes("theme.zip", "zip"));
    let form = form.value("name", "é");
    let call = client.raw(http::Method::POST, "/v3/themes").form(form);
    assert!(!format!("{call:?}").contains('é'), "{call:?}");
    call.await.unwrap();
    let request = &seen.lock().unwrap()[0];
    assert!(
        request.contains("content-type: multipart/form-data; boundary="),
        "{request}"
    );
    assert!(request.contains("name=\"name\"\r\n\r\né\r\n"), "{request}");
}

#[tokio::test]
async fn a_form_with_a_time_that_is_none_is_not_sent() {
    let (client, seen) = answering(0).await;
    let form = Form::new().value("expires", crate::DateTime::from("soon"));
    let form = form.value("note", "soon");
    let call = client.raw(http::Method::POST, "/v3/themes").form(form);
    let error = call.await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Request, 0));
    assert!(error.to_string().contains("soon"), "{error}");
    assert!(seen.lock().unwrap().is_empty());
}
