//! Price lists, their records and their assignments.

mod assignments;
mod records;

use serde_json::{Value, json};

use super::fields::get;
use super::{Context, Rules, Seeding, Settings, Told, Written};
use crate::refusal::Refusal;
use crate::state::Record;

pub(super) use self::assignments::Assignments;
pub(super) use self::records::PriceRecords;

pub(super) struct PriceLists;

impl Rules for PriceLists {
    fn settings(&self) -> Settings {
        Settings {
            path: "pricelists",
            name: "price_lists",
            file: Some("price_lists/mod.rs"),
            first: 2,
            zulu: true,
            unlinked: true,
            ..Settings::USUAL
        }
    }

    fn event(&self, _: &Context<'_>, scope: &str, written: &Written) -> Told {
        let active = |record: &Record| get(record, "active") == true;
        let before = written.before.as_deref().is_some_and(active);
        let fires = match scope {
            "store/priceList/activated" => active(&written.record) && !before,
            "store/priceList/deactivated" => before && !active(&written.record),
            _ => true,
        };
        match fires {
            true => Told::Data(json!({ "price_list_id": written.key.value() })),
            false => Told::Nothing,
        }
    }

    fn batch_event(&self, scope: &str, written: &[Written]) -> Option<Vec<Value>> {
        let gone = (scope == "store/priceLists/deleted").then_some(written)?;
        let ids: Vec<Value> = gone.iter().map(|one| one.key.value()).collect();
        Some(match ids.is_empty() {
            true => Vec::new(),
            false => vec![json!({ "price_list_ids": ids })],
        })
    }

    fn seed(&self, seeding: &mut Seeding<'_>) -> Result<(), Refusal> {
        seeding.make("pricelists.create", [json!({ "name": "Trade prices" })])
    }
}
