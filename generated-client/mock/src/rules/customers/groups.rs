//! Customer groups: at most one is the default for new customers, and one for guests.

use http::StatusCode;
use serde_json::{Value, json};

use crate::refusal::Refusal;
use crate::rules::fields::{get, items};
use crate::rules::{Context, Rules, Seeding, Settings, Work, Write, Written, refuse_with};
use crate::state::Record;

const NAME: &str = "customer_groups";

pub(in crate::rules) struct Groups;

impl Rules for Groups {
    fn settings(&self) -> Settings {
        Settings {
            path: NAME,
            name: NAME,
            file: Some("customers/groups.rs"),
            ..Settings::USUAL
        }
    }

    fn starts(&self, _: &Context<'_>, _: &Record) -> Value {
        json!({ "category_access": { "type": "all" } })
    }

    fn write(&self, _: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        let rules = items(&write.body["discount_rules"]);
        let number = |kind: &str| rules.iter().filter(|rule| rule["type"] == kind).count();
        let says = match (number("price_list"), number("all")) {
            (1.., _) if rules.len() > 1 => "A price list rule must be the only rule",
            (_, 2..) => "At most one rule can apply to all products",
            _ => return Ok(()),
        };
        refuse_with(StatusCode::BAD_REQUEST, "discount_rules", says)
    }

    fn after(&self, work: &mut Work<'_, '_>, written: &Written) -> Result<(), Refusal> {
        for flag in ["is_default", "is_group_for_guests"] {
            if *get(&written.record, flag) != true {
                continue;
            }
            for other in work.context().all(NAME, &[(flag, json!(true))]) {
                let id = get(&other, "id");
                if id != get(&written.record, "id") {
                    work.amend(NAME, id, json!({ flag: false }))?;
                }
            }
        }
        Ok(())
    }

    fn seed(&self, seeding: &mut Seeding<'_>) -> Result<(), Refusal> {
        let number = seeding.products.min(1);
        let groups = ["Wholesale"].into_iter().take(number);
        seeding.make(
            "customer_groups.create",
            groups.map(|name| json!({ "name": name })),
        )
    }
}

/// The group of a new customer: 0 if no group is the default.
pub(super) fn usual(context: &Context<'_>) -> Value {
    let usual = context.first(NAME, &[("is_default", json!(true))]);
    usual.map_or(json!(0), |group| get(&group, "id").clone())
}
