//! Shows the brands of a store, then adds one, renames it and removes it again.
//!
//! ```sh
//! STORE_HASH=abc123 ACCESS_TOKEN=... cargo run --example catalog
//! ```
//!
//! The token needs the scope `store_v2_products` (Products: modify). `BASE_URL` leads to another
//! host than BigCommerce's own, such as a mock store on this machine.

use std::{env, process::ExitCode};

use bigcommerce_client::{
    Client, Direction, Error,
    brands::{Brand, BrandCreate, BrandSort, BrandUpdate},
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let store = match connect() {
        Ok(store) => store,
        Err(reason) => {
            eprintln!("{reason}");
            return ExitCode::FAILURE;
        }
    };
    match tour(&store).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            explain(&error);
            ExitCode::FAILURE
        }
    }
}

/// The store that the environment names.
fn connect() -> Result<Client, String> {
    let variable = |name| env::var(name).map_err(|_| format!("set the variable {name}"));
    let mut builder = Client::builder(variable("STORE_HASH")?, variable("ACCESS_TOKEN")?);
    if let Ok(url) = env::var("BASE_URL") {
        builder = builder.base_url(url);
    }
    builder.build().map_err(|error| error.to_string())
}

/// Reads, adds, changes and removes.
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
    // Whether or not it got its new name, it does not stay.
    brands.delete(brand.id).await?;
    println!("Removed it");
    renamed.map(drop)
}

fn line(brand: &Brand) -> String {
    let name = brand.name.as_deref().unwrap_or("(no name)");
    format!("{name} (id {})", brand.id)
}

/// The error is one sentence that says what to do; the API may have named fields, too.
fn explain(error: &Error) {
    eprintln!("{error}");
    for problem in error.problems() {
        for refused in &problem.fields {
            eprintln!("  {}: {}", refused.field, refused.message);
        }
    }
    if error.is_conflict() {
        eprintln!("An earlier run may have left its brand behind.");
    }
}
