//! Orders: lines, fees, totals, and a status.

mod addresses;
mod beside;
mod checks;
mod currency;
mod lines;
mod messages;
mod payments;
mod refunds;
mod seeds;
mod settings;
mod shipments;
mod statuses;
mod stock;
mod taxes;
mod totals;
mod write;

use serde_json::{Value, json};

pub(super) use self::beside::{Addresses, Consignments, Fees, Products};
pub(super) use self::messages::Messages;
pub(super) use self::payments::{Transactions, cents, paid, paid_with};
pub(super) use self::refunds::{Quotes, Refunds};
pub(super) use self::settings::{ChannelSettings, NAME as CHANNEL_SETTINGS};
pub(super) use self::shipments::Shipments;
pub(super) use self::statuses::Statuses;
pub(super) use self::stock::{Changed, is_sold_out, refuse_short, settle, told as stock_told};
pub(super) use self::taxes::Taxes;
use super::chosen::Options;
use super::fields::{count, get, items, or, says, text, with, without};
use super::promotions::redeem;
use super::sold::default_currency;
use super::{
    Context, Quirk, Rules, Seeding, Sends, Settings, Special, Told, Work, Write, Written, object,
};
use crate::refusal::Refusal;
use crate::state::Record;
use crate::wanted::Wanted;

pub(super) struct Orders;

/// The statuses, by their ids.
const STATUSES: [&str; 15] = [
    "Incomplete",
    "Pending",
    "Shipped",
    "Partially Shipped",
    "Refunded",
    "Cancelled",
    "Declined",
    "Awaiting Payment",
    "Awaiting Pickup",
    "Awaiting Shipment",
    "Completed",
    "Awaiting Fulfillment",
    "Manual Verification Required",
    "Disputed",
    "Partially Refunded",
];
/// Shipped and Completed.
const SENT: [i64; 2] = [2, 10];
/// The totals that may be set, and then stay until the lines change.
const GIVEN: [&str; 4] = [
    "subtotal_ex_tax",
    "subtotal_inc_tax",
    "total_ex_tax",
    "total_inc_tax",
];
const OPTIONS: Options = Options {
    list: "product_options",
    id: "id",
    value: "value",
};

impl Rules for Orders {
    fn settings(&self) -> Settings {
        Settings {
            path: "orders",
            name: "orders",
            file: Some("orders/mod.rs"),
            first: 100,
            // A checkout finds its orders by it.
            indexed: &["cart_id"],
            closed: true,
            // The API uses no underscore here, unlike in the documented paths.
            links: &[
                ("products", "/orders/{id}/products"),
                ("shipping_addresses", "/orders/{id}/shippingaddresses"),
                ("coupons", "/orders/{id}/coupons"),
                ("fees", "/orders/{id}/fees"),
                ("consignments", "/orders/{id}/consignments"),
            ],
            ..Settings::USUAL
        }
    }

    fn starts(&self, context: &Context<'_>, _: &Record) -> Value {
        let own = default_currency(context).unwrap_or_default();
        let (id, code) = (get(&own, "id"), get(&own, "currency_code"));
        json!({
            // Pending, for an order without a status.
            "status_id": 1,
            "payment_method": "Manual",
            "currency_id": id,
            "currency_code": code,
            "currency_exchange_rate": 1,
            "default_currency_id": id,
            "default_currency_code": code,
            "store_default_currency_code": code,
            "store_default_to_transactional_exchange_rate": 1,
            "ebay_order_id": "0",
            "order_source": "external",
            "channel_id": 1,
            "customer_locale": "en",
            "credit_card_type": null,
        })
    }

    fn write(&self, context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        checks::judge(context, write.body)?;
        match write.before {
            None => write::create(context, write),
            Some(before) => write::update(context, write, before),
        }
    }

    fn derive(&self, context: &Context<'_>, record: &mut Record) {
        let id = get(record, "id").clone();
        let status = get(record, "status_id").as_i64().unwrap_or_default();
        let name = usize::try_from(status).ok().and_then(|at| STATUSES.get(at));
        let shipped = match get(record, "date_shipped") {
            Value::Null if SENT.contains(&status) => context.now.as_str().into(),
            shipped => shipped.clone(),
        };
        let billing = addresses::whole(context, get(record, "billing_address"));
        let shipping = items(get(record, "shipping_addresses")).iter();
        let shipping: Vec<Value> = shipping.map(|own| of_shipping(context, own, &id)).collect();
        record.extend(object(json!({
            "date_shipped": shipped, "status": name, "custom_status": name,
            "billing_address": billing, "shipping_address_count": count(&shipping),
            "shipping_addresses": shipping,
        })));
        payments::derive(record);
        currency::derive(context, record);
        lines::derive(context, record);
        addresses::count(record);
        totals::derive(context, record);
    }

    fn operations(&self) -> &'static [Special] {
        &[statuses::COUNT, payments::CAPTURE, payments::VOID]
    }

    fn after(&self, work: &mut Work<'_, '_>, written: &Written) -> Result<(), Refusal> {
        beside::keep(work, &written.record)?;
        redeem(work, written)?;
        payments::keep(work, &written.record)?;
        let id = written.key.value();
        if written.before.is_none() && work.context().setting.filling {
            return stock::sold_before(work, &id);
        }
        let status = |record: &Record| get(record, "status_id").clone();
        let before = written.before.as_deref();
        let changed = Changed {
            lines: written.body.get("products").is_some(),
            fixed: before.is_some_and(stock::is_fixed),
            status: before.map(status) != Some(status(&written.record)),
        };
        settle(work, &id, changed)
    }

    fn archive(&self, record: &Record) -> Option<Record> {
        let mut archived = record.clone();
        archived.insert("is_deleted".to_owned(), true.into());
        Some(archived)
    }

    fn show(
        &self,
        context: &Context<'_>,
        wanted: &Wanted,
        record: &Record,
        field: &str,
    ) -> Option<Value> {
        match field {
            "items_shipped" => {
                let lines = items(get(record, "lines")).iter();
                let sent =
                    lines.map(|line| shipments::shipped(context, get(record, "id"), &line["id"]));
                Some(sent.sum::<i64>().into())
            }
            "products" => Some(get(record, "lines").clone()),
            "consignments" => Some(consignments(wanted, record)),
            _ => currency::shown(record, field),
        }
    }

    fn find(&self, _: &Context<'_>, record: &Record, looking: super::Looking<'_>) -> Option<Value> {
        match looking.field {
            "total" => Some(get(record, "total_inc_tax").clone()),
            "email" => Some(get(record, "billing_address")["email"].clone()),
            _ => None,
        }
    }

    fn is_hidden(&self, record: &Record) -> bool {
        says(get(record, "is_deleted"))
    }

    fn event(&self, context: &Context<'_>, scope: &str, written: &Written) -> Told {
        let id = written.key.value();
        if let Some(told) = stock_told(context, scope, &id) {
            return told;
        }
        if scope == "store/order/transaction/created" {
            return transacted(context, &id);
        }
        let before = written.before.as_deref();
        let is_archived = |record: &Record| says(get(record, "is_deleted"));
        let archives = is_archived(&written.record) && !before.is_some_and(is_archived);
        let told = match scope {
            "store/order/archived" => archives,
            // Archiving an order fires no other event.
            "store/order/updated" => !archives || changes_more(&written.body),
            _ => true,
        };
        if !told {
            return Told::Nothing;
        }
        if scope != "store/order/statusUpdated" {
            return Told::Data(json!({ "type": "order", "id": id }));
        }
        let before = before.map(|before| get(before, "status_id"));
        let now = get(&written.record, "status_id");
        match before {
            Some(before) if before != now => Told::Data(json!({
                "type": "order",
                "id": id,
                "status": { "previous_status_id": before, "new_status_id": now },
            })),
            _ => Told::Nothing,
        }
    }

    fn channel(&self, context: &Context<'_>, record: &Record) -> Option<(i64, Value)> {
        channel_of(context, get(record, "id"))
    }

    fn quirks(&self) -> Vec<Quirk> {
        let wrapping = "consignments.shipping.line_items.wrapping_message";
        vec![
            Quirk::replaced("date_shipped", Value::Null, json!("")),
            Quirk::replaced("payment_provider_id", Value::Null, json!("")).every(2),
            Quirk::replaced("base_wrapping_cost", json!("0.0000"), json!(0)).every(3),
            Quirk::added("fees.cost_exc_tax", Sends::Copy("cost_ex_tax")),
            Quirk::replaced("credit_card_type", Value::Null, json!({})).every(3),
            Quirk::replaced(wrapping, json!(""), Value::Null).every(2),
        ]
    }

    fn seed(&self, seeding: &mut Seeding<'_>) -> Result<(), Refusal> {
        seeds::seed(seeding)
    }
}

/// The channel of an order, and the event data for hooks on that channel.
pub(super) fn channel_of(context: &Context<'_>, order: &Value) -> Option<(i64, Value)> {
    let order = context.one("orders", order)?;
    let channel = get(&order, "channel_id").as_i64()?;
    Some((channel, json!({ "order_id": get(&order, "id") })))
}

/// The data of the transaction event: the latest transaction of the order. Channels have no such event.
pub(super) fn transacted(context: &Context<'_>, order: &Value) -> Told {
    let latest = payments::latest(context, order);
    let data = json!({
        "type": "transaction", "order_id": order.to_string(), "transaction_id": latest.to_string(),
    });
    Told::Each(vec![(data, Value::Null)])
}

/// Whether a body changes more of an order than archiving it.
fn changes_more(body: &Value) -> bool {
    let fields = body.as_object();
    fields.is_some_and(|fields| fields.keys().any(|field| field != "is_deleted"))
}

/// The event data of an order's status change that was caused by another record.
pub(super) fn moved(context: &Context<'_>, order: &Value, before: &Value) -> Told {
    let record = context.one("orders", order);
    let now = record.map_or(Value::Null, |order| get(&order, "status_id").clone());
    if now == *before {
        return Told::Nothing;
    }
    Told::Data(json!({
        "type": "order",
        "id": order,
        "status": { "previous_status_id": before, "new_status_id": now },
    }))
}

fn of_shipping(context: &Context<'_>, own: &Value, order: &Value) -> Value {
    let usual = json!({
        "shipping_method": "None", "items_shipped": 0, "base_cost": 0, "cost_ex_tax": 0,
        "cost_inc_tax": 0, "cost_tax": 0, "cost_tax_class_id": 0, "base_handling_cost": 0,
        "handling_cost_ex_tax": 0, "handling_cost_inc_tax": 0, "handling_cost_tax": 0,
        "handling_cost_tax_class_id": 0, "shipping_zone_id": 0, "shipping_zone_name": "",
    });
    let id = context.id(own, "order_addresses");
    let facts = json!({ "id": id, "order_id": order });
    with(&with(&usual, addresses::whole(context, own)), facts)
}

fn consignments(wanted: &Wanted, record: &Record) -> Value {
    let opened = wanted.include.contains("consignments.line_items");
    let all = get(record, if opened { "lines" } else { "line_links" });
    let pickups = items(get(record, "pickups")).iter();
    let pickups = pickups.map(|pickup| {
        with(
            pickup,
            json!({ "id": get(record, "id"), "line_items": all }),
        )
    });
    let shipping = items(get(record, "shipping_addresses")).iter();
    let shipping = shipping.map(|address| {
        let lines = items(get(record, "lines")).iter().zip(items(all));
        let own = lines.filter(|(line, _)| line["order_address_id"] == address["id"]);
        let own: Vec<&Value> = own.map(|(_, shown)| shown).collect();
        let address = without(address, &["order_id", "shipping_quotes"]);
        with(&address, json!({ "line_items": own }))
    });
    json!({
        "pickups": pickups.collect::<Vec<_>>(),
        "shipping": shipping.collect::<Vec<_>>(),
        "downloads": [],
        "email": { "gift_certificates": [] },
    })
}

/// The sent value, or else that of the catalog, or else nothing.
fn told(line: &Value, names: &[&str], known: &Value) -> Value {
    let given = names
        .iter()
        .map(|name| &line[*name])
        .find(|given| says(given));
    or([given.unwrap_or(known), known, &Value::from("")])
}

/// The string in a field; empty if there is none.
fn word(line: &Value, name: &str) -> Value {
    text(&line[name]).into()
}
