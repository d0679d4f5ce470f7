//! Receives the webhooks of a store's orders: verifies each delivery, accepts it once, responds at once,
//! and does the work from a queue.
//!
//! ```sh
//! STORE_HASH=abc123 ACCESS_TOKEN=... CLIENT_SECRET=... PUBLIC_URL=https://hooks.example.com \
//!     cargo run --example webhook_receiver --features axum
//! ```
//!
//! It listens on `127.0.0.1:3000`, or where `LISTEN` says. BigCommerce has to reach it at `PUBLIC_URL`;
//! if that is set, a hook on `store/order/*` sends events there. `CLIENT_SECRET` belongs to the API
//! account of the token, which needs the scopes `store_v2_orders_read_only` (Orders: read-only) and, to
//! make the hook, `store_v2_information` (Information & Settings: modify). `BASE_URL` points to a mock
//! store.

#[path = "support/hooks.rs"]
mod hooks;
mod support;

use std::{env, process::ExitCode, sync::Arc};

use axum::{
    Router,
    extract::{FromRef, State},
    http::StatusCode,
    routing::post,
};
use bigcommerce_client::{
    Client,
    webhook::{Delivery, Seen, VerifiedDelivery, Verifier},
};
use support::Failure;
use tokio::{net::TcpListener, signal, sync::mpsc};

/// How many deliveries may wait to be processed; any more are rejected, and BigCommerce retries them.
const WAITING: usize = 1_000;
/// How many deliveries are remembered, to detect duplicates.
const REMEMBERED: usize = 100_000;

#[derive(Clone)]
struct Receiver {
    verifier: Verifier,
    seen: Arc<Seen>,
    queue: mpsc::Sender<Delivery>,
}

impl FromRef<Receiver> for Verifier {
    fn from_ref(receiver: &Receiver) -> Self {
        receiver.verifier.clone()
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    support::ended(run().await)
}

async fn run() -> Result<ExitCode, Failure> {
    support::no_arguments("webhook_receiver")?;
    let store = support::connect()?;
    let (queue, waiting) = mpsc::channel(WAITING);
    let receiver = Receiver {
        verifier: Verifier::new(support::variable("CLIENT_SECRET")?),
        seen: Arc::new(Seen::new(REMEMBERED)),
        queue,
    };
    let address = env::var("LISTEN").unwrap_or_else(|_| "127.0.0.1:3000".to_owned());
    let listener = TcpListener::bind(&address).await;
    let listener = listener.map_err(|error| format!("{address}: {error}"))?;
    println!("listening on {}", listener.local_addr()?);
    if let Ok(url) = env::var("PUBLIC_URL") {
        hooks::subscribe(&store, &format!("{url}/hooks")).await?;
        println!("a webhook sends events to {url}/hooks");
    }

    let router = Router::new()
        .route("/hooks", post(receive))
        .with_state(receiver);
    let work = tokio::spawn(work(store, waiting));
    let ctrl_c = async { drop(signal::ctrl_c().await) };
    axum::serve(listener, router)
        .with_graceful_shutdown(ctrl_c)
        .await?;
    // No more deliveries are accepted; the waiting ones are still processed.
    work.await?;
    println!("stopped");
    Ok(ExitCode::SUCCESS)
}

/// Only deliveries with a valid signature arrive here; others get a 401.
async fn receive(State(receiver): State<Receiver>, delivery: VerifiedDelivery) -> StatusCode {
    if !receiver.seen.is_new(&delivery) {
        return StatusCode::NO_CONTENT;
    }
    match receiver.queue.try_send(delivery.delivery) {
        Ok(()) => StatusCode::NO_CONTENT,
        Err(full) => {
            receiver.seen.forget(&full.into_inner());
            StatusCode::SERVICE_UNAVAILABLE
        }
    }
}

/// The work. Deliveries say that something happened, and come in no particular order: only the API
/// knows the current state of an order.
async fn work(store: Client, mut waiting: mpsc::Receiver<Delivery>) {
    while let Some(delivery) = waiting.recv().await {
        let scope = &delivery.scope;
        let Some(id) = delivery.id().and_then(|id| id.as_i64()) else {
            println!("{scope}");
            continue;
        };
        match store.orders().get(id).await {
            Ok(order) => println!(
                "{scope}: order {id} is {}",
                order.status.unwrap_or_default()
            ),
            Err(error) => eprintln!("{scope}: order {id}: {error}"),
        }
    }
}
