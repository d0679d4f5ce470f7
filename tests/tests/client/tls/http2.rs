//! A server that speaks HTTP/2 over TLS frame by frame, so that it can end a stream or a connection before
//! it has looked at what was sent.

use std::{
    collections::VecDeque,
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

/// What a request meets.
#[derive(Clone, Copy, Debug)]
pub enum Meets {
    /// A brand.
    Answer,
    /// RST_STREAM with REFUSED_STREAM: it was not processed.
    Refused,
    /// RST_STREAM with INTERNAL_ERROR: nobody knows.
    Reset,
    /// A GOAWAY whose last stream is one before: it was not processed.
    GoneBefore,
    /// The same with an error beside it.
    FailedBefore,
    /// A GOAWAY whose last stream is this one, and the end of the connection: nobody knows.
    GoneAfter,
}

/// A server that treats its requests in that order. It ends with the runtime.
pub struct Frames {
    port: u16,
    came: Arc<Mutex<usize>>,
}

type Script = Arc<Mutex<VecDeque<Meets>>>;

impl Frames {
    pub async fn start(authority: &Authority, script: &[Meets]) -> Self {
        let acceptor = authority.acceptor("localhost", &["h2"]);
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let script = Script::new(Mutex::new(script.iter().copied().collect()));
        let came = Arc::default();
        let counted = Arc::clone(&came);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (script, came) = (Arc::clone(&script), Arc::clone(&counted));
                let acceptor = acceptor.clone();
                // A connection that the client ends is over.
                tokio::spawn(async move { serve(acceptor, stream, script, came).await.ok() });
            }
        });
        Self { port, came }
    }

    pub fn url(&self) -> String {
        format!("https://localhost:{}", self.port)
    }

    /// How many requests came.
    pub fn came(&self) -> usize {
        *self.came.lock().unwrap()
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
    stream: TcpStream,
    script: Script,
    came: Arc<Mutex<usize>>,
) -> io::Result<()> {
    let mut stream = acceptor.accept(stream).await?;
    let mut preface = [0; 24];
    stream.read_exact(&mut preface).await?;
    stream.write_all(&frame(SETTINGS, 0, 0, &[])).await?;
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
        if !matches!(kind, DATA | HEADERS) || flags & END_STREAM == 0 {
            continue;
        }
        *came.lock().unwrap() += 1;
        let meets = script.lock().unwrap().pop_front().unwrap();
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
                // The status 200 has a place in the static table of headers.
                let head = frame(HEADERS, END_HEADERS, id, &[0x88]);
                [head, frame(DATA, END_STREAM, id, body)].concat()
            }
            Meets::Refused => reset(7),
            Meets::Reset => reset(2),
            Meets::GoneBefore => away(id - 1, 0),
            Meets::FailedBefore => away(id - 1, 2),
            Meets::GoneAfter => away(id, 0),
        };
        stream.write_all(&bytes).await?;
        if matches!(
            meets,
            Meets::GoneBefore | Meets::FailedBefore | Meets::GoneAfter
        ) {
            return stream.shutdown().await;
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
