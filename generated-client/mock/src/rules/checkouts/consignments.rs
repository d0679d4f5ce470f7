//! Consignments: items that are shipped to one address with one of the store's shipping options, or
//! that are picked up.

use serde_json::{Value, json};

use super::writes::{full, short, versioned};
use crate::refusal::Refusal;
use crate::rules::fields::{amount, get, items, money, says, text, with};
use crate::rules::{Context, Write, refuse};
use crate::state::{Key, Record};
use crate::wanted::Wanted;

/// The shipping options: id, kind, name and cost.
const OPTIONS: [(&str, &str, &str, f64); 2] = [
    (
        "9b1f3c5d7e8a40246c8e0b2d4f6a8c0e",
        "shipping_flatrate",
        "Flat rate",
        7.5,
    ),
    (
        "1d3f5a7c9e0b24486a8cae0c2e4f6a8b",
        "shipping_peritem",
        "Courier",
        20.0,
    ),
];

/// Adds one consignment. Several in one body are about the same version.
pub(super) fn add(context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
    let known = write
        .before
        .map_or(&Value::Null, |before| get(before, "consignments"));
    let beside = items(known)
        .iter()
        .any(|one| one["made"] == context.now.as_str() && one["meant"] == write.body["version"]);
    let before = match beside {
        false => versioned(write)?,
        true => {
            let before = write.before.cloned().unwrap_or_default();
            write.set("version", get(&before, "version").clone());
            before
        }
    };
    let body = write.body;
    let all = items(get(&before, "consignments"));
    goods(&before, &body["line_items"], None)?;
    let picked = says(&body["pickup_option"]);
    if !picked && !says(&body["address"]) {
        return refuse("address", "A consignment needs an address");
    }
    if picked {
        collected(context, &body["pickup_option"])?;
    }
    if !all.is_empty() && (picked || all.iter().any(|one| says(&one["pickup"]))) {
        return refuse("pickup_option", "A pickup must be the only consignment");
    }
    let address = match picked && !says(&body["address"]) {
        true => Value::Null,
        false => full(context, &body["address"], short(context)),
    };
    let one = json!({
        "id": short(context), "address": address, "items": told(&before, &body["line_items"]),
        "pickup": body["pickup_option"], "option": null, "custom": null,
        "made": context.now, "meant": body["version"],
    });
    let all: Vec<Value> = all.iter().cloned().chain([one]).collect();
    write.set("consignments", all);
    Ok(())
}

/// A new address or other items reset the selected shipping option.
pub(super) fn change(context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
    let before = versioned(write)?;
    let (at, mut all) = named(context, &before)?;
    let (body, own) = (write.body, all[at].clone());
    let moves = says(&body["address"]) || body.get("line_items").is_some();
    if moves && says(&body["shipping_option_id"]) {
        let says = "A new address or other items must be set in a separate call";
        return refuse("shipping_option_id", says);
    }
    let mut changes = json!({});
    if says(&body["address"]) {
        let address = full(context, &body["address"], short(context));
        changes = json!({ "address": address, "option": null, "custom": null, "pickup": null });
    }
    if body.get("line_items").is_some() {
        goods(&before, &body["line_items"], Some(&own["id"]))?;
        changes["items"] = told(&before, &body["line_items"]);
        changes["option"] = Value::Null;
    }
    if says(&body["pickup_option"]) {
        if all.len() > 1 {
            return refuse("pickup_option", "A pickup must be the only consignment");
        }
        collected(context, &body["pickup_option"])?;
        changes["pickup"] = body["pickup_option"].clone();
        changes["option"] = Value::Null;
        changes["custom"] = Value::Null;
    }
    if says(&body["custom_shipping"]) {
        changes["custom"] = body["custom_shipping"].clone();
        changes["option"] = Value::Null;
    }
    let option = &body["shipping_option_id"];
    if says(option) {
        if says(&own["pickup"]) {
            return refuse("shipping_option_id", "A pickup has no shipping option");
        }
        if !OPTIONS.iter().any(|(id, ..)| *id == text(option)) {
            return refuse(
                "shipping_option_id",
                "The consignment has no such shipping option",
            );
        }
        changes["option"] = option.clone();
        changes["custom"] = Value::Null;
    }
    all[at] = with(&own, changes);
    write.set("consignments", all);
    Ok(())
}

pub(super) fn remove(context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
    let before = versioned(write)?;
    let (at, mut all) = named(context, &before)?;
    all.remove(at);
    write.set("consignments", all);
    Ok(())
}

/// The consignment in the path, among all of the cart.
fn named(context: &Context<'_>, cart: &Record) -> Result<(usize, Vec<Value>), Refusal> {
    let asked = context.parameter("consignmentId")?;
    let all = items(get(cart, "consignments")).to_vec();
    let at = all
        .iter()
        .position(|one| Key::of(text(&one["id"])) == asked);
    at.map(|at| (at, all))
        .ok_or_else(|| Refusal::not_found(&asked))
}

/// Rejects a line that the cart does not have or that is not shipped, and more of it than other
/// consignments leave.
fn goods(cart: &Record, asked: &Value, but: Option<&Value>) -> Result<(), Refusal> {
    if items(asked).is_empty() {
        return refuse("line_items", "A consignment needs items");
    }
    let others = items(get(cart, "consignments")).iter();
    let others = others.filter(|one| but != Some(&one["id"]));
    let others: Vec<&Value> = others.flat_map(|one| items(&one["items"])).collect();
    for item in items(asked) {
        let mut lines = items(&get(cart, "line_items")["physical_items"]).iter();
        let line = lines.find(|line| line["id"] == item["item_id"]);
        let Some(line) = line else {
            return refuse("line_items", "The cart has no such item to ship");
        };
        let elsewhere = others.iter().filter(|other| other["item_id"] == line["id"]);
        let here = items(asked).iter();
        let here = here.filter(|other| other["item_id"] == line["id"]);
        let all = elsewhere.copied().chain(here);
        let all: f64 = all.map(|other| amount(&other["quantity"])).sum();
        if all > amount(&line["quantity"]) {
            return refuse("line_items", "The cart contains fewer of the item");
        }
    }
    Ok(())
}

/// Items, each marked if it covers its whole line.
fn told(cart: &Record, asked: &Value) -> Value {
    let lines = items(&get(cart, "line_items")["physical_items"]);
    let told = items(asked).iter().map(|item| {
        let mut lines = lines.iter().filter(|line| line["id"] == item["item_id"]);
        let whole = lines.any(|line| amount(&line["quantity"]) <= amount(&item["quantity"]));
        with(item, json!({ "whole": whole }))
    });
    told.collect()
}

/// The consignments of a cart after its lines have changed: an item that covered its whole line still does,
/// and no item exceeds its line.
pub(in crate::rules) fn followed(cart: &Record, lines: &[Value]) -> Vec<Value> {
    let all = items(get(cart, "consignments")).iter();
    let all = all.map(|one| {
        let own = items(&one["items"]).iter().map(|item| {
            let mut lines = lines.iter();
            let there = lines.find(|line| line["id"] == item["item_id"]);
            let there = there.map_or(0.0, |line| amount(&line["quantity"]));
            let here = match item["whole"] == true {
                true => there,
                false => amount(&item["quantity"]).min(there),
            };
            with(item, json!({ "quantity": money(here) }))
        });
        with(one, json!({ "items": own.collect::<Vec<_>>() }))
    });
    all.collect()
}

/// How many of a line a consignment contains.
pub(super) fn quantity(one: &Value, line: &Value) -> f64 {
    let own = items(&one["items"]).iter();
    let own = own.filter(|item| item["item_id"] == *line);
    own.map(|item| amount(&item["quantity"])).sum()
}

/// A shipped line of the cart that is not completely in consignments.
pub(super) fn unassigned(cart: &Record) -> Option<&Value> {
    let parts = items(get(cart, "consignments"));
    let mut lines = items(&get(cart, "line_items")["physical_items"]).iter();
    lines.find(|line| {
        let assigned: f64 = parts.iter().map(|one| quantity(one, &line["id"])).sum();
        assigned < amount(&line["quantity"])
    })
}

fn collected(context: &Context<'_>, option: &Value) -> Result<(), Refusal> {
    match context.one("pickup_methods", &option["pickup_method_id"]) {
        Some(_) => Ok(()),
        None => refuse("pickup_option", "There is no such pickup method"),
    }
}

/// The shipping option of a consignment; `None` until it is selected.
pub(super) fn chosen(one: &Value) -> Option<Value> {
    if says(&one["custom"]) {
        return Some(json!({
            "id": one["id"], "type": "custom", "description": text(&one["custom"]["description"]),
            "image_url": "", "cost": money(amount(&one["custom"]["price"])), "transit_time": "",
            "additional_description": "",
        }));
    }
    let all = offered().into_iter();
    all.into_iter().find(|option| option["id"] == one["option"])
}

fn offered() -> Vec<Value> {
    let shown = |(id, kind, name, cost): &(&str, &str, &str, f64)| {
        json!({
            "id": id, "type": kind, "description": name, "image_url": "", "cost": cost,
            "transit_time": "", "additional_description": "",
        })
    };
    OPTIONS.iter().map(shown).collect()
}

/// The shipping cost of a whole cart.
pub(in crate::rules) fn total(cart: &Record) -> f64 {
    let chosen = items(get(cart, "consignments")).iter().filter_map(chosen);
    chosen.map(|option| amount(&option["cost"])).sum()
}

/// The consignments as a checkout returns them.
pub(super) fn shown(wanted: &Wanted, cart: &Record) -> Vec<Value> {
    let opened = "consignments.available_shipping_options";
    let all = items(get(cart, "consignments")).iter();
    let shown = all.map(|one| {
        let option = chosen(one);
        let cost = option
            .as_ref()
            .map_or(json!(0), |option| option["cost"].clone());
        let lines = items(&one["items"]).iter();
        let lines: Vec<&Value> = lines.map(|item| &item["item_id"]).collect();
        let off = items(get(cart, "applied")).iter();
        let off = off.filter(|coupon| amount(&coupon["shipping"]) > 0.0);
        let off = off.map(|coupon| json!({ "code": coupon["code"], "amount": coupon["shipping"] }));
        let mut shown = json!({
            "id": one["id"], "line_item_ids": lines,
            "shipping_cost_inc_tax": cost, "shipping_cost_ex_tax": cost,
            "handling_cost_inc_tax": 0, "handling_cost_ex_tax": 0,
            "coupon_discounts": off.collect::<Vec<_>>(), "discounts": [],
        });
        if says(&one["address"]) {
            shown["address"] = one["address"].clone();
        }
        if let Some(option) = option {
            shown["selected_shipping_option"] = option;
        }
        if says(&one["pickup"]) {
            shown["selected_pickup_option"] = one["pickup"].clone();
        } else if wanted.include.contains(opened) {
            shown["available_shipping_options"] = offered().into();
        }
        shown
    });
    shown.collect()
}
