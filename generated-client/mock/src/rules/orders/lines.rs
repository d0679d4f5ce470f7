//! The lines of an order. Each stores the product's data at the time of sale; data that was sent takes
//! precedence.

use serde_json::{Value, json};

use super::{OPTIONS, told, word};
use crate::rules::fields::{amount, get, items, money, or, says, text, with};
use crate::rules::sold::{Shopper, product, variant};
use crate::rules::{Context, bulk, choices, chosen};
use crate::state::Record;
use crate::values::plain;

/// Computes the lines and the fields that show them.
pub(super) fn derive(context: &Context<'_>, record: &mut Record) {
    let (customer, channel) = (get(record, "customer_id"), get(record, "channel_id"));
    let currency = get(record, "default_currency_code");
    let shopper = Shopper::of(context, customer, channel, currency);
    let products: Vec<Value> = items(get(record, "products"))
        .iter()
        .map(|line| sold(context, &shopper, record, line))
        .collect();
    let lines: Vec<Value> = products.iter().map(|line| with(line, sums(line))).collect();
    let order = get(record, "id");
    let root = format!("{}/stores/{}/v2", context.setting.url, context.setting.hash);
    let links: Vec<Value> = products
        .iter()
        .map(|line| {
            let path = format!("/orders/{order}/products/{}", line["id"]);
            json!({ "url": format!("{root}{path}"), "resource": path })
        })
        .collect();
    record.insert("products".to_owned(), products.into());
    record.insert("lines".to_owned(), lines.into());
    record.insert("line_links".to_owned(), links.into());
}

fn sold(context: &Context<'_>, shopper: &Shopper, order: &Record, line: &Value) -> Value {
    let nothing = Record::new();
    let (product, variant) = (product(context, line), variant(context, line, OPTIONS));
    let product = product.as_deref().unwrap_or(&nothing);
    let base = context.one("variants", get(product, "base_variant_id"));
    let own = variant.as_deref().or(base.as_deref()).unwrap_or(&nothing);
    let brand = context.one("brands", get(product, "brand_id"));
    let brand = brand.map_or(Value::Null, |brand| get(&brand, "name").clone());
    let given = |name: &str| line.get(name).is_some();
    let usual = match given("price_ex_tax") && given("price_inc_tax") {
        true => Value::Null,
        false => bulk::price(
            context,
            shopper,
            (items(get(order, "products")), line),
            OPTIONS,
        ),
    };
    let price = |name: &str| money(amount(line.get(name).unwrap_or(&usual)));
    let measure = |name: &str, known: &str| match line.get(name) {
        Some(own) => money(amount(own)),
        None => money(amount(get(product, known))),
    };
    let name = get(product, "name");
    let id = context.id(line, "order_products");
    let variant = or([&line["variant_id"], get(own, "id"), &json!(0)]);
    let sku = or([get(own, "sku"), get(product, "sku")]);
    let kind = or([get(product, "type"), &json!("physical")]);
    let (wrapped, taxed) = (
        amount(&line["wrapping_cost_ex_tax"]),
        amount(&line["wrapping_cost_inc_tax"]),
    );
    let cost = measure("base_cost_price", "cost_price");
    // The consignment, whose id is that of its order.
    let pickup = match items(get(order, "pickups")).is_empty() {
        true => json!(0),
        false => get(order, "id").clone(),
    };
    let options = items(get(own, "option_values")).iter();
    let options: Vec<Value> = match own.is_empty() {
        // The lines of a deleted product keep their selected options.
        true => {
            let chosen = items(&line["product_options"]).iter();
            let chosen = chosen.filter(|chosen| says(&chosen["order_product_id"]));
            chosen.cloned().collect()
        }
        false => {
            let of_variant = options.map(|value| option(context, line, &id, value));
            of_variant
                .chain(modified(context, line, own, &id))
                .collect()
        }
    };
    let facts = json!({
        "id": id,
        "order_id": get(order, "id"),
        "product_id": or([&line["product_id"], &json!(0)]),
        "variant_id": variant,
        "order_pickup_method_id": pickup,
        "order_address_id": address(order, line),
        "name": told(line, &["name", "name_customer", "name_merchant"], name),
        "name_customer": told(line, &["name_customer", "name", "name_merchant"], name),
        "name_merchant": told(line, &["name_merchant", "name", "name_customer"], name),
        "sku": told(line, &["sku"], &sku),
        "upc": told(line, &["upc"], get(product, "upc")),
        "type": told(line, &["type"], &kind),
        "quantity": line.get("quantity").unwrap_or(&json!(1)),
        "base_price": price("price_ex_tax"),
        "price_ex_tax": price("price_ex_tax"),
        "price_inc_tax": price("price_inc_tax"),
        "base_cost_price": cost,
        "cost_price_ex_tax": cost,
        "cost_price_inc_tax": cost,
        "cost_price_tax": 0,
        "weight": measure("weight", "weight"),
        "width": measure("width", "width"),
        "height": measure("height", "height"),
        "depth": measure("depth", "depth"),
    });
    let more = json!({
        "is_refunded": false,
        "quantity_refunded": 0,
        "refund_amount": 0,
        "return_id": 0,
        "wrapping_id": or([&line["wrapping_id"], &json!(0)]),
        "wrapping_name": word(line, "wrapping_name"),
        "wrapping_message": word(line, "wrapping_message"),
        "base_wrapping_cost": money(wrapped),
        "wrapping_cost_ex_tax": money(wrapped),
        "wrapping_cost_inc_tax": money(taxed),
        "wrapping_cost_tax": money(taxed - wrapped),
        "quantity_shipped": or([&line["quantity_shipped"], &json!(0)]),
        "event_name": null,
        "event_date": null,
        "fixed_shipping_cost": 0,
        "ebay_item_id": "",
        "ebay_transaction_id": "",
        "option_set_id": null,
        "parent_order_product_id": null,
        "is_bundled_product": false,
        "bin_picking_number": told(line, &["bin_picking_number"], get(product, "bin_picking_number")),
        "external_id": null,
        "brand": told(line, &["brand"], &brand),
        "applied_discounts": [],
        "product_options": options,
        "configurable_fields": [],
        "gift_certificate_id": null,
    });
    with(&facts, more)
}

/// The address of a line: its own, that of its consignment, or the first one.
fn address(order: &Record, line: &Value) -> Value {
    let all = items(get(order, "shipping_addresses"));
    let own = all
        .iter()
        .find(|own| says(&own["id"]) && own["id"] == line["order_address_id"]);
    let of_part = line["part"].as_u64();
    let of_part = of_part.and_then(|part| all.get(usize::try_from(part).ok()?));
    let own = own.or(of_part).or(all.first());
    or([own.map_or(&Value::Null, |own| &own["id"]), &json!(0)])
}

/// A product option in the format of a line.
fn option(context: &Context<'_>, line: &Value, id: &Value, value: &Value) -> Value {
    let option = &value["option_id"];
    let mut chosen = items(&line["product_options"]).iter();
    let chosen = chosen.find(|chosen| chosen["product_option_id"] == *option);
    let number = match chosen.map(|chosen| &chosen["id"]) {
        Some(number) if says(number) => number.clone(),
        _ => context.count("order_product_options").into(),
    };
    let known = context.one(choices::OPTIONS.all, option);
    let known = |field| {
        known
            .as_deref()
            .map_or(&Value::Null, |known| get(known, field))
    };
    let (name, label) = (&value["option_display_name"], &value["label"]);
    json!({
        "id": number,
        "option_id": option,
        "order_product_id": id,
        "product_option_id": option,
        "display_name": name,
        "display_name_customer": name,
        "display_name_merchant": name,
        "display_value": label,
        "display_value_customer": label,
        "display_value_merchant": label,
        "value": value["id"].to_string(),
        "type": kind(text(known("type"))),
        "name": or([known("name"), name]),
        "display_style": if text(known("type")) == "rectangles" { "Rectangle" } else { "" },
    })
}

/// The choices for modifiers in the format of a line: those that it has, and those that were sent.
fn modified(context: &Context<'_>, line: &Value, variant: &Record, id: &Value) -> Vec<Value> {
    let all = items(&line[OPTIONS.list]);
    let sent = all.iter().filter(|one| !says(&one["order_product_id"]));
    let sent =
        json!({ "product_id": line["product_id"], (OPTIONS.list): sent.collect::<Vec<_>>() });
    let new = chosen::modified(context, &sent, OPTIONS)
        .into_iter()
        .map(|one| {
            let own = |field| get(&one.modifier, field);
            let (name, label) = (own("display_name"), one.label());
            json!({
                "id": context.count("order_product_options"),
                "option_id": own("id"),
                "order_product_id": id,
                "product_option_id": own("id"),
                "display_name": name,
                "display_name_customer": name,
                "display_name_merchant": name,
                "display_value": label,
                "display_value_customer": label,
                "display_value_merchant": label,
                "value": plain(&one.sent),
                "type": kind(text(own("type"))),
                "name": or([own("name"), name]),
                "display_style": "",
            })
        });
    let of_variant = |one: &Value| {
        let mut own = items(get(variant, "option_values")).iter();
        own.any(|own| {
            own["option_id"] == one["option_id"]
                && own["option_display_name"] == one["display_name"]
        })
    };
    let kept = all.iter().filter(|one| says(&one["order_product_id"]));
    let kept = kept.filter(|one| !of_variant(one));
    kept.cloned().chain(new).collect()
}

/// The name that lines have for a type of options or modifiers.
fn kind(ty: &str) -> &'static str {
    match ty {
        "swatch" => "Swatch",
        "product_list" | "product_list_with_images" => "Product Pick List",
        "checkbox" => "Checkbox",
        "date" => "Date field",
        "file" => "File Upload",
        "multi_line_text" => "Multi-line text field",
        "text" | "numbers_only_text" => "Text field",
        _ => "Multiple choice",
    }
}

/// The totals of a line.
fn sums(line: &Value) -> Value {
    let (quantity, ex_tax) = (amount(&line["quantity"]), amount(&line["price_ex_tax"]));
    let inc_tax = amount(&line["price_inc_tax"]);
    json!({
        "price_tax": money(inc_tax - ex_tax),
        "base_total": money(ex_tax * quantity),
        "total_ex_tax": money(ex_tax * quantity),
        "total_inc_tax": money(inc_tax * quantity),
        "total_tax": money((inc_tax - ex_tax) * quantity),
        "discounted_total_inc_tax": money(inc_tax * quantity),
    })
}
