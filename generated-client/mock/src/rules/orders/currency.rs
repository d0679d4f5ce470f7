//! The currency in which an order is paid, and what it was worth when the order was placed.

use serde_json::json;

use crate::rules::fields::{get, text};
use crate::rules::sold::{currency, rate};
use crate::rules::{Context, object};
use crate::state::Record;

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
        "currency_id": id, "store_default_to_transactional_exchange_rate": rate,
    });
    record.extend(object(facts));
}
