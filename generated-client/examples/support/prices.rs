//! A CSV file of prices: how its rows identify their variants, and which variants those are.

use std::{collections::HashMap, fmt};

use bigcommerce_client::rust_decimal::Decimal;

use super::support::Failure;

/// A way to identify a row's variant.
#[derive(Clone, PartialEq, Eq, Hash)]
pub enum Key {
    Sku(String),
    Variant(i64),
    /// The product's only variant.
    Product(i64),
}

/// A row of the file: all identifiers of its variant, and the price.
pub struct Row {
    pub keys: Vec<Key>,
    pub price: Decimal,
}

/// A variant of the store, and its current price.
#[derive(Clone, Copy)]
pub struct Found {
    pub id: i64,
    pub price: Option<Decimal>,
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
            return Err("a row has no sku, no variant_id and no product_id".into());
        };
        let price = row.price.parse();
        let price = price.map_err(|error| format!("the price of {key}: {error}"))?;
        rows.push(Row { keys, price });
    }
    Ok(rows)
}

impl Row {
    /// The variants that the identifiers refer to: one, if the file is correct; none if one of them is
    /// unknown.
    pub fn variants(&self, found: &HashMap<Key, Vec<Found>>) -> Result<Vec<Found>, Failure> {
        let named: Option<Vec<_>> = self.keys.iter().map(|key| found.get(key)).collect();
        let Some((first, others)) = named.as_deref().and_then(<[_]>::split_first) else {
            return Ok(Vec::new());
        };
        let also = |of: &Found| others.iter().all(|one| one.iter().any(|it| it.id == of.id));
        let same: Vec<Found> = first.iter().copied().filter(also).collect();
        if same.is_empty() {
            let keys: Vec<String> = self.keys.iter().map(ToString::to_string).collect();
            return Err(format!("a row names different variants: {}", keys.join(", ")).into());
        }
        Ok(same)
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
