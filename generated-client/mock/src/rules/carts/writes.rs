//! Writes to an existing cart: adding, changing and removing items, and its customer.

use http::StatusCode;
use serde_json::{Value, json};

use super::{LISTS, take};
use crate::refusal::Refusal;
use crate::rules::checkouts::versioned;
use crate::rules::fields::{get, items, says, text, with};
use crate::rules::sold::refuse_quantities;
use crate::rules::{Context, Write, refuse, refuse_with};
use crate::state::{Key, Record};

/// Adds items to a cart.
pub(super) fn add(context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
    let before = versioned(write)?;
    take(context, write, &before)?;
    write.set("line_items", get(&before, "line_items").clone());
    Ok(())
}

/// A cart that gets another customer loses what was computed for the previous one.
pub(super) fn give(_: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
    let before = versioned(write)?;
    let parts = items(get(&before, "consignments")).iter();
    let parts = parts.map(|one| with(one, json!({ "option": null, "custom": null })));
    write.set("consignments", parts.collect::<Vec<_>>());
    write.set("codes", json!([]));
    Ok(())
}

/// Changes the quantity or the price of a line.
pub(super) fn change(context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
    let before = versioned(write)?;
    let (list, at) = named(context, &before)?;
    if list != "lines" {
        return refuse("line_item", "Only products of the catalog can be changed");
    }
    let sent = &write.body["line_item"];
    let mut lines = items(get(&before, list)).to_vec();
    if lines[at]["product_id"] != sent["product_id"] {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return refuse_with(
            status,
            "line_item.product_id",
            "The line is for a different product",
        );
    }
    for (name, own) in [("quantity", "quantity"), ("list_price", "asked_price")] {
        if says(&sent[name]) {
            lines[at][own] = sent[name].clone();
        }
    }
    let status = StatusCode::CONFLICT;
    refuse_quantities(context, &lines, (status, "line_item.quantity"))?;
    write.set(list, lines);
    Ok(())
}

/// Removes a line, also from consignments.
pub(super) fn drop(context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
    let before = versioned(write)?;
    let (list, at) = named(context, &before)?;
    let mut lines = items(get(&before, list)).to_vec();
    let gone = lines.remove(at);
    let parts = items(get(&before, "consignments")).iter();
    let parts = parts.filter_map(|one| {
        let mut kept = items(&one["items"]).to_vec();
        kept.retain(|item| item["item_id"] != gone["id"]);
        (!kept.is_empty()).then(|| with(one, json!({ "items": kept })))
    });
    write.set("consignments", parts.collect::<Vec<Value>>());
    write.set(list, lines);
    Ok(())
}

/// The line in the path: its list, and its position there.
fn named(context: &Context<'_>, cart: &Record) -> Result<(&'static str, usize), Refusal> {
    let asked = context.parameter("itemId")?;
    let found = LISTS.iter().find_map(|(list, _)| {
        let mut lines = items(get(cart, list)).iter();
        let at = lines.position(|line| Key::of(text(&line["id"])) == asked)?;
        Some((*list, at))
    });
    found.ok_or_else(|| Refusal::not_found(&asked))
}
