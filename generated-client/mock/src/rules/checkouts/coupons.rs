//! Coupons on a cart: V2 coupons and coupon codes of promotions, and their discounts on items and
//! shipping.

use std::sync::Arc;

use serde_json::{Value, json};

use super::consignments;
use super::writes::versioned;
use crate::refusal::Refusal;
use crate::rules::fields::{amount, get, items, money, or, says, sum, text, without};
use crate::rules::promotions::{is_met, is_on, taken_off, uses_by};
use crate::rules::sold::default_code;
use crate::rules::{Context, Write, refuse};
use crate::state::Record;

/// What a code stands for.
struct Coupon {
    id: Value,
    kind: String,
    name: Value,
    /// The amount or the percentage.
    worth: f64,
    /// The products or categories that it applies to; `None` for all.
    counts_for: Option<Value>,
    /// The rule of a promotion, which takes the place of the amount.
    rule: Option<Value>,
}

pub(super) fn apply(context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
    let before = versioned(write)?;
    let code = &write.body["coupon_code"];
    let mut codes = items(get(&before, "codes")).to_vec();
    if codes.contains(code) {
        return refuse("coupon_code", "The coupon is already applied");
    }
    let settings = context.all("promotions/settings", &[]);
    let most = settings
        .first()
        .and_then(|own| get(own, "number_of_coupons_allowed_at_checkout").as_u64());
    if codes.len() as u64 >= most.unwrap_or(1).max(1) {
        return refuse("coupon_code", "The store allows no more coupons");
    }
    known(context, code, &before)?;
    codes.push(code.clone());
    write.set("codes", codes);
    Ok(())
}

pub(super) fn remove(context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
    let before = versioned(write)?;
    let asked = context.parameter("couponCode")?;
    let mut codes = items(get(&before, "codes")).to_vec();
    let all = codes.len();
    codes.retain(|code| text(code) != asked.to_string());
    if codes.len() == all {
        return Err(Refusal::not_found(&asked));
    }
    write.set("codes", codes);
    Ok(())
}

/// Rejects a code that does not exist, or that does not apply to the cart.
fn known(context: &Context<'_>, code: &Value, cart: &Record) -> Result<(), Refusal> {
    let Some(_) = coupon(context, code, cart) else {
        return refuse("coupon_code", "There is no such coupon");
    };
    let like = [("code", code.clone())];
    let own = context.first("coupons", &like);
    let (counted, uses) = match &own {
        Some(own) => (Some(Arc::clone(own)), "num_uses"),
        None => (context.first("coupon_codes", &like), "current_uses"),
    };
    let counted = counted.unwrap_or_default();
    let is_reached = |most: &str, used: &Value| {
        let most = amount(get(&counted, most));
        most > 0.0 && amount(used) >= most
    };
    if is_reached("max_uses", get(&counted, uses)) {
        return refuse(
            "coupon_code",
            "The coupon has reached its maximum number of uses",
        );
    }
    let customer = get(cart, "customer_id");
    let used = uses_by(&counted, customer);
    if says(customer) && is_reached("max_uses_per_customer", &used) {
        let says = "The customer has reached the maximum number of uses of the coupon";
        return refuse("coupon_code", says);
    }
    if own.is_some() && get(cart, "currency")["code"] != default_code(context) {
        return refuse("coupon_code", "Coupons only apply to default currency.");
    }
    let least = own.map_or(0.0, |own| amount(get(&own, "min_purchase")));
    if amount(get(cart, "base_amount")) < least {
        return refuse(
            "coupon_code",
            "The cart is below the minimum amount for the coupon",
        );
    }
    Ok(())
}

fn coupon(context: &Context<'_>, code: &Value, cart: &Record) -> Option<Coupon> {
    if let Some(own) = context.first("coupons", &[("code", code.clone())]) {
        let expires = text(get(&own, "expires"));
        let over = !expires.is_empty() && expires < context.now.as_str();
        let ids = &get(&own, "applies_to")["ids"];
        let all = items(ids).iter().any(|id| *id == 0);
        return (says(get(&own, "enabled")) && !over).then(|| Coupon {
            id: get(&own, "id").clone(),
            kind: text(get(&own, "type")).to_owned(),
            name: get(&own, "name").clone(),
            worth: amount(get(&own, "amount")),
            counts_for: (!all).then(|| get(&own, "applies_to").clone()),
            rule: None,
        });
    }
    let own = context.first("coupon_codes", &[("code", code.clone())])?;
    let promotion = context.one("promotions", get(&own, "promotion_id"))?;
    if !is_on(context, &promotion, cart) {
        return None;
    }
    let rule = items(get(&promotion, "rules")).first()?;
    let action = &rule["action"];
    let of_items = &action["cart_items"]["discount"];
    let off = or([of_items, &action["cart_value"]["discount"]]);
    let kind = if says(&action["shipping"]["free_shipping"]) {
        "free_shipping"
    } else if says(&off["percentage_amount"]) {
        "percentage_discount"
    } else if says(of_items) {
        "per_item_discount"
    } else {
        "per_total_discount"
    };
    Some(Coupon {
        id: get(&own, "id").clone(),
        kind: kind.to_owned(),
        name: get(&promotion, "name").clone(),
        worth: 0.0,
        counts_for: None,
        rule: Some(rule.clone()),
    })
}

/// Computes the discounts of a cart's coupons on each line, and returns the coupons.
pub(in crate::rules) fn derive(
    context: &Context<'_>,
    cart: &Record,
    lines: &mut [Value],
) -> Vec<Value> {
    let mut shipping = consignments::total(cart);
    let codes = items(get(cart, "codes")).iter();
    let known = codes.filter_map(|code| Some((code, coupon(context, code, cart)?)));
    let mut all = Vec::new();
    for (code, coupon) in known {
        // A coupon stays in the cart without an effect until the condition of its promotion is met.
        let condition = coupon.rule.as_ref().map(|rule| &rule["condition"]);
        let is_met = condition.is_none_or(|own| is_met(context, own, lines) != Some(false));
        let of_shipping = match coupon.kind.as_str() {
            "shipping_discount" => coupon.worth.min(shipping),
            "free_shipping" if is_met => shipping,
            _ => 0.0,
        };
        shipping -= of_shipping;
        let of_goods = match &coupon.rule {
            Some(rule) => take_off_by(context, rule, lines),
            None => take_off(context, &coupon, lines),
        };
        all.push(json!({
            "id": coupon.id, "code": code, "coupon_type": coupon.kind, "display_name": coupon.name,
            "discounted_amount": money(of_goods), "shipping": money(of_shipping),
        }));
    }
    all
}

/// What is left of a line's price.
fn cost(line: &Value) -> f64 {
    let whole = amount(&line["list_price"]) * amount(&line["quantity"]);
    (whole - amount(&line["discount_amount"]) - amount(&line["coupon_amount"])).max(0.0)
}

/// Takes the discount of a promotion's rule off the lines, and returns how much that was.
fn take_off_by(context: &Context<'_>, rule: &Value, lines: &mut [Value]) -> f64 {
    let costs: Vec<f64> = lines.iter().map(cost).collect();
    let off = taken_off(context, rule, lines, (&*lines, costs.as_slice())).unwrap_or_default();
    let mut taken = 0.0;
    for (line, off) in lines.iter_mut().zip(off) {
        let off = amount(&money(off));
        line["coupon_amount"] = money(amount(&line["coupon_amount"]) + off);
        taken += off;
    }
    taken
}

/// The same for a V2 coupon.
fn take_off(context: &Context<'_>, coupon: &Coupon, lines: &mut [Value]) -> f64 {
    let mut meant: Vec<&mut Value> = lines
        .iter_mut()
        .filter(|line| {
            coupon
                .counts_for
                .as_ref()
                .is_none_or(|all| counts(context, all, line))
        })
        .collect();
    let all: f64 = meant.iter().map(|line| cost(line)).sum();
    let mut taken = 0.0;
    for line in &mut meant {
        let own = cost(line);
        let off = match coupon.kind.as_str() {
            "percentage_discount" => own * coupon.worth / 100.0,
            "per_item_discount" => coupon.worth * amount(&line["quantity"]),
            "per_total_discount" if all > 0.0 => coupon.worth * own / all,
            _ => 0.0,
        };
        let off = amount(&money(off.min(own)));
        line["coupon_amount"] = money(amount(&line["coupon_amount"]) + off);
        taken += off;
    }
    taken
}

/// Whether a coupon applies to the product of a line.
fn counts(context: &Context<'_>, for_what: &Value, line: &Value) -> bool {
    let ids = items(&for_what["ids"]);
    if for_what["entity"] == "products" {
        return ids.contains(&line["product_id"]);
    }
    let product = context.one("products", &line["product_id"]);
    product.is_some_and(|product| {
        let mut own = items(get(&product, "categories")).iter();
        own.any(|category| ids.contains(category))
    })
}

/// The coupons as carts and checkouts return them; a checkout includes discounts on shipping.
pub(in crate::rules) fn shown(cart: &Record, with_shipping: bool) -> Vec<Value> {
    let all = items(get(cart, "applied")).iter();
    let shown = all.map(|coupon| {
        let mut shown = without(coupon, &["shipping"]);
        if with_shipping {
            let both = amount(&coupon["discounted_amount"]) + amount(&coupon["shipping"]);
            shown["discounted_amount"] = money(both);
        }
        shown
    });
    shown.collect()
}

/// The total discount of the coupons of a cart.
pub(super) fn total(cart: &Record) -> f64 {
    let coupons = items(get(cart, "applied"));
    sum(coupons, "discounted_amount") + sum(coupons, "shipping")
}
