//! The statuses of orders, and how many orders have each.

use std::sync::Arc;

use serde_json::{Value, json};

use super::STATUSES;
use crate::refusal::Refusal;
use crate::rules::fields::{get, with};
use crate::rules::{Context, Rules, Seeding, Settings, Special, Verb};
use crate::state::{Key, Record};

pub(in crate::rules) struct Statuses;

pub(super) const COUNT: Special = Special {
    id: "orders.count",
    file: "orders/statuses.rs",
    verb: Some(Verb::List),
    collection: Some("orders"),
    answer_all: Some(count),
    ..Special::USUAL
};

impl Rules for Statuses {
    fn settings(&self) -> Settings {
        Settings {
            path: "order_statuses",
            name: "order_statuses",
            file: Some("orders/statuses.rs"),
            ..Settings::USUAL
        }
    }

    fn seed(&self, seeding: &mut Seeding<'_>) -> Result<(), Refusal> {
        seeding.put("order_statuses.list", all())
    }
}

fn all() -> impl Iterator<Item = Value> {
    STATUSES.iter().enumerate().map(|(id, name)| {
        json!({
            "id": id, "name": name, "system_label": name, "custom_label": name,
            "system_description": format!("The order is in the status {name}."), "order": id,
        })
    })
}

fn count(_: &Context<'_>, found: &[(Key, Arc<Record>)], _: &[(&'static str, String)]) -> Value {
    let of = |status: &Value| {
        let own = found
            .iter()
            .filter(|(_, order)| get(order, "status_id") == status);
        own.count()
    };
    let statuses: Vec<Value> = all()
        .map(|status| {
            let order = status["order"].clone();
            let count = of(&status["id"]);
            let mut own = with(&status, json!({ "count": count, "sort_order": order }));
            if let Some(fields) = own.as_object_mut() {
                fields.remove("order");
            }
            own
        })
        .collect();
    json!({ "statuses": statuses, "count": found.len() })
}
