//! A server that implements HTTP/2 over TLS frame by frame, so that it can end a stream or a connection
//! before it has processed the request.

use std::{
    collections::{HashMap, VecDeque},
    io,
    net::Ipv4Addr,
    sync::{Arc, Mutex},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use tokio_rustls::TlsAcceptor;

use super::server::Authority;

/// What happens to a request.
#[derive(Clone, Copy, Debug)]
pub enum Meets {
    /// A brand is returned.
    Answer,
    /// RST_STREAM with REFUSED_STREAM: it was not processed.
    Refused,
    /// RST_STREAM with INTERNAL_ERROR: it is unknown.
    Reset,
    /// A GOAWAY whose last stream is an earlier one: it was not processed.
    GoneBefore,
    /// The same with an error code.
    FailedBefore,
    /// A GOAWAY whose last stream is this one, and the end of the connection: it is unknown.
    GoneAfter,
    /// No response, ever.
    Silence,
    /// The head of a response and half of its body, and then nothing more.
    Stalled,
    /// The same, and then RST_STREAM.
    CutShort,
    /// The same, and then the connection is closed without a GOAWAY.
    Dropped,
    /// An invalid frame: the whole connection fails.
    BadFrame,
    /// Bytes that are not a TLS record.
    BadRecord,
}

impl Meets {
    /// Whether the server has said that it did not process it.
    pub fn refuses(self) -> bool {
        matches!(self, Self::Refused | Self::GoneBefore | Self::FailedBefore)
    }
}

/// What happens to a connection before there is any request.
#[derive(Clone, Copy, Debug)]
pub enum Greets {
    Well,
    /// The handshake is never completed.
    Hangs,
    /// The connection ends where the handshake should begin.
    HangsUp,
    /// The server does not use TLS.
    Babbles,
    /// No stream may send a body, and the window is never increased.
    Shut,
}

/// A server that handles its requests in this way, in order. It stops with the runtime.
pub struct Frames {
    port: u16,
    came: Arc<Mutex<Vec<Came>>>,
}

/// A completely received request, and what happened to it.
pub type Came = (String, Meets);

/// What happens to the next connection and the next request.
pub trait Play: Send + 'static {
    fn greets(&mut self) -> Greets;
    fn meets(&mut self) -> Meets;
}

impl Play for VecDeque<Meets> {
    fn greets(&mut self) -> Greets {
        Greets::Well
    }

    fn meets(&mut self) -> Meets {
        self.pop_front().unwrap()
    }
}

type Script = Arc<Mutex<dyn Play>>;

impl Frames {
    pub async fn start(authority: &Authority, script: &[Meets]) -> Self {
        Self::play(authority, script.iter().copied().collect::<VecDeque<_>>()).await
    }

    pub async fn play(authority: &Authority, script: impl Play) -> Self {
        let acceptor = authority.acceptor("localhost", &["h2"]);
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let script: Script = Arc::new(Mutex::new(script));
        let came = Arc::default();
        let counted = Arc::clone(&came);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (script, came) = (Arc::clone(&script), Arc::clone(&counted));
                let acceptor = acceptor.clone();
                // A connection that the client closes is over.
                tokio::spawn(async move { serve(acceptor, stream, script, came).await.ok() });
            }
        });
        Self { port, came }
    }

    pub fn url(&self) -> String {
        format!("https://localhost:{}", self.port)
    }

    /// How many requests were received.
    pub fn came(&self) -> usize {
        self.came.lock().unwrap().len()
    }

    /// The received requests, in order.
    pub fn requests(&self) -> Vec<Came> {
        self.came.lock().unwrap().clone()
    }
}

const DATA: u8 = 0;
const HEADERS: u8 = 1;
const RST_STREAM: u8 = 3;
const SETTINGS: u8 = 4;
const GOAWAY: u8 = 7;
const END_STREAM: u8 = 1;
const ACK: u8 = 1;
const END_HEADERS: u8 = 4;

async fn serve(
    acceptor: TlsAcceptor,
    mut stream: TcpStream,
    script: Script,
    came: Arc<Mutex<Vec<Came>>>,
) -> io::Result<()> {
    let greets = script.lock().unwrap().greets();
    match greets {
        Greets::Well | Greets::Shut => {}
        Greets::Hangs => return std::future::pending().await,
        Greets::HangsUp => return stream.set_zero_linger(),
        Greets::Babbles => {
            return stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
        }
    }
    let mut stream = acceptor.accept(stream).await?;
    let mut bodies = HashMap::<u32, Vec<u8>>::new();
    let mut preface = [0; 24];
    stream.read_exact(&mut preface).await?;
    // Setting 4 is the initial window size of a stream.
    let settings: &[u8] = match greets {
        Greets::Shut => &[0, 4, 0, 0, 0, 0],
        _ => &[],
    };
    stream.write_all(&frame(SETTINGS, 0, 0, settings)).await?;
    loop {
        let mut head = [0; 9];
        stream.read_exact(&mut head).await?;
        let [_, a, b, kind, flags, id @ ..] = head;
        let mut payload = vec![0; usize::from(u16::from_be_bytes([a, b]))];
        stream.read_exact(&mut payload).await?;
        let id = u32::from_be_bytes(id);
        if kind == SETTINGS && flags & ACK == 0 {
            stream.write_all(&frame(SETTINGS, ACK, 0, &[])).await?;
        }
        if kind == DATA {
            bodies.entry(id).or_default().extend(&payload);
        }
        if !matches!(kind, DATA | HEADERS) || flags & END_STREAM == 0 {
            continue;
        }
        let meets = script.lock().unwrap().meets();
        let body = bodies.remove(&id).unwrap_or_default();
        let body = String::from_utf8_lossy(&body).into_owned();
        came.lock().unwrap().push((body, meets));
        let reset = |code: u32| frame(RST_STREAM, 0, id, &code.to_be_bytes());
        let away = |last: u32, code: u32| {
            frame(
                GOAWAY,
                0,
                0,
                &[last.to_be_bytes(), code.to_be_bytes()].concat(),
            )
        };
        let bytes = match meets {
            Meets::Answer => {
                let body = br#"{"data":{"id":7,"name":"Acme"},"meta":{}}"#;
                // The status 200 is in the static table of headers.
                let head = frame(HEADERS, END_HEADERS, id, &[0x88]);
                [head, frame(DATA, END_STREAM, id, body)].concat()
            }
            Meets::Refused => reset(7),
            Meets::Reset => reset(2),
            Meets::GoneBefore => away(id - 1, 0),
            Meets::FailedBefore => away(id - 1, 2),
            Meets::GoneAfter => away(id, 0),
            Meets::Silence => continue,
            Meets::Stalled | Meets::CutShort | Meets::Dropped => {
                let head = frame(HEADERS, END_HEADERS, id, &[0x88]);
                let half = frame(DATA, 0, id, br#"{"data":{"id":7,"na"#);
                let end = match meets {
                    Meets::CutShort => reset(2),
                    _ => Vec::new(),
                };
                [head, half, end].concat()
            }
            // DATA frames belong to a stream.
            Meets::BadFrame => frame(DATA, 0, 0, b"data"),
            Meets::BadRecord => {
                let (below, _) = stream.get_mut();
                below
                    .write_all(b"\x17\x03\x03\x00\x20no record that was ever sealed")
                    .await?;
                return below.shutdown().await;
            }
        };
        stream.write_all(&bytes).await?;
        match meets {
            Meets::GoneBefore | Meets::FailedBefore | Meets::GoneAfter => {
                return stream.shutdown().await;
            }
            Meets::Dropped => return stream.get_ref().0.set_zero_linger(),
            _ => {}
        }
    }
}

fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
    let mut bytes = length[1..].to_vec();
    bytes.extend([kind, flags]);
    bytes.extend(stream.to_be_bytes());
    bytes.extend(payload);
    bytes
}
