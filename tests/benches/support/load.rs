//! Loads a server: many requests over a few connections that are kept, from one thread. It reads no
//! more of a response than it must, so that it costs little compared with the server.

use std::{
    io,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use tokio::{net::TcpStream, runtime::Builder};

use super::{
    report::{figure, row},
    served::{Outcome, Served},
};

/// How many connections are kept.
const CONNECTIONS: usize = 16;
const ROUNDS: usize = 5;
const ROUND: Duration = Duration::from_secs(1);

/// What is asked.
pub struct Request {
    method: &'static str,
    target: String,
    body: Option<String>,
}

impl Request {
    pub fn get(target: String) -> Self {
        Self {
            method: "GET",
            target,
            body: None,
        }
    }

    pub fn with(method: &'static str, target: &str, body: &str) -> Self {
        Self {
            method,
            target: target.to_owned(),
            body: Some(body.to_owned()),
        }
    }

    /// The request as it is sent, with what every request to that server begins with.
    fn spell(&self, root: &str, head: &str) -> Vec<u8> {
        let Self {
            method,
            target,
            body,
        } = self;
        let mut text = format!("{method} {root}{target} HTTP/1.1\r\n{head}");
        if let Some(body) = body {
            let length = body.len();
            text += &format!(
                "content-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
            );
        } else {
            text += "\r\n";
        }
        text.into_bytes()
    }
}

/// What came of it.
pub struct Ran {
    /// Requests a second, in the best round.
    pub rate: f64,
    /// What a request cost the server, in microseconds of its processor time.
    processor: Option<f64>,
    /// The size of a response, with its head.
    bytes: usize,
}

impl Ran {
    /// A row about what a request cost.
    pub fn cost(&self) {
        let Some(micros) = self.processor else { return };
        let label = format!("  processor time of the store, for {} bytes", self.bytes);
        row(&label, &format!("{} us", figure(micros)));
    }
}

/// Sends what `request` makes of a number that counts up, in every round.
pub fn run(
    served: &Served,
    request: impl Fn(u64) -> Request + Send + Sync + 'static,
) -> Outcome<Ran> {
    let address: SocketAddr = served.address.parse()?;
    let (root, head) = (served.root.clone(), head(served));
    let spoken = Arc::new(move |at| request(at).spell(&root, &head));
    let count = Arc::new(AtomicU64::new(1));
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let mut ran = Ran {
        rate: 0.0,
        processor: None,
        bytes: 0,
    };
    for _ in 0..ROUNDS {
        let before = served.processor();
        let started = Instant::now();
        let (requests, bytes) = runtime.block_on(async {
            let tasks: Vec<_> = (0..CONNECTIONS)
                .map(|_| {
                    let (spoken, count) = (Arc::clone(&spoken), Arc::clone(&count));
                    tokio::spawn(async move {
                        let mut connection = Connection::open(address).await?;
                        let (mut requests, mut bytes) = (0_u64, 0);
                        while started.elapsed() < ROUND {
                            let request = spoken(count.fetch_add(1, Ordering::Relaxed));
                            bytes = connection.ask(&request).await?.len();
                            requests += 1;
                        }
                        io::Result::Ok((requests, bytes))
                    })
                })
                .collect();
            let mut all = (0, 0);
            for task in tasks {
                let (requests, bytes) = task.await??;
                all = (all.0 + requests, bytes);
            }
            io::Result::Ok(all)
        })?;
        let took = started.elapsed();
        let spent = served.processor().zip(before);
        let each =
            spent.map(|(after, before)| (after - before).as_secs_f64() * 1e6 / requests as f64);
        ran.rate = ran.rate.max(requests as f64 / took.as_secs_f64());
        ran.processor = [ran.processor, each].into_iter().flatten().reduce(f64::min);
        ran.bytes = bytes;
    }
    Ok(ran)
}

/// The id of the first item of a list.
pub fn first(served: &Served, target: &str) -> Outcome<i64> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let address = served.address.parse()?;
    let answer = runtime.block_on(async {
        let request = Request::get(target.to_owned()).spell(&served.root, &head(served));
        let mut connection = Connection::open(address).await?;
        connection.ask(&request).await.map(<[u8]>::to_vec)
    })?;
    let body = answer.windows(4).position(|four| four == b"\r\n\r\n");
    let body = body.map_or(answer.as_slice(), |at| &answer[at + 4..]);
    let body: serde_json::Value = serde_json::from_slice(body)?;
    Ok(body["data"][0]["id"].as_i64().ok_or("the list is empty")?)
}

/// The headers of every request.
fn head(served: &Served) -> String {
    let Served { address, token, .. } = served;
    format!("host: {address}\r\nx-auth-token: {token}\r\naccept: application/json\r\n")
}

/// A connection that is kept.
struct Connection {
    stream: TcpStream,
    answer: Vec<u8>,
}

impl Connection {
    async fn open(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let answer = Vec::with_capacity(1 << 16);
        Ok(Self { stream, answer })
    }

    /// Sends a request and reads its response, which must be a success.
    async fn ask(&mut self, request: &[u8]) -> io::Result<&[u8]> {
        let mut sent = 0;
        while sent < request.len() {
            match self.stream.try_write(&request[sent..]) {
                Ok(written) => sent += written,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    self.stream.writable().await?;
                }
                Err(error) => return Err(error),
            }
        }
        self.answer.clear();
        let mut whole = usize::MAX;
        while self.answer.len() < whole {
            self.stream.readable().await?;
            match self.stream.try_read_buf(&mut self.answer) {
                Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(_) if whole == usize::MAX => whole = length(&self.answer)?.unwrap_or(whole),
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Err(error) => return Err(error),
            }
        }
        Ok(&self.answer)
    }
}

/// How long a response is with its head, once that is there.
fn length(answer: &[u8]) -> io::Result<Option<usize>> {
    let Some(head) = answer.windows(4).position(|four| four == b"\r\n\r\n") else {
        return Ok(None);
    };
    let text = String::from_utf8_lossy(&answer[..head]);
    if !text.starts_with("HTTP/1.1 2") {
        return Err(io::Error::other(
            String::from_utf8_lossy(answer).into_owned(),
        ));
    }
    let length = text.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length")
            .then(|| value.trim().parse::<usize>().ok())?
    });
    Ok(Some(head + 4 + length.unwrap_or_default()))
}
