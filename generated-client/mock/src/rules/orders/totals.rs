//! The fees and totals of an order, computed from the prices of its lines.

use serde_json::{Value, json};

use crate::rules::Context;
use crate::rules::fields::{amount, get, items, money, or, sum, text};
use crate::rules::object;
use crate::state::Record;

/// Computes the fees and the totals.
pub(super) fn derive(context: &Context<'_>, record: &mut Record) {
    let fees = items(get(record, "fees")).iter();
    let fees: Vec<Value> = fees.map(|fee| of_fee(context, fee)).collect();
    let lines = items(get(record, "lines"));
    let given = |name: &str| get(record, "given").get(name).map(amount);
    let own = |name: &str| amount(get(record, name));
    let subtotal = |name: &str, of_lines: &str| given(name).unwrap_or_else(|| sum(lines, of_lines));
    let ex_tax = subtotal("subtotal_ex_tax", "total_ex_tax");
    let inc_tax = subtotal("subtotal_inc_tax", "total_inc_tax");
    let total = |subtotal: f64, kind: &str| {
        let costs = ["shipping_cost", "handling_cost", "wrapping_cost"];
        let costs: f64 = costs
            .iter()
            .map(|cost| own(&format!("{cost}_{kind}")))
            .sum();
        let fees = sum(&fees, &format!("cost_{kind}"));
        subtotal + costs + fees - own("discount_amount") - own("coupon_discount")
    };
    let total_ex_tax = given("total_ex_tax").unwrap_or_else(|| total(ex_tax, "ex_tax"));
    let total_inc_tax = given("total_inc_tax").unwrap_or_else(|| total(inc_tax, "inc_tax"));
    let tax = |cost: &str| money(own(&format!("{cost}_inc_tax")) - own(&format!("{cost}_ex_tax")));
    let sums = json!({
        "items_total": money(sum(lines, "quantity")),
        "subtotal_ex_tax": money(ex_tax),
        "subtotal_inc_tax": money(inc_tax),
        "subtotal_tax": money(inc_tax - ex_tax),
        "shipping_cost_tax": tax("shipping_cost"),
        "handling_cost_tax": tax("handling_cost"),
        "wrapping_cost_tax": tax("wrapping_cost"),
        "total_ex_tax": money(total_ex_tax),
        "total_inc_tax": money(total_inc_tax),
        "total_tax": money(total_inc_tax - total_ex_tax),
        "fees": fees,
    });
    record.extend(object(sums));
}

fn of_fee(context: &Context<'_>, fee: &Value) -> Value {
    let given = |name: &str| fee.get(name).map(amount);
    let (ex_tax, inc_tax, tax) = (
        given("cost_ex_tax"),
        given("cost_inc_tax"),
        given("cost_tax"),
    );
    let none = 0.0;
    let net = ex_tax.unwrap_or_else(|| inc_tax.unwrap_or(none) - tax.unwrap_or(none));
    let gross = inc_tax.unwrap_or_else(|| ex_tax.unwrap_or(none) + tax.unwrap_or(none));
    let difference = tax.unwrap_or_else(|| inc_tax.unwrap_or(none) - ex_tax.unwrap_or(none));
    let (customer, merchant) = (&fee["display_name_customer"], &fee["display_name_merchant"]);
    json!({
        "id": context.id(fee, "order_fees"),
        "type": or([&fee["type"], &json!("custom_fee")]),
        "display_name_customer": or([customer, merchant]),
        "display_name_merchant": or([merchant, customer]),
        "source": text(&fee["source"]),
        "base_cost": money(net),
        "cost_ex_tax": money(net),
        "cost_inc_tax": money(gross),
        "cost_tax": money(difference),
        "tax_class_id": fee["tax_class_id"],
    })
}
