//! The store over real connections.

mod faults;
mod gate;
mod outward;
mod store;

use std::io;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::Store;

const BRANDS: &str = "/v3/catalog/brands";

struct Got {
    status: u16,
    head: String,
    body: String,
}

impl Got {
    fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(key, _)| *key == name).map(|(_, value)| value)
    }
}

struct Line(TcpStream);

impl Line {
    async fn to(store: &Store) -> Self {
        let address = store.url().trim_start_matches("http://").to_owned();
        Self(TcpStream::connect(address).await.unwrap())
    }

    /// Sends a request for a whole path and reads the response.
    async fn ask(
        &mut self,
        method: &str,
        path: &str,
        headers: &str,
        body: &str,
    ) -> io::Result<Got> {
        let length = body.len();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\n{headers}content-length: {length}\r\n\r\n{body}",
            self.0.peer_addr()?
        );
        self.0.write_all(request.as_bytes()).await?;
        let mut read = Vec::new();
        let head = loop {
            if self.0.read_buf(&mut read).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            if let Some(at) = read.windows(4).position(|four| four == b"\r\n\r\n") {
                break String::from_utf8_lossy(&read[..at]).into_owned();
            }
        };
        let status = head[9..12].parse().unwrap();
        let mut got = Got {
            status,
            head,
            body: String::new(),
        };
        let promised: usize = got
            .header("content-length")
            .map_or(0, |length| length.parse().unwrap());
        let begins = got.head.len() + 4;
        while read.len() < begins + promised {
            if self.0.read_buf(&mut read).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        got.body = String::from_utf8_lossy(&read[begins..]).into_owned();
        Ok(got)
    }
}

async fn call(store: &Store, token: &str, method: &str, path: &str, more: &str) -> io::Result<Got> {
    let path = format!("/stores/{}{path}", store.hash());
    let headers = format!("x-auth-token: {token}\r\n{more}");
    Line::to(store).await.ask(method, &path, &headers, "").await
}

async fn status(store: &Store, token: &str, method: &str, path: &str, more: &str) -> u16 {
    call(store, token, method, path, more).await.unwrap().status
}
