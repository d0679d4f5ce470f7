//! A file of products: a CSV with a row for each variant, or a JSON list. All errors in it are reported
//! at once.

use std::{
    collections::{BTreeMap, HashSet},
    fs,
    path::{Path, PathBuf},
};

use bigcommerce_client::{
    products::{ProductCreate, ProductType},
    rust_decimal::Decimal,
    variants::{VariantCreate, VariantOptionValueInput},
};

use super::support::Failure;

/// A product in the file.
pub struct Item {
    pub sku: String,
    pub name: String,
    pub price: Decimal,
    pub weight: Decimal,
    pub description: String,
    pub images: Vec<PathBuf>,
    pub variants: Vec<Variant>,
}

/// A variant of a product.
pub struct Variant {
    pub sku: String,
    pub price: Option<Decimal>,
    pub options: BTreeMap<String, String>,
}

impl Item {
    /// The product to create. Its options are derived from its variants.
    pub fn product(&self) -> ProductCreate {
        let variants = self.variants.iter().map(|variant| {
            let values = variant.options.iter().map(|(option, value)| {
                let input = VariantOptionValueInput::new().option_display_name(option);
                input.label(value)
            });
            let made = VariantCreate::new(&variant.sku, values);
            match variant.price {
                Some(price) => made.price(price),
                None => made,
            }
        });
        let made = ProductCreate::new()
            .name(&self.name)
            .kind(ProductType::Physical)
            .weight(self.weight)
            .price(self.price);
        let made = made.sku(&self.sku).description(&self.description);
        made.variants(variants)
    }
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct RawItem {
    sku: String,
    name: String,
    price: String,
    weight: String,
    #[serde(default)]
    description: String,
    #[serde(default)]
    images: Vec<String>,
    #[serde(default)]
    variants: Vec<RawVariant>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct RawVariant {
    sku: String,
    #[serde(default)]
    price: String,
    options: BTreeMap<String, String>,
}

/// The products of the file, if all of them are valid.
pub fn read(path: &str) -> Result<Vec<Item>, Failure> {
    let raw = match path.rsplit_once('.') {
        Some((_, "json")) => {
            let text = fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
            serde_json::from_str(&text).map_err(|error| format!("{path}: {error}"))?
        }
        Some((_, "csv")) => rows(path).map_err(|error| format!("{path}: {error}"))?,
        _ => return Err(format!("{path}: the name ends neither in .csv nor in .json").into()),
    };
    let folder = Path::new(path).parent().unwrap_or(Path::new(""));
    let mut wrong = Vec::new();
    let mut skus = HashSet::new();
    let items: Vec<Item> = raw
        .into_iter()
        .map(|raw| item(raw, folder, &mut skus, &mut wrong))
        .collect();
    match wrong.as_slice() {
        [] => Ok(items),
        wrong => Err(format!("{path} is wrong:\n  {}", wrong.join("\n  ")).into()),
    }
}

fn item(raw: RawItem, folder: &Path, skus: &mut HashSet<String>, wrong: &mut Vec<String>) -> Item {
    let sku = raw.sku;
    let mut check = |sku: &str, is_right: bool, what: String| {
        if !is_right {
            wrong.push(format!("{sku}: {what}"));
        }
    };
    check("a product", !sku.is_empty(), "has no sku".to_owned());
    check(&sku, !raw.name.is_empty(), "has no name".to_owned());
    check(&sku, skus.insert(sku.clone()), "is listed twice".to_owned());
    let mut number = |sku: &str, what: &str, text: &str| {
        let number = text.parse::<Decimal>();
        let is_right = matches!(&number, Ok(number) if !number.is_sign_negative());
        check(
            sku,
            is_right,
            format!("the {what} {text:?} is not a number of at least 0"),
        );
        number.unwrap_or_default()
    };
    let (price, weight) = (
        number(&sku, "price", &raw.price),
        number(&sku, "weight", &raw.weight),
    );
    let mut variants = Vec::new();
    for variant in raw.variants {
        let given = Some(variant.price.as_str()).filter(|price| !price.is_empty());
        variants.push(Variant {
            price: given.map(|price| number(&variant.sku, "price", price)),
            sku: variant.sku,
            options: variant.options,
        });
    }
    let images: Vec<PathBuf> = raw.images.iter().map(|image| folder.join(image)).collect();
    for variant in &variants {
        let named = format!("{sku}, variant {}", variant.sku);
        let is_new = skus.insert(variant.sku.clone());
        check(
            &named,
            !variant.sku.is_empty() && is_new,
            "needs a sku of its own".to_owned(),
        );
        check(
            &named,
            !variant.options.is_empty(),
            "has no option".to_owned(),
        );
    }
    for image in &images {
        let there = image.is_file();
        check(&sku, there, format!("there is no file {}", image.display()));
    }
    Item {
        sku,
        name: raw.name,
        price,
        weight,
        description: raw.description,
        images,
        variants,
    }
}

/// The products of a CSV file: the first row with a SKU has the product's own values.
fn rows(path: &str) -> Result<Vec<RawItem>, csv::Error> {
    let file = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_path(path);
    let mut file = file?;
    let headers = file.headers()?.clone();
    let mut items: Vec<RawItem> = Vec::new();
    for row in file.records() {
        let row = row?;
        let cells: BTreeMap<&str, &str> = headers.iter().zip(&row).collect();
        let cell = |name: &str| cells.get(name).copied().unwrap_or_default().to_owned();
        let sku = cell("sku");
        let at = items.iter().position(|item| item.sku == sku);
        let at = at.unwrap_or_else(|| {
            let images = cell("images");
            let images = images
                .split('|')
                .map(str::trim)
                .filter(|image| !image.is_empty());
            items.push(RawItem {
                sku,
                name: cell("name"),
                price: cell("price"),
                weight: cell("weight"),
                description: cell("description"),
                images: images.map(str::to_owned).collect(),
                variants: Vec::new(),
            });
            items.len() - 1
        });
        let options = cells.iter().filter_map(|(name, value)| {
            let option = name.strip_prefix("option:")?.trim();
            (!value.is_empty()).then(|| (option.to_owned(), (*value).to_owned()))
        });
        let options: BTreeMap<String, String> = options.collect();
        let variant = RawVariant {
            sku: cell("variant_sku"),
            price: cell("variant_price"),
            options,
        };
        if !variant.sku.is_empty() || !variant.options.is_empty() {
            items[at].variants.push(variant);
        }
    }
    Ok(items)
}
