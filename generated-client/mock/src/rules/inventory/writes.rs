//! Writing stock: absolute and relative adjustments, and the settings of an item at a location. The
//! available stock at the default location is the inventory level in the catalog.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;
use serde_json::{Value, json};

use super::locations::{OWN, transaction};
use crate::refusal::Refusal;
use crate::rules::fields::{get, items, says, text, with};
use crate::rules::{
    Context, Rules, Settings, Special, Told, Verb, Work, Write, Written, object, refuse,
};
use crate::state::Record;
use crate::values::plain;

pub(in crate::rules) struct Writes;

const FILE: &str = "inventory/writes.rs";
/// The stock of an item at a location.
const ON_HAND: &str = "total_inventory_onhand";

/// The maximum stock of an item at a location.
pub(in crate::rules) const MOST_STOCK: i64 = 2_147_483_647;
/// The catalog stores this maximum for any larger number, while the inventory calls reject one.
pub(in crate::rules) const CUTS: &[(&str, i64)] = &[("inventory_level", MOST_STOCK)];

/// The event about stock at a location.
pub(in crate::rules) const STOCK_CHANGED: &str = "store/channel/*/inventory/product/stock_changed";

const WRITE: Special = Special {
    file: FILE,
    verb: Some(Verb::Create),
    collection: Some("inventory_writes"),
    answer: Some(|context, _, _| transaction(context)),
    ..Special::USUAL
};

impl Rules for Writes {
    fn settings(&self) -> Settings {
        Settings {
            path: "inventory/adjustments",
            name: "inventory_writes",
            file: Some(FILE),
            holds: Some("inventory.InventoryTransaction"),
            fleeting: true,
            ..Settings::USUAL
        }
    }

    fn operations(&self) -> &'static [Special] {
        &[
            Special {
                id: "inventory.adjust_absolute",
                write: Some(|context, write| adjust(context, write, false)),
                ..WRITE
            },
            Special {
                id: "inventory.adjust_relative",
                write: Some(|context, write| adjust(context, write, true)),
                ..WRITE
            },
            Special {
                id: "location_items.update",
                write: Some(manage),
                ..WRITE
            },
        ]
    }

    fn after(&self, work: &mut Work<'_, '_>, written: &Written) -> Result<(), Refusal> {
        // The last item of each product, whose total is computed once for all of them.
        let mut last: IndexMap<String, &Value> = IndexMap::new();
        for one in items(get(&written.record, "writes")) {
            let place = [
                ("location_id", one["location_id"].clone()),
                ("variant_id", one["variant_id"].clone()),
            ];
            match work.context().first("stock", &place) {
                Some(stock) => work.amend("stock", get(&stock, "id"), one.clone())?,
                None => drop(work.make("stock", object(one.clone()))?),
            }
            told_of_variant(work, one)?;
            last.insert(one["product_id"].to_string(), one);
        }
        let mut last = last.into_values();
        last.try_for_each(|one| told_of_product(work, one))
    }

    fn event(&self, context: &Context<'_>, scope: &str, written: &Written) -> Told {
        let writes = items(get(&written.record, "writes")).iter();
        if !scope.starts_with("store/channel/") {
            // The catalog only contains the default location.
            let own = writes.filter(|one| one["location_id"] == OWN);
            let own = own.filter_map(|one| {
                let number = |name: &str| one[name].as_i64().unwrap_or_default();
                let more = number("total_inventory_onhand") - number("was");
                restocked(context, scope, &one["variant_id"], more)
            });
            return Told::Each(own.map(|data| (data, Value::Null)).collect());
        }
        let about = writes.map(|one| {
            let about = json!({
                "variant_id": one["variant_id"], "product_id": one["product_id"],
                "location_id": one["location_id"],
            });
            // Stock is not per channel.
            (about, Value::Null)
        });
        Told::Each(about.collect())
    }
}

/// Updates everything that shows an item's stock elsewhere.
pub(super) fn told(work: &mut Work<'_, '_>, one: &Value) -> Result<(), Refusal> {
    told_of_variant(work, one)?;
    told_of_product(work, one)
}

fn told_of_variant(work: &mut Work<'_, '_>, one: &Value) -> Result<(), Refusal> {
    listed(work, &one["variant_id"])?;
    let level = level(work.context(), &one["variant_id"]);
    work.amend(
        "variants",
        &one["variant_id"],
        json!({ "inventory_level": level }),
    )
}

fn told_of_product(work: &mut Work<'_, '_>, one: &Value) -> Result<(), Refusal> {
    let product = work.context().one("products", &one["product_id"]);
    let Some(product) = product else {
        return Ok(());
    };
    let level = match text(get(&product, "inventory_tracking")) {
        "variant" => level_of_all(work.context(), &one["product_id"]),
        _ => level(work.context(), &one["variant_id"]),
    };
    work.amend(
        "products",
        &one["product_id"],
        json!({ "inventory_level": level }),
    )
}

/// Updates the list across all locations after the stock of a variant at one of them has changed.
fn listed(work: &mut Work<'_, '_>, variant: &Value) -> Result<(), Refusal> {
    let like = [("variant_id", variant.clone())];
    match work.context().first("inventory_items", &like) {
        Some(item) => work.amend("inventory_items", get(&item, "id"), json!({})),
        None => {
            let item = json!({ "variant_id": variant });
            work.make("inventory_items", object(item)).map(drop)
        }
    }
}

/// Updates the stock at the default location after a variant was written in the catalog.
pub(in crate::rules) fn restock(
    work: &mut Work<'_, '_>,
    variant: &Value,
    level: &Value,
) -> Result<(), Refusal> {
    let context = work.context();
    // A new store gets its stock once it has a location.
    let is_new = context.one("locations", &OWN.into()).is_none();
    let Some(variant) = context.one("variants", variant).filter(|_| !is_new) else {
        return Ok(());
    };
    let (id, product) = (get(&variant, "id"), get(&variant, "product_id"));
    let place = [("variant_id", id.clone()), ("location_id", OWN.into())];
    let known = context.first("stock", &place);
    let held = known
        .as_deref()
        .and_then(|stock| get(stock, "settings")["safety_stock"].as_i64());
    let level = level.as_i64().unwrap_or_default();
    let stock = json!({
        "location_id": OWN, "variant_id": id, "product_id": product, "sku": get(&variant, "sku"),
        "total_inventory_onhand": level.saturating_add(held.unwrap_or_default()),
    });
    match known {
        Some(known) => work.amend("stock", get(&known, "id"), stock)?,
        None => drop(work.make("stock", object(stock))?),
    }
    listed(work, id)
}

/// Updates the stock of a product whose variants are tracked after that of one of them has changed in the
/// catalog: it is the sum of theirs, whatever was sent.
pub(in crate::rules) fn restock_sum(
    work: &mut Work<'_, '_>,
    product: &Value,
) -> Result<(), Refusal> {
    let context = work.context();
    let own = context.one("products", product);
    let by_variant = |own: &Record| text(get(own, "inventory_tracking")) == "variant";
    let Some(own) = own.filter(|own| by_variant(own)) else {
        return Ok(());
    };
    let level = |record: &Record| get(record, "inventory_level").as_i64().unwrap_or_default();
    let variants = context.all("variants", &[("product_id", product.clone())]);
    let levels = variants.iter().map(|variant| level(variant));
    let sum = levels.fold(0, i64::saturating_add);
    if level(&own) == sum {
        return Ok(());
    }
    work.amend("products", product, json!({ "inventory_level": sum }))
}

/// The available stock of a variant in the catalog, which only contains the default location.
fn level(context: &Context<'_>, variant: &Value) -> i64 {
    let place = [("variant_id", variant.clone()), ("location_id", OWN.into())];
    let stock = context.first("stock", &place);
    let level = stock.and_then(|stock| get(&stock, "available_to_sell").as_i64());
    level.unwrap_or_default()
}

/// The available stock of all variants of a product.
fn level_of_all(context: &Context<'_>, product: &Value) -> i64 {
    let variants = context.all("variants", &[("product_id", product.clone())]);
    let levels = variants.iter();
    levels.map(|own| level(context, get(own, "id"))).sum()
}

/// The data of the event about stock at a location, after the stock of a variant has changed in the catalog,
/// which only contains the default location.
pub(in crate::rules) fn restocked_there(variant: &Value, product: &Value, more: i64) -> Told {
    if more == 0 || !says(variant) {
        return Told::Nothing;
    }
    let about = json!({ "variant_id": variant, "product_id": product, "location_id": OWN });
    Told::Each(vec![(about, Value::Null)])
}

/// The data of a catalog event after the stock of a variant has changed; `None` if it is not such an
/// event.
pub(in crate::rules) fn restocked(
    context: &Context<'_>,
    scope: &str,
    variant: &Value,
    more: i64,
) -> Option<Value> {
    let variant = context.one("variants", variant)?;
    let id = get(&variant, "product_id");
    let product = context.one("products", id)?;
    // A product without options is its only variant.
    let is_product = says(get(&product, "base_variant_id"));
    let by_variant = text(get(&product, "inventory_tracking")) == "variant";
    let mut inventory = json!({ "product_id": id, "method": "absolute", "value": more });
    match scope {
        _ if more == 0 => None,
        "store/product/inventory/updated" if is_product || !by_variant => {
            Some(json!({ "type": "product", "id": id, "inventory": inventory }))
        }
        "store/sku/inventory/updated" if by_variant && !is_product => {
            inventory["variant_id"] = get(&variant, "id").clone();
            let id = get(&variant, "sku_id");
            Some(json!({ "type": "sku", "id": id, "inventory": inventory }))
        }
        _ => None,
    }
}

fn adjust(context: &Context<'_>, write: &mut Write<'_>, relative: bool) -> Result<(), Refusal> {
    let mut writes: Vec<Value> = Vec::new();
    let mut places: HashMap<(String, String), usize> = HashMap::new();
    for item in items(&write.body["items"]) {
        let location = &item["location_id"];
        if context.one("locations", location).is_none() {
            return refuse("location_id", "There is no such location");
        }
        let mut one = found(context, item)?;
        let here = (plain(&one["variant_id"]), plain(location));
        let earlier = places.get(&here).copied();
        let place = [
            ("location_id", location.clone()),
            ("variant_id", one["variant_id"].clone()),
        ];
        let known = context.first("stock", &place);
        let safe = known
            .as_deref()
            .map_or(&Value::Null, |stock| get(stock, "settings"));
        let safe = safe["safety_stock"].as_i64().unwrap_or_default();
        let known = known.map(|stock| get(&stock, ON_HAND).clone());
        one["was"] = known.clone().unwrap_or_default();
        let before = earlier.map(|at| writes[at][ON_HAND].clone()).or(known);
        let asked = item["quantity"].as_i64().unwrap_or_default();
        let quantity = match (relative, before.as_ref().and_then(Value::as_i64)) {
            (true, Some(before)) => before.saturating_add(asked),
            (true, None) => {
                let says = "The item requires absolute adjustment before relative";
                return refuse("items", says);
            }
            (false, _) => asked,
        };
        if !(0..=MOST_STOCK).contains(&quantity) {
            return refuse(
                "quantity",
                "The stock would be below zero or above the limit",
            );
        }
        if relative && asked < 0 && quantity < safe {
            return refuse("quantity", "The stock would fall below the safety stock");
        }
        one["location_id"] = location.clone();
        one[ON_HAND] = quantity.into();
        match earlier {
            Some(at) => writes[at] = one,
            None => {
                places.insert(here, writes.len());
                writes.push(one);
            }
        }
    }
    refuse_sums(context, &writes, &places)?;
    write.set("writes", writes);
    Ok(())
}

/// Rejects a total stock of a product's variants above the maximum of a location.
fn refuse_sums(
    context: &Context<'_>,
    writes: &[Value],
    places: &HashMap<(String, String), usize>,
) -> Result<(), Refusal> {
    let mut judged = HashSet::new();
    for one in writes {
        let (product, location) = (&one["product_id"], &one["location_id"]);
        if !judged.insert((plain(product), plain(location))) {
            continue;
        }
        let variants = context.all("variants", &[("product_id", product.clone())]);
        let held = variants.iter().map(|variant| {
            let id = get(variant, "id");
            let new = places.get(&(plain(id), plain(location)));
            let place = [
                ("variant_id", id.clone()),
                ("location_id", location.clone()),
            ];
            let known = || context.first("stock", &place)?.get(ON_HAND)?.as_i64();
            let held = new.map_or_else(known, |at| writes[*at][ON_HAND].as_i64());
            held.unwrap_or_default()
        });
        if held.fold(0, i64::saturating_add) > MOST_STOCK {
            let says = "The total stock of its variants would exceed the limit";
            return refuse("quantity", says);
        }
    }
    Ok(())
}

fn manage(context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
    let location = context.in_path("locations", "location_id")?;
    let location = get(&location, "id");
    let mut writes: Vec<Value> = Vec::new();
    for settings in items(&write.body["settings"]) {
        let mut one = found(context, &settings["identity"])?;
        let place = [
            ("location_id", location.clone()),
            ("variant_id", one["variant_id"].clone()),
        ];
        let known = context.first("stock", &place);
        let known = known.map(|stock| get(&stock, "settings").clone());
        let known = known.unwrap_or_else(|| json!({}));
        let mut sent = settings.clone();
        sent.as_object_mut()
            .map(|sent| sent.shift_remove("identity"));
        one["location_id"] = location.clone();
        one["settings"] = with(&known, sent);
        writes.push(one);
    }
    write.set("writes", writes);
    Ok(())
}

/// The variant whose stock is tracked, by any of its identifiers.
fn found(context: &Context<'_>, identity: &Value) -> Result<Value, Refusal> {
    let product = context.one("products", &identity["product_id"]);
    let variant = match (&product, &identity["variant_id"]) {
        (Some(product), _) => context.one("variants", get(product, "base_variant_id")),
        (None, id) if says(id) => context.one("variants", id),
        (None, _) => context.first("variants", &[("sku", identity["sku"].clone())]),
    };
    if product.is_some_and(|product| text(get(&product, "inventory_tracking")) == "variant") {
        return refuse("product_id", "The item is tracked by variant");
    }
    let Some(variant) = variant else {
        return refuse("items", "There is no such item");
    };
    let product = context.one("products", get(&variant, "product_id"));
    let by_product = |product: &Record| text(get(product, "inventory_tracking")) == "product";
    if says(&identity["variant_id"]) && product.is_some_and(|product| by_product(&product)) {
        return refuse("variant_id", "The item is tracked by product");
    }
    Ok(json!({
        "variant_id": get(&variant, "id"), "product_id": get(&variant, "product_id"),
        "sku": get(&variant, "sku"),
    }))
}
