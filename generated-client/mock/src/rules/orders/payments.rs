//! The payments of an order: its transactions, and capturing or voiding an authorization.

use serde_json::{Value, json};

use crate::refusal::Refusal;
use crate::rules::fields::{amount, get, says, text, with};
use crate::rules::{Context, Rules, Settings, Special, Verb, Work, Write, object, refuse};
use crate::state::Record;

pub(in crate::rules) struct Transactions;

/// Shipped, Partially Shipped, Awaiting Pickup, Awaiting Shipment, Completed and Awaiting Fulfillment.
const PAID: [i64; 6] = [2, 3, 8, 9, 10, 11];

const AWAITING_PAYMENT: i64 = 7;

impl Rules for Transactions {
    fn settings(&self) -> Settings {
        Settings {
            path: "orders/transactions",
            name: "transactions",
            file: Some("orders/payments.rs"),
            first: 1001,
            // An index that finds an order's transactions without scanning all of them.
            refers: &[("paid_for", "orders")],
            ..Settings::USUAL
        }
    }
}

pub(super) const CAPTURE: Special = Special {
    id: "payment_actions.capture",
    file: "orders/payments.rs",
    verb: Some(Verb::Update),
    collection: Some("orders"),
    write: Some(|_, write| act(write, "capture pending")),
    answer: Some(|_, _, _| json!({})),
    ..Special::USUAL
};

pub(super) const VOID: Special = Special {
    id: "payment_actions.void",
    file: "orders/payments.rs",
    verb: Some(Verb::Update),
    collection: Some("orders"),
    write: Some(|_, write| act(write, "void pending")),
    answer: Some(|_, _, _| json!({})),
    ..Special::USUAL
};

/// Only an authorized amount can be captured or voided.
fn act(write: &mut Write<'_>, status: &str) -> Result<(), Refusal> {
    if text(get(write.record, "payment_status")) != "authorized" {
        return refuse("payment_status", "No amount is reserved for the order");
    }
    write.set("payment_status", status);
    Ok(())
}

/// A card order that awaits payment has its amount authorized.
pub(super) fn derive(order: &mut Record) {
    let method = text(get(order, "payment_method"));
    let is_reserved = method == "Credit Card" && *get(order, "status_id") == AWAITING_PAYMENT;
    if is_reserved && !says(get(order, "payment_status")) {
        order.insert("payment_status".to_owned(), "authorized".into());
    }
}

/// Records the payment of an order once it is paid.
pub(super) fn keep(work: &mut Work<'_, '_>, order: &Record) -> Result<(), Refusal> {
    let status = get(order, "status_id").as_i64().unwrap_or_default();
    let event = match text(get(order, "payment_status")) {
        "authorized" => "authorization",
        "capture pending" => "capture",
        "void pending" => "void",
        "captured" | "paid" => "purchase",
        _ if PAID.contains(&status) => "purchase",
        _ => return Ok(()),
    };
    let own = get(order, "id");
    let all = work
        .context()
        .all("transactions", &[("paid_for", own.clone())]);
    let known = all.iter().any(|known| {
        let known = text(get(known, "event"));
        known == event || (takes(known) && takes(event))
    });
    let total = get(order, "total_inc_tax");
    if known || amount(total) == 0.0 {
        return Ok(());
    }
    let before = all.last().map(|known| get(known, "id").clone());
    let mut fields = of(order, event, total);
    fields["reference_transaction_id"] = before.unwrap_or_default();
    work.make("transactions", object(fields)).map(drop)
}

/// A transaction of an order.
pub(super) fn of(order: &Record, event: &str, sum: &Value) -> Value {
    let card = text(get(order, "payment_method")) == "Credit Card";
    let (method, gateway) = match card || event == "authorization" {
        true => ("credit_card", "testgateway"),
        false => ("custom", "custom"),
    };
    let id = get(order, "id");
    json!({
        "order_id": id.to_string(), "paid_for": id, "event": event, "method": method,
        "gateway": gateway, "amount": sum, "test": false, "status": "ok", "fraud_review": false,
        "currency": get(order, "default_currency_code"),
        "reference_transaction_id": null, "payment_method_id": format!("{gateway}.{method}"),
    })
}

/// A payment of part or all of an order: its amount, and the payment method.
pub(in crate::rules) fn paid_with(
    order: &Record,
    sum: &Value,
    (how, method): (&str, &str),
) -> Value {
    let gateway = match how {
        "gift_certificate" => "giftcertificate",
        "store_credit" => "storecredit",
        _ => method.split('.').next().unwrap_or_default(),
    };
    let own = json!({ "method": how, "gateway": gateway, "payment_method_id": method });
    with(&of(order, "purchase", sum), own)
}

/// The paid amount of an order, from all of its transactions.
pub(in crate::rules) fn paid(context: &Context<'_>, order: &Value) -> f64 {
    let all = context.all("transactions", &[("paid_for", order.clone())]);
    let takes = all.iter().filter(|own| takes(text(get(own, "event"))));
    takes.map(|own| amount(get(own, "amount"))).sum()
}

/// Whether an event moves money, instead of only authorizing it.
fn takes(event: &str) -> bool {
    matches!(event, "purchase" | "capture")
}

/// Amounts are compared in cents.
pub(in crate::rules) fn cents(amount: f64) -> i64 {
    crate::values::whole((amount * 100.0).round()).unwrap_or(i64::MAX)
}

/// The latest transaction of an order.
pub(super) fn latest(context: &Context<'_>, order: &Value) -> Value {
    let all = context.all("transactions", &[("paid_for", order.clone())]);
    let latest = all.last().map(|latest| get(latest, "id").clone());
    latest.unwrap_or_default()
}
