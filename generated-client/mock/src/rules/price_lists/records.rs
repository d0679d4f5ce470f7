//! Price records: a price list has at most one per variant and currency.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::refusal::Refusal;
use crate::rules::fields::{amount, get, money, or, says, text};
use crate::rules::sold::is_kept;
use crate::rules::{
    BatchRule, Context, Rules, Seeding, Settings, Special, Told, Verb, Write, Written, refuse,
};
use crate::state::Record;

const FILE: &str = "price_lists/records.rs";
const RECORDS: &str = "price_records";

/// A batch that returns an empty object instead of the written records.
const BATCH: Special = Special {
    file: FILE,
    batch: Some(BatchRule::PartlyBatchErrors),
    names: &["price_list_id", "variant_id", "sku", "currency"],
    answer_all: Some(|_, _, _| json!({})),
    ..Special::USUAL
};
/// A batch over several lists, which tells of one refused record and no more.
const ACROSS: Special = Special {
    bare: true,
    ..BATCH
};
/// An operation on the record with the path's variant and currency.
const NAMED: Special = Special {
    file: FILE,
    find: Some(existing),
    ..Special::USUAL
};

pub(in crate::rules) struct PriceRecords;

impl Rules for PriceRecords {
    fn settings(&self) -> Settings {
        Settings {
            path: "pricelists/records",
            name: RECORDS,
            file: Some(FILE),
            holds: Some("pricelists.PriceRecord"),
            unique: &[&["price_list_id", "variant_id", "currency"]],
            refers: &[("price_list_id", "price_lists"), ("variant_id", "variants")],
            exact: true,
            taken: 422,
            zulu: true,
            unlinked: true,
            absent: &["price", "sale_price", "retail_price", "map_price"],
            ..Settings::USUAL
        }
    }

    fn operations(&self) -> &'static [Special] {
        &[
            Special {
                id: "pricelists.create_records",
                ..BATCH
            },
            Special {
                id: "pricelists.create_records_across",
                ..ACROSS
            },
            Special {
                id: "pricelists.upsert_records",
                verb: Some(Verb::Upsert),
                find: Some(existing),
                ..BATCH
            },
            Special {
                id: "pricelists.upsert_records_across",
                verb: Some(Verb::Upsert),
                find: Some(existing),
                ..ACROSS
            },
            Special {
                id: "pricelists.list_variant_records",
                file: FILE,
                verb: Some(Verb::List),
                among: Some(|context, record| {
                    let variant = context.parameter("variant_id").ok()?.value();
                    (*get(record, "variant_id") == variant).then(|| get(record, "currency").clone())
                }),
                ..Special::USUAL
            },
            Special {
                id: "pricelists.get_record",
                ..NAMED
            },
            Special {
                id: "pricelists.set_record",
                verb: Some(Verb::Upsert),
                ..NAMED
            },
            Special {
                id: "pricelists.delete_record",
                ..NAMED
            },
        ]
    }

    fn write(&self, context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        let Some(variant) = variant(context, write.body) else {
            return refuse("variant_id", "There is no such variant");
        };
        let currency = told(context, write.body, "currency", "currency_code");
        if !is_kept(context, &currency) {
            return refuse("currency", "The store does not have this currency");
        }
        if !write.sent("price") && write.before.is_none() {
            return refuse("price", "A new record needs a price");
        }
        let list = told(context, write.body, "price_list_id", "price_list_id");
        write.set("price_list_id", list);
        write.set("variant_id", get(&variant, "id").clone());
        write.set("product_id", get(&variant, "product_id").clone());
        write.set("sku", get(&variant, "sku").clone());
        write.set("currency", text(&currency).to_lowercase());
        Ok(())
    }

    fn derive(&self, _: &Context<'_>, record: &mut Record) {
        let price = or([get(record, "sale_price"), get(record, "price")]);
        record.insert("calculated_price".to_owned(), price);
    }

    fn event(&self, _: &Context<'_>, scope: &str, written: &Written) -> Told {
        match fires(scope, written) {
            true => Told::Data(about(written)),
            false => Told::Nothing,
        }
    }

    fn batch_event(&self, scope: &str, written: &[Written]) -> Option<Vec<Value>> {
        if !scope.starts_with("store/priceList/records/") {
            return None;
        }
        let told = written.iter().filter(|one| fires(scope, one));
        let told: Vec<Value> = told.map(about).collect();
        match told.is_empty() {
            true => Some(Vec::new()),
            false => Some(vec![told.into()]),
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

/// Whether an event with this scope is about a record: a new or an existing one.
fn fires(scope: &str, written: &Written) -> bool {
    scope.ends_with("/created") == written.before.is_none()
}

fn about(written: &Written) -> Value {
    json!({
        "price_list_id": get(&written.record, "price_list_id"),
        "variant_id": get(&written.record, "variant_id"),
        "currency_code": get(&written.record, "currency"),
    })
}

/// The value in the path, or else in the body.
fn told(context: &Context<'_>, body: &Value, field: &str, parameter: &str) -> Value {
    match context.parameter(parameter) {
        Ok(key) => key.value(),
        Err(_) => body[field].clone(),
    }
}

fn variant(context: &Context<'_>, body: &Value) -> Option<Arc<Record>> {
    match told(context, body, "variant_id", "variant_id") {
        id if says(&id) => context.one("variants", &id),
        _ => context.first("variants", &[("sku", body["sku"].clone())]),
    }
}

fn existing(context: &Context<'_>, body: &Value) -> Option<Arc<Record>> {
    let variant = variant(context, body)?;
    let currency = told(context, body, "currency", "currency_code");
    let like = [
        (
            "price_list_id",
            told(context, body, "price_list_id", "price_list_id"),
        ),
        ("variant_id", get(&variant, "id").clone()),
        ("currency", text(&currency).to_lowercase().into()),
    ];
    context.first(RECORDS, &like)
}
