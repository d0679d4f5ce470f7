//! Sets the prices of variants from a CSV file, such as `export_products` writes. Its columns are `price`
//! and one or more of `sku`, `variant_id` and `product_id`, which must agree; a product that is named
//! alone has one variant.
//!
//! ```sh
//! STORE_HASH=abc123 ACCESS_TOKEN=... cargo run --example sync_prices prices.csv --dry-run
//! ```
//!
//! Each row gets a line with its result; the exit code is 0 if the store then has every price of the
//! file. With `--dry-run` nothing is changed. The token needs the scope `store_v2_products` (Products:
//! modify), and the read-only one for a dry run. `BASE_URL` points to a mock store.

#[path = "support/prices.rs"]
mod prices;
mod support;

use std::{
    collections::{HashMap, HashSet},
    process::ExitCode,
};

use bigcommerce_client::{
    Client,
    bulk::Fate,
    products::ProductInclude,
    rust_decimal::Decimal,
    variants::{Variant, VariantBatchUpdate},
};
use prices::{Found, Key};
use support::Failure;

/// How many variants a product includes; if it has more, their list is requested.
const INCLUDED: usize = 10;

#[tokio::main]
async fn main() -> ExitCode {
    support::ended(sync().await)
}

async fn sync() -> Result<ExitCode, Failure> {
    let mut paths = support::arguments("sync_prices FILE [--dry-run]");
    let dry = paths.iter().position(|argument| argument == "--dry-run");
    dry.map(|at| paths.remove(at));
    let [path] = paths.as_slice() else {
        return Err("name one CSV file, and --dry-run to change nothing".into());
    };
    let rows = prices::read(path).map_err(|error| format!("{path}: {error}"))?;
    let store = support::connect()?;
    let found = find(&store, rows.iter().flat_map(|row| &row.keys)).await?;

    let (mut all_taken, mut changes, mut named) = (true, Vec::new(), HashSet::new());
    for row in rows {
        match (row.variants(&found)?.as_slice(), row.price) {
            ([], _) => {
                println!("{row}: no variant of the store has it");
                all_taken = false;
            }
            ([variant], _) if !named.insert(variant.id) => {
                return Err(format!("{row} is a variant that the file names twice").into());
            }
            ([variant], price) if variant.price == Some(price) => {
                println!("{row}: has {price} already");
            }
            ([variant], price) => changes.push((row, price, *variant)),
            (several, _) => {
                let many = several.len();
                println!("{row}: has {many} variants; name one by its variant_id or its sku");
                all_taken = false;
            }
        }
    }
    if dry.is_some() {
        for (row, price, variant) in &changes {
            println!("{row}: {} would become {price}", shown(variant.price));
        }
        return Ok(support::exit(all_taken));
    }

    // Batches of the size that the API accepts, within the store's quota. A rejected batch is sent
    // again in parts, until the invalid items are alone.
    let batch = changes
        .iter()
        .map(|(_, price, variant)| VariantBatchUpdate::new(variant.id).price(*price));
    let report = store.variants().update_all(batch).await?;
    for ((row, price, variant), (_, fate)) in changes.iter().zip(report.iter()) {
        let before = shown(variant.price);
        println!("{row}: {before} to {price}, {}", told(fate));
    }
    if let Some(error) = report.stopped() {
        eprintln!("{error}");
    }
    Ok(support::exit(all_taken && report.is_complete()))
}

/// Reads the products until all variants are found, or there are no more.
async fn find(
    store: &Client,
    keys: impl Iterator<Item = &Key>,
) -> Result<HashMap<Key, Vec<Found>>, bigcommerce_client::Error> {
    let mut missing: HashSet<Key> = keys.cloned().collect();
    let mut found: HashMap<Key, Vec<Found>> = HashMap::new();
    let list = store.products().list().include([ProductInclude::Variants]);
    let mut products = list.stream();
    while !missing.is_empty()
        && let Some(product) = products.try_next().await?
    {
        let mut variants: Vec<Variant> = product.variants.to_vec();
        if variants.len() >= INCLUDED {
            let all = store.products().variants(product.id).list().stream();
            variants = all.into_vec().await?;
        }
        let of_product = missing.take(&Key::Product(product.id));
        for variant in variants {
            // A variant without its own price has the product's.
            let price = variant.price.as_ref().or(product.price.as_ref());
            let price = price.and_then(|price| price.value());
            let id = variant.id;
            let own = [Some(Key::Variant(id)), variant.sku.map(Key::Sku)];
            let own = own.iter().flatten().filter_map(|key| missing.take(key));
            for key in own.chain(of_product.clone()) {
                found.entry(key).or_default().push(Found { id, price });
            }
        }
    }
    Ok(found)
}

/// The result of a change.
fn told<T>(fate: &Fate<T>) -> String {
    match fate {
        Fate::Done(_) => "taken".to_owned(),
        Fate::Refused(problem) => {
            let fields = problem.fields.iter();
            let fields = fields.map(|field| format!("; {}: {}", field.field, field.message));
            let title = problem.title.as_deref().unwrap_or("no reason was given");
            format!("refused: {title}{}", fields.collect::<String>())
        }
        Fate::Failed(error) => format!("failed: {error}"),
        Fate::Unclear(_) => {
            "perhaps not accepted: the API did not say which of a batch failed".into()
        }
        _ => "not sent".to_owned(),
    }
}

fn shown(price: Option<Decimal>) -> String {
    price.map_or_else(|| "no price".to_owned(), |price| price.to_string())
}
