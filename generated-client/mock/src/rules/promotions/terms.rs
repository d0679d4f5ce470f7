//! The terms of promotions: for whom, where and when they apply, what a cart must have, and which of its items they
//! are about.

use serde_json::{Value, json};

use crate::rules::Context;
use crate::rules::fields::{amount, get, items, or, says, text};
use crate::rules::sold::Shopper;
use crate::state::Record;

const COMPLETED: i64 = 10;

/// Whether a promotion applies to a cart now: by its dates, channels, currency and customers.
pub(in crate::rules) fn is_on(context: &Context<'_>, promotion: &Record, cart: &Record) -> bool {
    let own = |name: &str| get(promotion, name);
    let (start, end) = (text(own("start_date")), text(own("end_date")));
    let now = context.now.as_str();
    let in_time = start <= now && (end.is_empty() || now < end);
    let channel = or([get(cart, "channel_id"), &json!(1)]);
    let channels = items(own("channels"));
    let in_channel = channels.is_empty() || channels.iter().any(|one| one["id"] == channel);
    let code = &get(cart, "currency")["code"];
    let currency = own("currency_code");
    let in_currency = currency == "*" || currency == code;
    let shopper = Shopper::of(context, get(cart, "customer_id"), &channel, code);
    let for_shopper = takes(own("customer"), shopper.group())
        && has_ordered(context, get(cart, "customer_id"), own("customer"));
    *own("status") == "ENABLED" && in_time && in_channel && in_currency && for_shopper
}

/// Whether a promotion applies to customers of a group.
fn takes(customers: &Value, group: &Value) -> bool {
    let only = items(&customers["group_ids"]);
    let is_excluded = items(&customers["excluded_group_ids"]).contains(group);
    !is_excluded && (only.is_empty() || only.contains(group))
}

/// Whether a customer has the number of completed orders that a promotion requires.
fn has_ordered(context: &Context<'_>, customer: &Value, customers: &Value) -> bool {
    let Some(least) = customers["minimum_order_count"]
        .as_u64()
        .filter(|least| *least > 0)
    else {
        return true;
    };
    let completed = [
        ("customer_id", customer.clone()),
        ("status_id", COMPLETED.into()),
    ];
    says(customer) && context.all("orders", &completed).len() as u64 >= least
}

/// Whether the lines of a cart meet the condition of a rule; `None` if that is not computed.
pub(in crate::rules) fn is_met(
    context: &Context<'_>,
    condition: &Value,
    lines: &[Value],
) -> Option<bool> {
    if condition.is_null() {
        return Some(true);
    }
    if let Value::Array(all) = &condition["and"] {
        for one in all {
            if !is_met(context, one, lines)? {
                return Some(false);
            }
        }
        return Some(true);
    }
    let cart = &condition["cart"];
    if !cart.is_object() {
        return None;
    }
    let (mut spent, mut quantity) = (0.0, 0.0);
    for line in lines {
        if means(context, &cart["items"], line)? {
            spent += worth(line);
            quantity += amount(&line["quantity"]);
        }
    }
    // The quantity has no effect without items.
    let enough = cart["items"].is_null() || quantity >= amount(&cart["minimum_quantity"]);
    Some(enough && spent >= amount(&cart["minimum_spend"]))
}

/// Whether a matcher is about the item of a line; `None` if that is not computed.
pub(super) fn means(context: &Context<'_>, matcher: &Value, line: &Value) -> Option<bool> {
    let Value::Object(fields) = matcher else {
        return Some(true);
    };
    let (kind, of) = fields.iter().next()?;
    let product = context.one("products", &line["product_id"]);
    let own = |name: &str| {
        let product = product.as_deref();
        product.map_or(Value::Null, |product| get(product, name).clone())
    };
    let has = |id: &Value| items(of).contains(id);
    Some(match kind.as_str() {
        "products" => has(&line["product_id"]),
        "variants" => has(&line["variant_id"]),
        "brands" => has(&own("brand_id")),
        "categories" => {
            let categories = own("categories");
            items(&categories).iter().any(has)
        }
        "and" => {
            let mut all = true;
            for one in items(of) {
                all &= means(context, one, line)?;
            }
            all
        }
        "or" => {
            let mut any = false;
            for one in items(of) {
                any |= means(context, one, line)?;
            }
            any
        }
        "not" => !means(context, of, line)?,
        _ => return None,
    })
}

/// The price of a line before any discount.
pub(super) fn worth(line: &Value) -> f64 {
    amount(&line["list_price"]) * amount(&line["quantity"])
}
