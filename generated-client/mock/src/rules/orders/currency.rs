//! The currency in which an order is paid, and what it was worth when the order was placed.

use serde_json::{Value, json};

use crate::rules::currencies::spelled;
use crate::rules::fields::{amount, get, or, text};
use crate::rules::sold::{currency, rate};
use crate::rules::{Context, object};
use crate::state::Record;

const RATE: &str = "store_default_to_transactional_exchange_rate";
/// Where an order keeps the rate as it was, for amounts of money have fewer places.
const EXACT_RATE: &str = "exact_rate";

/// Names the currency everywhere; prices were shown in the one that is paid in.
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

/// A rate of an order as it is shown; none for any other field.
pub(super) fn shown(record: &Record, field: &str) -> Option<Value> {
    let own = get(record, field);
    match field {
        "currency_exchange_rate" => Some(spelled(amount(own))),
        RATE => Some(spelled(amount(&or([get(record, EXACT_RATE), own])))),
        _ => None,
    }
}
