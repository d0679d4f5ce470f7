//! How orders are paid: methods, tokens of one order each, and the payments that they let through.

use std::sync::Arc;

use http::StatusCode;
use serde_json::{Value, json};

use super::fields::{get, says, text};
use super::storefront_tokens::jwt;
use super::{
    Context, Looking, Rules, Seeding, Settings, Special, Verb, Write, Written, refuse, refuse_with,
};
use crate::calls::Work;
use crate::refusal::Refusal;
use crate::secret::draw;
use crate::state::Record;

pub(super) struct Methods;
pub(super) struct AccessTokens;
pub(super) struct Payments;

const METHODS: &str = "payment_methods";
const TOKENS: &str = "payment_access_tokens";
const FILE: &str = "payments.rs";

/// The status of an order that is not complete, and the one of an order that was paid.
const INCOMPLETE: i64 = 0;
const AWAITING_FULFILLMENT: i64 = 11;

impl Rules for Methods {
    fn settings(&self) -> Settings {
        Settings {
            path: "payments/methods",
            name: METHODS,
            file: Some(FILE),
            holds: Some("payment_methods.PaymentMethod"),
            given: true,
            ..Settings::USUAL
        }
    }

    fn operations(&self) -> &'static [Special] {
        &[Special {
            id: "payment_methods_v2.list",
            file: FILE,
            answer: Some(
                |_, _, own| json!({ "code": get(own, "code"), "name": get(own, "name"), "test_mode": get(own, "test_mode") }),
            ),
            ..Special::USUAL
        }]
    }

    fn find(&self, context: &Context<'_>, _: &Record, looking: Looking<'_>) -> Option<Value> {
        let collection = match looking.field {
            "order_id" => "orders",
            "checkout_id" => "carts",
            _ => return None,
        };
        // Each order and each checkout can be paid by each of them.
        let asked = Value::from(context.asked(looking.field)?);
        Some(
            context
                .one(collection, &asked)
                .map_or(Value::Null, |_| asked),
        )
    }

    fn seed(&self, seeding: &mut Seeding<'_>) -> Result<(), Refusal> {
        let takes =
            |kind: &str| json!({ "instrument_type": kind, "verification_value_required": true });
        let card = json!({
            "id": "testgateway.card", "code": "testgateway", "name": "Test gateway", "type": "card",
            "test_mode": true, "supported_instruments": [takes("VISA"), takes("MASTERCARD")],
        });
        seeding.put("payment_methods.list", [card])
    }
}

impl Rules for AccessTokens {
    fn settings(&self) -> Settings {
        Settings {
            path: "payments/access_tokens",
            name: TOKENS,
            file: Some(FILE),
            holds: Some("payment_access_tokens.PaymentAccessToken"),
            ..Settings::USUAL
        }
    }

    fn operations(&self) -> &'static [Special] {
        &[Special {
            id: "payment_access_tokens.create",
            file: FILE,
            answer: Some(|_, _, own| json!({ "id": get(own, "token") })),
            ..Special::USUAL
        }]
    }

    fn write(&self, context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        let id = &write.body["order"]["id"];
        let Some(order) = context.one("orders", id) else {
            return refuse_with(StatusCode::NOT_FOUND, "order.id", "There is no such order");
        };
        if *get(&order, "status_id") != INCOMPLETE {
            return refuse("order.id", "The order is not incomplete");
        }
        write.set("order_id", id.clone());
        write.set("token", jwt());
        Ok(())
    }
}

impl Rules for Payments {
    fn settings(&self) -> Settings {
        Settings {
            path: "payments",
            name: "payments",
            file: Some(FILE),
            holds: Some("payments.PaymentResult"),
            ..Settings::USUAL
        }
    }

    fn operations(&self) -> &'static [Special] {
        &[Special {
            id: "payments.create",
            file: FILE,
            verb: Some(Verb::Create),
            answer: Some(|_, _, own| {
                json!({
                    "id": get(own, "transaction"), "status": get(own, "status"),
                    "transaction_type": get(own, "transaction_type"),
                })
            }),
            ..Special::USUAL
        }]
    }

    fn write(&self, context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        let Some(token) = token(context) else {
            return refuse_with(StatusCode::UNAUTHORIZED, "token", "The token pays no order");
        };
        if says(get(&token, "used")) {
            return refuse_with(
                StatusCode::UNAUTHORIZED,
                "token",
                "The token has paid already",
            );
        }
        write.set("order_id", get(&token, "order_id").clone());
        write.set("token", get(&token, "id").clone());
        write.set("transaction", draw(32));
        write.set("transaction_type", "purchase");
        write.set("status", "success");
        Ok(())
    }

    fn after(&self, work: &mut Work<'_, '_>, written: &Written) -> Result<(), Refusal> {
        let own = |field: &str| get(&written.record, field);
        work.amend(TOKENS, own("token"), json!({ "used": true }))?;
        let Some(order) = work.context().one("orders", own("order_id")) else {
            return Ok(());
        };
        let method = text(&written.body["payment"]["payment_method_id"]);
        let paid = json!({
            "status_id": AWAITING_FULFILLMENT, "payment_method": method, "payment_status": "captured",
        });
        work.amend("orders", own("order_id"), paid)?;
        let order = work
            .context()
            .one("orders", own("order_id"))
            .unwrap_or(order);
        super::orders::paid(work, &order)
    }
}

/// The token of the call, as its header has it.
fn token(context: &Context<'_>) -> Option<Arc<Record>> {
    let sent = context.header("authorization")?.strip_prefix("PAT ")?;
    context.first(TOKENS, &[("token", sent.into())])
}
