//! The order that a checkout becomes. The cart stays, so each call creates another order.

use http::StatusCode;
use serde_json::{Value, json};

use super::{consignments, coupons};
use crate::refusal::Refusal;
use crate::rules::fields::{amount, get, items, money, or, says, sum, text, with};
use crate::rules::orders::refuse_short;
use crate::rules::{Context, Special, Verb, Write, refuse};
use crate::state::Record;
use crate::values::plain;

/// The required fields of a shipping address; initially the last two are sufficient.
const NEEDED: [&str; 6] = [
    "first_name",
    "last_name",
    "address1",
    "city",
    "country_code",
    "email",
];

pub(super) const CREATE: Special = Special {
    id: "checkouts.create_order",
    file: "checkouts/order.rs",
    verb: Some(Verb::Create),
    collection: Some("orders"),
    write: Some(order),
    answer: Some(|_, _, record| json!({ "id": get(record, "id") })),
    ..Special::USUAL
};

fn order(context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
    let cart = context.in_path("carts", "checkoutId")?;
    let own = |name: &str| get(&cart, name);
    let parts = items(own("consignments"));
    if parts.is_empty() && says(&own("line_items")["physical_items"]) {
        let says = "A checkout with physical items needs a consignment";
        return refuse("consignments", says);
    }
    if let Some(line) = consignments::unassigned(&cart) {
        let says = format!(
            "The item {} is not completely assigned to consignments",
            text(&line["id"])
        );
        return refuse("consignments", &says);
    }
    let shipped = || parts.iter().filter(|one| !says(&one["pickup"]));
    if shipped().any(|one| consignments::chosen(one).is_none()) {
        return refuse("consignments", "A consignment has no shipping option yet");
    }
    for one in shipped() {
        let address = &one["address"];
        if let Some(name) = NEEDED.into_iter().find(|name| !says(&address[*name])) {
            let field = format!("consignments.address.{name}");
            return refuse(&field, "The shipping address is incomplete");
        }
    }
    let lists = ["lines", "custom_lines", "certificates"];
    let lines = lists.iter().flat_map(|list| items(own(list)));
    let sent_to: Vec<&Value> = shipped().collect();
    let lines = lines.flat_map(|line| parted(line, &sent_to));
    let lines: Vec<Value> = lines.map(|line| ordered(&line)).collect();
    write.set("status_id", 0);
    for name in ["customer_id", "channel_id"] {
        write.set(name, own(name).clone());
    }
    write.set("cart_id", own("id").clone());
    write.set("order_source", "checkout_api");
    write.set("default_currency_code", own("currency")["code"].clone());
    let of_lines = sum(items(own("lines")), "line_discount");
    let off = amount(own("discount_amount")) + of_lines;
    write.set("discount_amount", money(off));
    write.set("coupon_discount", money(coupons::total(&cart)));
    let shipping = money(consignments::total(&cart));
    for cost in [
        "base_shipping_cost",
        "shipping_cost_ex_tax",
        "shipping_cost_inc_tax",
    ] {
        write.set(cost, shipping.clone());
    }
    let billed = match own("billing_address") {
        Value::Object(_) => billed(own("billing_address")),
        _ => json!({ "email": own("email") }),
    };
    write.set("billing_address", billed);
    write.set(
        "shipping_addresses",
        shipped().map(sent).collect::<Vec<_>>(),
    );
    let picked = parts.iter().filter(|one| says(&one["pickup"]));
    let picked = picked.map(|one| pickup(context, &one["pickup"]));
    let picked: Vec<Value> = picked.collect();
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    refuse_short(context, &picked, &lines, status)?;
    write.set("pickups", picked);
    write.set(
        "fees",
        items(own("fees")).iter().map(fee).collect::<Vec<_>>(),
    );
    write.set("customer_message", text(own("customer_message")));
    write.set("products", lines);
    Ok(())
}

/// Divides the lines among consignments, because an order has one line per address; a line that is in no
/// consignment stays whole.
fn parted(line: &Value, parts: &[&Value]) -> Vec<Value> {
    let mut left = amount(&line["quantity"]);
    let mut all = Vec::new();
    for (part, one) in parts.iter().enumerate() {
        let here = consignments::quantity(one, &line["id"]).min(left);
        if here > 0.0 {
            left -= here;
            all.push(with(line, json!({ "quantity": money(here), "part": part })));
        }
    }
    match all.is_empty() {
        true => vec![line.clone()],
        false => all,
    }
}

fn ordered(line: &Value) -> Value {
    let price = line.get("list_price").unwrap_or(&line["amount"]);
    let mut ordered = json!({
        "part": line["part"],
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
    let chosen = items(&line["option_selections"]).iter().map(|one| {
        let value = plain(&one["option_value"]);
        json!({ "id": one["option_id"], "value": value })
    });
    ordered["product_options"] = chosen.collect::<Vec<_>>().into();
    ordered
}

/// An address with the field names of orders.
fn billed(address: &Value) -> Value {
    let names = [
        ("first_name", "first_name"),
        ("last_name", "last_name"),
        ("company", "company"),
        ("address1", "street_1"),
        ("address2", "street_2"),
        ("city", "city"),
        ("state_or_province", "state"),
        ("postal_code", "zip"),
        ("country", "country"),
        ("country_code", "country_iso2"),
        ("phone", "phone"),
        ("email", "email"),
    ];
    let fields = names
        .iter()
        .map(|(own, name)| ((*name).to_owned(), address[*own].clone()));
    fields.collect::<Record>().into()
}

fn sent(consignment: &Value) -> Value {
    let mut address = billed(&consignment["address"]);
    let option = consignments::chosen(consignment).unwrap_or_default();
    let cost = &option["cost"];
    address["shipping_method"] = option["description"].clone();
    for name in ["base_cost", "cost_ex_tax", "cost_inc_tax"] {
        address[name] = cost.clone();
    }
    address
}

fn pickup(context: &Context<'_>, option: &Value) -> Value {
    let id = &option["pickup_method_id"];
    let method = context.one("pickup_methods", id).unwrap_or_default();
    json!({
        "pickup_method_id": id,
        "pickup_method_display_name": get(&method, "display_name"),
        "collection_instructions": get(&method, "collection_instructions"),
        "collection_time_description": get(&method, "collection_time_description"),
    })
}

fn fee(fee: &Value) -> Value {
    json!({
        "type": fee["type"], "display_name_customer": fee["display_name"],
        "display_name_merchant": fee["name"], "source": fee["source"],
        "cost_ex_tax": fee["cost_ex_tax"], "cost_inc_tax": fee["cost_inc_tax"],
        "tax_class_id": fee["tax_class_id"],
    })
}
