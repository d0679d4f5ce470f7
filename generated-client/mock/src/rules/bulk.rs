//! What each costs where several are bought: by the tiers of the price list that prices the variant, or else by
//! the bulk pricing rules of the product, which count in place of the discount of a customer group.

use serde_json::Value;

use super::Context;
use super::fields::{amount, get, items, or};
use super::sold::{Shopper, listed, reduced};
use crate::state::Record;

/// How many are bought together.
#[derive(Clone, Copy)]
pub(super) struct Bought {
    /// Of the variant.
    pub(super) of_variant: f64,
    /// Of the product, without variants that a price list prices.
    pub(super) of_product: f64,
}

/// What each of so many costs.
pub(super) fn each(
    context: &Context<'_>,
    shopper: &Shopper,
    product: &Record,
    variant: &Record,
    bought: Bought,
) -> Value {
    let rules = rules(context, shopper, product, variant);
    if let Some(own) = shopper.in_list(context, variant) {
        let price = or([get(&own, "sale_price"), get(&own, "price")]);
        return by(&rules, bought.of_variant, &price).unwrap_or(price);
    }
    let price = listed(product, variant);
    by(&rules, bought.of_product, &price)
        .unwrap_or_else(|| shopper.discounted(context, product, &price))
}

/// The tiers or the rules that hold for a variant.
pub(super) fn rules(
    context: &Context<'_>,
    shopper: &Shopper,
    product: &Record,
    variant: &Record,
) -> Vec<Value> {
    if let Some(own) = shopper.in_list(context, variant) {
        return items(get(&own, "bulk_pricing_tiers")).to_vec();
    }
    let of_product = [("product_id", get(product, "id").clone())];
    let all = context.all("bulk_pricing_rules", &of_product).into_iter();
    all.map(|rule| Value::Object((*rule).clone())).collect()
}

/// A price as the rule has it that so many fall under; none where there is no such rule.
fn by(rules: &[Value], bought: f64, price: &Value) -> Option<Value> {
    let mut rules = rules.iter();
    let rule = rules.find(|rule| {
        // No maximum and one of 0 are no upper end.
        let most = amount(&rule["quantity_max"]);
        amount(&rule["quantity_min"]) <= bought && (most < 1.0 || bought <= most)
    })?;
    Some(reduced(price, &rule["type"], &rule["amount"]))
}
