//! The final records of the store, from its control page, compared with the ledgers of both clients.

use std::collections::{BTreeMap, BTreeSet};

use bigcommerce_mock::Store;
use serde_json::{Map, Value};

use crate::parallel::{ledger::Kind, worker::Worker};

/// The collections that the clients use, with their key fields.
const KINDS: [(Kind, &str); 7] = [
    ("brands", "id"),
    ("products", "id"),
    ("categories", "category_id"),
    ("customers", "id"),
    ("price_lists", "id"),
    ("carts", "id"),
    ("orders", "id"),
];

/// Unique fields, besides the keys.
const UNIQUE: [(Kind, &[&str]); 8] = [
    ("brands", &["name"]),
    ("products", &["name"]),
    ("products", &["sku"]),
    ("customers", &["email"]),
    ("price_lists", &["name"]),
    ("variants", &["sku"]),
    ("variants", &["product_id", "made_of"]),
    (
        "price_records",
        &["price_list_id", "variant_id", "currency"],
    ),
];

type Records = Vec<Map<String, Value>>;

/// The records of a store.
pub struct Kept(BTreeMap<Kind, Records>);

impl Kept {
    /// Every collection, from the control page.
    pub async fn read(store: &Store) -> Self {
        // Nothing here uses TLS, yet the client requires a provider of certificates.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let mut kept = BTreeMap::new();
        let others = ["variants", "price_records", "stock"];
        for kind in KINDS.into_iter().map(|(kind, _)| kind).chain(others) {
            let url = format!("{}/control/collections/{kind}?limit=1000000", store.url());
            let body = http.get(url).send().await.unwrap().bytes().await.unwrap();
            kept.insert(kind, serde_json::from_slice(&body).unwrap());
        }
        Self(kept)
    }

    fn keys(&self, kind: Kind, field: &str) -> BTreeSet<String> {
        let keys: Vec<String> = self.0[kind]
            .iter()
            .map(|record| plain(&record[field]))
            .collect();
        let once: BTreeSet<String> = keys.iter().cloned().collect();
        assert_eq!(once.len(), keys.len(), "{kind} are there twice");
        once
    }
}

/// Fails if the store does not have what both clients were told.
pub async fn judge(store: &Store, begins: &Kept, one: &Worker, other: &Worker) {
    let ends = Kept::read(store).await;
    for (kind, field) in KINDS {
        let mut wanted = begins.keys(kind, field);
        wanted.extend(one.ledger.keys(kind));
        wanted.extend(other.ledger.keys(kind));
        let found = ends.keys(kind, field);
        let lost: Vec<_> = wanted.difference(&found).collect();
        let left: Vec<_> = found.difference(&wanted).collect();
        assert!(
            lost.is_empty() && left.is_empty(),
            "{kind}: lost {lost:?}, left over {left:?}"
        );
        for record in &ends.0[kind] {
            let key = (kind, plain(&record[field]));
            let live = [one, other]
                .into_iter()
                .filter_map(|worker| worker.ledger.live.get(&key));
            for (name, wanted) in live.flatten() {
                holds(&ends, kind, record, name, wanted);
            }
        }
    }
    keys_are_given_once(begins, one, other);
    unique(&ends);
    references(&ends);
    stock(&ends);
    price_records(&ends, one, other);
    lists(&ends, one).await;
}

/// A field of a record has its last value; no product has a deleted brand.
fn holds(ends: &Kept, kind: Kind, record: &Map<String, Value>, name: &str, wanted: &Value) {
    let found = match (kind, name) {
        ("carts", "quantity") => {
            let lines = record["lines"].as_array().unwrap();
            lines
                .iter()
                .map(|line| line["quantity"].as_i64().unwrap())
                .sum::<i64>()
                .into()
        }
        _ => record[name].clone(),
    };
    let brand_is_gone = name == "brand_id" && !ends.keys("brands", "id").contains(&plain(wanted));
    let wanted = if brand_is_gone {
        Value::from(0)
    } else {
        wanted.clone()
    };
    let same = found == wanted || found.as_f64().is_some() && found.as_f64() == wanted.as_f64();
    assert!(
        same,
        "{kind}: {name} is {found} and not {wanted} in {record:?}"
    );
}

/// No key is assigned to two records, and later ones are greater.
fn keys_are_given_once(begins: &Kept, one: &Worker, other: &Worker) {
    for (kind, field) in KINDS {
        let made = |worker: &Worker| {
            let made = worker.ledger.made.iter().filter(|(own, _)| *own == kind);
            made.map(|(_, key)| key.clone()).collect::<Vec<String>>()
        };
        let mut seen = begins.keys(kind, field);
        for key in made(one).into_iter().chain(made(other)) {
            assert!(
                seen.insert(key.clone()),
                "{kind}: {key} was given out twice"
            );
        }
        for worker in [one, other].into_iter().filter(|_| kind != "carts") {
            let numbers: Vec<i64> = made(worker)
                .iter()
                .map(|key| key.parse().unwrap())
                .collect();
            assert!(
                numbers.is_sorted(),
                "{kind} of {}: {numbers:?}",
                worker.name
            );
        }
    }
}

fn unique(ends: &Kept) {
    for (kind, fields) in UNIQUE {
        let mut seen = BTreeMap::new();
        for record in &ends.0[kind] {
            let value: Vec<String> = fields
                .iter()
                .map(|field| plain(&record[*field]).to_lowercase())
                .collect();
            let is_empty = value.iter().any(String::is_empty);
            let before = seen.insert(value, record["id"].clone());
            assert!(
                is_empty || before.is_none(),
                "{kind}: {fields:?} of {before:?} and {record:?}"
            );
        }
    }
}

/// Nothing refers to missing records.
fn references(ends: &Kept) {
    let products = ends.keys("products", "id");
    let variants = ends.keys("variants", "id");
    let lists = ends.keys("price_lists", "id");
    let mut brands = ends.keys("brands", "id");
    brands.insert("0".to_owned());
    let named = [
        ("variants", "product_id", &products),
        ("price_records", "variant_id", &variants),
        ("price_records", "price_list_id", &lists),
        ("products", "brand_id", &brands),
    ];
    for (kind, field, there) in named {
        for record in &ends.0[kind] {
            assert!(
                there.contains(&plain(&record[field])),
                "{kind}: {field} of {record:?} is gone"
            );
        }
    }
    for product in &ends.0["products"] {
        let own = ends.0["variants"]
            .iter()
            .filter(|variant| variant["product_id"] == product["id"]);
        let own: Vec<_> = own.collect();
        assert!(!own.is_empty(), "{product:?} has no variant");
        let base = own
            .iter()
            .find(|variant| variant["id"] == product["base_variant_id"]);
        let sku = base.map_or(&product["sku"], |base| &base["sku"]);
        assert_eq!(sku, &product["sku"], "{product:?}");
    }
}

/// The catalog shows the available stock at the default location.
fn stock(ends: &Kept) {
    let products = ends.0["products"].iter();
    for product in products.filter(|product| product["inventory_tracking"] == "product") {
        let own = ends.0["stock"].iter();
        let own = own.filter(|stock| stock["product_id"] == product["id"]);
        let level: i64 = own
            .map(|own| own["available_to_sell"].as_i64().unwrap())
            .sum();
        assert_eq!(
            product["inventory_level"].as_i64(),
            Some(level),
            "{product:?}"
        );
    }
}

/// Prices that the clients set have their last values, and only races left more of them.
fn price_records(ends: &Kept, one: &Worker, other: &Worker) {
    for worker in [one, other] {
        let own = worker
            .ledger
            .live
            .iter()
            .filter(|((kind, _), _)| *kind == "price_records");
        for (key, wanted) in own {
            let mut found = ends.0["price_records"].iter().filter(|record| {
                ["price_list_id", "variant_id", "currency"]
                    .iter()
                    .all(|name| record[*name] == wanted[*name])
            });
            let found = found.next().unwrap_or_else(|| panic!("{key:?} is lost"));
            assert_eq!(found["price"].as_f64(), wanted["price"].as_f64(), "{key:?}");
        }
    }
}

/// The lists of the API have the reported number of records, and that of the store.
async fn lists(ends: &Kept, worker: &Worker) {
    let client = &worker.client;
    macro_rules! counts {
        ($kind:literal, $list:expr) => {{
            let total = $list.await.unwrap().total().unwrap();
            let items = $list.stream().into_vec().await.unwrap();
            let kept = ends.0[$kind].len();
            assert_eq!((total as usize, items.len()), (kept, kept), $kind);
        }};
    }
    counts!("products", client.products().list().limit(20));
    counts!("brands", client.brands().list().limit(20));
    counts!("categories", client.categories().list().limit(20));
    counts!("customers", client.customers().list().limit(20));
    counts!("price_lists", client.pricelists().list().limit(20));
    // Archived orders are not listed, and V2 returns no totals.
    let orders = client.orders().list().limit(20).stream().into_vec();
    let is_there = |record: &&Map<String, Value>| record["is_deleted"] == false;
    let kept = ends.0["orders"].iter().filter(is_there).count();
    assert_eq!(orders.await.unwrap().len(), kept, "orders");
}

fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}
