//! The orders of a new store.

use serde_json::{Value, json};

use crate::refusal::Refusal;
use crate::rules::Seeding;
use crate::rules::fields::{amount, items, money};
use crate::values::days_ago;

pub(super) fn seed(seeding: &Seeding<'_>) -> Result<(), Refusal> {
    let number = match seeding.products {
        0 => 0,
        products => (products * 4 / 5).max(4),
    };
    let customers = seeding.every("customers", "id");
    let products = seeding.every("products", "id");
    let bought = seeding.every("variants", "product_id");
    let variants = seeding.every("variants", "id");
    let mut first = std::collections::HashMap::new();
    for (product, variant) in bought.iter().zip(&variants) {
        first.entry(product.to_string()).or_insert(variant);
    }
    let line = |n: usize, step: usize| {
        let product = seeding.pick(&products, n + step);
        let variant = first.get(&product.to_string());
        json!({ "product_id": product, "variant_id": variant, "quantity": n % 3 + 1 })
    };
    let body = |n: usize| {
        let steps: &[usize] = if n.is_multiple_of(3) { &[0, 5] } else { &[0] };
        let lines: Vec<Value> = steps.iter().map(|step| line(n, *step)).collect();
        // Every fourth order is a guest's.
        let customer = match n % 4 {
            3 => json!(0),
            _ => seeding.pick(&customers, n),
        };
        order(n, &customer, lines)
    };
    seeding.make("orders.create", (1..=number).map(body))?;
    refund(seeding)
}

/// Refunds every tenth order, which is completed: all of it if its shipping was free, or else one item.
fn refund(seeding: &Seeding<'_>) -> Result<(), Refusal> {
    let orders = seeding.every("orders", "id");
    let lines = seeding.every("orders", "lines");
    for (n, (order, lines)) in (1..).zip(orders.iter().zip(&lines)) {
        if n % 10 != 8 {
            continue;
        }
        let all = n % 3 == 0;
        let (mut returned, mut total) = (Vec::new(), 0.0);
        for line in items(lines).iter().take(if all { usize::MAX } else { 1 }) {
            let sold = &line["quantity"];
            let quantity = if all { sold.clone() } else { json!(1) };
            total += amount(&line["total_inc_tax"]) * amount(&quantity) / amount(sold);
            returned.push(json!({
                "item_type": "PRODUCT", "item_id": line["id"], "quantity": quantity,
                "reason": "Damaged in transit",
            }));
        }
        let body = json!({
            "items": returned,
            "payments": [{ "provider_id": "custom", "amount": money(total), "offline": true }],
        });
        seeding.make_under("refunds.create", ("order_id", order), body)?;
    }
    Ok(())
}

fn order(n: usize, customer: &Value, lines: Vec<Value>) -> Value {
    let (first, last) = (
        ["Ida", "Rafe", "Maren", "Tomas"][n % 4],
        ["Ashdown", "Brandt", "Carrow"][n % 3],
    );
    // Shipping is taxed at 8 %, so that orders have taxes to report.
    let shipping = [json!(0), json!(5), json!(10)];
    let taxed = [json!(0), json!(5.4), json!(10.8)];
    let address = json!({
        "first_name": first, "last_name": last, "street_1": format!("{} Harbour Street", n * 7 % 110 + 1),
        "city": "Austin", "state": "Texas", "zip": "78701", "country": "United States",
        "country_iso2": "US",
    });
    let mut billing = address.clone();
    billing["email"] = format!("buyer.{n}@example.com").into();
    let days = i64::try_from(n * 3 % 90).unwrap_or_default();
    let message = match n % 6 {
        0 => "Please leave it with the neighbours.",
        _ => "",
    };
    json!({
        "status_id": ([11, 10, 2, 7, 11, 9, 5, 1, 10, 3][n % 10]),
        "customer_id": customer,
        "date_created": days_ago(days),
        "payment_method": (["Credit Card", "Cash", "Bank Deposit"][n % 3]),
        "shipping_cost_ex_tax": shipping[n % 3],
        "shipping_cost_inc_tax": taxed[n % 3],
        "customer_message": message,
        "billing_address": billing,
        "shipping_addresses": [address],
        "products": lines,
    })
}
