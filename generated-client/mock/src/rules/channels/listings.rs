//! Products on channels. The variants of a listing belong to its product, and an update adds to them.

use serde_json::{Value, json};

use crate::refusal::Refusal;
use crate::rules::fields::{get, items, with};
use crate::rules::{Context, Rules, Settings, Special, Write, refuse};

pub(in crate::rules) struct Listings;

const FILE: &str = "channels/listings.rs";

impl Rules for Listings {
    fn settings(&self) -> Settings {
        Settings {
            path: "channels/listings",
            name: "channel_listings",
            file: Some(FILE),
            loose: true,
            zulu: true,
            ..Settings::USUAL
        }
    }

    fn operations(&self) -> &'static [Special] {
        &[Special {
            id: "channel_listings.update",
            file: FILE,
            passes_over: true,
            ..Special::USUAL
        }]
    }

    fn write(&self, context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        let before = write.before.cloned().unwrap_or_default();
        if let Some(product) = before.get("product_id") {
            write.set("product_id", product.clone());
        }
        let own = json!({
            "channel_id": get(write.record, "channel_id"),
            "date_modified": context.now,
        });
        let mut listed = items(get(&before, "variants")).to_vec();
        for sent in items(&write.body["variants"]) {
            if sent["product_id"] != *get(write.record, "product_id") {
                return refuse("variants", "A variant belongs to another product");
            }
            let known = listed
                .iter_mut()
                .find(|known| known["variant_id"] == sent["variant_id"]);
            match known {
                Some(known) => *known = with(&with(known, sent.clone()), own.clone()),
                None => {
                    let made: Value = json!({ "date_created": context.now });
                    listed.push(with(&with(&made, sent.clone()), own.clone()));
                }
            }
        }
        write.set("variants", listed);
        Ok(())
    }
}
