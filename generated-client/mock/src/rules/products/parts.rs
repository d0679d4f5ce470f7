//! The parts of a product that are written with it, returned with `include`, and have their own calls:
//! images, videos, custom fields and bulk pricing rules. They are separate records in either case.

use http::StatusCode;
use serde_json::{Value, json};

use super::images;
use super::owner::stays;
use crate::refusal::Refusal;
use crate::rules::fields::{get, items, with, without};
use crate::rules::{Context, Rules, Settings, Special, Work, Write, object, refuse, refuse_with};
use crate::state::Record;

/// The fields of a product, and the collections of their records.
const PARTS: [(&str, &str); 4] = [
    ("images", "product_images"),
    ("videos", "product_videos"),
    ("custom_fields", "custom_fields"),
    ("bulk_pricing_rules", "bulk_pricing_rules"),
];

/// The maximum number of custom fields of a product.
const MOST_FIELDS: usize = 200;

/// Removes the parts from a product that is written.
pub(super) fn leave(write: &mut Write<'_>) -> Result<(), Refusal> {
    let rules = items(&write.body["bulk_pricing_rules"]);
    for (index, rule) in rules.iter().enumerate() {
        judge(rule, rules.iter().skip(index + 1))?;
    }
    for (field, _) in PARTS {
        write.set(field, json!([]));
    }
    Ok(())
}

/// Replaces the existing parts of a product with those it was written with. A part with an id is
/// updated.
pub(super) fn keep(work: &mut Work<'_, '_>, product: &Value, body: &Value) -> Result<(), Refusal> {
    for (field, collection) in PARTS {
        let Some(new) = body.get(field).and_then(Value::as_array) else {
            continue;
        };
        let of_product = [("product_id", product.clone())];
        let old = work.context().all(collection, &of_product);
        let named = |record: &Record| {
            let id = get(record, "id");
            new.iter().any(|item| item["id"] == *id)
        };
        for gone in old.iter().filter(|record| !named(record)) {
            work.remove(collection, get(gone, "id"))?;
        }
        for item in new {
            let own = with(&without(item, &["id"]), json!({ "product_id": product }));
            let known = old.iter().find(|record| get(record, "id") == &item["id"]);
            match known {
                Some(known) => work.amend(collection, get(known, "id"), own)?,
                None => {
                    work.make(collection, object(own))?;
                }
            }
        }
    }
    Ok(())
}

/// The parts in a field of a product.
pub(super) fn shown(context: &Context<'_>, product: &Value, field: &str) -> Option<Value> {
    let of_product = [("product_id", product.clone())];
    if field == "reviews" {
        let all = context.all("product_reviews", &of_product).into_iter();
        return Some(all.map(|one| Value::Object((*one).clone())).collect());
    }
    let (_, collection) = PARTS.iter().find(|(name, _)| *name == field)?;
    let all = context.all(collection, &of_product);
    Some(match field {
        "images" => all.iter().map(|one| images::shown(context, one)).collect(),
        _ => all
            .iter()
            .map(|one| Value::Object((**one).clone()))
            .collect(),
    })
}

pub(in crate::rules) struct Videos;

impl Rules for Videos {
    fn settings(&self) -> Settings {
        Settings {
            path: "catalog/products/videos",
            name: "product_videos",
            file: Some("products/parts.rs"),
            ..Settings::USUAL
        }
    }

    fn starts(&self, _: &Context<'_>, _: &Record) -> Value {
        json!({ "type": "youtube" })
    }

    fn write(&self, context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        stays(context, write)
    }
}

pub(in crate::rules) struct CustomFields;

impl Rules for CustomFields {
    fn settings(&self) -> Settings {
        Settings {
            path: "catalog/products/custom-fields",
            name: "custom_fields",
            file: Some("products/parts.rs"),
            unique: &[&["product_id", "name", "value"]],
            taken: 422,
            ..Settings::USUAL
        }
    }

    fn operations(&self) -> &'static [Special] {
        &[Special {
            id: "product_custom_fields.update",
            file: "products/parts.rs",
            optional: &["name", "value"],
            ..Special::USUAL
        }]
    }

    fn write(&self, context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        stays(context, write)?;
        let of_product = [("product_id", get(write.record, "product_id").clone())];
        if write.before.is_none() && context.all("custom_fields", &of_product).len() >= MOST_FIELDS
        {
            return refuse("name", "A product can have at most 200 custom fields");
        }
        Ok(())
    }
}

pub(in crate::rules) struct BulkPricingRules;

impl Rules for BulkPricingRules {
    fn settings(&self) -> Settings {
        Settings {
            path: "catalog/products/bulk-pricing-rules",
            name: "bulk_pricing_rules",
            file: Some("products/parts.rs"),
            ..Settings::USUAL
        }
    }

    fn write(&self, context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        stays(context, write)?;
        let own = get(write.record, "id");
        let of_product = [("product_id", get(write.record, "product_id").clone())];
        let all = context.all("bulk_pricing_rules", &of_product);
        let others: Vec<Value> = all
            .iter()
            .filter(|other| get(other, "id") != own)
            .map(|other| Value::Object((**other).clone()))
            .collect();
        judge(&Value::Object(write.record.clone()), others.iter())
    }
}

/// Rejects a rule without a quantity, and one that overlaps with another.
fn judge<'a>(rule: &Value, others: impl Iterator<Item = &'a Value>) -> Result<(), Refusal> {
    let (least, most) = quantities(rule);
    if most < least {
        return refuse("quantity_max", "The maximum is below the minimum");
    }
    for other in others {
        let (other_least, other_most) = quantities(other);
        if least <= other_most && other_least <= most {
            let says = "The quantities overlap with those of another rule";
            return refuse_with(StatusCode::CONFLICT, "quantity_min", says);
        }
    }
    Ok(())
}

/// The minimum and maximum of a rule, both inclusive; a maximum of 0 means none.
fn quantities(rule: &Value) -> (i64, i64) {
    let most = rule["quantity_max"].as_i64().filter(|most| *most > 0);
    let least = rule["quantity_min"].as_i64().unwrap_or_default();
    (least, most.unwrap_or(i64::MAX))
}
