//! A custom server on bare sockets that responds badly on purpose. The fault for a request depends on
//! the seed, the request, and how often it was received, so a run can be repeated.

use std::{
    collections::HashMap,
    io::Write,
    net::Ipv4Addr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// What happens to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Fault {
    None,
    ResetBeforeBody,
    ResetBeforeAnswer,
    ResetInHead,
    ResetInBody,
    ShortBody,
    HalfJson,
    HalfGzip,
    SlowBody,
    Silence,
    WrongType,
    Html502,
    Status503,
    HugeBody,
    HeaderFlood,
    Bare429,
    Told429,
    CloseAfterwards,
}

impl Fault {
    pub const ALL: [Self; 18] = [
        Self::None,
        Self::ResetBeforeBody,
        Self::ResetBeforeAnswer,
        Self::ResetInHead,
        Self::ResetInBody,
        Self::ShortBody,
        Self::HalfJson,
        Self::HalfGzip,
        Self::SlowBody,
        Self::Silence,
        Self::WrongType,
        Self::Html502,
        Self::Status503,
        Self::HugeBody,
        Self::HeaderFlood,
        Self::Bare429,
        Self::Told429,
        Self::CloseAfterwards,
    ];

    /// Whether the call has certainly not happened.
    pub fn refuses(self) -> bool {
        matches!(self, Self::Bare429 | Self::Told429)
    }

    /// Whether the caller gets the response.
    pub fn is_harmless(self) -> bool {
        matches!(self, Self::None | Self::WrongType | Self::CloseAfterwards)
    }

    /// A random fault; those that take time are less frequent.
    fn of(number: u64) -> Self {
        let slow = |fault: &Self| matches!(fault, Self::SlowBody | Self::Silence);
        let pick = |number: u64| Self::ALL[usize::try_from(number % 18).unwrap()];
        let first = pick(number);
        if slow(&first) && !(number >> 32).is_multiple_of(6) {
            Self::None
        } else {
            first
        }
    }
}

/// What a server received: for each resource, the fault of each request. Each page of a list counts as
/// a resource.
pub type Seen = Arc<Mutex<HashMap<String, Vec<Fault>>>>;

/// The body of a good response, by the requested page.
pub type Body = fn(u64) -> String;

/// Starts a server, which stops with the runtime.
pub async fn start(seed: u64, body: Body) -> (String, Seen) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let seen = Seen::default();
    let kept = Arc::clone(&seen);
    let connections = AtomicU64::new(0);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let number = connections.fetch_add(1, Ordering::Relaxed);
            if mixed(seed ^ number).is_multiple_of(40) {
                reset(stream);
                continue;
            }
            let seen = Arc::clone(&kept);
            tokio::spawn(async move { serve(stream, seed, &seen, body).await });
        }
    });
    (url, seen)
}

async fn serve(mut stream: TcpStream, seed: u64, seen: &Seen, body: Body) -> Option<()> {
    loop {
        let mut read = Vec::new();
        let head = loop {
            if let Some(end) = read.windows(4).position(|part| part == b"\r\n\r\n") {
                break String::from_utf8_lossy(&read[..end]).into_owned();
            }
            if stream.read_buf(&mut read).await.ok()? == 0 {
                return None;
            }
        };
        // A header identifies each call.
        let field = |name: &str| {
            let line = head
                .lines()
                .find(|line| line.to_ascii_lowercase().starts_with(name))?;
            Some(line[name.len() + 1..].trim().to_owned())
        };
        let mut what = field("x-call").unwrap();
        let page = page(&head);
        if let Some(page) = page {
            what = format!("{what} {page}");
        }
        let (came, fault) = {
            let mut seen = seen.lock().unwrap();
            let times = seen.entry(what.clone()).or_default();
            let came = times.len();
            let salt = u64::try_from(came).unwrap() << 48;
            let hash = what
                .bytes()
                .fold(seed ^ salt, |hash, byte| mixed(hash ^ u64::from(byte)));
            let fault = Fault::of(hash);
            times.push(fault);
            (came, fault)
        };
        if fault == Fault::ResetBeforeBody {
            reset(stream);
            return None;
        }
        let length: usize = field("content-length").map_or(0, |length| length.parse().unwrap());
        while read.len() < head.len() + 4 + length {
            stream.read_buf(&mut read).await.ok()?;
        }
        answer(&mut stream, came, fault, &body(page.unwrap_or(1))).await?;
        match fault {
            Fault::ResetBeforeAnswer | Fault::ResetInHead | Fault::ResetInBody => {
                reset(stream);
                return None;
            }
            Fault::ShortBody | Fault::CloseAfterwards => return None,
            _ => {}
        }
    }
}

/// The number of the requested page, if any.
fn page(head: &str) -> Option<u64> {
    let target = head.split(' ').nth(1)?;
    let mut pairs = target.split_once('?')?.1.split('&');
    pairs
        .find_map(|pair| pair.strip_prefix("page="))?
        .parse()
        .ok()
}

/// Returns how many times this was received before, and counts it.
async fn answer(stream: &mut TcpStream, came: usize, fault: Fault, body: &str) -> Option<()> {
    let json = "content-type: application/json\r\n";
    let (status, headers, body): (u16, String, Vec<u8>) = match fault {
        Fault::ResetBeforeBody | Fault::ResetBeforeAnswer => return Some(()),
        Fault::Silence => {
            tokio::time::sleep(Duration::from_secs(3600)).await;
            return None;
        }
        Fault::ResetInHead => {
            return stream
                .write_all(b"HTTP/1.1 200 OK\r\ncontent-le")
                .await
                .ok();
        }
        Fault::HalfJson => (
            200,
            json.to_owned(),
            body.as_bytes()[..body.len() / 2].to_vec(),
        ),
        Fault::HalfGzip => {
            let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            packed.write_all(body.repeat(50).as_bytes()).unwrap();
            let packed = packed.finish().unwrap();
            let half = packed[..packed.len() / 2].to_vec();
            (200, format!("{json}content-encoding: gzip\r\n"), half)
        }
        Fault::WrongType => (200, "content-type: text/html\r\n".to_owned(), body.into()),
        Fault::Html502 => {
            let page = "<html><title>502 Bad Gateway</title></html>";
            (502, "content-type: text/html\r\n".to_owned(), page.into())
        }
        Fault::Status503 => (503, String::new(), Vec::new()),
        Fault::HugeBody => (200, json.to_owned(), vec![b' '; 200_000]),
        Fault::HeaderFlood => {
            let flood = (0..400).map(|at| format!("x-flood-{at}: {at}\r\n"));
            (200, flood.collect(), body.into())
        }
        Fault::Bare429 => (429, String::new(), Vec::new()),
        Fault::Told429 => (
            429,
            "x-rate-limit-time-reset-ms: 1000\r\n".to_owned(),
            Vec::new(),
        ),
        _ => (200, json.to_owned(), body.into()),
    };
    let promised = match fault {
        Fault::ResetInBody | Fault::ShortBody | Fault::SlowBody => body.len() + 10,
        _ => body.len(),
    };
    let head = format!(
        "HTTP/1.1 {status} X\r\nx-came: {came}\r\n{headers}content-length: {promised}\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).await.ok()?;
    stream.write_all(&body).await.ok()?;
    if fault == Fault::SlowBody {
        for _ in 0..15 {
            tokio::time::sleep(Duration::from_millis(40)).await;
            stream.write_all(b" ").await.ok()?;
        }
        return None;
    }
    Some(())
}

/// Resets a connection.
fn reset(stream: TcpStream) {
    let _ = stream.set_zero_linger();
}

/// A pseudo-random number from another one (splitmix64).
pub fn mixed(number: u64) -> u64 {
    let number = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}
