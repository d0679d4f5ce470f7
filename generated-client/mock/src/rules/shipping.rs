//! Shipping zones, and connections to carriers.

use serde_json::{Value, json};

use super::fields::{items, with};
use super::{Context, Rules, Settings, Special, Verb, Write};
use crate::refusal::Refusal;

pub(super) struct Zones;
pub(super) struct Carriers;

const FILE: &str = "shipping.rs";
const CARRIERS: &str = "carrier_connections";

impl Rules for Zones {
    fn settings(&self) -> Settings {
        Settings {
            path: "shipping/zones",
            name: "shipping_zones",
            file: Some(FILE),
            ..Settings::USUAL
        }
    }

    fn write(&self, context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        if write.sent("locations") {
            let all = items(&write.body["locations"]).iter();
            let all =
                all.map(|own| with(own, json!({ "id": context.id(own, "shipping_locations") })));
            write.set("locations", all.collect::<Vec<Value>>());
        }
        Ok(())
    }
}

/// A store has one account with each carrier.
const OF_CARRIER: Special = Special {
    file: FILE,
    verb: Some(Verb::Upsert),
    find: Some(|context, item| {
        context.first(CARRIERS, &[("carrier_id", item["carrier_id"].clone())])
    }),
    ..Special::USUAL
};

impl Rules for Carriers {
    fn settings(&self) -> Settings {
        Settings {
            path: "shipping/carrier/connection",
            name: CARRIERS,
            file: Some(FILE),
            holds: Some("carrier_connections.CarrierConnectionInput"),
            forgives: true,
            ..Settings::USUAL
        }
    }

    fn write(&self, _: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        // The credentials are not stored: no call returns them.
        write.record.shift_remove("connection");
        Ok(())
    }

    fn operations(&self) -> &'static [Special] {
        &[
            Special {
                id: "carrier_connections.create",
                ..OF_CARRIER
            },
            Special {
                id: "carrier_connections.update",
                ..OF_CARRIER
            },
            Special {
                id: "carrier_connections.delete",
                verb: Some(Verb::Delete),
                ..OF_CARRIER
            },
        ]
    }
}
