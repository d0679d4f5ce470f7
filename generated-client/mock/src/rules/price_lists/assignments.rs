//! The assignments of price lists.

use std::sync::Arc;

use http::StatusCode;
use serde_json::{Value, json};

use crate::refusal::Refusal;
use crate::rules::fields::{get, items, says};
use crate::rules::{
    BatchRule, Context, Rules, Settings, Special, Told, Verb, Write, Written, refuse, refuse_with,
};
use crate::state::Record;

const FILE: &str = "price_lists/assignments.rs";
const ASSIGNMENTS: &str = "price_list_assignments";

pub(in crate::rules) struct Assignments;

impl Rules for Assignments {
    fn settings(&self) -> Settings {
        Settings {
            path: "pricelists/assignments",
            name: ASSIGNMENTS,
            file: Some(FILE),
            unique: &[&["price_list_id", "customer_group_id", "channel_id"]],
            refers: &[("channel_id", "channels")],
            taken: 422,
            unlinked: true,
            absent: &["customer_group_id", "channel_id"],
            ..Settings::USUAL
        }
    }

    fn operations(&self) -> &'static [Special] {
        &[
            Special {
                id: "pricelist_assignments.create",
                file: FILE,
                batch: Some(BatchRule::PartlySaved),
                ..Special::USUAL
            },
            Special {
                id: "pricelist_assignments.upsert",
                file: FILE,
                verb: Some(Verb::Upsert),
                find: Some(existing),
                write: Some(judge),
                ..Special::USUAL
            },
        ]
    }

    fn write(&self, context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        without_discounts(context, &write.body["customer_group_id"])
    }

    fn event(&self, _: &Context<'_>, _: &str, written: &Written) -> Told {
        let own = |name: &str| get(&written.record, name);
        Told::Data(json!({
            "price_list_id": own("price_list_id"),
            "channel_id": own("channel_id"),
            "customer_group_id": own("customer_group_id"),
        }))
    }
}

/// A missing group or channel is not detected here, but by the batch.
fn judge(context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
    let (group, channel) = (&write.body["customer_group_id"], &write.body["channel_id"]);
    if context.one("customer_groups", group).is_none() {
        let says = "There is no such customer group";
        return refuse_with(StatusCode::NOT_FOUND, "customer_group_id", says);
    }
    if says(channel) && context.one("channels", channel).is_none() {
        let says = "There is no such channel";
        return refuse_with(StatusCode::NOT_FOUND, "channel_id", says);
    }
    without_discounts(context, group)
}

/// Rejects a price list for a group with its own discounts.
fn without_discounts(context: &Context<'_>, group: &Value) -> Result<(), Refusal> {
    let group = context.one("customer_groups", group).unwrap_or_default();
    let mut rules = items(get(&group, "discount_rules")).iter();
    match rules.any(|rule| rule["type"] != "price_list") {
        true => refuse("customer_group_id", "The group has its own discounts"),
        false => Ok(()),
    }
}

fn existing(context: &Context<'_>, body: &Value) -> Option<Arc<Record>> {
    let list = context.parameter("price_list_id").ok()?.value();
    let like = [
        ("price_list_id", list),
        ("customer_group_id", body["customer_group_id"].clone()),
        ("channel_id", body["channel_id"].clone()),
    ];
    context.first(ASSIGNMENTS, &like)
}
