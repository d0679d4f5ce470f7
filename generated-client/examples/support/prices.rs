//! A CSV file of prices: how its rows identify variants and products, and what those are in the store.

use std::{collections::HashMap, fmt};

use bigcommerce_client::rust_decimal::Decimal;

use super::support::Failure;

/// A way to identify what a row sets the price of.
#[derive(Clone, PartialEq, Eq, Hash)]
pub enum Key {
    Sku(String),
    Variant(i64),
    Product(i64),
}

/// A row of the file: all its identifiers, and the price.
pub struct Row {
    pub keys: Vec<Key>,
    pub price: Decimal,
}

/// What a price can be set of.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum Target {
    Variant(i64),
    /// Its price is that of each variant without its own.
    Product {
        id: i64,
        variants: usize,
    },
}

impl Target {
    const fn is_product(self) -> bool {
        matches!(self, Self::Product { .. })
    }
}

/// A variant or a product of the store, and its current price.
#[derive(Clone, Copy)]
pub struct Found {
    pub target: Target,
    pub price: Option<Decimal>,
    /// The product whose price the variant has, if it has none of its own.
    pub inherits: Option<i64>,
}

/// A price to be set.
pub struct Change {
    pub row: Row,
    pub found: Found,
}

/// The rows of the file.
pub fn read(path: &str) -> Result<Vec<Row>, Failure> {
    #[derive(serde::Deserialize)]
    struct Columns {
        sku: Option<String>,
        variant_id: Option<i64>,
        product_id: Option<i64>,
        price: String,
    }
    let mut file = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_path(path)?;
    if file.headers()?.iter().any(|name| name == "id") {
        return Err(
            "the column id may be that of a variant or a product; rename it accordingly".into(),
        );
    }
    let mut rows = Vec::new();
    for row in file.deserialize() {
        let row: Columns = row?;
        let keys = [
            row.sku.map(Key::Sku),
            row.variant_id.map(Key::Variant),
            row.product_id.map(Key::Product),
        ];
        let keys: Vec<Key> = keys.into_iter().flatten().collect();
        let Some(key) = keys.first() else {
            return Err("a row has neither a sku nor a variant_id nor a product_id".into());
        };
        let price = row.price.parse();
        let price = price.map_err(|error| format!("the price of {key}: {error}"))?;
        rows.push(Row { keys, price });
    }
    Ok(rows)
}

impl Row {
    /// What the identifiers refer to; `None` if one of them is unknown.
    pub fn find(&self, found: &HashMap<Key, Vec<Found>>) -> Result<Option<Found>, Failure> {
        let named: Option<Vec<_>> = self.keys.iter().map(|key| found.get(key)).collect();
        let Some((first, others)) = named.as_deref().and_then(<[_]>::split_first) else {
            return Ok(None);
        };
        let in_all = |of: &&Found| {
            let mut others = others.iter();
            others.all(|one| one.iter().any(|it| it.target == of.target))
        };
        let same: Vec<&Found> = first.iter().filter(in_all).collect();
        // The id of a product also identifies its variants, and its SKU the only one.
        let all = || same.iter().copied();
        let product = all().find(|it| it.target.is_product());
        let own = all().find(|it| !it.target.is_product() && it.inherits.is_none());
        let is_by_id = self.keys.iter().any(|key| matches!(key, Key::Product(_)));
        let chosen = match is_by_id {
            true => product.or(own),
            false => own.or(product),
        };
        match chosen.or(same.first().copied()) {
            Some(found) => Ok(Some(*found)),
            None => {
                let keys: Vec<String> = self.keys.iter().map(ToString::to_string).collect();
                let keys = keys.join(", ");
                Err(format!("the identifiers of a row do not belong together: {keys}").into())
            }
        }
    }
}

impl Change {
    /// The product, if its price is set.
    pub const fn product(&self) -> Option<i64> {
        match self.found.target {
            Target::Product { id, .. } => Some(id),
            Target::Variant(_) => None,
        }
    }

    /// Whether the store has this price already.
    pub fn is_done(&self) -> bool {
        self.found.price == Some(self.row.price)
    }

    /// The current price.
    pub fn before(&self) -> String {
        let price = self.found.price;
        price.map_or_else(|| "no price".to_owned(), |price| price.to_string())
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sku(sku) => f.write_str(sku),
            Self::Variant(id) => write!(f, "variant {id}"),
            Self::Product(id) => write!(f, "product {id}"),
        }
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.keys.first().map_or(Ok(()), |key| key.fmt(f))
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.row.fmt(f)?;
        match self.found.target {
            Target::Product { variants, .. } if variants > 1 => {
                write!(f, " ({variants} variants)")
            }
            _ => Ok(()),
        }
    }
}
