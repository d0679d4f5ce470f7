//! The unit price for a quantity: from the tiers of the price list that prices the variant, or else from the
//! product's bulk pricing rules, which replace the discount of a customer group.

use serde_json::{Value, json};

use super::Context;
use super::chosen::Options;
use super::fields::{amount, get, items, money, or, with};
use super::sold::{Shopper, listed, product, reduced, variant};
use crate::state::Record;

/// The unit price of a line, given everything else in the cart.
pub(super) fn price(
    context: &Context<'_>,
    shopper: &Shopper,
    (lines, line): (&[Value], &Value),
    options: Options,
) -> Value {
    let product = product(context, line).unwrap_or_default();
    let of = |line: &Value| {
        let own = variant(context, line, options);
        let own = own.or_else(|| context.one("variants", get(&product, "base_variant_id")));
        own.unwrap_or_default()
    };
    let own = of(line);
    let rules = rules(context, shopper, &product, &own);
    let in_list = shopper.in_list(context, &own);
    // A price list counts the quantity of the variant, and the bulk pricing rules that of the product.
    let together = |other: &Record| match &in_list {
        Some(_) => get(other, "id") == get(&own, "id"),
        None => shopper.in_list(context, other).is_none(),
    };
    let same = lines.iter();
    let same = same.filter(|other| other["product_id"] == line["product_id"]);
    let same = same.filter(|other| together(&of(other)));
    let bought = same.map(|other| other.get("quantity").map_or(1.0, amount));
    let bought: f64 = bought.sum();
    match &in_list {
        Some(list) => {
            let price = or([get(list, "sale_price"), get(list, "price")]);
            by(&rules, bought, &price).unwrap_or(price)
        }
        None => {
            let price = listed(&product, &own);
            let price = by(&rules, bought, &price)
                .unwrap_or_else(|| shopper.discounted(context, &product, &price));
            shopper.converted(&price)
        }
    }
}

/// The tiers or rules for a variant.
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
    all.map(|rule| whole(Value::Object((*rule).clone())))
        .collect()
}

/// A product's rule as a tier: its percentage is converted from a fraction.
fn whole(rule: Value) -> Value {
    let share = amount(&rule["amount"]);
    match rule["type"] == "percent" && share < 1.0 {
        true => with(&rule, json!({ "amount": money(share * 100.0) })),
        false => rule,
    }
}

/// The price according to the rule for this quantity; `None` if there is no such rule.
fn by(rules: &[Value], bought: f64, price: &Value) -> Option<Value> {
    let mut rules = rules.iter();
    let rule = rules.find(|rule| {
        // A missing maximum and a maximum of 0 both mean no upper limit.
        let most = amount(&rule["quantity_max"]);
        amount(&rule["quantity_min"]) <= bought && (most < 1.0 || bought <= most)
    })?;
    Some(reduced(price, &rule["type"], &rule["amount"]))
}
