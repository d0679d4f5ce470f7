//! Many items in as many calls as needed: no call is too large, no item is lost, none that may have
//! been accepted is sent twice, and each has a fate.

mod batches;
mod ends;
mod refusals;
mod repeats;

use std::collections::BTreeMap;

use bigcommerce_client::{
    bulk::{Fate, Report},
    customers::{CustomerCreate, CustomerUpdate},
    products::{ProductImageUpdate, ProductUpdate},
};
use bigcommerce_tests::server::{Answer, Received};
use serde_json::{Value, json};

fn ids(asked: &Received) -> Vec<i64> {
    let body: Value = serde_json::from_slice(&asked.body).unwrap();
    let items = body.as_array().unwrap().iter();
    items.map(|item| item["id"].as_i64().unwrap()).collect()
}

fn taken(ids: &[i64]) -> Answer {
    let data: Vec<_> = ids.iter().map(|id| json!({ "id": id })).collect();
    Answer::json(200, json!({ "data": data, "meta": {} }).to_string())
}

fn changes(ids: impl IntoIterator<Item = i64>) -> impl Iterator<Item = CustomerUpdate> {
    ids.into_iter()
        .map(|id| CustomerUpdate::new(id).company("Acme"))
}

fn fates<I, T>(report: &Report<I, T>) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for (_, fate) in report.iter() {
        let name = match fate {
            Fate::Done(Some(_)) => "done, told",
            Fate::Done(None) => "done",
            Fate::Refused(_) => "refused",
            Fate::Failed(_) => "failed",
            Fate::Unclear(_) => "unclear",
            Fate::NotAttempted => "not attempted",
            _ => "unknown",
        };
        *counts.entry(name).or_default() += 1;
    }
    counts
}

fn emails(asked: &Received) -> Vec<String> {
    let body: Value = serde_json::from_slice(&asked.body).unwrap();
    let items = body.as_array().unwrap().iter();
    let email = |it: &Value| it["email"].as_str().unwrap().to_owned();
    items.map(email).collect()
}

fn customers(count: usize) -> impl Iterator<Item = CustomerCreate> {
    (0..count).map(|n| {
        CustomerCreate::new()
            .email(format!("{n}@example.com"))
            .first_name("A")
            .last_name("B")
    })
}

/// Updates of this many products' prices, with a new image in the second batch.
fn prices(count: i64) -> impl Iterator<Item = ProductUpdate> {
    (1..=count).map(|id| {
        let change = ProductUpdate::new().id(id).price(25);
        match id {
            15 => change.images([ProductImageUpdate::new().image_url("https://example.com/a.jpg")]),
            _ => change,
        }
    })
}
