//! Checkouts: the same cart on its way to the till, where some things have another name, and the
//! orders that it becomes.

use serde_json::{Value, json};

use super::fields::{amount, get, items, money, or, says, with, without};
use super::{Context, Special, Verb, Write};
use crate::refusal::Refusal;
use crate::show::Wanted;
use crate::state::Record;

pub(super) const GET: Special = Special {
    id: "checkouts.get",
    file: "checkouts.rs",
    verb: Some(Verb::Get),
    collection: Some("carts"),
    answer: Some(checkout),
    ..Special::USUAL
};

/// The cart stays, so each call makes another order.
pub(super) const CREATE_ORDER: Special = Special {
    id: "checkouts.create_order",
    file: "checkouts.rs",
    verb: Some(Verb::Create),
    collection: Some("orders"),
    write: Some(order),
    answer: Some(|_, _, record| json!({ "id": get(record, "id") })),
    ..Special::USUAL
};

fn order(context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
    let cart = context.in_path("carts", "checkoutId")?;
    let lists = ["lines", "custom_lines", "certificates"];
    let lines = lists.iter().flat_map(|list| items(get(&cart, list)));
    let lines: Vec<Value> = lines.map(ordered).collect();
    write.set("status_id", 0);
    write.set("cart_id", get(&cart, "id").clone());
    write.set("customer_id", get(&cart, "customer_id").clone());
    write.set("channel_id", get(&cart, "channel_id").clone());
    write.set("order_source", "checkout_api");
    write.set(
        "default_currency_code",
        get(&cart, "currency")["code"].clone(),
    );
    write.set("discount_amount", get(&cart, "discount_amount").clone());
    write.set("billing_address", json!({ "email": get(&cart, "email") }));
    write.set("products", lines);
    Ok(())
}

fn ordered(line: &Value) -> Value {
    let price = line.get("list_price").unwrap_or(&line["amount"]);
    let mut ordered = json!({
        "product_id": or([&line["product_id"], &json!(0)]),
        "variant_id": or([&line["variant_id"], &json!(0)]),
        "name": line["name"],
        "sku": line["sku"],
        "quantity": or([&line["quantity"], &json!(1)]),
        "price_ex_tax": price,
        "price_inc_tax": price,
    });
    if line.get("recipient").is_some() {
        ordered["type"] = "giftcertificate".into();
    }
    ordered
}

fn checkout(_: &Context<'_>, wanted: &Wanted, record: &Record) -> Value {
    let own = |name: &str| get(record, name);
    let lines = &own("line_items");
    let kept = |list: &str| {
        let opened = wanted
            .include
            .contains(&format!("cart.line_items.{list}.options"));
        let hidden: &[&str] = match opened {
            true => &["taxable", "same", "is_digital"],
            false => &["taxable", "same", "is_digital", "options"],
        };
        let lines = items(&lines[list]).iter();
        let lines = lines.map(|line| {
            with(
                &without(line, hidden),
                json!({ "is_taxable": line["taxable"] }),
            )
        });
        lines.collect::<Vec<_>>()
    };
    let physical: Vec<Value> = kept("physical_items").iter().map(compared).collect();
    let (base, due) = (own("base_amount"), own("cart_amount"));
    let cart = json!({
        "id": own("id"),
        "customer_id": own("customer_id"),
        "channel_id": own("channel_id"),
        "email": own("email"),
        "currency": own("currency"),
        "tax_included": own("tax_included"),
        "base_amount": base,
        "discount_amount": own("discount_amount"),
        "manual_discount_amount": own("manual_discount_amount"),
        "cart_amount_inc_tax": due,
        "cart_amount_ex_tax": due,
        "coupons": own("coupons"),
        "discounts": own("discounts"),
        "line_items": {
            "physical_items": physical,
            "digital_items": kept("digital_items"),
            "gift_certificates": lines["gift_certificates"],
            "custom_items": lines["custom_items"],
        },
        "created_time": own("created_time"),
        "updated_time": own("updated_time"),
    });
    let mut checkout = json!({
        "id": own("id"),
        "cart": cart,
        "billing_address": {},
        "consignments": [],
        "taxes": [],
        "coupons": own("coupons"),
        "fees": [],
        "order_id": null,
        "shipping_cost_total_inc_tax": 0,
        "shipping_cost_total_ex_tax": 0,
        "handling_cost_total_inc_tax": 0,
        "handling_cost_total_ex_tax": 0,
        "tax_total": 0,
        "subtotal_inc_tax": base,
        "subtotal_ex_tax": base,
        "grand_total": due,
        "created_time": own("created_time"),
        "updated_time": own("updated_time"),
        "customer_message": "",
        "version": own("version"),
    });
    if wanted.include.contains("promotions.banners") {
        checkout["promotions"] = json!([]);
    }
    checkout
}

/// A line beside its price before all discounts.
fn compared(line: &Value) -> Value {
    let price = &line["original_price"];
    let quantity = match says(&line["quantity"]) {
        true => amount(&line["quantity"]),
        false => 0.0,
    };
    with(
        line,
        json!({
            "comparison_price": price,
            "extended_comparison_price": money(amount(price) * quantity),
        }),
    )
}
