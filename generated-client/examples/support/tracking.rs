//! A CSV file of tracking numbers: the parcel of each order.

use std::{collections::HashMap, fmt};

use bigcommerce_client::shipments::ShipmentCreate;

use super::support::Failure;

/// A shipper's data for an order.
#[derive(Default)]
pub struct Parcel {
    tracking_number: Option<String>,
    /// The carrier, by its AfterShip code.
    carrier: Option<String>,
}

/// The parcels of the file, by order id.
pub fn read(path: &str) -> Result<HashMap<i64, Parcel>, Failure> {
    let named = |error: csv::Error| format!("{path}: {error}");
    let file = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_path(path);
    let mut file = file.map_err(named)?;
    let headers = file.headers().map_err(named)?.clone();
    if !headers.iter().any(|name| name == "order_id") {
        return Err(format!("{path}: there is no column order_id").into());
    }
    let mut parcels = HashMap::new();
    for row in file.records() {
        let row = row.map_err(named)?;
        let line = row.position().map_or(0, csv::Position::line);
        let cell = |name: &str| {
            let at = headers.iter().position(|header| header == name)?;
            row.get(at).filter(|cell| !cell.is_empty())
        };
        let id = cell("order_id").unwrap_or_default();
        let id = id.parse();
        let id: i64 =
            id.map_err(|_| format!("{path}: line {line}: the order_id is not a number"))?;
        let parcel = Parcel {
            tracking_number: cell("tracking_number").map(str::to_owned),
            carrier: cell("carrier").map(str::to_owned),
        };
        if parcel.tracking_number.is_none() {
            return Err(format!("{path}: line {line}: there is no tracking_number").into());
        }
        if parcels.insert(id, parcel).is_some() {
            return Err(format!("{path}: line {line}: order {id} is listed twice").into());
        }
    }
    Ok(parcels)
}

impl Parcel {
    /// The shipment with its tracking number.
    pub fn of(&self, mut shipment: ShipmentCreate) -> ShipmentCreate {
        if let Some(number) = &self.tracking_number {
            shipment = shipment.tracking_number(number);
        }
        if let Some(carrier) = &self.carrier {
            shipment = shipment.tracking_carrier(carrier);
        }
        shipment
    }
}

impl fmt::Display for Parcel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.tracking_number {
            Some(number) => write!(f, ", {number}"),
            None => Ok(()),
        }
    }
}
