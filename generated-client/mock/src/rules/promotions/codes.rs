//! Coupon codes: what their use changes about a promotion.

use serde_json::{Value, json};

use super::{PROMOTIONS, by_coupon};
use crate::refusal::Refusal;
use crate::rules::fields::{get, items, or, with};
use crate::rules::{Context, Rules, Settings, Work, Write, Written, refuse};
use crate::state::Record;

pub(super) const CODES: &str = "coupon_codes";
/// Where a coupon or a code stores how often each customer has used it.
const USED_BY: &str = "used_by";

pub(in crate::rules) struct Codes;

impl Rules for Codes {
    fn settings(&self) -> Settings {
        Settings {
            path: "promotions/codes",
            name: CODES,
            file: Some("promotions/codes.rs"),
            refers: &[("promotion_id", PROMOTIONS)],
            forgives: true,
            ..Settings::USUAL
        }
    }

    fn starts(&self, context: &Context<'_>, _: &Record) -> Value {
        json!({ "created": context.now })
    }

    fn write(&self, context: &Context<'_>, _: &mut Write<'_>) -> Result<(), Refusal> {
        match by_coupon(&*context.in_path(PROMOTIONS, "promotion_id")?) {
            true => Ok(()),
            false => refuse("promotion_id", "The promotion does not accept coupon codes"),
        }
    }
}

/// The codes of a promotion.
pub(super) fn all(context: &Context<'_>, promotion: &Record) -> Vec<Value> {
    let codes = context.all(CODES, &of(promotion));
    codes.iter().map(|own| get(own, "code").clone()).collect()
}

/// The first code of a promotion.
pub(super) fn first(context: &Context<'_>, promotion: &Record) -> Option<Value> {
    let first = context.first(CODES, &of(promotion))?;
    Some(Value::Object(Record::clone(&first)))
}

/// What the codes of a promotion have in common.
fn of(promotion: &Record) -> [(&'static str, Value); 1] {
    [("promotion_id", get(promotion, "id").clone())]
}

/// Counts the use of a new order's coupon codes and of the automatic promotions that reduced it.
pub(in crate::rules) fn redeem(work: &mut Work<'_, '_>, order: &Written) -> Result<(), Refusal> {
    let cart = get(&order.record, "cart_id");
    let cart = work.context().one("carts", cart);
    let Some(cart) = cart.filter(|_| order.before.is_none()) else {
        return Ok(());
    };
    let customer = get(&order.record, "customer_id");
    for coupon in items(get(&cart, "coupons")) {
        use_up(work, &coupon["code"], customer)?;
    }
    let mut automatic = items(get(&cart, "promoted")).iter();
    automatic.try_for_each(|promotion| use_once(work, promotion))
}

/// How often a customer has used a coupon or a code; 0 if never.
pub(in crate::rules) fn uses_by(coupon: &Record, customer: &Value) -> Value {
    let own = &get(coupon, USED_BY)[customer.to_string().as_str()];
    or([own, &json!(0)])
}

/// The uses of a coupon or a code by customer, after this customer has used it once more.
fn used_by(coupon: &Record, customer: &Value) -> Value {
    let used = uses_by(coupon, customer).as_i64().unwrap_or_default() + 1;
    with(get(coupon, USED_BY), json!({ customer.to_string(): used }))
}

/// Counts the use of a V2 coupon or of a code.
fn use_up(work: &mut Work<'_, '_>, code: &Value, customer: &Value) -> Result<(), Refusal> {
    let coupon = work.context().first("coupons", &[("code", code.clone())]);
    if let Some(coupon) = coupon {
        let used = get(&coupon, "num_uses").as_i64().unwrap_or_default() + 1;
        let used = json!({ "num_uses": used, USED_BY: used_by(&coupon, customer) });
        return work.amend("coupons", get(&coupon, "id"), used);
    }
    let Some(own) = work.context().first(CODES, &[("code", code.clone())]) else {
        return Ok(());
    };
    let used = json!({ "current_uses": used_once_more(&own), USED_BY: used_by(&own, customer) });
    work.amend(CODES, get(&own, "id"), used)?;
    use_once(work, get(&own, "promotion_id"))
}

/// Counts the use of a promotion. One that has reached its maximum number of uses is disabled; V2 coupons are not.
fn use_once(work: &mut Work<'_, '_>, id: &Value) -> Result<(), Refusal> {
    let Some(promotion) = work.context().one(PROMOTIONS, id) else {
        return Ok(());
    };
    let used = used_once_more(&promotion);
    let most = get(&promotion, "max_uses").as_i64();
    let mut changes = json!({ "current_uses": used });
    if most.is_some_and(|most| used >= most) {
        changes["status"] = "DISABLED".into();
    }
    work.amend(PROMOTIONS, id, changes)
}

/// The number of uses after one more.
fn used_once_more(record: &Record) -> i64 {
    get(record, "current_uses").as_i64().unwrap_or_default() + 1
}
