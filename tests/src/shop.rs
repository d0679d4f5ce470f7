//! A mock store without a quota, and clients of it.

use bigcommerce_client::{Client, ClientBuilder};
use bigcommerce_mock::{Plan, Store};

/// A store with this many products and no quota, and a client of it.
///
/// # Panics
///
/// If it cannot be started.
pub async fn shop(products: usize) -> (Store, Client) {
    let store = Store::builder().products(products).plan(Plan::Enterprise);
    let store = match store.start().await {
        Ok(store) => store,
        Err(error) => crate::fail(&error.to_string()),
    };
    let client = match builder(&store, store.token()).build() {
        Ok(client) => client,
        Err(error) => crate::fail(&error.to_string()),
    };
    (store, client)
}

/// A client of the store with this token and custom settings.
pub fn builder(store: &Store, token: &str) -> ClientBuilder {
    Client::builder(store.hash(), token).base_url(store.url())
}
