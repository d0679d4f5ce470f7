//! Every call over real HTTP: it is sent as the catalogue describes it, and every response that the
//! catalogue describes is understood.

mod bodies;
mod expected;
mod queries;
mod requests;
mod responses;

use bigcommerce_client::Endpoint;
use bigcommerce_tests::{
    Sent,
    generated::calls::{CHOICES, full, plain},
    rows::{Row, rows},
    server::{Answer, Received, Server, store},
};

/// The result of a call: its one request, and how the response was read.
struct Called {
    row: Row,
    asked: Received,
    sent: Sent,
}

/// Which of the two calls of an endpoint to make.
#[derive(Clone, Copy, PartialEq)]
enum Which {
    Plain,
    /// Of mutually exclusive parameters, the one at this position.
    Full(usize),
}

impl Which {
    /// Every full call.
    fn full() -> impl Iterator<Item = Self> {
        (0..CHOICES).map(Self::Full)
    }

    fn all() -> impl Iterator<Item = Self> {
        Self::full().chain([Self::Plain])
    }
}

/// Makes a call of every endpoint. The contents of the response do not matter here.
async fn call_all(which: Which) -> Vec<Called> {
    let server = Server::start(|_| Answer::empty(204)).await;
    let store = store(&server);
    let mut called = Vec::new();
    for row in rows() {
        let endpoint = Endpoint::from_id(&row.id).unwrap();
        let sent = match which {
            Which::Plain => plain(&store, endpoint).await,
            Which::Full(choice) => full(&store, endpoint, choice).await,
        };
        let mut asked = server.take();
        assert_eq!(asked.len(), 1, "{}: {asked:?}", row.id);
        let (asked, sent) = (asked.remove(0), sent.unwrap());
        called.push(Called { row, asked, sent });
    }
    called
}

/// Fails with everything that was found, if anything.
fn nothing_of(found: Vec<String>) {
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_catalogue_and_the_client_have_the_same_endpoints() {
    let rows: Vec<String> = rows().into_iter().map(|row| row.id).collect();
    let known: Vec<&str> = Endpoint::ALL.iter().map(|endpoint| endpoint.id()).collect();
    assert_eq!(rows, known);
}
