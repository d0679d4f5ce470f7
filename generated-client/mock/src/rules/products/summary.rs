//! The totals of the catalog.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::{Value, json};

use crate::rules::fields::{amount, get, items, money, text};
use crate::rules::{Context, Special, Verb, variants};
use crate::state::{Key, Record};

pub(super) const GET: Special = Special {
    id: "catalog_summary.get",
    file: "products/summary.rs",
    verb: Some(Verb::List),
    collection: Some("products"),
    answer_all: Some(summary),
    ..Special::USUAL
};

fn summary(
    context: &Context<'_>,
    products: &[(Key, Arc<Record>)],
    _: &[(&'static str, String)],
) -> Value {
    let (mut items_in_stock, mut value, mut prices) = (0.0, 0.0, Vec::new());
    let mut in_category: HashMap<i64, usize> = HashMap::new();
    let mut dates: Vec<&str> = Vec::new();
    for (_, product) in products {
        let tracking = text(get(product, "inventory_tracking"));
        if tracking == "product" {
            let level = amount(get(product, "inventory_level"));
            items_in_stock += level;
            value += level * amount(get(product, "calculated_price"));
        }
        let of_product = [("product_id", get(product, "id").clone())];
        for variant in context.all("variants", &of_product) {
            let price = amount(&variants::follows(&variant, product)["calculated_price"]);
            prices.push(price);
            if tracking == "variant" {
                let level = amount(get(&variant, "inventory_level"));
                items_in_stock += level;
                value += level * price;
            }
        }
        for category in items(get(product, "categories")) {
            *in_category
                .entry(category.as_i64().unwrap_or_default())
                .or_default() += 1;
        }
        dates.push(text(get(product, "date_created")));
    }
    // Of several categories with the same number of products, the one created first counts.
    let primary = in_category
        .iter()
        .max_by_key(|(id, count)| (**count, -**id));
    let primary = primary.map_or(Value::from(0), |(id, _)| Value::from(*id));
    let name = context.one("categories", &primary);
    let name = name.map_or(Value::from(""), |category| get(&category, "name").clone());
    let most = prices.iter().copied().fold(0.0, f64::max);
    let least = prices.iter().copied().reduce(f64::min).unwrap_or_default();
    let total: f64 = prices.iter().sum();
    let count = u32::try_from(prices.len().max(1)).unwrap_or(u32::MAX);
    json!({
        "inventory_count": money(items_in_stock), "inventory_value": money(value),
        "variant_count": prices.len(), "highest_variant_price": money(most),
        "average_variant_price": money(total / f64::from(count)),
        // The only price that is a string.
        "lowest_variant_price": format!("{least:.4}"),
        "oldest_variant_date": dates.iter().min().unwrap_or(&""),
        "newest_variant_date": dates.iter().max().unwrap_or(&""),
        "primary_category_id": primary, "primary_category_name": name,
    })
}
