//! The reviews of products, and their totals.

use serde_json::Value;

use super::owner::stays;
use crate::refusal::Refusal;
use crate::rules::fields::{amount, get, money, text};
use crate::rules::{Context, Looking, Rules, Settings, Write};
use crate::state::Record;

pub(in crate::rules) struct Reviews;

impl Rules for Reviews {
    fn settings(&self) -> Settings {
        Settings {
            path: "catalog/products/reviews",
            name: "product_reviews",
            file: Some("products/reviews.rs"),
            ..Settings::USUAL
        }
    }

    fn starts(&self, _: &Context<'_>, _: &Record) -> Value {
        serde_json::json!({ "status": "pending" })
    }

    fn write(&self, context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        stays(context, write)
    }

    fn find(&self, _: &Context<'_>, record: &Record, looking: Looking<'_>) -> Option<Value> {
        // The filter uses numbers for the statuses, and has none for disapproved reviews.
        (looking.parameter == "status").then(|| match text(get(record, "status")) {
            "approved" => 1.into(),
            "pending" => 0.into(),
            _ => Value::Null,
        })
    }
}

/// A review count of a product: of all reviews, and of those that the storefront shows.
pub(super) fn rated(context: &Context<'_>, product: &Record, field: &str) -> Value {
    let all = context.all(
        "product_reviews",
        &[
            ("product_id", get(product, "id").clone()),
            ("status", "approved".into()),
        ],
    );
    let rating = |review: &std::sync::Arc<Record>| match field {
        "reviews_count" => 1.0,
        _ => amount(get(review, "rating")),
    };
    money(amount(get(product, field)) + all.iter().map(rating).sum::<f64>())
}
