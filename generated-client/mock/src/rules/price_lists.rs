//! Price lists and their records, which are written by what they are for and never read back.

use std::sync::Arc;

use serde_json::{Value, json};

use super::fields::{amount, get, money, says, text};
use super::sold::is_kept;
use super::{
    BatchRule, Context, Rules, Seeding, Settings, Special, Told, Verb, Write, Written, refuse,
};
use crate::refusal::Refusal;
use crate::state::Record;

pub(super) struct PriceLists;
pub(super) struct PriceRecords;

impl Rules for PriceLists {
    fn settings(&self) -> Settings {
        Settings {
            path: "pricelists",
            name: "price_lists",
            file: Some("price_lists.rs"),
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

    fn seed(&self, seeding: &mut Seeding<'_>) -> Result<(), Refusal> {
        seeding.make("pricelists.create", [json!({ "name": "Trade prices" })])
    }
}

impl Rules for PriceRecords {
    fn settings(&self) -> Settings {
        Settings {
            path: "pricelists/records",
            name: "price_records",
            file: Some("price_lists.rs"),
            holds: Some("pricelists.PriceRecordInput"),
            unique: &[&["price_list_id", "variant_id", "currency"]],
            refers: &[("variant_id", "variants")],
            exact: true,
            absent: &["price", "sale_price", "retail_price", "map_price"],
            ..Settings::USUAL
        }
    }

    fn operations(&self) -> &'static [Special] {
        &[Special {
            id: "pricelists.upsert_records",
            file: "price_lists.rs",
            verb: Some(Verb::Upsert),
            batch: Some(BatchRule::PartlyBatchErrors),
            find: Some(existing),
            // An empty object, where other writes return what was written.
            answer_all: Some(|_, _, _| json!({})),
            ..Special::USUAL
        }]
    }

    fn write(&self, context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        let Some(variant) = variant(context, write.body) else {
            return refuse("variant_id", "There is no such variant");
        };
        if !is_kept(&write.body["currency"]) {
            return refuse("currency", "The store does not have this currency");
        }
        if !write.sent("price") && write.before.is_none() {
            return refuse("price", "A new record needs a price");
        }
        write.set("price_list_id", context.parameter("price_list_id")?.value());
        write.set("variant_id", get(&variant, "id").clone());
        write.set("sku", get(&variant, "sku").clone());
        write.set("currency", text(&write.body["currency"]).to_lowercase());
        Ok(())
    }

    fn batch_event(&self, scope: &str, written: &[Written]) -> Option<Vec<Value>> {
        let created = scope == "store/priceList/records/created";
        let about = written.iter().filter(|one| one.before.is_none() == created);
        let about: Vec<Value> = about
            .map(|one| {
                json!({
                    "price_list_id": get(&one.record, "price_list_id"),
                    "variant_id": get(&one.record, "variant_id"),
                    "currency_code": get(&one.record, "currency"),
                })
            })
            .collect();
        match about.is_empty() {
            true => Some(Vec::new()),
            false => Some(vec![about.into()]),
        }
    }

    fn seed(&self, seeding: &mut Seeding<'_>) -> Result<(), Refusal> {
        let list = seeding.every("price_lists", "id").into_iter().next();
        let ids = seeding.every("variants", "id");
        let skus = seeding.every("variants", "sku");
        let of = seeding.every("variants", "product_id");
        let products = seeding.every("products", "id");
        let prices = seeding.every("products", "price");
        let records = ids.iter().zip(&skus).zip(&of);
        let records = records.take(seeding.products.min(10));
        let record = |((id, sku), product): ((&Value, &Value), &Value)| {
            let at = products.iter().position(|id| id == product);
            let price = at.and_then(|at| prices.get(at)).map_or(0.0, amount);
            json!({
                "price_list_id": list, "variant_id": id, "sku": sku, "currency": "usd",
                "price": money(price * 0.9),
            })
        };
        seeding.put("pricelists.upsert_records", records.map(record))
    }
}

fn variant(context: &Context<'_>, body: &Value) -> Option<Arc<Record>> {
    match &body["variant_id"] {
        id if says(id) => context.one("variants", id),
        _ => context.first("variants", &[("sku", body["sku"].clone())]),
    }
}

fn existing(context: &Context<'_>, body: &Value) -> Option<Arc<Record>> {
    let variant = variant(context, body)?;
    let currency = text(&body["currency"]).to_lowercase();
    let like = [
        (
            "price_list_id",
            context.parameter("price_list_id").ok()?.value(),
        ),
        ("variant_id", get(&variant, "id").clone()),
        ("currency", currency.into()),
    ];
    context.first("price_records", &like)
}
