//! The brands of a new store. Everything else about brands is convention.

use serde_json::{Value, json};

use super::pictures::{removed, uploaded};
use super::{Rules, Seeding, Settings, Special};
use crate::refusal::Refusal;

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
            first: 35,
            ..Settings::USUAL
        }
    }

    fn operations(&self) -> &'static [Special] {
        const OWN: &[Special] = &[
            uploaded("brands.create_image", "brands"),
            removed("brands.delete_image", "brands"),
        ];
        OWN
    }

    fn seed(&self, seeding: &mut Seeding<'_>) -> Result<(), Refusal> {
        let names = NAMES.iter().take(seeding.products.div_ceil(5));
        let body = |name: &&str| -> Value {
            json!({ "name": name, "page_title": "Everything by this maker" })
        };
        seeding.make("brands.create", names.map(body))
    }
}
