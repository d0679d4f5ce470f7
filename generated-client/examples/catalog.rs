//! Shows the brands of a store, then adds one, renames it and removes it again.
//!
//! ```sh
//! STORE_HASH=abc123 ACCESS_TOKEN=... cargo run --example catalog
//! ```
//!
//! The token needs the scope `store_v2_products` (Products: modify). `BASE_URL` points to another host
//! than BigCommerce's own, such as a mock store on this machine.

mod support;

use std::process::ExitCode;

use bigcommerce_client::{
    Client, Direction, Error,
    brands::{Brand, BrandCreate, BrandSort, BrandUpdate},
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let outcome = run().await;
    let error = outcome.as_ref().err();
    let error = error.and_then(|error| error.downcast_ref::<Error>());
    let clash = error.is_some_and(Error::is_conflict);
    let code = support::ended(outcome);
    if clash {
        eprintln!("An earlier run may have left its brand behind.");
    }
    code
}

async fn run() -> Result<ExitCode, support::Failure> {
    support::no_arguments("catalog")?;
    let store = support::connect()?;
    tour(&store).await?;
    Ok(ExitCode::SUCCESS)
}

/// Lists, creates, updates and deletes.
async fn tour(store: &Client) -> Result<(), Error> {
    let brands = store.brands();

    println!("Brands of {}:", store.store_hash());
    let first = brands
        .list()
        .sort(BrandSort::Name, Direction::Asc)
        .limit(100);
    let mut page = Some(first.await?);
    while let Some(current) = page {
        for brand in &current {
            println!("  {}", line(brand));
        }
        page = current.next_page().await?;
    }

    let brand = BrandCreate::new("Example Brand").page_title("A brand to try things on");
    let brand = brands.create(brand).await?;
    println!("Added {}", line(&brand));

    let renamed = brands
        .update(brand.id, BrandUpdate::new().name("Example Brand 2"))
        .await;
    if let Ok(brand) = &renamed {
        println!("Renamed it to {}", line(brand));
    }
    // Whether or not it was renamed, it is deleted.
    brands.delete(brand.id).await?;
    println!("Removed it");
    renamed?.complete()?;
    Ok(())
}

fn line(brand: &Brand) -> String {
    let name = brand.name.as_deref().unwrap_or("(no name)");
    format!("{name} (id {})", brand.id)
}
