//! The sub-resources of an order: its lines, its shipping addresses, its consignments and its fees.
//! They are derived from the order.

use serde_json::{Value, json};

use super::shipments::shipped;
use super::{addresses, channel_of, consignments, refunds, taxes};
use crate::refusal::Refusal;
use crate::rules::fields::{get, items, merged, text};
use crate::rules::{Context, Rules, Settings, Special, Verb, Work, Write, Written, object};
use crate::state::Record;
use crate::wanted::Wanted;

const FILE: &str = "orders/beside.rs";

/// Derives them from an order that was written.
pub(super) fn keep(work: &mut Work<'_, '_>, order: &Record) -> Result<(), Refusal> {
    let id = get(order, "id");
    let taxes = Value::from(taxes::of(work.context(), order));
    for (collection, list) in [
        ("order_products", get(order, "lines")),
        ("order_addresses", get(order, "shipping_addresses")),
        ("order_taxes", &taxes),
    ] {
        let list = items(list);
        let old = work.context().all(collection, &[("order_id", id.clone())]);
        for old in old.iter().map(|old| get(old, "id")) {
            if !list.iter().any(|new| new["id"] == *old) {
                work.remove(collection, old)?;
            }
        }
        for new in list {
            work.make(collection, object(new.clone()))?;
        }
    }
    work.make("order_consignments", object(json!({ "id": id })))?;
    let fees = json!({ "id": id, "fees": get(order, "fees") });
    work.make("order_fees", object(fees)).map(drop)
}

/// A collection that is derived from orders.
const fn beside(path: &'static str, name: &'static str) -> Settings {
    Settings {
        path,
        name,
        file: Some(FILE),
        ..Settings::USUAL
    }
}

/// The operation that reads the only one of an order.
const fn of_order(id: &'static str, collection: &'static str) -> Special {
    Special {
        id,
        file: FILE,
        verb: Some(Verb::Get),
        collection: Some(collection),
        ..Special::USUAL
    }
}

pub(in crate::rules) struct Products;

impl Rules for Products {
    fn settings(&self) -> Settings {
        beside("orders/products", "order_products")
    }

    fn show(
        &self,
        context: &Context<'_>,
        _: &Wanted,
        record: &Record,
        field: &str,
    ) -> Option<Value> {
        let (order, line) = (get(record, "order_id"), get(record, "id"));
        match field {
            "quantity_shipped" => Some(shipped(context, order, line).into()),
            "quantity_refunded" => Some(refunds::quantity(context, order, line).into()),
            "is_refunded" => Some((refunds::quantity(context, order, line) > 0).into()),
            _ => None,
        }
    }
}

pub(in crate::rules) struct Addresses;

impl Rules for Addresses {
    fn settings(&self) -> Settings {
        Settings {
            // The API uses no underscores here, unlike in the documented path.
            links: &[(
                "shipping_quotes",
                "/orders/{order_id}/shippingaddresses/{id}/shippingquotes",
            )],
            ..beside("orders/shipping_addresses", "order_addresses")
        }
    }

    fn write(&self, context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        let given = addresses::sent(write.body);
        for name in ["country", "country_iso2"] {
            if let Some(own) = given.get(name) {
                write.set(name, own.clone());
            }
        }
        let whole = addresses::whole(context, &Value::Object(write.record.clone()));
        for name in ["country", "country_iso2"] {
            write.set(name, text(&whole[name]));
        }
        Ok(())
    }

    fn after(&self, work: &mut Work<'_, '_>, written: &Written) -> Result<(), Refusal> {
        let own = &*written.record;
        let order = get(own, "order_id");
        let Some(before) = work.context().one("orders", order) else {
            return Ok(());
        };
        let own = [Value::Object(own.clone())];
        let all = merged(items(get(&before, "shipping_addresses")), &own);
        work.amend("orders", order, json!({ "shipping_addresses": all }))
    }

    fn show(
        &self,
        context: &Context<'_>,
        _: &Wanted,
        record: &Record,
        field: &str,
    ) -> Option<Value> {
        if field != "items_shipped" {
            return None;
        }
        let order = get(record, "order_id");
        let to = [
            ("order_id", order.clone()),
            ("order_address_id", get(record, "id").clone()),
        ];
        let sent = context.all("shipments", &to);
        let sent = sent
            .iter()
            .flat_map(|shipment| items(get(shipment, "items")));
        Some(
            sent.filter_map(|item| item["quantity"].as_i64())
                .sum::<i64>()
                .into(),
        )
    }

    fn channel(&self, context: &Context<'_>, record: &Record) -> Option<(i64, Value)> {
        channel_of(context, get(record, "order_id"))
    }

    fn event(&self, _: &Context<'_>, _: &str, written: &Written) -> crate::rules::Told {
        let order = get(&written.record, "order_id");
        crate::rules::Told::Data(json!({ "type": "order", "id": order }))
    }
}

pub(in crate::rules) struct Consignments;

impl Rules for Consignments {
    fn settings(&self) -> Settings {
        Settings {
            holds: Some("orders.OrderConsignments"),
            ..beside("orders/consignments", "order_consignments")
        }
    }

    fn operations(&self) -> &'static [Special] {
        const { &[of_order("order_consignments.get", "order_consignments")] }
    }

    fn show(
        &self,
        context: &Context<'_>,
        wanted: &Wanted,
        record: &Record,
        field: &str,
    ) -> Option<Value> {
        let order = context.one("orders", get(record, "id"))?;
        consignments(wanted, &order).get(field).cloned()
    }
}

pub(in crate::rules) struct Fees;

impl Rules for Fees {
    fn settings(&self) -> Settings {
        Settings {
            holds: Some("order_fees.OrderFeeList"),
            ..beside("orders/fees", "order_fees")
        }
    }

    fn operations(&self) -> &'static [Special] {
        const { &[of_order("order_fees.get", "order_fees")] }
    }
}
