//! The names of the store's tax classes, and the zones of its tax rates.

use std::collections::HashMap;

use bigcommerce_client::{Client, Error, order_taxes::OrderTax};

/// The placeholder for an unknown name.
const UNKNOWN: &str = "-";

#[derive(Default)]
pub struct Names {
    classes: HashMap<i64, String>,
    /// The names of zones, by the ids of their rates.
    zones: HashMap<String, String>,
}

impl Names {
    pub async fn of(store: &Client) -> Result<Self, Error> {
        let mut names = Self::default();
        let mut classes = store.tax_classes().list().stream();
        while let Some(class) = classes.try_next().await? {
            names.classes.insert(class.id, class.name);
        }
        let zones = store.tax_zones().list().await?.into_iter();
        let zones = zones.filter_map(|zone| Some((zone.id?, zone.name?)));
        let zones: HashMap<i64, String> = zones.collect();
        let mut rates = store.tax_rates().list().stream();
        while let Some(rate) = rates.try_next().await? {
            let zone = rate.tax_zone_id.and_then(|zone| zones.get(&zone));
            if let (Some(id), Some(zone)) = (rate.id, zone) {
                names.zones.insert(id.to_string(), zone.clone());
            }
        }
        Ok(names)
    }

    /// The class of a tax. Orders created through the API and automatic taxes have none of the store's
    /// classes, and name their own.
    pub fn class(&self, tax: &OrderTax) -> String {
        match tax.tax_class_id.and_then(|id| self.classes.get(&id)) {
            Some(name) => name.clone(),
            None => tax.class.clone().unwrap_or_else(|| UNKNOWN.to_owned()),
        }
    }

    /// The zone of the rate. The rates of other providers are in none.
    pub fn zone(&self, tax: &OrderTax) -> String {
        let zone = tax.sales_tax_id.as_ref().and_then(|id| self.zones.get(id));
        zone.cloned().unwrap_or_else(|| UNKNOWN.to_owned())
    }
}
