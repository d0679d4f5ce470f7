//! What a line costs where several are bought: by the tiers of the price list that prices the variant, or else by
//! the bulk pricing rules of the product, which count in place of the discount of a customer group.

use serde_json::{Value, json};

use super::Context;
use super::fields::{amount, get, items, money, or, with};
use super::sold::{Options, Shopper, listed, product, reduced, variant};
use crate::state::Record;

/// What each of a line costs beside all that is bought with it.
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
    // What a list prices goes by how many there are of the variant, and anything else by how many of the product.
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
    all.map(|rule| whole(Value::Object((*rule).clone())))
        .collect()
}

/// A rule of a product with its percentage as tiers have it: it is written as a fraction.
fn whole(rule: Value) -> Value {
    let share = amount(&rule["amount"]);
    match rule["type"] == "percent" && share < 1.0 {
        true => with(&rule, json!({ "amount": money(share * 100.0) })),
        false => rule,
    }
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
