//! The client against the mock store, through whole scenarios: neither was written from the other, so
//! where they agree, both have read the API in the same way. Every group of calls is used here.

mod access;
mod bulk;
mod catalogue;
mod copies;
mod every_call;
mod faults;
mod files_elsewhere;
mod hooks;
mod install;
mod large_files;
mod lists;
mod metafields;
mod orders;
mod parts;
mod prices;
mod promotions;
mod quota;
mod refusals;
mod settings;

use bigcommerce_client::{Client, ClientBuilder};
use bigcommerce_mock::{Plan, Store};

/// A store with this many products and no quota, and a client of it.
async fn shop(products: usize) -> (Store, Client) {
    let store = Store::builder().products(products).plan(Plan::Enterprise);
    let store = store.start().await.unwrap();
    let client = builder(&store, store.token()).build().unwrap();
    (store, client)
}

/// A client of the store with this token and custom settings.
fn builder(store: &Store, token: &str) -> ClientBuilder {
    Client::builder(store.hash(), token).base_url(store.url())
}

/// How many times the store received this call.
fn asked(store: &Store, endpoint: &str) -> usize {
    let log = store.log();
    let asked = log
        .iter()
        .filter(|logged| logged.endpoint == Some(endpoint));
    asked.count()
}
