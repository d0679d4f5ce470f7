//! A single-click app as a web server: installed, opened and uninstalled by merchants, with webhooks
//! for what happens in their stores.
//!
//! ```sh
//! CLIENT_ID=... CLIENT_SECRET=... PUBLIC_URL=https://app.example.com \
//!     cargo run --example app --features axum
//! ```
//!
//! It listens on `127.0.0.1:3000`, or where `LISTEN` says; BigCommerce has to reach it at `PUBLIC_URL`.
//! `LOGIN_URL` and `BASE_URL` point to a mock store instead.

#[path = "support/hooks.rs"]
mod hooks;
mod support;

use std::{env, process::ExitCode, sync::Arc};

use axum::Router;
use axum::extract::{FromRef, RawQuery, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use bigcommerce_client::Scope;
use bigcommerce_client::app::{App, Grant, InstallError, MemoryTokens, TokenStore};
use bigcommerce_client::events::EventData;
use bigcommerce_client::webhook::{Seen, VerifiedDelivery, Verifier};
use support::Failure;
use tokio::{net::TcpListener, signal};

#[derive(Clone)]
struct Server {
    app: App,
    tokens: Arc<MemoryTokens>, // Use a database in production.
    verifier: Verifier,
    seen: Arc<Seen>,
    hooks_url: String,
}

impl FromRef<Server> for Verifier {
    fn from_ref(server: &Server) -> Self {
        server.verifier.clone()
    }
}

type Page = (StatusCode, String);

/// The merchant has agreed. The token is stored before the browser gets its page.
async fn auth(State(server): State<Server>, RawQuery(query): RawQuery) -> Page {
    let query = query.unwrap_or_default();
    match server.app.install(&query, &server.tokens).await {
        Ok(grant) => match subscribe(&server, &grant).await {
            Ok(()) => (StatusCode::OK, "Welcome.".to_owned()),
            Err(error) => (StatusCode::BAD_GATEWAY, error.to_string()),
        },
        Err(error @ InstallError::Callback(_)) => (StatusCode::BAD_REQUEST, error.to_string()),
        Err(error) => (StatusCode::BAD_GATEWAY, error.to_string()),
    }
}

/// One hook for every event of orders.
async fn subscribe(server: &Server, grant: &Grant) -> Result<(), Failure> {
    let mut store = grant.client_builder();
    if let Ok(url) = env::var("BASE_URL") {
        store = store.base_url(url);
    }
    hooks::subscribe(&store.build()?, &server.hooks_url).await
}

/// A user opens the app in a store's control panel.
async fn load(State(server): State<Server>, RawQuery(query): RawQuery) -> Page {
    let opened = match server.app.load(&query.unwrap_or_default()) {
        Ok(opened) => opened,
        Err(error) => return (StatusCode::UNAUTHORIZED, error.to_string()),
    };
    let user = opened.user.email.unwrap_or_default();
    match server.tokens.get(&opened.store_hash).await {
        Ok(Some(_)) => (StatusCode::OK, format!("Hello, {user}.")),
        Ok(None) => (StatusCode::NOT_FOUND, "Not installed here.".to_owned()),
        Err(never) => match never {},
    }
}

async fn uninstall(State(server): State<Server>, RawQuery(query): RawQuery) -> StatusCode {
    let query = query.unwrap_or_default();
    match server.app.uninstall(&query, &server.tokens).await {
        Ok(_) => StatusCode::NO_CONTENT,
        Err(_) => StatusCode::UNAUTHORIZED,
    }
}

/// Only verified deliveries arrive here. Real work belongs in a queue: BigCommerce does not wait long.
async fn receive(State(server): State<Server>, delivery: VerifiedDelivery) -> StatusCode {
    if server.seen.is_new(&delivery) {
        let store = delivery.store_hash().unwrap_or("?");
        match (&delivery.data, delivery.id()) {
            (EventData::OrderCreated(_), Some(id)) => println!("{store}: order {id} is new"),
            _ => println!("{store}: {}", delivery.scope),
        }
    }
    StatusCode::NO_CONTENT
}

#[tokio::main]
async fn main() -> ExitCode {
    support::ended(run().await)
}

async fn run() -> Result<ExitCode, Failure> {
    support::no_arguments("app")?;
    let (id, secret) = (
        support::variable("CLIENT_ID")?,
        support::variable("CLIENT_SECRET")?,
    );
    let url = support::variable("PUBLIC_URL")?;
    let mut app = App::builder(id, secret.as_str(), format!("{url}/auth"))
        .scopes([Scope::OrdersRead, Scope::InformationModify]);
    if let Ok(url) = env::var("LOGIN_URL") {
        app = app.login_url(url);
    }
    let server = Server {
        app: app.build()?,
        tokens: Arc::default(),
        verifier: Verifier::new(secret),
        seen: Arc::new(Seen::new(100_000)),
        hooks_url: format!("{url}/hooks"),
    };
    let address = env::var("LISTEN").unwrap_or_else(|_| "127.0.0.1:3000".to_owned());
    let listener = TcpListener::bind(&address).await;
    let listener = listener.map_err(|error| format!("{address}: {error}"))?;
    println!("listening on {}", listener.local_addr()?);
    println!("install it at {}", server.app.install_url());
    let router = Router::new()
        .route("/auth", get(auth))
        .route("/load", get(load))
        .route("/uninstall", get(uninstall))
        .route("/hooks", post(receive))
        .with_state(server);
    let ctrl_c = async { drop(signal::ctrl_c().await) };
    axum::serve(listener, router)
        .with_graceful_shutdown(ctrl_c)
        .await?;
    Ok(ExitCode::SUCCESS)
}
