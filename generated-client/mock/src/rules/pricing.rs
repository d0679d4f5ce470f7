//! A shopper's prices: from the catalog, or from the shopper's price list. Taxes are not modelled:
//! prices with and without tax are equal.

use serde_json::{Value, json};

use super::bulk;
use super::chosen::Options;
use super::fields::{amount, get, items, money, or, says};
use super::sold::{Shopper, product, rate, variant};
use super::{Context, Rules, Settings, Special, Write, refuse};
use crate::refusal::Refusal;
use crate::state::Record;
use crate::wanted::Wanted;

pub(super) struct Pricing;

const FILE: &str = "pricing.rs";
const OPTIONS: Options = Options {
    list: "options",
    id: "option_id",
    value: "value_id",
};

impl Rules for Pricing {
    fn settings(&self) -> Settings {
        Settings {
            path: "pricing/products",
            name: "pricing",
            file: Some(FILE),
            holds: Some("pricing.PricingResult"),
            fleeting: true,
            ..Settings::USUAL
        }
    }

    fn operations(&self) -> &'static [Special] {
        &[Special {
            id: "pricing.calculate",
            file: FILE,
            answer: Some(results),
            ..Special::USUAL
        }]
    }

    fn write(&self, context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        let asked = items(&write.body["items"]);
        for (at, item) in asked.iter().enumerate() {
            if context.one("products", &item["product_id"]).is_none() {
                let field = format!("items.{at}.product_id");
                return refuse(&field, "There is no such product");
            }
        }
        let (customer, channel) = (&write.body["customer_id"], &write.body["channel_id"]);
        let shopper = Shopper::of(context, customer, channel, &write.body["currency_code"]);
        let shopper = shopper.in_group(&write.body["customer_group_id"]);
        let all: Vec<Value> = asked
            .iter()
            .map(|item| priced(context, &shopper, write.body, item))
            .collect();
        write.set("results", all);
        Ok(())
    }
}

fn results(_: &Context<'_>, _: &Wanted, own: &Record) -> Value {
    get(own, "results").clone()
}

fn priced(context: &Context<'_>, shopper: &Shopper, body: &Value, item: &Value) -> Value {
    let product = product(context, item).unwrap_or_default();
    let own = variant(context, item, OPTIONS)
        .or_else(|| context.one("variants", get(&product, "base_variant_id")))
        .unwrap_or_default();
    let listed = shopper.record(context, &own).unwrap_or_default();
    let is_listed = !get(&listed, "price").is_null();
    // Catalog prices are in the default currency, those of a list in its own.
    let rate = rate(context, &body["currency_code"]);
    let price_of = |name: &str| match get(&listed, name) {
        price if says(price) => price.clone(),
        _ => money(amount(&or([get(&own, name), get(&product, name)])) * rate),
    };
    let price = price_of("price");
    let sale = price_of("sale_price");
    let retail = price_of("retail_price");
    let map = price_of("map_price");
    let pays = or([&sale, &price]);
    let pays = match is_listed {
        true => pays,
        false => shopper.discounted(context, &product, &pays),
    };
    let bulk = bulk::rules(context, shopper, &product, &own).into_iter();
    let bulk = bulk.map(|rule| {
        json!({
            "minimum": rule["quantity_min"], "maximum": or([&rule["quantity_max"], &json!(0)]),
            "discount_amount": rule["amount"], "discount_type": rule["type"],
        })
    });
    let mut result = json!({
        "product_id": item["product_id"], "variant_id": get(&own, "id"), "options": item["options"],
        "reference_request": item, "price": told(&price), "calculated_price": told(&pays),
        "bulk_pricing": bulk.collect::<Vec<_>>(),
    });
    for (name, value) in [
        ("sale_price", &sale),
        ("retail_price", &retail),
        ("minimum_advertised_price", &map),
    ] {
        if says(value) {
            result[name] = told(value);
        }
    }
    if amount(&retail) > amount(&pays) {
        result["saved"] = told(&money(amount(&retail) - amount(&pays)));
    }
    result
}

/// A price without tax.
fn told(price: &Value) -> Value {
    let price = amount(price);
    json!({ "as_entered": price, "entered_inclusive": false, "tax_exclusive": price, "tax_inclusive": price })
}
