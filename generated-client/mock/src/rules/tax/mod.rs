//! Taxes: classes, zones and the zone of an address, the tax properties of products and customers, and
//! connections to providers.

mod properties;
mod rates;
mod zones;

use http::StatusCode;
use serde_json::{Value, json};

pub(super) use self::properties::{OF_CUSTOMERS, OF_PRODUCTS, Properties};
pub(super) use self::rates::Rates;
pub(super) use self::zones::{Checks, Zones};
use super::fields::{get, says};
use super::{Context, Rules, Seeding, Settings, Special, Verb, Write, refuse_with};
use crate::refusal::Refusal;
use crate::state::Record;

pub(super) struct Classes;
pub(super) struct Connections;

const FILE: &str = "tax/mod.rs";
const CLASSES_NAME: &str = "tax_classes";
const CONNECTIONS: &str = "tax_provider_connections";

/// The classes of a new store, with ids from 1.
const CLASSES: [&str; 3] = ["Non-Taxable Products", "Shipping", "Gift Wrapping"];

impl Rules for Classes {
    fn settings(&self) -> Settings {
        Settings {
            path: "tax/classes",
            also: &["tax_classes"],
            name: CLASSES_NAME,
            file: Some(FILE),
            gone: Some(400),
            ..Settings::USUAL
        }
    }

    fn operations(&self) -> &'static [Special] {
        &[Special {
            id: "tax_classes.update",
            file: FILE,
            verb: Some(Verb::Upsert),
            find: Some(|context, item| context.one(CLASSES_NAME, &item["id"])),
            write: Some(rename),
            ..Special::USUAL
        }]
    }

    fn seed(&self, seeding: &mut Seeding<'_>) -> Result<(), Refusal> {
        let all = CLASSES.iter().map(|name| json!({ "name": name }));
        seeding.put("tax_classes.list", all)
    }
}

/// A missing class is rejected with 400.
fn rename(_: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
    match write.before {
        Some(_) => Ok(()),
        None => refuse_with(StatusCode::BAD_REQUEST, "id", "There is no such tax class"),
    }
}

impl Rules for Connections {
    fn settings(&self) -> Settings {
        Settings {
            path: "tax/providers/connection",
            name: CONNECTIONS,
            file: Some(FILE),
            single: true,
            ..Settings::USUAL
        }
    }

    fn operations(&self) -> &'static [Special] {
        // Without a connection there is nothing to delete.
        &[Special {
            id: "tax_provider_connections.delete",
            file: FILE,
            find: Some(|context, _| {
                let provider = context.parameter("provider_id").ok()?.value();
                context.first(CONNECTIONS, &[("provider_id", provider)])
            }),
            ..Special::USUAL
        }]
    }

    fn write(&self, _: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        if write.sent("password") {
            // The API only returns whether there is one.
            write.set("has_password", says(&write.body["password"]));
        }
        let is_complete =
            says(get(write.record, "username")) && says(get(write.record, "has_password"));
        write.set("configured", is_complete);
        Ok(())
    }

    fn starts(&self, _: &Context<'_>, _: &Record) -> Value {
        json!({ "target": { "country_codes": [], "subdivision_codes": [] } })
    }
}
