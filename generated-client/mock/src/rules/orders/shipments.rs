//! Shipments: the shipped quantities of an order's lines, which determine the order's status.

use http::StatusCode;
use serde_json::{Value, json};

use super::{Changed, channel_of, moved, settle, stock_told};
use crate::refusal::Refusal;
use crate::rules::fields::{get, items, or, says, text, with};
use crate::rules::{Context, Rules, Settings, Told, Work, Write, Written, refuse_with};
use crate::state::Record;

pub(in crate::rules) struct Shipments;

/// Shipped and Partially Shipped.
const SENT: i64 = 2;
const PARTLY: i64 = 3;

impl Rules for Shipments {
    fn settings(&self) -> Settings {
        Settings {
            path: "orders/shipments",
            name: "shipments",
            file: Some("orders/shipments.rs"),
            closed: true,
            ..Settings::USUAL
        }
    }

    fn write(&self, context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        if write.before.is_some() && !write.sent("order_address_id") {
            return Ok(());
        }
        let order = context.in_path("orders", "order_id")?;
        // A number that was sent as a string is stored as a number.
        let asked = get(write.record, "order_address_id").clone();
        let mut known = items(get(&order, "shipping_addresses")).iter();
        let Some(address) = known.find(|known| known["id"] == asked) else {
            return bad("order_address_id", "The order has no such shipping address");
        };
        write.set("shipping_address", address.clone());
        if write.before.is_some() {
            return Ok(());
        }
        let mut sent: Vec<Value> = Vec::new();
        for item in items(get(write.record, "items")) {
            let id = &item["order_product_id"];
            let mut lines = items(get(&order, "lines")).iter();
            let Some(line) = lines.find(|line| line["id"] == *id) else {
                return bad("items", "The order has no such product");
            };
            let quantity = item["quantity"].as_i64().unwrap_or_default();
            let same = sent.iter().filter(|other| other["order_product_id"] == *id);
            let beside: i64 = same.filter_map(|other| other["quantity"].as_i64()).sum();
            let left = line["quantity"].as_i64().unwrap_or_default()
                - shipped(context, get(&order, "id"), id)
                - beside;
            if quantity < 1 || quantity > left {
                return bad("items", "The quantity is more than is left to ship");
            }
            let product = or([&line["product_id"], &json!(0)]);
            sent.push(with(item, json!({ "product_id": product })));
        }
        if sent.is_empty() {
            return bad("items", "A shipment must have at least one item");
        }
        let method = match write.sent("shipping_method") {
            true => write.body["shipping_method"].clone(),
            false => address["shipping_method"].clone(),
        };
        write.set("items", sent);
        write.set("shipping_method", method);
        write.set("billing_address", get(&order, "billing_address").clone());
        write.set("customer_id", get(&order, "customer_id").clone());
        write.set("status_before", get(&order, "status_id").clone());
        Ok(())
    }

    fn derive(&self, _: &Context<'_>, record: &mut Record) {
        let number = text(get(record, "tracking_number"));
        let provider = or([
            get(record, "shipping_provider"),
            get(record, "tracking_carrier"),
        ]);
        let link = match (text(get(record, "tracking_link")), number, text(&provider)) {
            ("", number, carrier) if !number.is_empty() && !carrier.is_empty() => {
                format!("https://track.example.com/{carrier}/{number}")
            }
            _ => String::new(),
        };
        let name = text(get(record, "shipping_provider")).to_uppercase();
        record.insert("generated_tracking_link".to_owned(), link.into());
        record.insert("shipping_provider_display_name".to_owned(), name.into());
    }

    fn after(&self, work: &mut Work<'_, '_>, written: &Written) -> Result<(), Refusal> {
        if written.before.is_some() {
            return Ok(());
        }
        let order = get(&written.record, "order_id");
        let context = work.context();
        let Some(before) = context.one("orders", order) else {
            return Ok(());
        };
        // A non-physical item is never shipped, and no order waits for it.
        let whole = |line: &Value| {
            line["type"] != "physical"
                || shipped(context, order, &line["id"])
                    >= line["quantity"].as_i64().unwrap_or_default()
        };
        let status = match items(get(&before, "lines")).iter().all(whole) {
            true => SENT,
            false => PARTLY,
        };
        work.amend("orders", order, json!({ "status_id": status }))?;
        settle(work, order, Changed::STATUS)
    }

    fn channel(&self, context: &Context<'_>, record: &Record) -> Option<(i64, Value)> {
        channel_of(context, get(record, "order_id"))
    }

    fn event(&self, context: &Context<'_>, scope: &str, written: &Written) -> Told {
        let shipment = &written.record;
        let order = get(shipment, "order_id");
        if let Some(told) = stock_told(context, scope, order) {
            return told;
        }
        match scope {
            "store/order/statusUpdated" => moved(context, order, get(shipment, "status_before")),
            "store/order/updated" => Told::Data(json!({ "type": "order", "id": order })),
            // Channels have no such event.
            _ => {
                let data = json!({
                    "type": "shipment", "id": written.key.value(), "orderId": order,
                });
                Told::Each(vec![(data, Value::Null)])
            }
        }
    }
}

/// The shipped quantity of a line.
pub(super) fn shipped(context: &Context<'_>, order: &Value, line: &Value) -> i64 {
    let sent = context.all("shipments", &[("order_id", order.clone())]);
    let sent = sent
        .iter()
        .flat_map(|shipment| items(get(shipment, "items")));
    let own = sent.filter(|item| item["order_product_id"] == *line && says(&item["quantity"]));
    own.filter_map(|item| item["quantity"].as_i64()).sum()
}

fn bad<T>(field: &str, says: &str) -> Result<T, Refusal> {
    refuse_with(StatusCode::BAD_REQUEST, field, says)
}
