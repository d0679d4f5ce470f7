//! Sales: the item from whose stock an order line is taken, its available stock, and changes of it.

use serde_json::{Value, json};

use super::locations::OWN;
use super::writes::{MOST_STOCK, restock_sum, told};
use crate::refusal::Refusal;
use crate::rules::fields::{get, says, text};
use crate::rules::{Context, Work};
use crate::state::Record;

/// An item at a location: a product, or a variant if stock is tracked per variant.
pub(in crate::rules) struct Item {
    pub(in crate::rules) product: Value,
    /// The variant of the stock record; null for a product with options whose stock is tracked per
    /// product.
    pub(in crate::rules) variant: Value,
    /// Its location.
    pub(in crate::rules) location: Value,
    /// Whether stock is tracked per variant.
    pub(in crate::rules) by_variant: bool,
}

impl Item {
    /// The item sold as a variant of a product, at one of the given locations or else at the default one;
    /// `None` if stock is not tracked.
    pub(in crate::rules) fn sold(
        context: &Context<'_>,
        product: &Value,
        variant: &Value,
        locations: &[Value],
    ) -> Option<Self> {
        let product = context.one("products", product)?;
        let by_variant = match text(get(&product, "inventory_tracking")) {
            "variant" => true,
            "product" => false,
            _ => return None,
        };
        let variant = match by_variant {
            true => variant.clone(),
            false => get(&product, "base_variant_id").clone(),
        };
        if by_variant && context.one("variants", &variant).is_none() {
            return None;
        }
        let mut item = Self {
            product: get(&product, "id").clone(),
            variant,
            location: OWN.into(),
            by_variant,
        };
        for location in locations {
            let own = std::mem::replace(&mut item.location, location.clone());
            if item.stock(context).is_some() {
                break;
            }
            item.location = own;
        }
        Some(item)
    }

    /// The available stock.
    pub(in crate::rules) fn left(&self, context: &Context<'_>) -> i64 {
        match self.stock(context) {
            Some(stock) => number(&stock, "available_to_sell"),
            None => number(&self.listed(context), "inventory_level"),
        }
    }

    /// The low-stock level; 0 for none.
    pub(in crate::rules) fn low(&self, context: &Context<'_>) -> i64 {
        let here = self.stock(context);
        let here = here.and_then(|stock| get(&stock, "settings")["warning_level"].as_i64());
        match here {
            Some(here) if here > 0 => here,
            _ => number(&self.listed(context), "inventory_warning_level"),
        }
    }

    /// Takes a quantity from the stock, or returns it if the quantity is negative. Returns the quantity
    /// actually taken, which may be smaller.
    pub(in crate::rules) fn take(
        &self,
        work: &mut Work<'_, '_>,
        quantity: i64,
    ) -> Result<i64, Refusal> {
        let less = |before: i64| before.saturating_sub(quantity).clamp(0, MOST_STOCK);
        let Some(stock) = self.stock(work.context()) else {
            let listed = self.listed(work.context());
            // A deleted item has no stock to return anything to.
            if listed.is_empty() {
                return Ok(0);
            }
            let before = number(&listed, "inventory_level");
            let now = less(before);
            let level = json!({ "inventory_level": now });
            match self.by_variant {
                true => {
                    work.amend("variants", &self.variant, level)?;
                    restock_sum(work, &self.product)?;
                }
                false => work.amend("products", &self.product, level)?,
            }
            return Ok(before - now);
        };
        let before = number(&stock, "total_inventory_onhand");
        let now = less(before);
        let level = json!({ "total_inventory_onhand": now });
        work.amend("stock", get(&stock, "id"), level)?;
        let about = json!({ "variant_id": self.variant, "product_id": self.product });
        told(work, &about)?;
        Ok(before - now)
    }

    fn stock(&self, context: &Context<'_>) -> Option<std::sync::Arc<Record>> {
        if !says(&self.variant) {
            return None;
        }
        let place = [
            ("variant_id", self.variant.clone()),
            ("location_id", self.location.clone()),
        ];
        context.first("stock", &place)
    }

    /// The catalog record that contains its stock level.
    fn listed(&self, context: &Context<'_>) -> Record {
        let found = match self.by_variant {
            true => context.one("variants", &self.variant),
            false => context.one("products", &self.product),
        };
        found.map(|found| Record::clone(&found)).unwrap_or_default()
    }
}

fn number(record: &Record, field: &str) -> i64 {
    get(record, field).as_i64().unwrap_or_default()
}
