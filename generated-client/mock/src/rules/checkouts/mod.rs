//! Checkouts: a cart on its way to becoming an order, with some fields under other names. Addresses,
//! consignments, coupons and fees are stored with the cart, and each of them increments its version.

mod consignments;
pub(super) mod coupons;
mod order;
mod writes;

use serde_json::{Value, json};

pub(super) use self::consignments::followed;
pub(super) use self::writes::versioned;
use super::fields::{amount, get, items, money, or, says, sum, text, with, without};
use super::{Context, Special, Verb};
use crate::state::Record;
use crate::wanted::Wanted;

const ON_CART: Special = Special {
    file: "checkouts/mod.rs",
    verb: Some(Verb::Update),
    collection: Some("carts"),
    key: Some("checkoutId"),
    answer: Some(checkout),
    ..Special::USUAL
};

pub(super) static ALL: &[Special] = &[
    Special {
        id: "checkouts.get",
        verb: Some(Verb::Get),
        ..ON_CART
    },
    Special {
        id: "checkouts.update",
        write: Some(writes::message),
        ..ON_CART
    },
    Special {
        id: "checkouts.add_discounts",
        write: Some(writes::discounts),
        ..ON_CART
    },
    Special {
        id: "checkouts.create_token",
        verb: Some(Verb::Get),
        answer: Some(|context, _, _| json!({ "checkoutToken": token(context) })),
        ..ON_CART
    },
    Special {
        id: "checkout_billing_address.create",
        write: Some(writes::address),
        ..ON_CART
    },
    Special {
        id: "checkout_billing_address.update",
        write: Some(writes::other_address),
        ..ON_CART
    },
    Special {
        id: "checkout_consignments.create",
        write: Some(consignments::add),
        ..ON_CART
    },
    Special {
        id: "checkout_consignments.update",
        write: Some(consignments::change),
        ..ON_CART
    },
    Special {
        id: "checkout_consignments.delete",
        write: Some(consignments::remove),
        ..ON_CART
    },
    Special {
        id: "checkout_coupons.apply",
        write: Some(coupons::apply),
        ..ON_CART
    },
    Special {
        id: "checkout_coupons.remove",
        write: Some(coupons::remove),
        ..ON_CART
    },
    Special {
        id: "checkout_fees.create",
        write: Some(writes::add_fees),
        ..ON_CART
    },
    Special {
        id: "checkout_fees.update",
        write: Some(writes::change_fees),
        ..ON_CART
    },
    Special {
        id: "checkout_fees.delete",
        write: Some(writes::remove_fees),
        ..ON_CART
    },
    order::CREATE,
];

fn token(context: &Context<'_>) -> String {
    let half = || text(&context.uuid()).replace('-', "");
    half() + &half()
}

fn checkout(context: &Context<'_>, wanted: &Wanted, record: &Record) -> Value {
    let own = |name: &str| get(record, name);
    let lines = &own("line_items");
    let kept = |list: &str| {
        let opened = wanted
            .include
            .contains(&format!("cart.line_items.{list}.options"));
        let hidden: &[&str] = match opened {
            true => &[
                "taxable",
                "same",
                "is_digital",
                "line_discount",
                "option_selections",
            ],
            false => &[
                "taxable",
                "same",
                "is_digital",
                "line_discount",
                "option_selections",
                "options",
            ],
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
        "coupons": coupons::shown(record, false),
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
    let shipping = consignments::total(record);
    let freed: f64 = items(own("applied"))
        .iter()
        .map(|coupon| amount(&coupon["shipping"]))
        .sum();
    let fees = sum(items(own("fees")), "cost_inc_tax");
    let orders = context.all("orders", &[("cart_id", own("id").clone())]);
    let order = orders.last().map(|order| get(order, "id").to_string());
    let mut checkout = json!({
        "id": own("id"),
        "cart": cart,
        "billing_address": or([own("billing_address"), &json!({})]),
        "consignments": consignments::shown(wanted, record),
        "taxes": [],
        "coupons": coupons::shown(record, true),
        "fees": items(own("fees")),
        "order_id": order,
        "shipping_cost_total_inc_tax": money(shipping),
        "shipping_cost_total_ex_tax": money(shipping),
        "handling_cost_total_inc_tax": 0,
        "handling_cost_total_ex_tax": 0,
        "tax_total": 0,
        "subtotal_inc_tax": base,
        "subtotal_ex_tax": base,
        "grand_total": money(amount(due) + shipping - freed + fees),
        "created_time": own("created_time"),
        "updated_time": own("updated_time"),
        "customer_message": text(own("customer_message")),
        "version": own("version"),
    });
    if wanted.include.contains("promotions.banners") {
        checkout["promotions"] = json!([]);
    }
    checkout
}

/// A line with its price before all discounts.
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
