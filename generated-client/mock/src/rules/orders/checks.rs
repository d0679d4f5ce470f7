//! Checks of every written order: its status, its currency and its channel exist, amounts come in pairs, and
//! the names of a line do not contradict each other.

use serde_json::Value;

use super::STATUSES;
use super::write::bad;
use crate::refusal::Refusal;
use crate::rules::Context;
use crate::rules::fields::{get, items, says};
use crate::rules::sold::{is_kept, is_paid_in};

/// Amounts that must be sent both with and without tax, or not at all.
const PAIRS: [[&str; 2]; 3] = [
    ["shipping_cost_ex_tax", "shipping_cost_inc_tax"],
    ["subtotal_ex_tax", "subtotal_inc_tax"],
    ["total_ex_tax", "total_inc_tax"],
];

pub(super) fn judge(context: &Context<'_>, body: &Value) -> Result<(), Refusal> {
    if let Some(status) = body.get("status_id") {
        let status = status.as_i64().and_then(|id| usize::try_from(id).ok());
        if status.is_none_or(|status| status >= STATUSES.len()) {
            return bad("status_id", "There is no such status");
        }
    }
    let currency = &body["default_currency_code"];
    if says(currency) && !is_kept(context, currency) {
        return bad(
            "default_currency_code",
            "The store does not have this currency",
        );
    }
    if says(currency) && !is_paid_in(context, currency) {
        return bad(
            "default_currency_code",
            "The currency is for display only, not for payments",
        );
    }
    channel(context, &body["channel_id"])?;
    for [one, other] in PAIRS {
        let (is_there, is_other_there) = (body.get(one).is_some(), body.get(other).is_some());
        if is_there != is_other_there {
            let missing = if is_there { other } else { one };
            return bad(missing, "The amount is required both with and without tax");
        }
    }
    items(&body["products"]).iter().try_for_each(named)
}

fn channel(context: &Context<'_>, id: &Value) -> Result<(), Refusal> {
    if !says(id) {
        return Ok(());
    }
    match context.one("channels", id) {
        None => bad("channel_id", "There is no such channel"),
        Some(channel) if *get(&channel, "is_enabled") != true => {
            bad("channel_id", "The channel is not enabled")
        }
        Some(_) => Ok(()),
    }
}

fn named(line: &Value) -> Result<(), Refusal> {
    match (line.get("name"), line.get("name_customer")) {
        (Some(name), Some(other)) if name != other => {
            bad("products", "A line can have only one name for customers")
        }
        _ => Ok(()),
    }
}
