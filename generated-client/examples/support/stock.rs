//! A CSV file of stock: the quantity of each SKU at each location.

use std::{collections::HashSet, fmt};

use super::support::Failure;

/// The location that every store has.
const DEFAULT: i64 = 1;
/// The maximum stock of an item at a location.
const MOST: i64 = i32::MAX as i64;

/// An item at a location.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    pub sku: String,
    pub location: i64,
}

/// A row of the file.
pub struct Row {
    pub place: Place,
    pub quantity: i64,
}

/// The rows of the file, if all of them are valid.
pub fn read(path: &str) -> Result<Vec<Row>, Failure> {
    #[derive(serde::Deserialize)]
    struct Columns {
        sku: String,
        quantity: i64,
        location_id: Option<i64>,
    }
    let named = |error: csv::Error| format!("{path}: {error}");
    let file = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_path(path);
    let (mut rows, mut seen) = (Vec::new(), HashSet::new());
    // The first line has the names of the columns.
    for (at, row) in file.map_err(named)?.deserialize().enumerate() {
        let row: Columns = row.map_err(named)?;
        let place = Place {
            sku: row.sku,
            location: row.location_id.unwrap_or(DEFAULT),
        };
        let quantity = row.quantity;
        let row = Row { place, quantity };
        let wrong = if row.place.sku.is_empty() {
            Some("has no sku")
        } else if !(0..=MOST).contains(&quantity) {
            Some("has an invalid quantity; use 0 to 2147483647")
        } else if !seen.insert(row.place.clone()) {
            Some("is listed twice")
        } else {
            None
        };
        if let Some(wrong) = wrong {
            return Err(format!("{path}: row {}: {row} {wrong}", at + 1).into());
        }
        rows.push(row);
    }
    Ok(rows)
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place.location {
            DEFAULT => f.write_str(&self.place.sku),
            location => write!(f, "{} at location {location}", self.place.sku),
        }
    }
}
