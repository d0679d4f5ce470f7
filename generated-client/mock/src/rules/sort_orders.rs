//! The sort order of products in a category.

use std::sync::Arc;

use serde_json::{Value, json};

use super::fields::{get, items};
use super::{Context, Rules, Settings, Special, Verb, Write, refuse};
use crate::refusal::Refusal;
use crate::state::Record;
use crate::wanted::Wanted;

pub(super) struct SortOrders;

const NAME: &str = "category_sort_orders";

impl Rules for SortOrders {
    fn settings(&self) -> Settings {
        Settings {
            path: "catalog/categories/products/sort-order",
            name: NAME,
            file: Some("sort_orders.rs"),
            unique: &[&["category_id", "product_id"]],
            ..Settings::USUAL
        }
    }

    fn operations(&self) -> &'static [Special] {
        &[
            // Every product of the category is listed, with or without a sort order.
            Special {
                id: "categories.product_sort_orders",
                file: "sort_orders.rs",
                verb: Some(Verb::List),
                collection: Some("products"),
                among: Some(place),
                answer: Some(shown),
                ..Special::USUAL
            },
            Special {
                id: "categories.update_product_sort_orders",
                file: "sort_orders.rs",
                find: Some(|context, item| kept(context, &item["product_id"])),
                ..Special::USUAL
            },
        ]
    }

    fn write(&self, context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        let product = context.one("products", &write.body["product_id"]);
        if product.is_none_or(|product| place(context, &product).is_none()) {
            return refuse("product_id", "The product is not in the category");
        }
        Ok(())
    }
}

/// The sort order of a product in the category of the path.
fn kept(context: &Context<'_>, product: &Value) -> Option<Arc<Record>> {
    let category = context.parameter("category_id").ok()?.value();
    let like = [("category_id", category), ("product_id", product.clone())];
    context.first(NAME, &like)
}

/// The sort order of a product of the category; null if it has none, `None` if it is in another
/// category.
fn place(context: &Context<'_>, product: &Record) -> Option<Value> {
    let category = context.parameter("category_id").ok()?.value();
    if !items(get(product, "categories")).contains(&category) {
        return None;
    }
    let kept = kept(context, get(product, "id"));
    Some(kept.map_or(Value::Null, |kept| get(&kept, "sort_order").clone()))
}

fn shown(context: &Context<'_>, _: &Wanted, product: &Record) -> Value {
    json!({ "product_id": get(product, "id"), "sort_order": place(context, product) })
}
