//! Exports every product of a store to CSV, into the file that is named or to standard output.
//!
//! ```sh
//! STORE_HASH=abc123 ACCESS_TOKEN=... cargo run --example export_products products.csv
//! ```
//!
//! The token needs the scope `store_v2_products_read_only` (Products: read-only). `BASE_URL` points to
//! another host than BigCommerce's own, such as a mock store on this machine.

use std::{error::Error, fs, io};

use bigcommerce_client::Client;
use bigcommerce_client::products::ProductField::{Name, Price, Sku};
use indicatif::ProgressBar;

mod support;

async fn export(store: &Client, out: impl io::Write) -> Result<u64, Box<dyn Error>> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(["product_id", "sku", "name", "price"])?;
    let list = store.products().list();
    let mut pages = list.include_fields([Sku, Name, Price]).pages();
    let bar = ProgressBar::new(0);
    while let Some(page) = pages.try_next().await? {
        bar.set_length(page.total().unwrap_or_default().unsigned_abs());
        for product in page {
            let price = product.price.map(|price| price.to_string());
            csv.serialize((product.id, product.sku, product.name, price))?;
            bar.inc(1);
        }
    }
    bar.finish();
    csv.flush()?;
    Ok(bar.position())
}

#[tokio::main]
async fn main() -> std::process::ExitCode {
    match run().await {
        Ok(products) => {
            eprintln!("{products} products");
            std::process::ExitCode::SUCCESS
        }
        Err(error) if support::is_of_closed_pipe(&*error) => support::unread(),
        Err(error) => {
            eprintln!("{error}");
            std::process::ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<u64, Box<dyn Error>> {
    let arguments = support::arguments("export_products [FILE]");
    let path = match arguments.as_slice() {
        [] => None,
        [path] if !path.starts_with('-') => Some(path),
        _ => return Err("name one file, or none for standard output".into()),
    };
    let store = support::connect().map_err(|error| error as Box<dyn Error>)?;
    let Some(path) = path else {
        return export(&store, io::stdout()).await;
    };
    // The file appears only when it is complete: nobody who waits for it reads a part.
    let part = format!("{path}.part");
    let file = fs::File::create(&part).map_err(|error| format!("{path}: {error}"))?;
    let exported = export(&store, file).await;
    match &exported {
        Ok(_) => fs::rename(&part, path).map_err(|error| format!("{path}: {error}"))?,
        // Why the export failed is more important than that its part stays.
        Err(_) => drop(fs::remove_file(&part)),
    }
    exported
}
