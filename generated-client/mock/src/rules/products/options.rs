//! The options of a product, which follow from its variants.

use serde_json::{Value, json};

use crate::rules::Context;
use crate::rules::fields::{items, text};

/// The options that a product's variants are made of.
pub(super) fn options(context: &Context<'_>, product: &Value, variants: &Value) -> Value {
    let values = items(variants).iter();
    let values: Vec<&Value> = values
        .flat_map(|one| items(&one["option_values"]))
        .collect();
    let mut names: Vec<&Value> = Vec::new();
    for value in &values {
        if !names.contains(&&value["option_display_name"]) {
            names.push(&value["option_display_name"]);
        }
    }
    let option = |name: &Value| {
        let mut labels: Vec<&Value> = Vec::new();
        for value in values
            .iter()
            .filter(|value| value["option_display_name"] == *name)
        {
            if !labels.contains(&&value["label"]) {
                labels.push(&value["label"]);
            }
        }
        let id = context.count("options");
        let values: Vec<Value> = labels
            .into_iter()
            .map(|label| {
                json!({
                    "id": context.count("option_values"), "label": label, "sort_order": 0,
                    "is_default": false, "value_data": null,
                })
            })
            .collect();
        json!({
            "id": id, "product_id": product, "name": format!("{}{product}", text(name)),
            "display_name": name, "type": "rectangles", "config": {}, "sort_order": 0,
            "option_values": values,
        })
    };
    names.into_iter().map(option).collect()
}
