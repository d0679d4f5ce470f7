//! Unfulfilled orders, as far as locations depend on them. The rules of orders use locations, so locations
//! cannot use the rules of orders.

use serde_json::Value;

use super::Context;
use super::fields::{get, items, says};
use crate::state::Record;

/// Incomplete, Shipped, Refunded, Cancelled, Declined and Completed: nothing remains to be done for such an
/// order.
const CLOSED: [i64; 6] = [0, 2, 4, 5, 6, 10];
/// The quantities that an order has taken, by line; null until it takes some.
pub(super) const TAKEN: &str = "stock_taken";

/// The status of an order.
pub(super) fn status(order: &Record) -> i64 {
    get(order, "status_id").as_i64().unwrap_or_default()
}

/// Whether an unfulfilled order has taken stock from a location, or is to be picked up there.
pub(super) fn is_open_at(context: &Context<'_>, location: &Value) -> bool {
    let is_here = |one: &Value| one["location_id"] == *location;
    let is_picked_up_here = |one: &Value| {
        let method = context.one("pickup_methods", &one["pickup_method_id"]);
        method.is_some_and(|own| get(&own, "location_id") == location)
    };
    let all = context.all("orders", &[]);
    let mut open = all
        .iter()
        .filter(|order| !CLOSED.contains(&status(order)) && !says(get(order, "is_deleted")));
    open.any(|order| {
        items(get(order, TAKEN)).iter().any(is_here)
            || items(get(order, "pickups")).iter().any(is_picked_up_here)
    })
}
