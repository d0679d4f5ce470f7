//! The currency of an order, and its exchange rate when the order was placed.

use serde_json::{Value, json};

use crate::rules::currencies::spelled;
use crate::rules::fields::{amount, get, or, text};
use crate::rules::sold::{currency, rate};
use crate::rules::{Context, object};
use crate::state::Record;

const RATE: &str = "store_default_to_transactional_exchange_rate";
/// Where an order stores its exact rate, because amounts of money have fewer decimal places.
const EXACT_RATE: &str = "exact_rate";

/// Sets the currency fields; prices were displayed in the payment currency.
pub(super) fn derive(context: &Context<'_>, record: &mut Record) {
    let paid = get(record, "default_currency_code");
    let code = text(paid).to_uppercase();
    let known = currency(context, paid);
    let Some(own) = known.filter(|_| *get(record, "currency_code") != code) else {
        return;
    };
    let (id, rate) = (get(&own, "id"), rate(context, paid));
    let facts = json!({
        "default_currency_code": code, "default_currency_id": id, "currency_code": code,
        "currency_id": id, RATE: rate, EXACT_RATE: rate,
    });
    record.extend(object(facts));
}

/// A rate of an order as it is returned; `None` for any other field.
pub(super) fn shown(record: &Record, field: &str) -> Option<Value> {
    let own = get(record, field);
    match field {
        "currency_exchange_rate" => Some(spelled(amount(own))),
        RATE => Some(spelled(amount(&or([get(record, EXACT_RATE), own])))),
        _ => None,
    }
}
