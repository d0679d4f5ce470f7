//! Lists from servers that contradict themselves, fail on large pages, or are requested with more ids
//! than fit into a URL: complete or an error, and never an item twice.

mod contradictions;
mod heavy;
mod ids;

use bigcommerce_tests::server::Received;
use serde_json::{Value, json};

fn number(asked: &Received, key: &str) -> Option<i64> {
    let pairs = asked.pairs();
    let found = pairs.iter().find(|(name, _)| *name == key);
    found.map(|(_, value)| value.parse().unwrap())
}

fn data(ids: impl IntoIterator<Item = i64>) -> Vec<Value> {
    ids.into_iter().map(|id| json!({ "id": id })).collect()
}
