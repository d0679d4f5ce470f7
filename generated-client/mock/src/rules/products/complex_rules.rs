//! Complex rules: how a combination of a shopper's selections changes a product.

use http::StatusCode;
use serde_json::Value;

use super::owner::stays;
use crate::refusal::Refusal;
use crate::rules::choices::MODIFIERS;
use crate::rules::fields::{get, items, says};
use crate::rules::{Context, Rules, Settings, Write, refuse, refuse_with};
use crate::state::Record;
use crate::values::plain;

pub(in crate::rules) struct ComplexRules;

const NAME: &str = "catalog/products/complex-rules";

impl Rules for ComplexRules {
    fn settings(&self) -> Settings {
        Settings {
            path: NAME,
            name: NAME,
            file: Some("products/complex_rules.rs"),
            ..Settings::USUAL
        }
    }

    fn write(&self, context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        stays(context, write)?;
        if write.sent("conditions") && !is_complex(items(&write.body["conditions"])) {
            let says = "The rule must contain multiple modifier conditions with unique modifier ids or \
                a variant condition and modifier condition";
            return Err(Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, says));
        }
        if write.sent("conditions") {
            refuse_others(context, get(write.record, "product_id"), write.body)?;
        }
        let own = get(write.record, "id");
        let of_product = [("product_id", get(write.record, "product_id").clone())];
        let chosen = choices(write.record);
        let all = context.all(NAME, &of_product);
        let mut others = all.iter().filter(|other| get(other, "id") != own);
        if others.any(|other| choices(other) == chosen) {
            let says = "Another rule has the same conditions";
            return refuse_with(StatusCode::CONFLICT, "conditions", says);
        }
        Ok(())
    }
}

/// Whether conditions are values of several modifiers, or a variant and the value of a modifier.
fn is_complex(conditions: &[Value]) -> bool {
    let of_value = |one: &&Value| says(&one["modifier_id"]) && says(&one["modifier_value_id"]);
    let values: Vec<&Value> = conditions.iter().filter(of_value).collect();
    let is_first = |(at, one): (usize, &&Value)| {
        let mut earlier = values[..at].iter();
        !earlier.any(|other| other["modifier_id"] == one["modifier_id"])
    };
    let are_several = values.iter().enumerate().all(is_first);
    let has_variant = conditions.iter().any(|one| says(&one["variant_id"]));
    are_several && values.len() + usize::from(has_variant) > 1 && !values.is_empty()
}

/// Rejects conditions that name something the product does not have.
fn refuse_others(context: &Context<'_>, product: &Value, body: &Value) -> Result<(), Refusal> {
    // The subject of a condition: its field, its collection, and the field that refers to its owner.
    const NAMED: [(&str, &str, &str, Option<&str>); 3] = [
        ("modifier_id", MODIFIERS.all, "product_id", None),
        (
            "modifier_value_id",
            MODIFIERS.values,
            MODIFIERS.id,
            Some("modifier_id"),
        ),
        ("variant_id", "variants", "product_id", None),
    ];
    for (at, condition) in items(&body["conditions"]).iter().enumerate() {
        for (name, collection, above, of) in NAMED {
            let owner = of.map_or(product, |of| &condition[of]);
            let is_own = context
                .one(collection, &condition[name])
                .is_some_and(|own| plain(get(&own, above)) == plain(owner));
            if says(&condition[name]) && !is_own {
                let field = format!("conditions.{at}.{name}");
                return refuse(&field, "The product has no such choice");
            }
        }
    }
    Ok(())
}

/// The selections that a complex rule requires, in any order.
fn choices(rule: &Record) -> Vec<[i64; 3]> {
    const NAMES: [&str; 3] = ["modifier_id", "modifier_value_id", "variant_id"];
    let all = items(get(rule, "conditions")).iter();
    let all = all.map(|own| NAMES.map(|name| own[name].as_i64().unwrap_or_default()));
    let mut all: Vec<[i64; 3]> = all.collect();
    all.sort_unstable();
    all
}
