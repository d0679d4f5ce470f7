//! The taxes of an order: a row for each part that was taxed. A list with `details` identifies the part.

use serde_json::{Value, json};

use super::cents;
use crate::rules::fields::{amount, get, items, money, or};
use crate::rules::{Context, Rules, Settings};
use crate::state::Record;
use crate::wanted::Wanted;

pub(in crate::rules) struct Taxes;

const NAME: &str = "order_taxes";
/// Where a row stores what `details` returns.
const KIND: &str = "kind";
const LINE: &str = "line";
/// The costs of an order that are taxed in addition to its lines, and their names in a row.
const COSTS: [(&str, &str); 3] = [
    ("shipping_cost", "shipping"),
    ("handling_cost", "handling"),
    ("wrapping_cost", "gift-wrapping"),
];

/// A part of an order that was taxed.
struct Part {
    tax: f64,
    net: f64,
    /// Its kind; null if it is unknown.
    kind: Value,
    line: Value,
    address: Value,
}

/// The rows of an order. Tax that exceeds its known parts, or is less than theirs, is a part of an unknown
/// kind.
pub(super) fn of(context: &Context<'_>, order: &Record) -> Vec<Value> {
    let whole = amount(get(order, "total_tax"));
    if cents(whole) == 0 {
        return Vec::new();
    }
    let first = items(get(order, "shipping_addresses")).first();
    let first = or([first.map_or(&Value::Null, |own| &own["id"]), &json!(0)]);
    let lines = items(get(order, "lines")).iter().map(|line| Part {
        tax: amount(&line["total_tax"]),
        net: amount(&line["total_ex_tax"]),
        kind: "item".into(),
        line: line["id"].to_string().into(),
        address: line["order_address_id"].clone(),
    });
    let costs = COSTS.iter().map(|(cost, kind)| Part {
        tax: amount(get(order, &format!("{cost}_tax"))),
        net: amount(get(order, &format!("{cost}_ex_tax"))),
        kind: (*kind).into(),
        line: Value::Null,
        address: first.clone(),
    });
    let mut parts: Vec<Part> = lines.chain(costs).collect();
    parts.retain(|part| cents(part.tax) != 0);
    let mut left = whole - parts.iter().map(|part| part.tax).sum::<f64>();
    if cents(left) < 0 {
        parts.clear();
        left = whole;
    }
    if cents(left) > 0 {
        parts.push(Part {
            tax: left,
            net: amount(get(order, "total_ex_tax")),
            kind: Value::Null,
            line: Value::Null,
            address: first,
        });
    }
    let id = get(order, "id");
    let known = context.all(NAME, &[("order_id", id.clone())]);
    let rows = parts.iter().map(|part| {
        let same = |own: &Record| *get(own, KIND) == part.kind && *get(own, LINE) == part.line;
        let own = known.iter().find(|own| same(own));
        let own = own.map_or_else(|| context.count(NAME).into(), |own| get(own, "id").clone());
        let rate = match part.net > 0.0 {
            true => money(100.0 * part.tax / part.net),
            false => json!(0),
        };
        json!({
            "id": own, "order_id": id, "order_address_id": part.address, "tax_rate_id": 1,
            "sales_tax_id": "1", "tax_class_id": 0, "name": "Tax", "class": "API Tax Override",
            "rate": rate, "priority_amount": money(part.tax), "line_amount": money(part.tax),
            KIND: part.kind, LINE: part.line,
        })
    });
    rows.collect()
}

impl Rules for Taxes {
    fn settings(&self) -> Settings {
        Settings {
            path: "orders/taxes",
            name: NAME,
            file: Some("orders/taxes.rs"),
            absent: &["order_product_id", "line_item_type"],
            ..Settings::USUAL
        }
    }

    fn show(
        &self,
        context: &Context<'_>,
        _: &Wanted,
        record: &Record,
        field: &str,
    ) -> Option<Value> {
        let is_detailed = matches!(context.query("details"), Some("true" | "1"));
        match field {
            "order_product_id" => is_detailed.then(|| get(record, LINE).clone()),
            "line_item_type" if is_detailed => {
                Some(get(record, KIND).clone()).filter(|kind| !kind.is_null())
            }
            _ => None,
        }
    }
}
