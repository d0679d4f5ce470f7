//! Exports every product of a store to CSV, into the file that is named or to standard output.
//!
//! ```sh
//! STORE_HASH=abc123 ACCESS_TOKEN=... cargo run --example export_products products.csv
//! ```
//!
//! The token needs the scope `store_v2_products_read_only` (Products: read-only). `BASE_URL` leads to
//! another host than BigCommerce's own, such as a mock store on this machine.

use std::{env, error::Error, fs::File, io, process::ExitCode};

use bigcommerce_client::{Client, products::ProductField};
use indicatif::ProgressBar;

#[tokio::main]
async fn main() -> ExitCode {
    match export().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn export() -> Result<(), Box<dyn Error>> {
    let variable = |name| env::var(name).map_err(|_| format!("set the variable {name}"));
    let mut store = Client::builder(variable("STORE_HASH")?, variable("ACCESS_TOKEN")?);
    if let Ok(url) = env::var("BASE_URL") {
        store = store.base_url(url);
    }
    let store = store.build()?;

    let out: Box<dyn io::Write> = match env::args().nth(1) {
        Some(path) => Box::new(File::create(&path).map_err(|error| format!("{path}: {error}"))?),
        None => Box::new(io::stdout()),
    };
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(["id", "sku", "name", "price"])?;

    // Every page of the list, a few of them ahead, and within the store's quota.
    let fields = [ProductField::Sku, ProductField::Name, ProductField::Price];
    let mut pages = store.products().list().include_fields(fields).pages();
    let bar = ProgressBar::new(0);
    while let Some(page) = pages.try_next().await? {
        bar.set_length(page.total().unwrap_or_default().unsigned_abs());
        for product in page {
            csv.write_record([
                product.id.to_string(),
                product.sku.unwrap_or_default(),
                product.name.unwrap_or_default(),
                product
                    .price
                    .map(|price| price.to_string())
                    .unwrap_or_default(),
            ])?;
            bar.inc(1);
        }
    }
    csv.flush()?;
    bar.finish();
    eprintln!("{} products", bar.position());
    Ok(())
}
