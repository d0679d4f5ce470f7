//! How orders use stock. The store's inventory settings determine when: on placement or on shipment, whether
//! stock is returned when an order is cancelled or refunded, and whether it follows the order's lines until
//! the order awaits fulfillment. An incomplete order takes nothing, and the refunds API returns no stock.

use http::StatusCode;
use serde_json::{Value, json};

use super::{OPTIONS, SENT};
use crate::refusal::Refusal;
use crate::rules::fields::{amount, get, items, or, says, text, with};
use crate::rules::inventory::Item;
use crate::rules::open_orders::{TAKEN, status};
use crate::rules::sold::variant;
use crate::rules::{Context, Told, Work, refuse_with};
use crate::state::Record;
use crate::values::whole;

const INCOMPLETE: i64 = 0;
/// Awaiting Fulfillment: from this status on, stock no longer follows the order's lines.
const FIXED: i64 = 11;
/// Cancelled and Refunded.
const BACK: [i64; 2] = [5, 4];
/// What the latest call moved.
const MOVED: &str = "stock_moved";
/// The setting for whether stock follows the lines of orders.
const FOLLOWS: &str = "edit_order_stock_adjustment";
const SHORT: &str = "A product is out of stock";

/// Rejects an order that exceeds the available stock.
pub(in crate::rules) fn refuse_short(
    context: &Context<'_>,
    pickups: &[Value],
    lines: &[Value],
    status: StatusCode,
) -> Result<(), Refusal> {
    match is_short(context, pickups, lines) {
        true => refuse_with(status, "products", SHORT),
        false => Ok(()),
    }
}

/// Rejects increasing an order's lines beyond the remaining stock, unless its stock no longer follows.
pub(super) fn refuse_raised(
    context: &Context<'_>,
    before: &Record,
    now: &Record,
) -> Result<(), Refusal> {
    let follows = get(before, TAKEN).is_null()
        || (!is_fixed(before) && setting(context, before, FOLLOWS) != false);
    if !follows || BACK.contains(&status(now)) {
        return Ok(());
    }
    let of = |order: &Record| {
        let lines = items(get(order, "products"));
        asked(context, items(get(before, "pickups")), lines)
    };
    match exceeds(context, &of(now), &of(before)) {
        true => refuse_with(StatusCode::BAD_REQUEST, "products", SHORT),
        false => Ok(()),
    }
}

/// Whether stock no longer follows the order's lines: it awaits fulfillment.
pub(super) fn is_fixed(order: &Record) -> bool {
    status(order) == FIXED
}

/// Whether an order that has not taken any stock exceeds the available stock.
pub(in crate::rules) fn is_sold_out(context: &Context<'_>, order: &Record) -> bool {
    let pickups = items(get(order, "pickups"));
    get(order, TAKEN).is_null() && is_short(context, pickups, items(get(order, "lines")))
}

fn is_short(context: &Context<'_>, pickups: &[Value], lines: &[Value]) -> bool {
    exceeds(context, &asked(context, pickups, lines), &[])
}

/// Whether lines exceed what other lines leave of the available stock.
fn exceeds(context: &Context<'_>, all: &[Value], others: &[Value]) -> bool {
    let asked = |lines: &[Value], one: &Value| -> i64 {
        let same = lines.iter().filter(|other| place(other) == place(one));
        same.map(|own| number(own, "asked")).sum()
    };
    let mut all_of = all.iter();
    all_of.any(|one| asked(all, one) - asked(others, one) > item(one).left(context))
}

/// What a call has changed of an order whose stock follows it.
#[derive(Clone, Copy)]
pub(in crate::rules) struct Changed {
    pub(in crate::rules) lines: bool,
    /// Its lines, after its stock has stopped following them.
    pub(in crate::rules) fixed: bool,
    pub(in crate::rules) status: bool,
}

impl Changed {
    /// Only its status.
    pub(in crate::rules) const STATUS: Self = Self {
        lines: false,
        fixed: false,
        status: true,
    };
}

/// Updates the stock after an order was written, or its status has changed.
pub(in crate::rules) fn settle(
    work: &mut Work<'_, '_>,
    id: &Value,
    changed: Changed,
) -> Result<(), Refusal> {
    let context = work.context();
    let Some(order) = context.one("orders", id) else {
        return Ok(());
    };
    let status = status(&order);
    let held = get(&order, TAKEN);
    let is_set = |name: &str| setting(context, &order, name) != false;
    let is_due = || match text(&setting(context, &order, "update_stock_behavior")) {
        "order_completed_or_shipped" => SENT.contains(&status),
        _ => status != INCOMPLETE,
    };
    let wanted = match held.is_null() {
        _ if BACK.contains(&status) => {
            let comes_back = changed.status && !held.is_null();
            (comes_back && is_set("refund_order_stock_adjustment")).then(Vec::new)
        }
        true => is_due().then(|| of_order(context, &order)),
        false => changed.lines.then(|| of_order(context, &order)),
    };
    // Lines that the stock does not follow are stored, so that later changes do not compensate for them.
    let stays = changed.lines && (changed.fixed || !is_set(FOLLOWS));
    let follows = held.is_null() || BACK.contains(&status) || !stays;
    let Some(wanted) = wanted else {
        return match items(get(&order, MOVED)) {
            [] => Ok(()),
            _ => work.amend("orders", id, json!({ MOVED: [] })),
        };
    };
    let held = items(held).to_vec();
    let gone = held
        .iter()
        .filter(|one| !wanted.iter().any(|new| is_same(new, one)));
    let gone = gone.map(|one| with(one, json!({ "asked": 0 })));
    let (mut kept, mut moved) = (Vec::new(), Vec::new());
    for new in gone.collect::<Vec<_>>().into_iter().chain(wanted) {
        let before = held.iter().find(|one| is_same(one, &new));
        let (earlier, taken) =
            before.map_or((0, 0), |own| (number(own, "asked"), number(own, "taken")));
        let asked = number(&new, "asked");
        let more = match asked > earlier {
            true => asked - earlier,
            // Only quantities that were available when they were taken can be returned.
            false => (asked - taken).min(0),
        };
        let one = before.unwrap_or(&new);
        let change = match more {
            more if follows && more != 0 => item(one).take(work, more)?,
            _ => 0,
        };
        if change != 0 {
            moved.push(event(work.context(), one, change));
        }
        if asked != 0 {
            let taken = (taken + change).min(asked);
            kept.push(with(one, json!({ "asked": asked, "taken": taken })));
        }
    }
    let kept = match BACK.contains(&status) {
        true => Value::Null,
        false => kept.into(),
    };
    work.amend("orders", id, json!({ TAKEN: kept, MOVED: moved }))
}

/// The orders of a new store are already deducted from its stock.
pub(super) fn sold_before(work: &mut Work<'_, '_>, id: &Value) -> Result<(), Refusal> {
    let context = work.context();
    let order = context.one("orders", id).unwrap_or_default();
    let lines = of_order(context, &order).into_iter();
    let taken: Vec<Value> = lines.map(|one| with(&one, json!({ "taken": 0 }))).collect();
    work.amend("orders", id, json!({ TAKEN: taken }))
}

/// The data of a stock event caused by an order; `None` for any other event.
pub(in crate::rules) fn told(context: &Context<'_>, scope: &str, order: &Value) -> Option<Told> {
    let (field, fits): (&str, fn(&Value) -> bool) = match scope {
        "store/product/inventory/order/updated" => ("product", |_| true),
        "store/sku/inventory/order/updated" => ("sku", |_| true),
        "store/channel/*/inventory/product/stock_changed" => ("place", |_| true),
        "store/channel/*/inventory/product/low_stock_reached" => {
            ("place", |one| one["low"] == true)
        }
        "store/channel/*/inventory/product/out_of_stock_reached" => {
            ("place", |one| one["out"] == true)
        }
        _ => return None,
    };
    let order = context.one("orders", order).unwrap_or_default();
    let moved = items(get(&order, MOVED)).iter();
    let moved = moved.filter(|one| fits(one) && !one[field].is_null());
    // Stock is not per channel.
    let moved = moved.map(|one| (one[field].clone(), Value::Null));
    Some(Told::Each(moved.collect()))
}

/// The event data for an item from whose stock a quantity was taken.
fn event(context: &Context<'_>, one: &Value, taken: i64) -> Value {
    let (product, variant) = (&one["product_id"], &one["variant_id"]);
    let mut inventory = json!({ "product_id": product, "method": "relative", "value": -taken });
    let place = json!({
        "variant_id": variant, "product_id": product, "location_id": one["location_id"],
    });
    let own = item(one);
    let left = own.left(context);
    let mut event = json!({
        "place": place, "low": taken > 0 && left <= own.low(context),
        "out": taken > 0 && left == 0,
    });
    let whole = context.one("products", product).unwrap_or_default();
    // A product without options is reported as itself, however its stock is tracked.
    if own.by_variant && !says(get(&whole, "base_variant_id")) {
        let known = context.one("variants", variant).unwrap_or_default();
        inventory["variant_id"] = variant.clone();
        let id = or([get(&known, "sku_id"), variant]);
        event["sku"] = json!({ "type": "sku", "id": id, "inventory": inventory });
    } else {
        event["product"] = json!({ "type": "product", "id": product, "inventory": inventory });
    }
    event
}

fn of_order(context: &Context<'_>, order: &Record) -> Vec<Value> {
    asked(
        context,
        items(get(order, "pickups")),
        items(get(order, "lines")),
    )
}

/// The items in an order's lines whose stock is tracked, each with its quantity.
fn asked(context: &Context<'_>, pickups: &[Value], lines: &[Value]) -> Vec<Value> {
    let methods = pickups.iter();
    let methods = methods.filter_map(|one| context.one("pickup_methods", &one["pickup_method_id"]));
    let locations: Vec<Value> = methods
        .map(|own| get(&own, "location_id").clone())
        .collect();
    let of_line = |line: &Value| {
        let variant = variant(context, line, OPTIONS);
        let variant = variant.map_or(Value::Null, |own| get(&own, "id").clone());
        let item = Item::sold(context, &line["product_id"], &variant, &locations)?;
        let asked = line.get("quantity").map_or(1.0, amount);
        Some(json!({
            "line": line["id"], "product_id": item.product, "variant_id": item.variant,
            "location_id": item.location, "by_variant": item.by_variant,
            "asked": whole(asked).unwrap_or_default(),
        }))
    };
    lines.iter().filter_map(of_line).collect()
}

fn item(one: &Value) -> Item {
    Item {
        product: one["product_id"].clone(),
        variant: one["variant_id"].clone(),
        location: one["location_id"].clone(),
        by_variant: one["by_variant"] == true,
    }
}

fn place(one: &Value) -> [&Value; 3] {
    ["product_id", "variant_id", "location_id"].map(|name| &one[name])
}

/// Whether both are the same line's quantity of the same item.
fn is_same(one: &Value, other: &Value) -> bool {
    one["line"] == other["line"] && place(one) == place(other)
}

/// The value of a setting for the order's channel, or else for the store.
fn setting(context: &Context<'_>, order: &Record, name: &str) -> Value {
    let all = context.all("settings/inventory", &[]);
    let of = |channel: &Value| {
        let own = all.iter().find(|own| get(own, "channel_id") == channel);
        own.map(|own| get(own, name).clone())
    };
    let own = of(get(order, "channel_id")).filter(|own| !own.is_null());
    own.or_else(|| of(&Value::Null)).unwrap_or_default()
}

fn number(value: &Value, field: &str) -> i64 {
    value[field].as_i64().unwrap_or_default()
}
