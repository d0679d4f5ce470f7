//! Sets prices from a CSV file, such as `export_products` writes. Its columns are `price` and one or more of
//! `sku`, `variant_id` and `product_id`, which must belong together. A row that identifies a product sets the
//! price of the product, which is that of each variant without its own. Other rows set the price of a variant.
//! The SKU of a product with one variant, without a `product_id`, identifies the variant if it has its own price.
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
    bulk::Report,
    products::{ProductInclude, ProductUpdate},
    variants::{Variant, VariantBatchUpdate},
};
use prices::{Change, Found, Key, Target};
use support::Failure;

/// How many variants a product includes; if it has more, their list is requested.
const INCLUDED: usize = 10;

#[tokio::main]
async fn main() -> ExitCode {
    support::ended(sync().await)
}

async fn sync() -> Result<ExitCode, Failure> {
    let arguments = support::arguments("sync_prices FILE [--dry-run]");
    let (dry, arguments) = support::flag(arguments, "--dry-run");
    let Some(path) = support::one(&arguments) else {
        return Err("name one CSV file, and --dry-run to change nothing".into());
    };
    let rows = prices::read(path).map_err(|error| format!("{path}: {error}"))?;
    let store = support::connect()?;
    let found = find(&store, rows.iter().flat_map(|row| &row.keys)).await?;

    let (mut complete, mut rest, mut named) = (true, Vec::new(), HashSet::new());
    for row in rows {
        match row.find(&found)? {
            None => {
                println!("{row}: not found in the store");
                complete = false;
            }
            Some(found) if !named.insert(found.target) => {
                return Err(format!("{row}: the file sets this price twice").into());
            }
            Some(found) => rest.push(Change { row, found }),
        }
    }
    // A variant without its own price would get the new one of its product.
    let moved: HashSet<i64> = rest
        .iter()
        .filter(|it| !it.is_done())
        .filter_map(Change::product)
        .collect();
    let stays = |it: &Change| it.found.inherits.is_none_or(|id| !moved.contains(&id));
    let (same, changes): (Vec<Change>, Vec<Change>) =
        rest.into_iter().partition(|it| it.is_done() && stays(it));
    for it in &same {
        println!("{it}: already has the price {}", it.row.price);
    }
    if dry {
        for it in &changes {
            println!("{it}: {} would become {}", it.before(), it.row.price);
        }
        return Ok(support::exit(complete));
    }

    // Batches of the size that the API accepts, within the store's quota. A rejected batch is sent
    // again in parts, until the invalid items are alone.
    let (mut products, mut of_products, mut variants, mut of_variants) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for it in &changes {
        match it.found.target {
            Target::Product { id, .. } => {
                products.push(it);
                of_products.push(ProductUpdate::new().id(id).price(it.row.price));
            }
            Target::Variant(id) => {
                variants.push(it);
                of_variants.push(VariantBatchUpdate::new(id).price(it.row.price));
            }
        }
    }
    // Variants first, so that those without their own price have one before that of their product changes.
    complete &= told(&variants, &store.variants().update_all(of_variants).await?);
    complete &= told(&products, &store.products().update_all(of_products).await?);
    Ok(support::exit(complete))
}

/// Prints the result of each change, and returns whether all of them were accepted.
fn told<I, T>(changes: &[&Change], report: &Report<I, T>) -> bool {
    for (it, (_, fate)) in changes.iter().zip(report) {
        let (before, fate) = (it.before(), support::fate(fate));
        println!("{it}: {before} to {}, {fate}", it.row.price);
    }
    if let Some(error) = report.stopped() {
        eprintln!("{}", support::told(error));
    }
    report.is_complete()
}

/// Reads the products until everything is found, or there are no more.
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
        let base = product.price.as_ref();
        let whole = Found {
            target: Target::Product {
                id: product.id,
                variants: variants.len(),
            },
            price: base.and_then(|price| price.value()),
            inherits: None,
        };
        let sku = product.sku.clone().map(Key::Sku);
        let is_variants = |it: &Variant| it.sku.clone().map(Key::Sku) == sku;
        let is_own = variants.len() == 1 || !variants.iter().any(is_variants);
        let id = missing.take(&Key::Product(product.id));
        let sku = sku.filter(|sku| is_own && missing.contains(sku));
        for variant in variants {
            let price = variant.price.as_ref().or(base);
            let one = Found {
                target: Target::Variant(variant.id),
                price: price.and_then(|price| price.value()),
                inherits: variant.price.is_none().then_some(product.id),
            };
            let own = [Some(Key::Variant(variant.id)), variant.sku.map(Key::Sku)];
            let own = own.iter().flatten().filter_map(|key| missing.take(key));
            for key in own.chain(id.clone()) {
                found.entry(key).or_default().push(one);
            }
        }
        for key in id.into_iter().chain(sku) {
            missing.remove(&key);
            found.entry(key).or_default().push(whole);
        }
    }
    Ok(found)
}
