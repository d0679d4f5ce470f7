//! What carts and orders have in common: the variant that a line is of, its price, and currencies.

use std::sync::Arc;

use http::StatusCode;
use serde_json::Value;

use super::choices::OPTIONS;
use super::fields::{amount, get, items, joined, or, says, text};
use super::store::CURRENCIES;
use super::{Context, refuse_with};
use crate::refusal::Refusal;
use crate::state::Record;
use crate::values::number;

/// Whether the store has a currency.
pub(super) fn is_kept(context: &Context<'_>, code: &Value) -> bool {
    let code = text(code).to_uppercase();
    let own = context.first(CURRENCIES, &[("currency_code", code.into())]);
    own.is_some()
}

/// How a line names what its options are.
#[derive(Clone, Copy)]
pub(super) struct Options {
    /// The array of them.
    pub(super) list: &'static str,
    /// The id of the value in each.
    pub(super) value: &'static str,
}

/// The product of a line.
pub(super) fn product(context: &Context<'_>, line: &Value) -> Option<Arc<Record>> {
    context.one("products", &line["product_id"])
}

/// The variant that a line names, or that its options make, or that is the product's only one.
pub(super) fn variant(
    context: &Context<'_>,
    line: &Value,
    options: Options,
) -> Option<Arc<Record>> {
    if says(&line["variant_id"]) {
        return context.one("variants", &line["variant_id"]);
    }
    let chosen = items(&line[options.list]).iter();
    let chosen =
        chosen.filter_map(|option| number(&option[options.value]).and_then(crate::values::whole));
    let like = [
        ("product_id", line["product_id"].clone()),
        ("made_of", joined(chosen).into()),
    ];
    context.first("variants", &like)
}

/// Refuses lines of products and variants that there are not, and lines that choose none of several.
pub(super) fn refuse_lines(
    context: &Context<'_>,
    lines: &[Value],
    options: Options,
    (status, field): (StatusCode, &str),
) -> Result<(), Refusal> {
    for line in lines {
        let product = product(context, line);
        let of_catalog = says(&line["product_id"]);
        if of_catalog && product.is_none() {
            return refuse_with(status, field, "There is no such product");
        }
        if says(&line["variant_id"]) {
            let variant = context.one("variants", &line["variant_id"]);
            let own =
                variant.is_some_and(|variant| get(&variant, "product_id") == &line["product_id"]);
            if !own {
                return refuse_with(status, field, "The product has no such variant");
            }
            continue;
        }
        let has_options =
            product.is_some_and(|product| !OPTIONS.of(context, get(&product, "id")).is_empty());
        if has_options && !says(&line[options.list]) {
            let says = "The product has variants, and none was chosen";
            return refuse_with(status, field, says);
        }
        if has_options && variant(context, line, options).is_none() {
            return refuse_with(status, field, "The product has no variant of these options");
        }
    }
    Ok(())
}

/// Refuses fewer or more of a product than one order may hold.
pub(super) fn refuse_quantities(
    context: &Context<'_>,
    lines: &[Value],
    (status, field): (StatusCode, &str),
) -> Result<(), Refusal> {
    for line in lines {
        let Some(product) = product(context, line) else {
            continue;
        };
        let same = lines
            .iter()
            .filter(|other| other["product_id"] == line["product_id"]);
        let all: f64 = same
            .map(|own| own.get("quantity").map_or(1.0, amount))
            .sum();
        let limit = |name: &str| amount(get(&product, name));
        let (least, most) = (
            limit("order_quantity_minimum"),
            limit("order_quantity_maximum"),
        );
        let (kind, limit) = if all > 0.0 && all < least {
            ("minimum", least)
        } else if most > 0.0 && all > most {
            ("maximum", most)
        } else {
            continue;
        };
        let name = text(get(&product, "name"));
        let says = format!("You can only purchase a {kind} of {limit} of the {name} per order.");
        return refuse_with(status, field, &says);
    }
    Ok(())
}

/// What the catalog asks for a variant of a product.
pub(super) fn listed(product: &Record, variant: &Record) -> Value {
    or([
        get(variant, "sale_price"),
        get(variant, "price"),
        get(product, "calculated_price"),
    ])
}
