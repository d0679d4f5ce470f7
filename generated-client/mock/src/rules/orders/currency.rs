//! The currency in which an order is paid, and what it was worth when the order was placed.

use serde_json::json;

use crate::rules::fields::{get, text};
use crate::rules::sold::rate;
use crate::rules::store::CURRENCIES;
use crate::rules::{Context, object};
use crate::state::Record;

/// Names the currency everywhere; prices were shown in the one that is paid in.
pub(super) fn derive(context: &Context<'_>, record: &mut Record) {
    let code = text(get(record, "default_currency_code")).to_uppercase();
    let known = context.first(CURRENCIES, &[("currency_code", code.as_str().into())]);
    let Some(own) = known.filter(|_| *get(record, "currency_code") != code) else {
        return;
    };
    let id = get(&own, "id");
    let facts = json!({
        "default_currency_code": code, "default_currency_id": id, "currency_code": code,
        "currency_id": id,
        "store_default_to_transactional_exchange_rate": rate(context, &code.as_str().into()),
    });
    record.extend(object(facts));
}
