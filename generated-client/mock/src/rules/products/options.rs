//! The options of a new product, derived from its variants.

use serde_json::{Value, json};

use crate::refusal::Refusal;
use crate::rules::choices::OPTIONS;
use crate::rules::fields::items;
use crate::rules::{Work, object};

/// Creates the options of a product's variants, with their values.
pub(super) fn make(
    work: &mut Work<'_, '_>,
    product: &Value,
    variants: &[Value],
) -> Result<(), Refusal> {
    let values: Vec<&Value> = variants
        .iter()
        .flat_map(|one| items(&one["option_values"]))
        .collect();
    for name in distinct(values.iter().map(|value| &value["option_display_name"])) {
        let option = json!({
            "product_id": product, "display_name": name, "type": "rectangles",
        });
        let id = work.make(OPTIONS.all, object(option.clone()))?.value();
        let mut option = object(option);
        option.insert("id".to_owned(), id);
        let own = values
            .iter()
            .filter(|value| value["option_display_name"] == *name);
        let labels = distinct(own.map(|value| &value["label"]));
        for (at, label) in labels.into_iter().enumerate() {
            let value = json!({ "label": label, "sort_order": at });
            OPTIONS.add(work, &option, &value)?;
        }
    }
    Ok(())
}

fn distinct<'a>(values: impl Iterator<Item = &'a Value>) -> Vec<&'a Value> {
    let mut found: Vec<&Value> = Vec::new();
    for value in values {
        if !found.contains(&value) {
            found.push(value);
        }
    }
    found
}
