//! Calls against a small server on this machine: what is sent, and how each response is decoded.

mod arguments;
mod downloads;
mod elsewhere;
mod failures;
mod oddities;
mod own_transports;
mod pages;
mod reconnect;
mod requests;
mod responses;
mod token;
mod uploads;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::Call;
use crate::{Client, Endpoint};

/// A server that returns its responses in order and records its requests.
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
        // Each response is sent once.
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
