//! A client that only reads has the reads, and none of the writes.

use bigcommerce_client::Client;

fn call(store: &Client) {
    let reader = store.read_only();
    let _ = reader.brands().list();
    let _ = reader.brands().delete(7);
    let _ = reader.raw("/v3/catalog/summary");
}

fn main() {}
