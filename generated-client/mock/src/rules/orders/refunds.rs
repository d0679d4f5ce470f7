//! Refunds: their amounts, what can still be refunded, and their effect on the order.

use http::StatusCode;
use serde_json::{Value, json};

use super::payments::cents;
use super::{channel_of, moved, payments};
use crate::refusal::Refusal;
use crate::rules::fields::{amount, get, items, money, or, says, sum, text, with};
use crate::rules::{Context, Rules, Settings, Told, Work, Write, Written, object, refuse};
use crate::state::Record;

pub(in crate::rules) struct Refunds;
pub(in crate::rules) struct Quotes;

/// Refunded and Partially Refunded.
const WHOLLY: i64 = 4;
const PARTLY: i64 = 14;
const STORE_CREDIT: &str = "storecredit";
/// The amounts as the merchant calculated them.
const OVERRIDE: &str = "merchant_calculated_override";
/// The tax of the refunded parts of an order, which a refund may have overridden.
const DUE: &str = "tax_due";

impl Rules for Quotes {
    fn settings(&self) -> Settings {
        Settings {
            path: "orders/payment_actions/refund_quotes",
            name: "refund_quotes",
            file: Some("orders/refunds.rs"),
            holds: Some("refunds.RefundQuote"),
            fleeting: true,
            ..Settings::USUAL
        }
    }

    fn write(&self, context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        let order = context.in_path("orders", "order_id")?;
        let (asked, tax) = total(context, &order, write.body)?;
        let left = left(context, get(&order, "id"));
        if cents(left) < 1 {
            return refuse("order_id", "Nothing is left to refund");
        }
        // A quote is limited to what can still be refunded, and reports the difference.
        let total = asked.min(left);
        write.set("adjustment", money(total - asked));
        let way = |provider: &str, says: &str, offline: bool| {
            json!([{
                "provider_id": provider, "provider_description": says, "amount": money(total),
                "offline": offline, "offline_provider": offline,
                "offline_reason": if offline { "The provider does not transfer money itself." } else { "" },
            }])
        };
        write.set("total_refund_amount", money(total));
        write.set("total_refund_tax_amount", money(tax));
        write.set(
            "order_level_refund_amount",
            money(of_kind(write.body, "ORDER")),
        );
        write.set("tax_inclusive", true);
        let mut ways = vec![way("custom", "Custom", true)];
        if !is_guests(&order) {
            ways.insert(0, way(STORE_CREDIT, "Store Credit", false));
        }
        write.set("refund_methods", ways);
        Ok(())
    }
}

impl Rules for Refunds {
    fn settings(&self) -> Settings {
        Settings {
            path: "orders/payment_actions/refunds",
            name: "refunds",
            file: Some("orders/refunds.rs"),
            ..Settings::USUAL
        }
    }

    fn write(&self, context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        let order = context.in_path("orders", "order_id")?;
        let (worked_out, due) = total(context, &order, write.body)?;
        let own = &write.body[OVERRIDE];
        let overrides = own.is_object();
        let (total, tax) = match overrides {
            true => (amount(&own["total_amount"]), amount(&own["total_tax"])),
            false => (worked_out, due),
        };
        let payments = items(&write.body["payments"]);
        let by_items = says(&write.body["items"]);
        let is_credit = |payment: &Value| payment["provider_id"] == STORE_CREDIT;
        if is_guests(&order) && payments.iter().any(is_credit) {
            let says = "Unable to provide store credit for a guest customer.";
            return Err(Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, says));
        }
        if cents(total) > cents(left(context, get(&order, "id"))) {
            let field = match (overrides, by_items) {
                (true, _) => "merchant_calculated_override.total_amount",
                (_, true) => "items",
                (_, false) => "tax_adjustment_amount",
            };
            return refuse(field, "The amount is more than is left to refund");
        }
        if (by_items || says(&write.body["payments"]))
            && cents(sum(payments, "amount")) != cents(total)
        {
            return refuse("payments", "The payments do not add up to the refund");
        }
        let usual = json!({ "offline": false, "is_declined": false, "declined_message": "" });
        let payments: Vec<Value> = payments
            .iter()
            .map(|payment| {
                let id = context.count("refund_payments");
                with(&with(&usual, payment.clone()), json!({ "id": id }))
            })
            .collect();
        let kept: Vec<Value> = items(&write.body["items"])
            .iter()
            .map(|item| with(item, json!({ "requested_amount": item["amount"] })))
            .collect();
        write.set("items", kept);
        write.set("payments", payments);
        write.set("total_amount", money(total));
        write.set("total_tax", money(tax));
        // A refund of tax alone is for no part of the order.
        write.set(DUE, money(if by_items { due } else { 0.0 }));
        write.set("user_id", 0);
        write.set("created", context.now.as_str());
        write.set("uses_merchant_override_values", overrides);
        write.set("status_before", get(&order, "status_id").clone());
        Ok(())
    }

    fn after(&self, work: &mut Work<'_, '_>, written: &Written) -> Result<(), Refusal> {
        let id = get(&written.record, "order_id");
        let context = work.context();
        let Some(order) = context.one("orders", id) else {
            return Ok(());
        };
        let (status, payment) = match cents(left(context, id)) > 0 {
            true => (PARTLY, "partially refunded"),
            false => (WHOLLY, "refunded"),
        };
        let mut fields = payments::of(&order, "refund", get(&written.record, "total_amount"));
        fields["reference_transaction_id"] = payments::latest(context, id);
        let key = work.make("transactions", object(fields))?;
        let paid: Vec<Value> = items(get(&written.record, "payments"))
            .iter()
            .map(|payment| with(payment, json!({ "transaction_id": key.to_string() })))
            .collect();
        work.amend("refunds", &written.key.value(), json!({ "payments": paid }))?;
        work.amend(
            "orders",
            id,
            json!({ "status_id": status, "payment_status": payment }),
        )
    }

    fn find(
        &self,
        _: &Context<'_>,
        record: &Record,
        looking: crate::rules::Looking<'_>,
    ) -> Option<Value> {
        (looking.parameter == "transaction_id").then(|| {
            let payments = items(get(record, "payments")).iter();
            payments
                .map(|payment| payment["transaction_id"].clone())
                .collect()
        })
    }

    fn channel(&self, context: &Context<'_>, record: &Record) -> Option<(i64, Value)> {
        channel_of(context, get(record, "order_id"))
    }

    fn event(&self, context: &Context<'_>, scope: &str, written: &Written) -> Told {
        let order = get(&written.record, "order_id");
        match scope {
            "store/order/statusUpdated" => {
                moved(context, order, get(&written.record, "status_before"))
            }
            "store/order/updated" => Told::Data(json!({ "type": "order", "id": order })),
            _ => Told::Data(json!({
                "type": "order", "id": order, "refund": { "refund_id": written.key.value() },
            })),
        }
    }
}

/// The refunded quantity of a line.
pub(super) fn quantity(context: &Context<'_>, order: &Value, line: &Value) -> i64 {
    let own = json!({ "item_type": "PRODUCT", "item_id": line });
    let given = given(&all(context, order), &own, "quantity");
    crate::values::whole(given).unwrap_or_default()
}

/// The refunded items of an order.
fn all(context: &Context<'_>, order: &Value) -> Vec<Value> {
    let refunds = context.all("refunds", &[("order_id", order.clone())]);
    let items = refunds
        .iter()
        .flat_map(|refund| items(get(refund, "items")));
    items.cloned().collect()
}

/// The sum of a field over the items that are for the same thing as this one.
fn given(items: &[Value], like: &Value, field: &str) -> f64 {
    let same =
        |own: &&Value| own["item_type"] == like["item_type"] && own["item_id"] == like["item_id"];
    items
        .iter()
        .filter(same)
        .map(|own| amount(&own[field]))
        .sum()
}

/// The paid amount of an order that has not been refunded.
fn left(context: &Context<'_>, order: &Value) -> f64 {
    let refunds = context.all("refunds", &[("order_id", order.clone())]);
    let sums = refunds
        .iter()
        .map(|refund| amount(get(refund, "total_amount")));
    payments::paid(context, order) - sums.sum::<f64>()
}

/// The tax that the refunds of an order should have included and did not.
fn overcharged(context: &Context<'_>, order: &Value) -> f64 {
    let refunds = context.all("refunds", &[("order_id", order.clone())]);
    let short = refunds
        .iter()
        .map(|refund| amount(get(refund, DUE)) - amount(get(refund, "total_tax")));
    short.sum()
}

/// Whether an order has no customer.
fn is_guests(order: &Record) -> bool {
    !says(get(order, "customer_id"))
}

/// The amount of a body, and the tax included in it.
fn total(context: &Context<'_>, order: &Record, body: &Value) -> Result<(f64, f64), Refusal> {
    let (id, mut total, mut tax) = (get(order, "id"), 0.0, 0.0);
    if cents(payments::paid(context, id)) < 1 {
        return refuse("order_id", "The order has not been paid");
    }
    let (before, asked) = (all(context, id), items(&body["items"]));
    for (at, item) in asked.iter().enumerate() {
        let about = |field: &str| format!("items.{at}.{field}");
        let gone = |earlier: &str, field: &str| {
            given(&before, item, earlier) + given(&asked[..at], item, field)
        };
        let kind = text(&item["item_type"]);
        if !matches!(kind, "PRODUCT" | "GIFT_WRAPPING") {
            let sum = amount(&item["amount"]);
            let Some(most) = most(order, item) else {
                return refuse(&about("item_id"), "The order has no such item");
            };
            if cents(gone("requested_amount", "amount") + sum) > cents(most) {
                let says = "The amount is more than is left to refund";
                return refuse(&about("amount"), says);
            }
            total += sum;
            continue;
        }
        let mut lines = items(get(order, "lines")).iter();
        let Some(line) = lines.find(|line| line["id"] == item["item_id"]) else {
            return refuse(&about("item_id"), "The order has no such product");
        };
        let (wanted, sold) = (amount(&item["quantity"]), amount(&line["quantity"]));
        if wanted < 1.0 || gone("quantity", "quantity") + wanted > sold {
            let says = "The quantity is more than is left to refund";
            return refuse(&about("quantity"), says);
        }
        let share = wanted / sold;
        let (ex_tax, inc_tax) = match kind {
            "PRODUCT" => ("total_ex_tax", "total_inc_tax"),
            _ => ("wrapping_cost_ex_tax", "wrapping_cost_inc_tax"),
        };
        let own = amount(&line[inc_tax]) * share + sum(items(&item["adjustments"]), "amount");
        if own < 0.0 {
            return refuse(
                &about("adjustments"),
                "The adjustments exceed the refunded amount",
            );
        }
        total += own;
        tax += (amount(&line[inc_tax]) - amount(&line[ex_tax])) * share;
    }
    if !says(&body["items"]) {
        total = amount(&body["tax_adjustment_amount"]);
        tax = total;
        if !body[OVERRIDE].is_object() && cents(total) != cents(overcharged(context, id)) {
            let says = "The amount is not the tax that was overcharged";
            return refuse("tax_adjustment_amount", says);
        }
    }
    Ok((total, tax))
}

/// The maximum refund for an item; `None` if the order does not have it.
fn most(order: &Record, item: &Value) -> Option<f64> {
    let has = |list: &str| {
        let mut own = items(get(order, list)).iter();
        own.find(|own| own["id"] == item["item_id"])
    };
    let cost = |name: &str| amount(get(order, name));
    // An order-level value is used if the address has none.
    let sent = |own: &str, whole: &str| {
        has("shipping_addresses").map(|address| amount(&or([&address[own], get(order, whole)])))
    };
    match text(&item["item_type"]) {
        "SHIPPING" => sent("cost_inc_tax", "shipping_cost_inc_tax"),
        "HANDLING" => sent("handling_cost_inc_tax", "handling_cost_inc_tax"),
        "FEE" => has("fees").map(|fee| amount(&fee["cost_inc_tax"])),
        "TAX" => Some(cost("total_tax")),
        _ => (item["item_id"] == *get(order, "id")).then(|| cost("total_inc_tax")),
    }
}

fn of_kind(body: &Value, kind: &str) -> f64 {
    let own = items(&body["items"]).iter();
    let own = own.filter(|item| item["item_type"] == kind);
    own.map(|item| amount(&item["amount"])).sum()
}
