//! Pickups: methods, the items of an order to be picked up, and where items can be picked up.

use serde_json::{Value, json};

use crate::refusal::Refusal;
use crate::rules::fields::{amount, get, items, says};
use crate::rules::{Context, Looking, Rules, Settings, Write, refuse};
use crate::state::Record;

const FILE: &str = "inventory/pickups.rs";
/// The maximum number of returned options.
const FOUND: usize = 10;
const KILOMETERS_PER_MILE: f64 = 1.609_344;
const EARTH_IN_KILOMETERS: f64 = 6_371.0;

pub(in crate::rules) struct Methods;
pub(in crate::rules) struct Pickups;
pub(in crate::rules) struct Options;

impl Rules for Methods {
    fn settings(&self) -> Settings {
        Settings {
            path: "pickup/methods",
            name: "pickup_methods",
            file: Some(FILE),
            zulu: true,
            ..Settings::USUAL
        }
    }

    fn find(&self, _: &Context<'_>, record: &Record, looking: Looking<'_>) -> Option<Value> {
        (looking.field == "name").then(|| get(record, "display_name").clone())
    }
}

impl Rules for Pickups {
    fn settings(&self) -> Settings {
        Settings {
            path: "orders/pickups",
            name: "pickups",
            file: Some(FILE),
            zulu: true,
            ..Settings::USUAL
        }
    }

    fn write(&self, context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        let body = write.body;
        if write.before.is_none() {
            for item in items(&body["pickup_items"]) {
                let line = context.one("order_products", &item["order_product_id"]);
                let own = line.filter(|line| get(line, "order_id") == &body["order_id"]);
                let Some(own) = own else {
                    return refuse("pickup_items", "The order has no such line");
                };
                if amount(&item["quantity"]) > amount(get(&own, "quantity")) {
                    return refuse("pickup_items", "The order contains fewer of the line");
                }
            }
        }
        let collected = Some(&body["collected_at"]).filter(|at| says(at));
        let status = match collected {
            Some(_) => "COLLECTED",
            None => "AWAITING_COLLECTION",
        };
        let known = write.before.map(|before| get(before, "pickup_items"));
        let all = items(known.unwrap_or(&body["pickup_items"])).iter();
        let all = all.map(|item| {
            json!({
                "id": context.id(item, "pickup_items"), "quantity": item["quantity"],
                "order_product_id": item["order_product_id"],
                "status": status, "collected_at": collected,
            })
        });
        write.set("pickup_items", all.collect::<Vec<_>>());
        Ok(())
    }

    fn find(&self, _: &Context<'_>, record: &Record, looking: Looking<'_>) -> Option<Value> {
        (looking.field == "pickup_id").then(|| get(record, "id").clone())
    }
}

impl Rules for Options {
    fn settings(&self) -> Settings {
        Settings {
            path: "pickup/options",
            name: "pickup_options",
            file: Some(FILE),
            holds: Some("pickup_options.PickupSearchResult"),
            fleeting: true,
            ..Settings::USUAL
        }
    }

    fn write(&self, context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        let wanted = items(&write.body["items"]);
        let area = &write.body["search_area"];
        let methods = context.all("pickup_methods", &[]);
        let fit = methods.iter().filter(|method| {
            let location = context.one("locations", get(method, "location_id"));
            location.is_some_and(|location| {
                says(get(&location, "enabled"))
                    && is_near(area, &get(&location, "address")["geo_coordinates"])
                    && wanted.iter().all(|item| is_there(context, &location, item))
            })
        });
        let names = [
            "id",
            "location_id",
            "display_name",
            "collection_instructions",
            "collection_time_description",
        ];
        let options = fit.take(FOUND).map(|method| {
            let own = names
                .iter()
                .map(|name| ((*name).to_owned(), get(method, name).clone()));
            json!({ "pickup_method": own.collect::<Record>(), "available_items": wanted })
        });
        let options: Vec<Value> = options.collect();
        write.set("results", json!([{ "pickup_options": options }]));
        Ok(())
    }
}

/// Whether a location has enough of a variant, or does not track it.
fn is_there(context: &Context<'_>, location: &Record, item: &Value) -> bool {
    let variant = &item["variant_id"];
    if context.one("variants", variant).is_none() {
        return false;
    }
    let counted = context.first("stock", &[("variant_id", variant.clone())]);
    let here = [
        ("location_id", get(location, "id").clone()),
        ("variant_id", variant.clone()),
    ];
    let left = context.first("stock", &here);
    let left = left.map_or(0.0, |stock| amount(get(&stock, "available_to_sell")));
    counted.is_none() || left >= amount(&item["quantity"])
}

/// Whether a point is within the search radius.
fn is_near(area: &Value, at: &Value) -> bool {
    let middle = &area["coordinates"];
    if !says(middle) {
        return true;
    }
    let radians = |point: &Value, name: &str| amount(&point[name]).to_radians();
    let (north, south) = (radians(middle, "latitude"), radians(at, "latitude"));
    let across = radians(at, "longitude") - radians(middle, "longitude");
    let half = ((south - north) / 2.0).sin().powi(2)
        + north.cos() * south.cos() * (across / 2.0).sin().powi(2);
    let distance = 2.0 * EARTH_IN_KILOMETERS * half.sqrt().min(1.0).asin();
    let radius = amount(&area["radius"]["value"]);
    let radius = match area["radius"]["unit"] == "MI" {
        true => radius * KILOMETERS_PER_MILE,
        false => radius,
    };
    distance <= radius
}
