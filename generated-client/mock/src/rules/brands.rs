//! Brands: their pages on the storefront.

use serde_json::{Value, json};

use super::fields::{get, page, text};
use super::{Context, Rules, Seeding, Settings};
use crate::refusal::Refusal;
use crate::state::Record;

pub(super) struct Brands;

const NAMES: [&str; 8] = [
    "Ostwind",
    "Marlow & Fern",
    "Kupferkessel",
    "Nordlicht",
    "Penhallow",
    "Tallis",
    "Brightwater",
    "Juniper Row",
];

impl Rules for Brands {
    fn settings(&self) -> Settings {
        Settings {
            path: "catalog/brands",
            name: "brands",
            file: Some("brands.rs"),
            first: 35,
            ..Settings::USUAL
        }
    }

    fn derive(&self, _: &Context<'_>, record: &mut Record) {
        let page = page(get(record, "custom_url"), text(get(record, "name")));
        record.insert("custom_url".to_owned(), page);
    }

    fn seed(&self, seeding: &mut Seeding<'_>) -> Result<(), Refusal> {
        let names = NAMES.iter().take(seeding.products.div_ceil(5));
        let body = |name: &&str| -> Value {
            json!({ "name": name, "page_title": "Everything by this maker" })
        };
        seeding.make("brands.create", names.map(body))
    }
}
