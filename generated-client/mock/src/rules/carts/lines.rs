//! The lines of a cart: the catalog's data for each, and lines of the same item merged.

use serde_json::{Value, json};

use super::OPTIONS;
use crate::rules::chosen::{Chosen, modified};
use crate::rules::fields::{amount, get, items, money, or, says, text, with, without};
use crate::rules::sold::{Shopper, product, variant};
use crate::rules::{Context, bulk, products};
use crate::state::Record;
use crate::wanted::Wanted;

pub(super) fn own_id(context: &Context<'_>, line: &Value) -> Value {
    match says(&line["id"]) {
        true => line["id"].clone(),
        false => context.uuid(),
    }
}

/// A line with the catalog's data, and with its price if it was added with one.
pub(super) fn told(context: &Context<'_>, shopper: &Shopper, line: &Value) -> Value {
    let nothing = Record::new();
    let (product, variant) = (product(context, line), variant(context, line, OPTIONS));
    // The lines of a deleted product stay as they are.
    if product.is_none() && says(&line["same"]) {
        let none = json!({ "discounts": [], "discount_amount": 0, "coupon_amount": 0 });
        return with(line, none);
    }
    let product = product.as_deref().unwrap_or(&nothing);
    let is_digital = text(get(product, "type")) == "digital";
    let variant = variant.as_deref().unwrap_or(&nothing);
    let own = or([&line["variant_id"], get(variant, "id")]);
    let modified = modified(context, line, OPTIONS);
    // The quantity of an existing item increases, unless its price or what was chosen is different.
    let (same, asked) = match text(&line["same"]) {
        "" => {
            let asked = line.get("list_price");
            let price = asked.map(|price| format!("-{price}")).unwrap_or_default();
            let chosen = modified.iter().map(|one| format!("-{}", one.in_cart()));
            let chosen: String = chosen.collect();
            let same = format!("{}-{own}{price}{chosen}", line["product_id"]);
            (same, asked.cloned().unwrap_or_default())
        }
        same => (same.to_owned(), line["asked_price"].clone()),
    };
    let image = products::image(context, get(product, "id"));
    let image = image.map_or(Value::Null, |image| get(&image, "url_thumbnail").clone());
    let options = items(get(variant, "option_values")).iter();
    let options = options.map(|value| {
        json!({
            "name": value["option_display_name"], "nameId": value["option_id"],
            "value": value["label"], "valueId": value["id"],
        })
    });
    let options = options.chain(modified.iter().map(Chosen::in_cart));
    let page = text(&get(product, "custom_url")["url"]);
    json!({
        "id": own_id(context, line),
        "same": same,
        "product_id": line["product_id"],
        "variant_id": own,
        "quantity": line["quantity"],
        "parent_id": null,
        "name": or([&line["name"], get(product, "name")]),
        "sku": or([get(variant, "sku"), get(product, "sku")]),
        "url": format!("{}{page}", context.setting.url),
        "image_url": or([get(variant, "image_url"), &image, &json!("")]),
        "asked_price": asked,
        "original_price": shopper.converted(&or([get(variant, "price"), get(product, "price")])),
        "taxable": true,
        "discounts": [],
        "coupons": [],
        "discount_amount": 0,
        "coupon_amount": 0,
        "is_digital": is_digital,
        "is_require_shipping": !is_digital,
        "is_mutable": true,
        "added_by_promotion": false,
        "options": options.collect::<Vec<_>>(),
        // The choices for modifiers are read again whenever the cart changes.
        "option_selections": line["option_selections"],
    })
}

/// Merges lines of the same item.
pub(super) fn grown(lines: impl Iterator<Item = Value>) -> Vec<Value> {
    let mut grown: Vec<Value> = Vec::new();
    for line in lines {
        match grown.iter_mut().find(|known| known["same"] == line["same"]) {
            Some(known) => {
                let both = amount(&known["quantity"]) + amount(&line["quantity"]);
                known["quantity"] = money(both);
            }
            None => grown.push(line),
        }
    }
    grown
}

/// Lines that were added without a price, each with the shopper's unit price for its quantity.
pub(super) fn priced(context: &Context<'_>, shopper: &Shopper, lines: &mut [Value]) {
    let all = &*lines;
    let price = |line: &Value| match &line["asked_price"] {
        Value::Null if product(context, line).is_none() => line["list_price"].clone(),
        Value::Null => bulk::price(context, shopper, (all, line), OPTIONS),
        asked => asked.clone(),
    };
    let prices: Vec<Value> = all.iter().map(price).collect();
    for (line, price) in lines.iter_mut().zip(prices) {
        line["list_price"] = money(amount(&price));
    }
}

/// Each certificate has its own code, so several equal ones are several lines.
pub(super) fn each(context: &Context<'_>, line: &Value) -> Vec<Value> {
    let number = line["quantity"].as_u64().filter(|number| *number > 0);
    let one = |_| {
        let facts = json!({
            "id": own_id(context, line), "amount": money(amount(&line["amount"])), "taxable": false,
        });
        with(&without(line, &["quantity"]), facts)
    };
    (0..number.unwrap_or(1)).map(one).collect()
}

/// Assigns manual discounts to their lines, and divides that of the cart among all lines by their
/// amounts; returns each line's share of the latter.
pub(super) fn discounted(cart: &Record, lines: &mut [Value]) -> Vec<Value> {
    let whole = amount(get(cart, "manual_discount_amount"));
    let asked = items(get(cart, "line_discounts"));
    let worth = |line: &Value| amount(&line["list_price"]) * amount(&line["quantity"]);
    let all: f64 = lines.iter().map(worth).sum();
    let mut shares = Vec::new();
    for line in lines {
        let own = asked.iter().find(|own| own["id"] == line["id"]);
        let own = own.map_or(0.0, |own| amount(&own["discounted_amount"]));
        let own = own.min(worth(line));
        let share = if all > 0.0 {
            whole * worth(line) / all
        } else {
            0.0
        };
        line["line_discount"] = money(own);
        line["discount_amount"] = money(own + share);
        if share > 0.0 {
            shares.push(json!({ "id": line["id"], "discounted_amount": money(share) }));
        }
    }
    shares
}

/// Adds what discounts on the cart take off each line to its shares of the manual one.
pub(super) fn share_out(discounts: &mut Vec<Value>, lines: &[Value], shares: &[f64]) {
    for (line, share) in lines.iter().zip(shares).filter(|(_, share)| **share > 0.0) {
        let known = discounts.iter_mut().find(|known| known["id"] == line["id"]);
        match known {
            Some(known) => {
                let both = amount(&known["discounted_amount"]) + share;
                known["discounted_amount"] = money(both);
            }
            None => {
                discounts.push(json!({ "id": line["id"], "discounted_amount": money(*share) }));
            }
        }
    }
}

pub(super) fn shown(line: &Value, digital: bool) -> Value {
    let quantity = amount(&line["quantity"]);
    let extended = amount(&line["list_price"]) * quantity;
    let off = amount(&line["discount_amount"]) + amount(&line["coupon_amount"]);
    let sale = (extended - off).max(0.0);
    let each = if quantity > 0.0 { sale / quantity } else { 0.0 };
    let sums = json!({
        "sale_price": money(each), "extended_list_price": money(extended),
        "extended_sale_price": money(sale),
    });
    let more = match digital {
        true => json!({ "download_file_urls": [], "download_page_url": "", "download_size": "" }),
        false => json!({ "gift_wrapping": null }),
    };
    with(&sums, more)
}

/// The lists of lines, with what was chosen only where it is included.
pub(super) fn opened(lists: &Value, wanted: &Wanted) -> Value {
    let mut opened = lists.clone();
    for list in ["physical_items", "digital_items"] {
        if !wanted
            .include
            .contains(&format!("line_items.{list}.options"))
        {
            let lines = items(&lists[list]).iter();
            let lines = lines.map(|line| without(line, &["options"]));
            opened[list] = lines.collect::<Vec<_>>().into();
        }
    }
    opened
}
