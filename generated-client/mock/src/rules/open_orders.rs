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

/// The ids of the orders that are still to be fulfilled and have taken from a location, or are to be picked up
/// there.
pub(super) fn open_at(context: &Context<'_>, location: &Value) -> Vec<i64> {
    let is_here = |one: &Value| one["location_id"] == *location;
    let is_picked_up_here = |one: &Value| {
        let method = context.one("pickup_methods", &one["pickup_method_id"]);
        method.is_some_and(|own| get(&own, "location_id") == location)
    };
    let all = context.all("orders", &[]);
    let open = all
        .iter()
        .filter(|order| !CLOSED.contains(&status(order)) && !says(get(order, "is_deleted")));
    let here = open.filter(|order| {
        items(get(order, TAKEN)).iter().any(is_here)
            || items(get(order, "pickups")).iter().any(is_picked_up_here)
    });
    here.filter_map(|order| get(order, "id").as_i64()).collect()
}
