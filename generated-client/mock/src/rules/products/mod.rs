//! Products: the calculated price, the variants, options and parts of a product, and its brand.

mod assignments;
mod complex_rules;
mod images;
mod options;
mod owner;
mod parts;
mod reviews;
mod seeds;
mod summary;

pub(super) use self::assignments::Assignments;
pub(super) use self::complex_rules::ComplexRules;
pub(super) use self::images::{Images, first as image};
pub(super) use self::parts::{BulkPricingRules, CustomFields, Videos};
pub(super) use self::reviews::Reviews;

use http::StatusCode;
use serde_json::{Value, json};

use super::choices::{MODIFIERS, OPTIONS};
use super::fields::{amount, get, items, or, page, says, text, with};
use super::inventory::{CUTS, STOCK_CHANGED, restock, restock_sum, restocked_there};
use super::{
    Context, Looking, Quirk, Rules, Seeding, Settings, Special, Told, Verb, Work, Write, Written,
    object, redirected, refuse, refuse_with, variants,
};
use crate::refusal::Refusal;
use crate::state::Record;
use crate::wanted::Wanted;

pub(super) struct Products;

/// Where a product stores the path of its URL, which is indexed.
const PAGE: &str = "page";
/// The maximum number of variants that a product includes.
const SHOWN: usize = 10;

impl Rules for Products {
    fn settings(&self) -> Settings {
        Settings {
            path: "catalog/products",
            name: "products",
            file: Some("products/mod.rs"),
            first: 77,
            missing: Some(409),
            fills_time: true,
            cuts: CUTS,
            indexed: &[PAGE],
            shrinks: &[("options", 10), ("modifiers", 10)],
            ..Settings::USUAL
        }
    }

    fn operations(&self) -> &'static [Special] {
        const UPDATE_BATCH: Special = Special {
            id: "products.update_batch",
            file: "products/mod.rs",
            verb: Some(Verb::Update),
            ..Special::USUAL
        };
        &[summary::GET, UPDATE_BATCH]
    }

    fn starts(&self, _: &Context<'_>, _: &Record) -> Value {
        json!({
            "inventory_tracking": "none",
            "is_visible": true,
            // The store chooses related products automatically.
            "related_products": [-1],
            "layout_file": "product.html",
            "availability": "available",
            "gift_wrapping_options_type": "any",
            "condition": "New",
            "meta_description": "",
            "open_graph_use_meta_description": true,
            "open_graph_use_product_name": true,
            "open_graph_use_image": true,
            "option_set_id": null,
            "option_set_display": "right",
            "channels": [1],
        })
    }

    fn write(&self, context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        if says(&write.body["is_price_hidden"])
            && text(get(write.record, "availability")) != "disabled"
        {
            return refuse(
                "is_price_hidden",
                "The price can be hidden only while the product is disabled",
            );
        }
        let class = &write.body["tax_class_id"];
        if says(class) && context.one("tax_classes", class).is_none() {
            let says = "There is no such tax class";
            return refuse_with(StatusCode::CONFLICT, "tax_class_id", says);
        }
        if is_taken(context, write.record, &write.body["custom_url"]["url"]) {
            let says = "Another product has this URL";
            return refuse_with(StatusCode::CONFLICT, "custom_url", says);
        }
        // They are separate records.
        write.set("variants", json!([]));
        parts::leave(write)?;
        Ok(())
    }

    fn derive(&self, _: &Context<'_>, record: &mut Record) {
        let price = or([get(record, "sale_price"), get(record, "price")]);
        record.insert("calculated_price".to_owned(), price);
        record.insert(PAGE.to_owned(), page(record)["url"].take());
    }

    fn after(&self, work: &mut Work<'_, '_>, written: &Written) -> Result<(), Refusal> {
        let (record, body) = (&written.record, &written.body);
        let id = get(record, "id").clone();
        let variants = items(&body["variants"]).iter();
        let mut skus = variants
            .map(|variant| &variant["sku"])
            .chain([&body["sku"]]);
        if skus.any(|sku| is_elsewhere(work.context(), sku, &id)) {
            let says = "Another product or one of its variants has this SKU";
            return refuse_with(StatusCode::CONFLICT, "sku", says);
        }
        parts::keep(work, &id, body)?;
        Assignments::CATEGORIES.keep(work, record, written)?;
        Assignments::CHANNELS.keep(work, record, written)?;
        if let Some(name) = body["brand_name"].as_str().filter(|name| !name.is_empty()) {
            let brand = brand(work, name)?;
            work.amend("products", &id, json!({ "brand_id": brand }))?;
        }
        if written.before.is_some() {
            redirected::keep(work, "product", written)?;
            // The base variant follows the product's own SKU.
            if body.get("sku").is_some() && says(get(record, "base_variant_id")) {
                let sku = json!({ "sku": get(record, "sku") });
                work.amend("variants", get(record, "base_variant_id"), sku)?;
            }
            return stocked(work, record, get(record, "base_variant_id"), body);
        }
        // A product without options has one variant anyway.
        let only = [json!({ "sku": get(record, "sku") })];
        let made = match items(&body["variants"]) {
            [] => &only,
            variants => variants,
        };
        if made.len() > variants::MOST {
            return refuse("variants", variants::TOO_MANY);
        }
        options::make(work, &id, made)?;
        let by_variant = text(get(record, "inventory_tracking")) == "variant";
        let mut first = Value::Null;
        for variant in made {
            let fields = with(variant, json!({ "product_id": id }));
            let key = work.make("variants", object(fields))?;
            if let Some(level) = variant.get("inventory_level").filter(|_| by_variant) {
                restock(work, &key.value(), level)?;
            }
            if first.is_null() {
                first = key.value();
            }
        }
        let base = match made.iter().any(|variant| says(&variant["option_values"])) {
            true => Value::Null,
            false => first,
        };
        work.amend("products", &id, json!({ "base_variant_id": base }))?;
        stocked(work, record, &base, body)
    }

    fn show(
        &self,
        context: &Context<'_>,
        wanted: &Wanted,
        record: &Record,
        field: &str,
    ) -> Option<Value> {
        if let "reviews_count" | "reviews_rating_sum" = field {
            return Some(reviews::rated(context, record, field));
        }
        if !wanted.include.contains(field) {
            return None;
        }
        match field {
            "variants" => {
                let all = context.all("variants", &[("product_id", get(record, "id").clone())]);
                let shown = all.iter().take(SHOWN);
                let shown = shown.map(|variant| {
                    let variant_shown = Value::Object((**variant).clone());
                    let made_of = variants::made_of(context, variant);
                    let follows = variants::follows(variant, record);
                    with(
                        &with(&variant_shown, follows),
                        json!({ "option_values": made_of }),
                    )
                });
                Some(shown.collect())
            }
            "options" => Some(OPTIONS.of(context, get(record, "id")).into()),
            "modifiers" => Some(MODIFIERS.of(context, get(record, "id")).into()),
            "primary_image" => images::thumbnail(context, get(record, "id")),
            _ => parts::shown(context, get(record, "id"), field),
        }
    }

    fn find(&self, context: &Context<'_>, record: &Record, looking: Looking<'_>) -> Option<Value> {
        let tracked = || text(get(record, "inventory_tracking"));
        let level = || amount(get(record, "inventory_level"));
        match looking.parameter {
            "keyword" => {
                let brand = context.one("brands", get(record, "brand_id"));
                let brand = brand.map(|brand| get(&brand, "name").clone());
                let own = ["name", "description", "sku"].map(|field| get(record, field).clone());
                Some(own.into_iter().chain(brand).collect())
            }
            // Only products that are in this category and in no other.
            "categories" => Some(match items(get(record, "categories")) {
                [only] => only.clone(),
                _ => Value::Null,
            }),
            "channel_id" => Some(get(record, "channels").clone()),
            "inventory_low" => {
                let low = level() < amount(get(record, "inventory_warning_level"));
                Some((tracked() != "none" && low).into())
            }
            "out_of_stock" => Some((tracked() == "product" && level() == 0.0).into()),
            _ => None,
        }
    }

    fn event(&self, context: &Context<'_>, scope: &str, written: &Written) -> Told {
        let (now, before) = (&*written.record, written.before.as_deref());
        match scope {
            "store/sku/created" => return new_skus(context, written),
            "store/product/inventory/updated" | STOCK_CHANGED => {}
            _ => return Told::Usual,
        }
        let level = |record: &Record| get(record, "inventory_level").as_i64().unwrap_or_default();
        let more = level(now).saturating_sub(before.map_or(0, level));
        let of_variants =
            text(get(now, "inventory_tracking")) == "variant" && !says(get(now, "base_variant_id"));
        if more == 0 || of_variants || written.body.get("inventory_level").is_none() {
            return Told::Nothing;
        }
        let id = get(now, "id");
        if scope == STOCK_CHANGED {
            return match text(get(now, "inventory_tracking")) == "product" {
                true => restocked_there(get(now, "base_variant_id"), id, more),
                false => Told::Nothing,
            };
        }
        let inventory = json!({ "product_id": id, "method": "absolute", "value": more });
        Told::Data(json!({ "type": "product", "id": id, "inventory": inventory }))
    }

    fn quirks(&self) -> Vec<Quirk> {
        vec![
            Quirk::replaced("meta_description", json!(""), Value::Null).every(4),
            Quirk::replaced("meta_keywords", json!([]), json!([""])).every(5),
        ]
    }

    fn seed(&self, seeding: &mut Seeding<'_>) -> Result<(), Refusal> {
        let brands = seeding.every("brands", "id");
        let categories = seeding.every("categories", "category_id");
        let bodies = (1..=seeding.products)
            .map(|n| seeds::seed(n, &seeding.pick(&brands, n), &seeding.pick(&categories, n)));
        seeding.make("products.create", bodies)
    }
}

/// The events for the SKUs of a new product: those of its variants, or its own if it has none.
fn new_skus(context: &Context<'_>, written: &Written) -> Told {
    if items(&written.body["variants"]).is_empty() {
        return Told::Nothing;
    }
    let id = get(&written.record, "id");
    let own = context.one("products", id);
    let base = own.map(|own| get(&own, "base_variant_id").clone());
    let variants = context.all("variants", &[("product_id", id.clone())]);
    let variants = variants.iter();
    let made = variants.filter(|variant| base.as_ref() != Some(get(variant, "id")));
    Told::Each(
        made.map(|made| (variants::sku(made), Value::Null))
            .collect(),
    )
}

/// Sets the stock of a product without variants to the written value, if it is tracked, and that of one whose
/// variants are tracked to their sum.
fn stocked(
    work: &mut Work<'_, '_>,
    product: &Record,
    base: &Value,
    body: &Value,
) -> Result<(), Refusal> {
    let by_product = text(get(product, "inventory_tracking")) == "product";
    match body.get("inventory_level") {
        Some(level) if by_product => restock(work, base, level),
        _ => restock_sum(work, get(product, "id")),
    }
}

/// Whether another product has the requested URL.
fn is_taken(context: &Context<'_>, own: &Record, url: &Value) -> bool {
    let there = context.all("products", &[(PAGE, url.clone())]);
    says(url) && there.iter().any(|other| get(other, "id") != get(own, "id"))
}

/// Whether a SKU is that of another product or of its variant.
fn is_elsewhere(context: &Context<'_>, sku: &Value, own: &Value) -> bool {
    let mut owners = [("products", "id"), ("variants", "product_id")].into_iter();
    owners.any(|(collection, owner)| {
        let there = context.known(collection, "sku", text(sku));
        there.is_some_and(|there| get(&there, owner) != own)
    })
}

/// The key of the brand with this name, ignoring case; a new brand if there is none.
fn brand(work: &mut Work<'_, '_>, name: &str) -> Result<Value, Refusal> {
    let known = work.taken("brands", &["name"], &[name]);
    match known {
        Some(key) => Ok(key.value()),
        None => {
            let made = work.make("brands", object(json!({ "name": name })))?;
            Ok(made.value())
        }
    }
}
