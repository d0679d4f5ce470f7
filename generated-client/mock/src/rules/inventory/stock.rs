//! Stock: a record for each item at each location, and one for each item across all locations.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::locations::OWN;
use crate::refusal::Refusal;
use crate::rules::fields::{get, items, or};
use crate::rules::{Context, Looking, Rules, Seeding, Settings, object};
use crate::state::Record;

pub(in crate::rules) struct Stock;
pub(in crate::rules) struct Items;

const FILE: &str = "inventory/stock.rs";

impl Rules for Stock {
    fn settings(&self) -> Settings {
        Settings {
            path: "inventory/locations/items",
            name: "stock",
            file: Some(FILE),
            holds: Some("location_items.LocationItem"),
            unique: &[&["location_id", "variant_id"]],
            refers: &[("location_id", "locations"), ("variant_id", "variants")],
            ..Settings::USUAL
        }
    }

    fn starts(&self, _: &Context<'_>, _: &Record) -> Value {
        json!({ "total_inventory_onhand": 0 })
    }

    fn derive(&self, _: &Context<'_>, record: &mut Record) {
        let usual = json!({
            "safety_stock": 0, "is_in_stock": true, "warning_level": 0, "bin_picking_number": "",
        });
        let mut settings = object(usual);
        settings.extend(
            get(record, "settings")
                .as_object()
                .cloned()
                .unwrap_or_default(),
        );
        let held = settings
            .get("safety_stock")
            .and_then(Value::as_i64)
            .unwrap_or_default();
        let on_hand = get(record, "total_inventory_onhand")
            .as_i64()
            .unwrap_or_default();
        let identity = json!({
            "sku": get(record, "sku"), "variant_id": get(record, "variant_id"),
            "product_id": get(record, "product_id"),
        });
        record.extend(object(json!({
            "identity": identity, "settings": settings,
            "available_to_sell": on_hand.saturating_sub(held).max(0),
        })));
    }

    fn seed(&self, seeding: &mut Seeding<'_>) -> Result<(), Refusal> {
        let of_products = |field: &str| seeding.every("products", field);
        let (ids, levels) = (of_products("id"), of_products("inventory_level"));
        let (bases, tracked) = (
            of_products("base_variant_id"),
            of_products("inventory_tracking"),
        );
        let of_variants = |field: &str| seeding.every("variants", field);
        let (products, skus) = (of_variants("product_id"), of_variants("sku"));
        let (variants, own) = (of_variants("id"), of_variants("inventory_level"));
        let places: HashMap<Option<i64>, usize> = ids.iter().map(Value::as_i64).zip(0..).collect();
        let stock = variants.iter().enumerate().filter_map(|(at, variant)| {
            let product = *places.get(&products.get(at)?.as_i64())?;
            let level = match tracked.get(product)?.as_str()? {
                "variant" => own.get(at),
                "product" if bases.get(product) == Some(variant) => levels.get(product),
                _ => None,
            };
            Some(json!({
                "location_id": OWN, "variant_id": variant, "product_id": products.get(at),
                "sku": skus.get(at), "total_inventory_onhand": level?,
            }))
        });
        let stock: Vec<Value> = stock.collect();
        seeding.put("location_items.list", stock)
    }
}

impl Rules for Items {
    fn settings(&self) -> Settings {
        Settings {
            path: "inventory/items",
            name: "inventory_items",
            file: Some(FILE),
            holds: Some("inventory.InventoryItem"),
            unique: &[&["variant_id"]],
            refers: &[("variant_id", "variants")],
            ..Settings::USUAL
        }
    }

    fn derive(&self, context: &Context<'_>, record: &mut Record) {
        let variant = get(record, "variant_id").clone();
        let stock = context.all("stock", &[("variant_id", variant.clone())]);
        let locations: Vec<Value> = stock.iter().map(|stock| at(context, stock)).collect();
        let sku_id = context.one("variants", &variant);
        let sku_id = sku_id.map(|variant| get(&variant, "sku_id").clone());
        let mut identity = json!({ "sku_id": sku_id });
        if let Some(stock) = stock.first() {
            let own = get(stock, "identity")
                .as_object()
                .cloned()
                .unwrap_or_default();
            identity
                .as_object_mut()
                .into_iter()
                .for_each(|all| all.extend(own.clone()));
            record.extend(own);
        }
        record.extend(object(
            json!({ "identity": identity, "locations": locations }),
        ));
    }

    fn find(&self, _: &Context<'_>, record: &Record, looking: Looking<'_>) -> Option<Value> {
        let field = match looking.field {
            field @ ("location_id" | "location_code") => field,
            _ => return None,
        };
        let locations = items(get(record, "locations")).iter();
        Some(locations.map(|location| location[field].clone()).collect())
    }

    fn seed(&self, seeding: &mut Seeding<'_>) -> Result<(), Refusal> {
        let variants = seeding.every("stock", "variant_id").into_iter();
        let all = variants.map(|variant| json!({ "variant_id": variant }));
        seeding.put("inventory.list", all)
    }
}

/// The stock of an item at a location, as the list across all locations returns it.
fn at(context: &Context<'_>, stock: &Record) -> Value {
    let location = context.one("locations", get(stock, "location_id"));
    let of = |field: &str| location.as_deref().map(|it| get(it, field).clone());
    json!({
        "location_id": get(stock, "location_id"),
        "location_code": or([&of("code").unwrap_or_default(), &json!("")]),
        "location_name": of("label"),
        "location_enabled": of("enabled"),
        "available_to_sell": get(stock, "available_to_sell"),
        "total_inventory_onhand": get(stock, "total_inventory_onhand"),
        "settings": get(stock, "settings"),
    })
}
