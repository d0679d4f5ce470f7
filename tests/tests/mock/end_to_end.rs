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

use bigcommerce_mock::Store;
use bigcommerce_tests::shop::{builder, shop};

/// How many times the store received this call.
fn asked(store: &Store, endpoint: &str) -> usize {
    let log = store.log();
    let asked = log
        .iter()
        .filter(|logged| logged.endpoint == Some(endpoint));
    asked.count()
}
