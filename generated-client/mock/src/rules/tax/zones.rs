//! Tax zones, and the zone of an address.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::refusal::Refusal;
use crate::rules::fields::{get, items, says, text};
use crate::rules::{Context, Rules, Seeding, Settings, Special, Write, refuse};
use crate::state::Record;

pub(in crate::rules) struct Zones;
pub(in crate::rules) struct Checks;

const NAME: &str = "tax_zones";
const FILE: &str = "tax/zones.rs";
/// The zone of every shopper who is in no other zone.
const DEFAULT: i64 = 1;

impl Rules for Zones {
    fn settings(&self) -> Settings {
        Settings {
            path: "tax/zones",
            name: NAME,
            file: Some(FILE),
            ..Settings::USUAL
        }
    }

    fn write(&self, _: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        let targets = &write.body["shopper_target_settings"];
        let is_default = *get(write.record, "id") == DEFAULT;
        if is_default && write.body["enabled"] == false {
            return refuse("enabled", "The default zone cannot be disabled");
        }
        if is_default && says(targets) {
            let says = "The default zone applies wherever no other zone does";
            return refuse("shopper_target_settings", says);
        }
        if targets["locations"].as_array().is_some_and(Vec::is_empty) {
            return refuse("shopper_target_settings", "A zone must have a location");
        }
        Ok(())
    }

    fn kept(&self, _: &Context<'_>, record: &Record) -> Option<String> {
        let is_default = *get(record, "id") == DEFAULT;
        is_default.then(|| "The default zone cannot be removed".to_owned())
    }

    fn seed(&self, seeding: &mut Seeding<'_>) -> Result<(), Refusal> {
        let display = json!({
            "show_inclusive": false, "show_both_on_detail_view": false, "show_both_on_list_view": false,
        });
        let zone = json!({
            "id": DEFAULT, "name": "Default", "enabled": true, "price_display_settings": display,
        });
        seeding.put("tax_zones.list", [zone])
    }
}

impl Rules for Checks {
    fn settings(&self) -> Settings {
        Settings {
            path: "tax/zonecheck",
            name: "tax_zone_checks",
            file: Some(FILE),
            holds: Some("tax_zones.TaxZone"),
            fleeting: true,
            ..Settings::USUAL
        }
    }

    fn write(&self, context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        let zone = zone_of(context, write.body);
        write.set(
            "zone",
            zone.map_or(Value::Null, |zone| get(&zone, "id").clone()),
        );
        Ok(())
    }

    fn operations(&self) -> &'static [Special] {
        &[Special {
            id: "tax_zones.check",
            file: FILE,
            answer: Some(|context, _, check| {
                let zone = context.one(NAME, get(check, "zone"));
                zone.map_or(Value::Null, |zone| Value::Object(Record::clone(&zone)))
            }),
            ..Special::USUAL
        }]
    }
}

/// The zone of an address: the most specific one, or the default.
fn zone_of(context: &Context<'_>, address: &Value) -> Option<Arc<Record>> {
    let zones = context.all(NAME, &[]);
    let near = zones
        .iter()
        .filter_map(|zone| Some((near(zone, address)?, zone)));
    let nearest =
        near.max_by_key(|(near, zone)| (*near, -get(zone, "id").as_i64().unwrap_or_default()));
    let nearest = nearest.map(|(_, zone)| Arc::clone(zone));
    nearest.or_else(|| context.one(NAME, &DEFAULT.into()))
}

/// The specificity of a zone for an address: 1 by its country, 2 by a subdivision, 3 by a postal code.
fn near(zone: &Record, address: &Value) -> Option<u8> {
    let targets = get(zone, "shopper_target_settings");
    let groups = items(&targets["customer_groups"]);
    let takes = groups.is_empty() || groups.contains(&address["customer_group_id"]);
    if !takes || *get(zone, "enabled") == false {
        return None;
    }
    let same = |one: &Value, other: &Value| text(one).eq_ignore_ascii_case(text(other));
    let locations = items(&targets["locations"]).iter();
    let near = locations.filter_map(|location| {
        let has = |list: &str, code: &str| {
            items(&location[list])
                .iter()
                .any(|own| same(own, &address[code]))
        };
        let none = |list: &str| items(&location[list]).is_empty();
        match same(&location["country_code"], &address["country_code"]) {
            false => None,
            true if !none("postal_codes") => has("postal_codes", "postal_code").then_some(3),
            true if !none("subdivision_codes") => {
                has("subdivision_codes", "subdivision_codes").then_some(2)
            }
            true => Some(1),
        }
    });
    near.max()
}
