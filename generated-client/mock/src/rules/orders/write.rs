//! Checks of a written order, and how its lines, fees and addresses are merged.

use http::StatusCode;
use serde_json::{Value, json};

use super::stock::refuse_raised;
use super::{GIVEN, OPTIONS, addresses, refuse_short};
use crate::refusal::Refusal;
use crate::rules::fields::{amount, get, items, merged, says, with};
use crate::rules::sold::{refuse_lines, refuse_quantities};
use crate::rules::{Context, Write, refuse_with};
use crate::state::Record;

pub(super) fn bad<T>(field: &str, says: &str) -> Result<T, Refusal> {
    refuse_with(StatusCode::BAD_REQUEST, field, says)
}

/// A line whose `name` and `name_customer` are equal, whichever of them was sent.
fn renamed(line: &Value) -> Value {
    let name = line.get("name").or_else(|| line.get("name_customer"));
    name.map_or_else(
        || line.clone(),
        |name| with(line, json!({ "name": name, "name_customer": name })),
    )
}

pub(super) fn create(context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
    let body = write.body;
    if says(&body["products"]) && says(&body["consignments"]) {
        return bad(
            "consignments",
            "An order can have products or consignments, but not both",
        );
    }
    let pickups = items(&body["consignments"]["pickups"]);
    if pickups.len() > 1 {
        return bad(
            "consignments.pickups",
            "An order can have at most one pickup consignment",
        );
    }
    let picked = || {
        pickups
            .iter()
            .flat_map(|pickup| items(&pickup["line_items"]))
    };
    let asked: Vec<Value> = match items(&body["products"]) {
        [] => picked().cloned().collect(),
        lines => lines.to_vec(),
    };
    refuse_lines(
        context,
        &asked,
        OPTIONS,
        (StatusCode::BAD_REQUEST, "products"),
    )?;
    let incomplete = |line: &Value| {
        let unnamed = ["name", "name_customer", "name_merchant"]
            .iter()
            .all(|name| !says(&line[*name]));
        let unpriced = ["price_ex_tax", "price_inc_tax"]
            .iter()
            .any(|price| line.get(price).is_none());
        !says(&line["product_id"]) && (unpriced || unnamed || !says(&line["quantity"]))
    };
    if asked.iter().any(incomplete) {
        return bad(
            "products",
            "A custom product needs a name, a quantity and both prices",
        );
    }
    refuse_quantities(context, &asked, (StatusCode::BAD_REQUEST, "products"))?;
    if !context.setting.filling {
        refuse_short(context, pickups, &asked, StatusCode::BAD_REQUEST)?;
    }
    let given = GIVEN
        .iter()
        .filter_map(|sum| Some(((*sum).to_owned(), body.get(sum)?.clone())));
    let given: Value = given.collect::<Record>().into();
    write.set("products", asked);
    write.set("pickups", pickups.to_vec());
    // They are returned as derived from these fields, not as they were sent.
    write.set("consignments", json!({}));
    write.set("given", given);
    Ok(())
}

pub(super) fn update(
    context: &Context<'_>,
    write: &mut Write<'_>,
    before: &Record,
) -> Result<(), Refusal> {
    let body = write.body;
    let lines: Vec<Value> = items(&body["products"]).iter().map(renamed).collect();
    let old = items(get(before, "products"));
    // Omitted fields of a line keep their values.
    let whole: Vec<Value> = lines
        .iter()
        .map(|line| {
            let own = old
                .iter()
                .find(|own| says(&line["id"]) && own["id"] == line["id"]);
            own.map_or_else(|| line.clone(), |own| with(own, line.clone()))
        })
        .collect();
    let named: Vec<Value> = whole
        .iter()
        .filter(|line| says(&line["variant_id"]))
        .cloned()
        .collect();
    for line in &lines {
        if says(&line["product_id"]) && context.one("products", &line["product_id"]).is_none() {
            return bad("products", "There is no such product");
        }
        if says(&line["id"]) && !old.iter().any(|own| own["id"] == line["id"]) {
            return bad("products", "The order has no such line");
        }
    }
    refuse_lines(
        context,
        &named,
        OPTIONS,
        (StatusCode::BAD_REQUEST, "products"),
    )?;
    write.set("consignments", json!({}));
    if write.sent("products") {
        // Lines are merged, and a line with quantity 0 is removed.
        let mut merged = merged(old, &lines);
        merged.retain(|line| {
            line.get("quantity")
                .is_none_or(|quantity| amount(quantity) != 0.0)
        });
        write.set("products", merged);
        refuse_raised(context, before, write.record)?;
    }
    if write.sent("fees") {
        // Fees are replaced as a whole.
        let new = items(&body["fees"]);
        let mut kept = items(get(before, "fees")).to_vec();
        kept.retain(|fee| new.iter().any(|new| new["id"] == fee["id"]));
        write.set("fees", merged(&kept, new));
    }
    if write.sent("shipping_addresses") {
        let old = items(get(before, "shipping_addresses"));
        let new = items(&body["shipping_addresses"]).iter();
        let new: Vec<Value> = new.map(addresses::sent).collect();
        write.set("shipping_addresses", merged(old, &new));
    }
    if write.sent("billing_address") {
        let new = addresses::sent(&body["billing_address"]);
        write.set("billing_address", with(get(before, "billing_address"), new));
    }
    // One type of address clears the other.
    for (own, other) in [
        ("ip_address", "ip_address_v6"),
        ("ip_address_v6", "ip_address"),
    ] {
        if write.sent(other) && !write.sent(own) {
            write.set(own, "");
        }
    }
    // Totals that were set stay until the lines change.
    let held = get(before, "given");
    let given = GIVEN.iter().filter_map(|sum| {
        let held = held.get(sum).filter(|_| !says(&body["products"]));
        Some(((*sum).to_owned(), body.get(sum).or(held)?.clone()))
    });
    let given: Value = given.collect::<Record>().into();
    write.set("given", given);
    Ok(())
}
