//! Automatic promotions: what the simple ones take off a cart. A rule with anything else has no effect: a gift, a
//! set, free shipping, a number of items or a repeated action. Neither has a promotion for some hours, addresses or
//! segments.

use serde_json::{Value, json};

use super::PROMOTIONS;
use super::terms::{is_met, is_on, means, worth};
use crate::rules::Context;
use crate::rules::fields::{amount, get, items, money, says};
use crate::state::Record;

/// What automatic promotions take off a cart.
pub(in crate::rules) struct Reduced {
    /// The promotions.
    pub(in crate::rules) ids: Vec<Value>,
    /// What the discounts on the cart as a whole take off each line. Those on items are stored with the lines.
    pub(in crate::rules) shares: Vec<f64>,
}

/// A rule that applies to a cart.
struct Applied {
    promotion: Value,
    action: Value,
    /// Whether its discount is on items rather than the cart as a whole.
    of_items: bool,
}

/// Takes the discounts of automatic promotions off the lines of a cart.
pub(in crate::rules) fn reduce(
    context: &Context<'_>,
    cart: &Record,
    lines: &mut [Value],
) -> Reduced {
    let settings = context.first("promotions/settings", &[]);
    let settings = settings.unwrap_or_default();
    let is = |name: &str| get(&settings, name).as_bool();
    let of_custom = is("promotions_apply_on_products_with_custom_product_price") == Some(true);
    let of_free = is("promotions_triggered_by_products_with_zero_product_price") == Some(true);
    let of_original = is("promotions_applied_on_original_product_price") != Some(false);
    let has_price = |line: &Value| of_custom || line["asked_price"].is_null();
    let prices = lines.iter().map(|line| match has_price(line) {
        true => worth(line),
        false => 0.0,
    });
    let prices: Vec<f64> = prices.collect();
    let triggers = lines.iter().filter(|line| of_free || worth(line) > 0.0);
    let triggers: Vec<Value> = triggers.cloned().collect();
    let mut all = applied(context, cart, &triggers, (&*lines, prices.as_slice()));
    // Discounts on items come before those on the cart.
    all.sort_by_key(|rule| !rule.of_items);
    let mut reduced = Reduced {
        ids: Vec::new(),
        shares: vec![0.0; lines.len()],
    };
    for rule in all {
        let rest = lines
            .iter()
            .map(|line| worth(line) - amount(&line["discount_amount"]));
        let rest: Vec<f64> = rest
            .zip(&prices)
            .map(|(rest, price)| rest.min(*price))
            .collect();
        let basis = if of_original { &prices } else { &rest };
        let shares = shares(context, &rule.action, lines, basis).unwrap_or_default();
        let shares = shares
            .iter()
            .zip(&rest)
            .map(|(share, rest)| share.min(*rest));
        let shares: Vec<f64> = shares.map(|share| amount(&money(share.max(0.0)))).collect();
        for (at, (line, share)) in lines.iter_mut().zip(&shares).enumerate() {
            if *share > 0.0 {
                take(line, &rule, *share);
                if !rule.of_items {
                    reduced.shares[at] += share;
                }
            }
        }
        if shares.iter().any(|share| *share > 0.0) && !reduced.ids.contains(&rule.promotion) {
            reduced.ids.push(rule.promotion);
        }
    }
    reduced
}

/// Takes a discount off a line.
fn take(line: &mut Value, rule: &Applied, share: f64) {
    line["discount_amount"] = money(amount(&line["discount_amount"]) + share);
    if rule.of_items {
        line["line_discount"] = money(amount(&line["line_discount"]) + share);
    }
    let mut all = items(&line["discounts"]).to_vec();
    all.push(json!({ "id": rule.promotion, "discounted_amount": money(share) }));
    line["discounts"] = all.into();
}

/// The rules that apply, in the order of their promotions: there is no other, since only the control panel sets
/// priorities.
fn applied(
    context: &Context<'_>,
    cart: &Record,
    triggers: &[Value],
    (lines, prices): (&[Value], &[f64]),
) -> Vec<Applied> {
    let automatic = [("redemption_type", json!("AUTOMATIC"))];
    let mut all: Vec<Applied> = Vec::new();
    for promotion in context.all(PROMOTIONS, &automatic) {
        let alone = *get(&promotion, "can_be_used_with_other_promotions") == false;
        let is_late = alone && !all.is_empty();
        if is_late || !is_simple(&promotion) || !is_on(context, &promotion, cart) {
            continue;
        }
        let before = all.len();
        for rule in items(get(&promotion, "rules")) {
            let off = taken_off(context, rule, triggers, (lines, prices));
            if off.iter().flatten().sum::<f64>() > 0.0 {
                let action = &rule["action"];
                all.push(Applied {
                    promotion: get(&promotion, "id").clone(),
                    action: action.clone(),
                    of_items: action["cart_items"].is_object(),
                });
                if rule["stop"] == true {
                    break;
                }
            }
        }
        if all.len() > before && (alone || *get(&promotion, "stop") == true) {
            break;
        }
    }
    all
}

/// Whether everything that limits a promotion is computed.
fn is_simple(promotion: &Record) -> bool {
    let unread = ["schedule", "shipping_address"].iter();
    let mut unread = unread.map(|name| get(promotion, name));
    unread.all(|limit| !says(limit)) && !says(&get(promotion, "customer")["segments"])
}

/// What a rule takes off each line, by the lines' prices; `None` if the lines that may trigger it do not meet its
/// condition, or if it is not computed.
pub(in crate::rules) fn taken_off(
    context: &Context<'_>,
    rule: &Value,
    triggers: &[Value],
    (lines, prices): (&[Value], &[f64]),
) -> Option<Vec<f64>> {
    let (of, of_items) = discount(&rule["action"])?;
    let condition = &rule["condition"];
    let includes = of["include_items_considered_by_condition"] == true;
    let excludes = of_items && has_items(condition) && !includes;
    let is_simple = rule["apply_once"] != false && !excludes;
    let applies = is_simple && is_met(context, condition, triggers) == Some(true);
    applies.then(|| shares(context, &rule["action"], lines, prices))?
}

/// The discount of an action, and whether it is on items; `None` if it is not computed.
fn discount(action: &Value) -> Option<(&Value, bool)> {
    let of_items = &action["cart_items"];
    if of_items.is_object() {
        let unread = ["quantity", "exclude_items_on_sale", "add_free_item"];
        let is_simple = !unread.iter().any(|name| says(&of_items[*name]));
        return is_simple.then_some((of_items, true));
    }
    let of_cart = &action["cart_value"];
    of_cart.is_object().then_some((of_cart, false))
}

/// Whether a condition counts only some items.
fn has_items(condition: &Value) -> bool {
    let mut all = items(&condition["and"]).iter();
    says(&condition["cart"]["items"]) || all.any(has_items)
}

/// What an action takes off each line, by the lines' prices; `None` if it is not computed.
fn shares(
    context: &Context<'_>,
    action: &Value,
    lines: &[Value],
    prices: &[f64],
) -> Option<Vec<f64>> {
    let (of, of_items) = discount(action)?;
    let mut meant = Vec::with_capacity(lines.len());
    for (line, price) in lines.iter().zip(prices) {
        let is_meant = means(context, &of["items"], line)?;
        meant.push(if is_meant { price.max(0.0) } else { 0.0 });
    }
    let whole: f64 = meant.iter().sum();
    let percent = amount(&of["discount"]["percentage_amount"]);
    let fixed = amount(&of["discount"]["fixed_amount"]);
    let of_each = of_items && of["as_total"] != true;
    let share = |(line, price): (&Value, &f64)| match fixed > 0.0 {
        true if of_each => (fixed * amount(&line["quantity"])).min(*price),
        true if whole > 0.0 => fixed.min(whole) * price / whole,
        true => 0.0,
        false => price * percent / 100.0,
    };
    let shares: Vec<f64> = lines.iter().zip(&meant).map(share).collect();
    Some(match amount(&of["maximum_allowed_discount_amount"]) {
        most if most > 0.0 => limited(&shares, most, of_items),
        _ => shares,
    })
}

/// Shares that are no more than a maximum together: the items use it up one after another, while a discount on the
/// cart stays distributed among them.
fn limited(shares: &[f64], most: f64, of_items: bool) -> Vec<f64> {
    let total: f64 = shares.iter().sum();
    let mut left = most;
    let limited = shares.iter().map(|share| match of_items {
        true => {
            let own = share.min(left);
            left -= own;
            own
        }
        false if total > most => share * most / total,
        false => *share,
    });
    limited.collect()
}
