//! Imports products with options, variants and image files from a CSV or a JSON file, and resumes
//! where an earlier run was interrupted.
//!
//! ```sh
//! STORE_HASH=abc123 ACCESS_TOKEN=... cargo run --example import_catalog catalog.csv --dry-run
//! ```
//!
//! `--help` says what the file looks like. All of it is checked before anything is sent. A product
//! whose SKU exists in the store is not created again; images are recognised by their positions. The
//! exit code is 0 when the store has all of the file. The token needs the scope `store_v2_products`
//! (Products: modify). `BASE_URL` points to a mock store.

#[path = "support/catalog_file.rs"]
mod catalog_file;
mod support;

use std::{fs, path::PathBuf, process::ExitCode};

use bigcommerce_client::{
    Client, Error,
    product_images::ImagesOfProduct,
    products::{Product, ProductInclude},
    upload::FilePart,
};
use catalog_file::Item;
use indicatif::{ProgressBar, ProgressStyle};
use support::Failure;

const USAGE: &str = "\
import_catalog FILE [--dry-run]

  FILE       products, as .csv or .json; images are files next to it
  --dry-run  check the file and print what would be created, and change nothing

A CSV file has a row for each variant, or one for a product without any, and these columns:
  sku, name, price, weight      of the product; rows with one sku are one product
  description, images           may be left out; several images are separated by |
  variant_sku, variant_price    of the variant
  option:Size, option:Color     its value of each option; any number of such columns
A JSON file has a list of products:
  [{\"sku\": \"MUG\", \"name\": \"Mug\", \"price\": \"12.50\", \"weight\": \"0.4\", \"images\": [\"mug.jpg\"],
    \"variants\": [{\"sku\": \"MUG-L\", \"price\": \"14\", \"options\": {\"Size\": \"Large\"}}]}]

Variables: STORE_HASH, ACCESS_TOKEN (with the scope store_v2_products), BASE_URL for a mock store.";

#[tokio::main]
async fn main() -> ExitCode {
    support::ended(run().await)
}

async fn run() -> Result<ExitCode, Failure> {
    let (dry, paths) = support::flag(support::arguments(USAGE), "--dry-run");
    let Some(path) = support::one(&paths) else {
        return Err("name one CSV or JSON file, and --dry-run to change nothing".into());
    };
    let items = catalog_file::read(path)?;
    let store = support::connect()?;
    let bytes = items.iter().flat_map(|item| &item.images);
    let bytes = bytes.filter_map(|image| Some(fs::metadata(image).ok()?.len()));
    let import = Import {
        store,
        dry,
        bar: ProgressBar::new(bytes.sum()).with_style(style()?),
    };
    let mut all_taken = true;
    for item in &items {
        match import.item(item).await {
            Ok(complete) => all_taken &= complete,
            // Every other product would fail in the same way.
            Err(error) if error.is_unauthorized() || error.is_missing_scope() => {
                return Err(error.into());
            }
            Err(error) => {
                println!("{}: {}", item.sku, support::told(&error));
                all_taken = false;
            }
        }
    }
    import.bar.finish_and_clear();
    if !all_taken {
        eprintln!("not everything was accepted; fix the errors above and run it again");
    }
    Ok(support::exit(all_taken))
}

fn style() -> Result<ProgressStyle, Failure> {
    let style = ProgressStyle::with_template("{bar:30} {bytes} of {total_bytes}, {msg}");
    Ok(style?)
}

struct Import {
    store: Client,
    dry: bool,
    bar: ProgressBar,
}

impl Import {
    /// Creates what is missing of a product, and returns whether the store then has all of it.
    async fn item(&self, item: &Item) -> Result<bool, Error> {
        let mut complete = true;
        let (id, placed) = match self.find(&item.sku).await? {
            Some(product) => {
                complete = told_missing(item, &product);
                let images = product.images.iter();
                let placed = images.filter_map(|image| image.sort_order).collect();
                (product.id, placed)
            }
            None if self.dry => {
                let (variants, images) = (item.variants.len(), item.images.len());
                println!(
                    "{}: would be created, with {variants} variants and {images} images",
                    item.sku
                );
                return Ok(true);
            }
            None => {
                let made = self.store.products().create(item.product()).await?;
                for problem in made.problems() {
                    let title = problem.title.as_deref().unwrap_or("no reason was given");
                    println!("{}: created only in part: {title}", item.sku);
                    complete = false;
                }
                println!(
                    "{}: created as product {}, with {} variants",
                    item.sku,
                    made.id,
                    item.variants.len()
                );
                (made.id, Vec::new())
            }
        };
        let images = self.store.products().images(id);
        for (place, path) in (0..).zip(&item.images) {
            if placed.contains(&place) {
                self.bar.inc(size(path));
            } else if self.dry {
                println!("{}: {} would be uploaded", item.sku, path.display());
            } else {
                self.upload(&images, path, place).await?;
                println!("{}: {} was uploaded", item.sku, path.display());
            }
        }
        Ok(complete)
    }

    /// The product with this SKU.
    async fn find(&self, sku: &str) -> Result<Option<Product>, Error> {
        let list = self.store.products().list().sku(sku);
        let list = list.include([ProductInclude::Images]);
        let found = list.await?.into_items().into_iter();
        let own = |product: &Product| product.sku.as_deref() == Some(sku);
        let Some(mut product) = found.into_iter().find(own) else {
            return Ok(None);
        };
        // A product includes only some of them.
        let variants = self.store.products().variants(product.id).list();
        product.variants = variants.stream().into_vec().await?.into();
        Ok(Some(product))
    }

    /// Uploads an image while it is read. It is recognised later by its position.
    async fn upload(&self, to: &ImagesOfProduct, path: &PathBuf, place: i64) -> Result<(), Error> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        self.bar.set_message(name.into_owned());
        let (bar, before) = (self.bar.clone(), self.bar.position());
        let file = FilePart::path(path).on_progress(move |sent, _| bar.set_position(before + sent));
        let image = to.upload(file).sort_order(place);
        image.is_thumbnail(place == 0).await?;
        self.bar.set_position(before + size(path));
        Ok(())
    }
}

fn size(path: &PathBuf) -> u64 {
    fs::metadata(path).map_or(0, |file| file.len())
}

/// Reports variants that the store's product lacks, and returns whether there are none.
fn told_missing(item: &Item, product: &Product) -> bool {
    let missing = item.variants.iter().filter(|variant| {
        let mut known = product.variants.iter();
        known.all(|known| known.sku.as_deref() != Some(&variant.sku))
    });
    let missing: Vec<&str> = missing.map(|variant| variant.sku.as_str()).collect();
    println!("{}: already exists as product {}", item.sku, product.id);
    for sku in &missing {
        println!(
            "{}: the product has no variant {sku}; add it by hand",
            item.sku
        );
    }
    missing.is_empty()
}
