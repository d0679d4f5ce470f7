//! The extractor in a real axum server, over a real socket.

use std::{net::Ipv4Addr, sync::Arc, time::Duration};

use axum::{Router, extract::FromRef, http::StatusCode, routing::post};
use bigcommerce_client::webhook::{Signer, Timestamp, VerifiedDelivery, Verifier};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::mpsc,
    task::JoinHandle,
    time::timeout,
};

const BODY: &[u8] = br#"{"scope":"store/order/created","data":{"type":"order","id":250}}"#;

struct Running {
    address: std::net::SocketAddr,
    received: mpsc::UnboundedReceiver<VerifiedDelivery>,
    task: JoinHandle<()>,
}

/// A state that contains other things besides the verifier.
#[derive(Clone)]
struct State {
    verifier: Verifier,
    queue: Arc<mpsc::UnboundedSender<VerifiedDelivery>>,
}

impl FromRef<State> for Verifier {
    fn from_ref(state: &State) -> Self {
        state.verifier.clone()
    }
}

async fn receive(
    axum::extract::State(state): axum::extract::State<State>,
    delivery: VerifiedDelivery,
) -> StatusCode {
    assert_eq!(delivery.scope, "store/order/created");
    match state.queue.send(delivery) {
        Ok(()) => StatusCode::NO_CONTENT,
        Err(_) => StatusCode::SERVICE_UNAVAILABLE,
    }
}

async fn start() -> Running {
    let (queue, received) = mpsc::unbounded_channel();
    let state = State {
        verifier: Verifier::new("secret").max_body(4096),
        queue: Arc::new(queue),
    };
    let app = Router::new()
        .route("/hooks", post(receive))
        .with_state(state);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let task = tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    Running {
        address,
        received,
        task,
    }
}

/// Posts bytes as they are and returns the response, head and body.
async fn post_raw(
    server: &Running,
    headers: &[(&str, &str)],
    length: usize,
    body: &[u8],
) -> String {
    let mut head = format!(
        "POST /hooks HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: {length}\r\n"
    );
    for (name, value) in headers {
        head += &format!("{name}: {value}\r\n");
    }
    head += "\r\n";
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    // A server that has already responded may have closed its side.
    let _ = stream.write_all(body).await;
    if body.len() < length {
        let _ = stream.shutdown().await;
    }
    let mut answer = Vec::new();
    let read = stream.read_to_end(&mut answer);
    let _ = timeout(Duration::from_secs(10), read).await.unwrap();
    String::from_utf8(answer).unwrap()
}

fn status(answer: &str) -> u16 {
    answer
        .split(' ')
        .nth(1)
        .and_then(|s| s.parse().ok())
        .unwrap_or(0)
}

#[tokio::test]
async fn a_signed_delivery_reaches_the_handler() {
    let mut server = start().await;
    let signed = Signer::new("secret").sign("msg_1", Timestamp::now(), BODY);
    let answer = post_raw(&server, &signed.pairs(), BODY.len(), BODY).await;
    assert_eq!(status(&answer), 204, "{answer}");
    let delivery = server.received.recv().await.unwrap();
    assert_eq!(delivery.id.as_deref(), Some("msg_1"));
    assert_eq!(delivery.body, BODY);
    assert_eq!(
        delivery.event,
        Some(bigcommerce_client::Event::OrderCreated)
    );
    assert!(delivery.sent_at.is_some());
    let (shown, length) = (format!("{delivery:?}"), BODY.len());
    assert!(shown.contains(&format!("body_bytes: {length}")), "{shown}");
    assert!(!shown.contains(r#"\"data\""#), "{shown}");
    server.task.abort();
}

#[tokio::test]
async fn a_delivery_with_wrong_headers_is_rejected_before_its_body_arrives() {
    let server = start().await;
    let old = Timestamp::now() - Duration::from_secs(600);
    let signed = Signer::new("secret").sign("msg_1", old, BODY);
    let many = ["v1,eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHg="; 9].join(" ");
    let signed = signed.pairs();
    let flooded = [
        ("webhook-id", "msg_1"),
        signed[1],
        ("webhook-signature", &*many),
    ];
    let good = Signer::new("secret").sign("msg_1", Timestamp::now(), BODY);
    let large: &[_] = &good.pairs();
    for (headers, length, expected) in [
        (&[][..], BODY.len(), 401),
        (&signed[..], BODY.len(), 401),
        (&flooded[..], BODY.len(), 401),
        (large, 4097, 413),
    ] {
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        let mut head = format!("POST /hooks HTTP/1.1\r\nhost: x\r\ncontent-length: {length}\r\n");
        for (name, value) in headers {
            head += &format!("{name}: {value}\r\n");
        }
        stream.write_all((head + "\r\n").as_bytes()).await.unwrap();
        let mut answer = [0; 12];
        let read = stream.read_exact(&mut answer);
        timeout(Duration::from_secs(10), read)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(status(std::str::from_utf8(&answer).unwrap()), expected);
    }
    server.task.abort();
}

#[tokio::test]
async fn what_is_not_genuine_is_answered_by_a_status_alone_and_reaches_no_handler() {
    let mut server = start().await;
    let now = Timestamp::now();
    let sign = |secret: &str, at, body: &[u8]| Signer::new(secret).sign("msg_1", at, body);
    let large = [b" ".repeat(4097).as_slice(), BODY].concat();
    let fits = [b" ".repeat(4096 - BODY.len()).as_slice(), BODY].concat();
    let old = now - Duration::from_secs(600);
    let cases: [(&str, _, &[u8], usize, u16); 7] = [
        ("forged", sign("other", now, BODY), BODY, 0, 401),
        ("replayed", sign("secret", old, BODY), BODY, 0, 401),
        ("changed", sign("secret", now, b"{}"), BODY, 0, 401),
        ("too large", sign("secret", now, &large), &large, 0, 413),
        (
            "as large as allowed",
            sign("secret", now, &fits),
            &fits,
            0,
            204,
        ),
        ("no delivery", sign("secret", now, b"{}"), b"{}", 0, 422),
        ("cut short", sign("secret", now, BODY), BODY, 10, 400),
    ];
    for (name, signed, body, missing, expected) in &cases {
        let length = body.len() + missing;
        let answer = post_raw(&server, &signed.pairs(), length, body).await;
        // There may be nobody to respond to when the sender disconnects.
        if *missing == 0 || !answer.is_empty() {
            assert_eq!(status(&answer), *expected, "{name}: {answer}");
            let (_, body) = answer.split_once("\r\n\r\n").unwrap();
            assert_eq!(body, "", "{name}");
        }
    }
    let answer = post_raw(&server, &[], BODY.len(), BODY).await;
    assert_eq!(status(&answer), 401);
    server.task.abort();
    assert!(
        server.received.recv().await.is_some(),
        "the one that is allowed"
    );
    assert!(server.received.try_recv().is_err());
}
