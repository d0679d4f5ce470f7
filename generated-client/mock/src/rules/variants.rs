//! Variants: their option values, and the fields that they inherit from the product.

use std::sync::Arc;

use http::StatusCode;
use serde_json::{Value, json};

use super::choices::OPTIONS;
use super::fields::{amount, get, items, joined, or, says, text};
use super::inventory::{
    CUTS, MOST_STOCK, STOCK_CHANGED, restock, restock_sum, restocked, restocked_there,
};
use super::pictures::uploaded;
use super::{
    BatchRule, Context, Looking, Quirk, Rules, Sends, Settings, Special, Told, Work, Write,
    Written, object, refuse, refuse_with,
};
use crate::refusal::Refusal;
use crate::state::Record;
use crate::values::{number, whole};
use crate::wanted::Wanted;

pub(super) struct Variants;

/// The maximum number of variants of a product.
pub(super) const MOST: usize = 600;
pub(super) const TOO_MANY: &str = "A product can have at most 600 SKUs";

impl Rules for Variants {
    fn settings(&self) -> Settings {
        Settings {
            path: "catalog/products/variants",
            name: "variants",
            file: Some("variants.rs"),
            also: &["catalog/variants"],
            first: 64,
            // No two variants of a product have the same values.
            unique: &[&["product_id", "made_of"]],
            absent: &["map_price"],
            cuts: CUTS,
            ..Settings::USUAL
        }
    }

    fn operations(&self) -> &'static [Special] {
        const OWN: &[Special] = &[
            Special {
                id: "variants.update_batch",
                file: "variants.rs",
                batch: Some(BatchRule::BatchErrors),
                ..Special::USUAL
            },
            Special {
                id: "variants.create",
                file: "variants.rs",
                partly: Some(has_lost_stock),
                ..Special::USUAL
            },
            Special {
                id: "variants.update",
                file: "variants.rs",
                partly: Some(has_lost_stock),
                ..Special::USUAL
            },
            Special {
                too_large: Some(StatusCode::INTERNAL_SERVER_ERROR),
                ..uploaded("variants.create_image", "variants")
            },
        ];
        OWN
    }

    fn starts(&self, context: &Context<'_>, record: &Record) -> Value {
        let sku = match says(get(record, "option_values")) {
            true => context.count("skus").into(),
            false => Value::Null,
        };
        json!({
            "sku_id": sku, "inventory_level": 0, "inventory_warning_level": 0,
            "upc": "", "mpn": "", "gtin": "", "bin_picking_number": "",
        })
    }

    fn write(&self, context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        let above = match write.before {
            Some(before) => get(before, "product_id").clone(),
            None => context.parameter("product_id")?.value(),
        };
        let there = context.known("products", "sku", text(&write.body["sku"]));
        if there.is_some_and(|there| *get(&there, "id") != above) {
            let says = "Another product has this SKU";
            return refuse_with(StatusCode::CONFLICT, "sku", says);
        }
        if let Some(before) = write.before {
            // Sending it has no effect.
            let product = get(before, "product_id").clone();
            leave_stock(context, write, &product);
            write.set("product_id", product);
            return Ok(());
        }
        let product = context.in_path("products", "product_id")?;
        let id = get(&product, "id").clone();
        leave_stock(context, write, &id);
        let own = [("product_id", id.clone())];
        if context.all("variants", &own).len() >= MOST {
            return refuse("sku", TOO_MANY);
        }
        let options = OPTIONS.bare(context, &id);
        if options.is_empty() {
            return refuse(
                "option_values",
                "The product has no options from which to create a variant",
            );
        }
        let chosen = items(&write.body["option_values"]).iter();
        let chosen: Vec<Value> = chosen
            .map(|value| named(context, &options, value))
            .collect();
        if !chosen
            .iter()
            .all(|value| is_one_of(context, &options, value))
        {
            return refuse(
                "option_values",
                "A value does not belong to the product's options",
            );
        }
        let each = options.iter().all(|option| {
            let mut chosen = chosen.iter();
            chosen.any(|value| value["option_id"] == *get(option, "id"))
        });
        if chosen.len() != options.len() || !each {
            return refuse("option_values", "A variant needs one value of each option");
        }
        let same = joined(chosen.iter().filter_map(|value| value["id"].as_i64()));
        let others = context.all("variants", &own);
        // Names and deleted values matter only for those that have all of these.
        let has = |other: &[Value], id: &Value| other.iter().any(|own| own["id"] == *id);
        let others = others
            .iter()
            .map(|other| items(get(other, "option_values")))
            .filter(|other| chosen.iter().all(|value| has(other, &value["id"])))
            .map(|other| current(context, &options, other));
        let mut others =
            others.map(|made_of| joined(made_of.iter().filter_map(|value| value["id"].as_i64())));
        if others.any(|other| other == same) {
            let says = "Another variant has these values";
            return refuse_with(StatusCode::CONFLICT, "option_values", says);
        }
        write.set("product_id", id);
        Ok(())
    }

    fn derive(&self, context: &Context<'_>, record: &mut Record) {
        let chosen = items(get(record, "option_values"));
        let options = match chosen {
            [] => Vec::new(),
            _ => OPTIONS.bare(context, get(record, "product_id")),
        };
        let values = chosen.iter().map(|value| named(context, &options, value));
        let values: Vec<Value> = values.collect();
        let made_of = joined(values.iter().filter_map(|value| value["id"].as_i64()));
        // The API stores null as 0, unlike the control panel.
        let cost = or([get(record, "cost_price"), &json!(0)]);
        record.extend(object(json!({
            "option_values": values, "made_of": made_of, "cost_price": cost,
        })));
    }

    fn after(&self, work: &mut Work<'_, '_>, written: &Written) -> Result<(), Refusal> {
        let id = get(&written.record, "product_id").clone();
        let product = work.context().one("products", &id);
        let tracking = product
            .as_deref()
            .map(|product| get(product, "inventory_tracking"));
        let by_variant = tracking.is_some_and(|tracking| tracking == "variant");
        if by_variant && written.body.get("inventory_level").is_some() {
            let level = get(&written.record, "inventory_level");
            restock(work, get(&written.record, "id"), level)?;
        }
        if let Some(before) = &written.before {
            let level = |record: &Record| get(record, "inventory_level").clone();
            return match level(before) == level(&written.record) {
                true => Ok(()),
                false => restock_sum(work, &id),
            };
        }
        // Once a product has a variant with option values, it is no longer its own variant.
        let base = product.map(|product| get(&product, "base_variant_id").clone());
        if let Some(base) = base.filter(says) {
            work.remove("variants", &base)?;
            work.amend("products", &id, json!({ "base_variant_id": null }))?;
        }
        restock_sum(work, &id)
    }

    fn removed(&self, work: &mut Work<'_, '_>, record: &Record) -> Result<(), Refusal> {
        restock_sum(work, get(record, "product_id"))
    }

    fn show(
        &self,
        context: &Context<'_>,
        _: &Wanted,
        record: &Record,
        field: &str,
    ) -> Option<Value> {
        if field == "option_values" {
            return Some(made_of(context, record).into());
        }
        if !matches!(field, "calculated_price" | "calculated_weight") {
            return None;
        }
        let product = context.one("products", get(record, "product_id"))?;
        follows(record, &product).get(field).cloned()
    }

    fn find(&self, context: &Context<'_>, record: &Record, looking: Looking<'_>) -> Option<Value> {
        if looking.parameter != "sku" {
            return None;
        }
        // The SKU of a base variant is stored in its product, and found there.
        let product = context.one("products", get(record, "product_id"))?;
        let is_base = get(&product, "base_variant_id") == get(record, "id");
        is_base.then_some(Value::Null)
    }

    fn event(&self, context: &Context<'_>, scope: &str, written: &Written) -> Told {
        let record = &*written.record;
        let product = get(record, "product_id");
        let level = |record: &Record| get(record, "inventory_level").as_i64().unwrap_or_default();
        // Nothing says how far below 0 a level may be.
        let before = written.before.as_deref().map_or(0, level);
        let more = level(record).saturating_sub(before);
        match scope {
            "store/sku/inventory/updated" => {
                let data = restocked(context, scope, get(record, "id"), more);
                return data.map_or(Told::Nothing, Told::Data);
            }
            STOCK_CHANGED => {
                let whole = context.one("products", product);
                let by_variant =
                    whole.is_some_and(|whole| text(get(&whole, "inventory_tracking")) == "variant");
                return match by_variant {
                    true => restocked_there(get(record, "id"), product, more),
                    false => Told::Nothing,
                };
            }
            _ => {}
        }
        Told::Data(match scope {
            "store/product/updated" => json!({ "type": "product", "id": product }),
            _ => sku(record),
        })
    }

    fn quirks(&self) -> Vec<Quirk> {
        vec![Quirk::added("map_price", Sends::Value(json!({}))).every(2)]
    }
}

/// The data of an event about a variant's SKU.
pub(super) fn sku(variant: &Record) -> Value {
    let id = get(variant, "id");
    json!({
        "type": "sku",
        "id": or([get(variant, "sku_id"), id]),
        "sku": { "product_id": get(variant, "product_id"), "variant_id": id },
    })
}

/// Keeps the previous stock of a variant if the product's total stock would exceed the maximum.
fn leave_stock(context: &Context<'_>, write: &mut Write<'_>, product: &Value) {
    let level = |record: &Record| get(record, "inventory_level").as_i64().unwrap_or_default();
    let before = write.before.map_or(0, level);
    if level(write.record) == before {
        return;
    }
    let id = get(write.record, "id");
    let all = context.all("variants", &[("product_id", product.clone())]);
    let others = all.iter().filter(|other| get(other, "id") != id);
    let others = others.map(|other| level(other));
    let others = others.fold(0, i64::saturating_add);
    if others > 0 && level(write.record) > MOST_STOCK.saturating_sub(others) {
        write.set("inventory_level", before);
    }
}

/// The error for a variant that was written without the sent stock.
fn has_lost_stock(written: &Written) -> Option<Refusal> {
    let level = |value: &Value| number(value).and_then(whole);
    let sent = level(&written.body["inventory_level"])?;
    if level(get(&written.record, "inventory_level")) == Some(sent) {
        return None;
    }
    let says = "The variant was saved, but its stock was not.";
    let refusal = Refusal::new(StatusCode::MULTI_STATUS, says);
    let says = "The product's variants together would exceed the maximum stock";
    Some(refusal.about("inventory_level", says))
}

/// The values that a variant inherits from the product.
pub(super) fn follows(variant: &Record, product: &Record) -> Value {
    let own = |field: &str, of_product: &str| match get(variant, field) {
        Value::Null => get(product, of_product).clone(),
        own => own.clone(),
    };
    let price = match get(variant, "sale_price") {
        sale if amount(sale) > 0.0 => sale.clone(),
        _ => own("price", "calculated_price"),
    };
    json!({ "calculated_price": price, "calculated_weight": own("weight", "weight") })
}

/// The option values of a variant with their current names; deleted ones are omitted.
pub(super) fn made_of(context: &Context<'_>, variant: &Record) -> Vec<Value> {
    match items(get(variant, "option_values")) {
        [] => Vec::new(),
        chosen => {
            let options = OPTIONS.bare(context, get(variant, "product_id"));
            current(context, &options, chosen)
        }
    }
}

/// These option values with their current names; deleted ones are omitted.
fn current(context: &Context<'_>, options: &[Arc<Record>], chosen: &[Value]) -> Vec<Value> {
    let there = chosen
        .iter()
        .filter(|value| is_one_of(context, options, value));
    there
        .map(|value| {
            let ids = json!({ "option_id": value["option_id"], "id": value["id"] });
            named(context, options, &ids)
        })
        .collect()
}

/// Whether a value belongs to the option that it names.
fn is_one_of(context: &Context<'_>, options: &[Arc<Record>], value: &Value) -> bool {
    let mut options = options.iter();
    let option = options.find(|option| *get(option, "id") == value["option_id"]);
    option.is_some_and(|option| {
        let own = std::slice::from_ref(option);
        OPTIONS.value(context, own, &value["id"]).is_some()
    })
}

/// An option value, by ids or by labels, whichever was given. A product may have thousands of values, so only
/// this one is read.
fn named(context: &Context<'_>, options: &[Arc<Record>], value: &Value) -> Value {
    let option = options.iter().find(|option| {
        *get(option, "id") == value["option_id"]
            || *get(option, "display_name") == value["option_display_name"]
    });
    let known = match says(&value["id"]) {
        true => OPTIONS.value(context, options, &value["id"]),
        false => option.and_then(|option| OPTIONS.labelled(context, option, text(&value["label"]))),
    };
    let owner = option.or_else(|| {
        let known = known.as_deref()?;
        options.iter().find(|option| OPTIONS.owns(option, known))
    });
    let field = |given: &Value, known: Option<&Record>, name: &str| {
        or([given, known.map_or(&Value::Null, |known| get(known, name))])
    };
    let (owner, known) = (owner.map(|owner| &**owner), known.as_deref());
    json!({
        "option_id": field(&value["option_id"], owner, "id"),
        "option_display_name": field(&value["option_display_name"], owner, "display_name"),
        "id": field(&value["id"], known, "id"),
        "label": field(&value["label"], known, "label"),
    })
}
