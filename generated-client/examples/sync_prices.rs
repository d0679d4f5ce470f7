//! Gives variants the prices of a CSV file, whose columns are `price` and `sku` or `id` of the variant.
//!
//! ```sh
//! STORE_HASH=abc123 ACCESS_TOKEN=... cargo run --example sync_prices prices.csv --dry-run
//! ```
//!
//! Each row gets a line that says what became of it; the exit code is 0 when the store has every price
//! of the file. With `--dry-run` nothing is changed. The token needs the scope `store_v2_products`
//! (Products: modify), and the read-only one for a dry run. `BASE_URL` leads to a mock store.

mod support;

use std::{
    collections::{HashMap, HashSet},
    env, fmt,
    process::ExitCode,
};

use bigcommerce_client::{
    Client,
    bulk::Fate,
    products::ProductInclude,
    variants::{Variant, VariantBatchUpdate},
};
use rust_decimal::Decimal;
use support::Failure;

/// As many variants as come with a product; one that has more is asked for its list.
const INCLUDED: usize = 10;

/// What a row says of the variant it is about.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Key {
    Id(i64),
    Sku(String),
}

/// A variant of the store, and the price it is sold at.
struct Found {
    id: i64,
    price: Option<Decimal>,
}

#[tokio::main]
async fn main() -> ExitCode {
    support::ended(sync().await)
}

async fn sync() -> Result<ExitCode, Failure> {
    let mut paths: Vec<String> = env::args().skip(1).collect();
    let dry = paths.iter().position(|argument| argument == "--dry-run");
    dry.map(|at| paths.remove(at));
    let [path] = paths.as_slice() else {
        return Err("name one CSV file, and --dry-run to change nothing".into());
    };
    let rows = read(path).map_err(|error| format!("{path}: {error}"))?;
    let store = support::connect()?;
    let found = find(&store, rows.iter().map(|(key, _)| key)).await?;

    let (mut all_taken, mut changes, mut named) = (true, Vec::new(), HashSet::new());
    for (key, price) in rows {
        match found.get(&key) {
            None => {
                println!("{key}: no variant of the store has it");
                all_taken = false;
            }
            Some(variant) if !named.insert(variant.id) => {
                return Err(format!("{key} is a variant that the file names twice").into());
            }
            Some(variant) if variant.price == Some(price) => println!("{key}: has {price} already"),
            Some(variant) => changes.push((key, price, variant)),
        }
    }
    if dry.is_some() {
        for (key, price, variant) in &changes {
            println!("{key}: {} would become {price}", shown(variant.price));
        }
        return Ok(exit(all_taken));
    }

    // Batches of the size that the API takes, within the store's quota. A batch that is refused is
    // sent again in parts, until what is at fault stands alone.
    let batch = changes
        .iter()
        .map(|(_, price, variant)| VariantBatchUpdate::new(variant.id).price(*price));
    let report = store.variants().update_all(batch).await?;
    for ((key, price, variant), (_, fate)) in changes.iter().zip(report.iter()) {
        let before = shown(variant.price);
        println!("{key}: {before} to {price}, {}", told(fate));
    }
    if let Some(error) = report.stopped() {
        eprintln!("{error}");
    }
    Ok(exit(all_taken && report.is_complete()))
}

/// The rows of the file.
fn read(path: &str) -> Result<Vec<(Key, Decimal)>, Failure> {
    #[derive(serde::Deserialize)]
    struct Row {
        id: Option<i64>,
        sku: Option<String>,
        price: String,
    }
    let mut rows = Vec::new();
    let mut file = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_path(path)?;
    for row in file.deserialize() {
        let Row { id, sku, price } = row?;
        let key = match (id, sku) {
            (Some(id), _) => Key::Id(id),
            (None, Some(sku)) => Key::Sku(sku),
            (None, None) => return Err("a row has neither an id nor a SKU".into()),
        };
        let price = price.parse();
        let price = price.map_err(|error| format!("the price of {key}: {error}"))?;
        rows.push((key, price));
    }
    Ok(rows)
}

/// Goes through the products until all variants that are asked for are found, or there are no more.
async fn find(
    store: &Client,
    keys: impl Iterator<Item = &Key>,
) -> Result<HashMap<Key, Found>, bigcommerce_client::Error> {
    let mut missing: HashSet<Key> = keys.cloned().collect();
    let mut found = HashMap::new();
    let list = store.products().list().include([ProductInclude::Variants]);
    let mut products = list.stream();
    while !missing.is_empty()
        && let Some(product) = products.try_next().await?
    {
        let mut variants: Vec<Variant> = product.variants.to_vec();
        if variants.len() >= INCLUDED {
            variants = store
                .variants()
                .list(product.id)
                .stream()
                .into_vec()
                .await?;
        }
        for variant in variants {
            // A variant without a price of its own has the product's.
            let price = variant.price.as_ref().or(product.price.as_ref());
            let price = price.and_then(|price| price.value());
            let sku = variant.sku.map(Key::Sku);
            for key in [Key::Id(variant.id)].into_iter().chain(sku) {
                if missing.remove(&key) {
                    let id = variant.id;
                    found.insert(key, Found { id, price });
                }
            }
        }
    }
    Ok(found)
}

/// What became of a change.
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
        Fate::Unclear(_) => "perhaps not taken: the API did not say which of a batch failed".into(),
        _ => "not sent".to_owned(),
    }
}

fn shown(price: Option<Decimal>) -> String {
    price.map_or_else(|| "no price".to_owned(), |price| price.to_string())
}

fn exit(all_taken: bool) -> ExitCode {
    if all_taken {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => write!(f, "variant {id}"),
            Self::Sku(sku) => f.write_str(sku),
        }
    }
}
