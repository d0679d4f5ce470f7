//! The client against the mock store, through whole stories: neither was written from the other, so
//! what both agree on is how each reads the API. Every group of calls is used here.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a panic is how a test fails"
)]

#[path = "end_to_end/access.rs"]
mod access;
#[path = "end_to_end/bulk.rs"]
mod bulk;
#[path = "end_to_end/catalogue.rs"]
mod catalogue;
#[path = "end_to_end/every_call.rs"]
mod every_call;
#[path = "end_to_end/faults.rs"]
mod faults;
#[path = "end_to_end/hooks.rs"]
mod hooks;
#[path = "end_to_end/install.rs"]
mod install;
#[path = "end_to_end/lists.rs"]
mod lists;
#[path = "end_to_end/orders.rs"]
mod orders;
#[path = "end_to_end/prices.rs"]
mod prices;
#[path = "end_to_end/quota.rs"]
mod quota;
#[path = "end_to_end/refusals.rs"]
mod refusals;

use bigcommerce_client::{Client, ClientBuilder};
use bigcommerce_mock::{Plan, Store};

/// A store with so many products, that takes any number of requests, and a client of it.
async fn shop(products: usize) -> (Store, Client) {
    let store = Store::builder().products(products).plan(Plan::Enterprise);
    let store = store.start().await.unwrap();
    let client = builder(&store, store.token()).build().unwrap();
    (store, client)
}

/// A client of the store with this token and settings of its own.
fn builder(store: &Store, token: &str) -> ClientBuilder {
    Client::builder(store.hash(), token).base_url(store.url())
}

/// How often the store was asked for this call.
fn asked(store: &Store, endpoint: &str) -> usize {
    let log = store.log();
    let asked = log
        .iter()
        .filter(|logged| logged.endpoint == Some(endpoint));
    asked.count()
}
