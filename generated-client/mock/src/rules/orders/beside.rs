//! What stands at paths of its own below an order: its lines, its shipping addresses, its consignments
//! and its fees. They follow from the order.

use serde_json::{Value, json};

use super::shipments::shipped;
use super::{consignments, refunds};
use crate::calls::Work;
use crate::refusal::Refusal;
use crate::rules::fields::{get, items, merged};
use crate::rules::{Context, Rules, Settings, Special, Verb, Written, object};
use crate::show::Wanted;
use crate::state::Record;

/// Makes them anew from an order that was written.
pub(super) fn keep(work: &mut Work<'_, '_>, order: &Record) -> Result<(), Refusal> {
    let id = get(order, "id");
    for (collection, list) in [
        ("order_products", get(order, "lines")),
        ("order_addresses", get(order, "shipping_addresses")),
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

pub(in crate::rules) struct Products;

impl Rules for Products {
    fn settings(&self) -> Settings {
        Settings {
            path: "orders/products",
            name: "order_products",
            file: Some("orders/beside.rs"),
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
            path: "orders/shipping_addresses",
            name: "order_addresses",
            file: Some("orders/beside.rs"),
            // The API spells it without the underscores that its documented path has.
            links: &[(
                "shipping_quotes",
                "/orders/{order_id}/shippingaddresses/{id}/shippingquotes",
            )],
            ..Settings::USUAL
        }
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

    fn event(&self, _: &Context<'_>, _: &str, written: &Written) -> crate::rules::Told {
        let order = get(&written.record, "order_id");
        crate::rules::Told::Data(json!({ "type": "order", "id": order }))
    }
}

pub(in crate::rules) struct Consignments;

impl Rules for Consignments {
    fn settings(&self) -> Settings {
        Settings {
            path: "orders/consignments",
            name: "order_consignments",
            file: Some("orders/beside.rs"),
            holds: Some("orders.OrderConsignments"),
            ..Settings::USUAL
        }
    }

    fn operations(&self) -> &'static [Special] {
        &[Special {
            id: "order_consignments.get",
            file: "orders/beside.rs",
            verb: Some(Verb::Get),
            collection: Some("order_consignments"),
            ..Special::USUAL
        }]
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
            path: "orders/fees",
            name: "order_fees",
            file: Some("orders/beside.rs"),
            holds: Some("order_fees.OrderFeeList"),
            ..Settings::USUAL
        }
    }

    fn operations(&self) -> &'static [Special] {
        &[Special {
            id: "order_fees.get",
            file: "orders/beside.rs",
            verb: Some(Verb::Get),
            collection: Some("order_fees"),
            ..Special::USUAL
        }]
    }
}
