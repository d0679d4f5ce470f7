//! How orders are paid: methods, single-order tokens, and the payments that they allow.

use std::sync::Arc;

use http::StatusCode;
use serde_json::{Value, json};

use super::fields::{amount, get, items, money, says, text};
use super::orders::{
    Changed, cents, channel_of, is_sold_out, moved, paid, paid_with, settle, stock_told, transacted,
};
use super::storefront_tokens::jwt;
use super::{
    Context, Looking, Rules, Seeding, Settings, Special, Told, Verb, Work, Write, Written, object,
    refuse, refuse_with,
};
use crate::refusal::Refusal;
use crate::state::{Key, Record};
use crate::values::unix;

pub(super) struct Methods;
pub(super) struct AccessTokens;
pub(super) struct Payments;

const METHODS: &str = "payment_methods";
const TOKENS: &str = "payment_access_tokens";
const FILE: &str = "payments.rs";
/// The parameters that select payment methods, and the collections they refer to.
const OF: [(&str, &str); 2] = [("order_id", "orders"), ("checkout_id", "carts")];

/// The statuses of incomplete, partially paid and paid orders.
const INCOMPLETE: i64 = 0;
const PENDING: i64 = 1;
const AWAITING_FULFILLMENT: i64 = 11;
/// The lifetime of a token, in seconds.
const GOOD_FOR: i64 = 3600;
/// The payment type of gateways, and the other ones of a store.
const CARD: &str = "card";
const CERTIFICATE: &str = "gift_certificate";
const CREDIT: &str = "store_credit";

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
        &[
            Special {
                id: "payment_methods.list",
                file: FILE,
                asks: Some(|context| {
                    for (parameter, collection) in OF {
                        if let Some(asked) = context.query(parameter).map(Key::of)
                            && context.one(collection, &asked.value()).is_none()
                        {
                            return Err(Refusal::not_found(&asked));
                        }
                    }
                    Ok(())
                }),
                ..Special::USUAL
            },
            Special {
                id: "payment_methods_v2.list",
                file: FILE,
                answer: Some(
                    |_, _, own| json!({ "code": get(own, "code"), "name": get(own, "name"), "test_mode": get(own, "test_mode") }),
                ),
                // The V2 call only returns gateways.
                among: Some(|_, own| (*get(own, "type") == CARD).then_some(Value::from(0))),
                ..Special::USUAL
            },
        ]
    }

    fn find(&self, context: &Context<'_>, _: &Record, looking: Looking<'_>) -> Option<Value> {
        // Every order and every checkout can be paid with each of them.
        let mut of = OF.iter();
        of.find(|(parameter, _)| *parameter == looking.field)?;
        context.query(looking.field).map(Value::from)
    }

    fn seed(&self, seeding: &mut Seeding<'_>) -> Result<(), Refusal> {
        let takes =
            |kind: &str| json!({ "instrument_type": kind, "verification_value_required": true });
        let card = json!({
            "id": "stripe.card", "code": "stripe", "name": "Stripe", "type": CARD,
            "test_mode": true, "supported_instruments": [takes("VISA"), takes("MASTERCARD")],
        });
        let own = [(CERTIFICATE, "Gift certificate"), (CREDIT, "Store credit")];
        let own = own.map(|(kind, name)| {
            json!({ "id": format!("bigcommerce.{kind}"), "name": name, "type": kind })
        });
        seeding.put("payment_methods.list", own.into_iter().chain([card]))
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
            return refuse("order.id", "The order does not have the status Incomplete");
        }
        write.set("order_id", id.clone());
        write.set("token", jwt());
        write.set("made", unix(&context.now));
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
        let unauthorized = |says: &str| refuse_with(StatusCode::UNAUTHORIZED, "token", says);
        let Some(token) = token(context) else {
            return unauthorized("The token is not for any order");
        };
        let until = get(&token, "made").as_i64().unwrap_or_default() + GOOD_FOR;
        if says(get(&token, "used")) || unix(&context.now).is_none_or(|now| now > until) {
            return unauthorized("The token has already been used or has expired");
        }
        let Some(order) = context.one("orders", get(&token, "order_id")) else {
            return refuse("order", "Order could not be found");
        };
        let before = paid(context, get(&order, "id"));
        let left = amount(get(&order, "total_inc_tax")) - before;
        let is_open = match get(&order, "status_id").as_i64() {
            Some(INCOMPLETE) => true,
            Some(PENDING) => cents(before) > 0,
            _ => false,
        };
        // Another token has paid it, or its status was changed.
        if !is_open {
            return refuse("order", "The order does not have the status Incomplete");
        }
        // The first payment takes the last item in stock.
        if is_sold_out(context, &order) {
            return refuse("order", "A product of the order is out of stock");
        }
        let funds = Funds::of(context, &order, &write.body["payment"])?;
        let sum = funds.hold.map_or(left, |hold| hold.min(left));
        write.set("order_id", get(&order, "id").clone());
        write.set("status_before", get(&order, "status_id").clone());
        write.set("token", get(&token, "id").clone());
        write.set("amount", money(sum));
        write.set("method", funds.method);
        write.set("funds", funds.id);
        write.set(
            "left",
            funds.hold.map_or(Value::Null, |hold| money(hold - sum)),
        );
        write.set("transaction", context.uuid());
        write.set("transaction_type", "purchase");
        write.set("status", "success");
        Ok(())
    }

    fn after(&self, work: &mut Work<'_, '_>, written: &Written) -> Result<(), Refusal> {
        let own = |field: &str| get(&written.record, field);
        let Some(order) = work.context().one("orders", own("order_id")) else {
            return Ok(());
        };
        let method = text(&written.body["payment"]["payment_method_id"]);
        let how = text(own("method"));
        let of_payment = paid_with(&order, own("amount"), (how, method));
        work.make("transactions", object(of_payment))?;
        let spent = |name: &str| money(amount(get(&order, name)) + amount(own("amount")));
        match how {
            CERTIFICATE => {
                let left = json!({ "balance": own("left") });
                work.amend("gift_certificates", own("funds"), left)?;
                let spent = json!({ "gift_certificate_amount": spent("gift_certificate_amount") });
                work.amend("orders", own("order_id"), spent)?;
            }
            CREDIT => {
                let left = json!({ "store_credit_amounts": [{ "amount": own("left") }] });
                work.amend("customers", own("funds"), left)?;
                let spent = json!({ "store_credit_amount": spent("store_credit_amount") });
                work.amend("orders", own("order_id"), spent)?;
            }
            _ => {}
        }
        let total = amount(get(&order, "total_inc_tax"));
        let is_paid = cents(paid(work.context(), own("order_id"))) >= cents(total);
        let (status, payment) = match is_paid {
            true => (AWAITING_FULFILLMENT, "captured"),
            false => (PENDING, ""),
        };
        let told =
            json!({ "status_id": status, "payment_method": method, "payment_status": payment });
        work.amend("orders", own("order_id"), told)?;
        settle(work, own("order_id"), Changed::STATUS)?;
        work.amend(TOKENS, own("token"), json!({ "used": is_paid }))?;
        // The cart of an order exists until the order is paid.
        let cart = get(&order, "cart_id");
        if !is_paid || work.context().one("carts", cart).is_none() {
            return Ok(());
        }
        let converted = json!({ "cart_id": cart });
        work.amend("payments", &written.key.value(), converted)?;
        work.remove("carts", cart)
    }

    fn channel(&self, context: &Context<'_>, record: &Record) -> Option<(i64, Value)> {
        channel_of(context, get(record, "order_id"))
    }

    fn event(&self, context: &Context<'_>, scope: &str, written: &Written) -> Told {
        let order = get(&written.record, "order_id");
        if let Some(told) = stock_told(context, scope, order) {
            return told;
        }
        match scope {
            "store/cart/converted" => match get(&written.record, "cart_id") {
                Value::Null => Told::Nothing,
                cart => {
                    let data = json!({ "type": "cart", "id": cart, "orderId": order });
                    Told::Each(vec![(data, json!({ "cart_id": cart }))])
                }
            },
            "store/order/transaction/created" => transacted(context, order),
            "store/order/statusUpdated" => {
                moved(context, order, get(&written.record, "status_before"))
            }
            _ => Told::Data(json!({ "type": "order", "id": order })),
        }
    }
}

/// A way to pay an order.
struct Funds {
    /// Its name in transactions.
    method: &'static str,
    /// Its balance; `None` for a gateway, which charges whatever remains to be paid.
    hold: Option<f64>,
    /// The gift certificate, or the customer with store credit.
    id: Value,
}

impl Funds {
    fn of(context: &Context<'_>, order: &Record, payment: &Value) -> Result<Self, Refusal> {
        let instrument = &payment["instrument"];
        let asked = &payment["payment_method_id"];
        let (method, found, hold) = match text(&instrument["type"]) {
            CERTIFICATE => {
                let code = instrument["gift_certificate_code"].clone();
                let like = [("code", code), ("status", "active".into())];
                let found = context.first("gift_certificates", &like);
                let balance = found.as_deref().map(|own| amount(get(own, "balance")));
                (CERTIFICATE, found, Some(balance.unwrap_or_default()))
            }
            CREDIT => {
                let found = context.one("customers", get(order, "customer_id"));
                let own = found.as_deref().map(|own| get(own, "store_credit_amounts"));
                let credit = own
                    .and_then(|own| items(own).first())
                    .map(|it| amount(&it["amount"]));
                (CREDIT, found, Some(credit.unwrap_or_default()))
            }
            _ => ("credit_card", None, None),
        };
        let kind = if hold.is_some() { method } else { CARD };
        if context
            .one(METHODS, asked)
            .is_none_or(|own| *get(&own, "type") != kind)
        {
            let says = "Merchant payment configuration could not be found";
            return refuse("payment.payment_method_id", says);
        }
        if hold.is_some_and(|hold| cents(hold) < 1) {
            return refuse("payment.instrument", "There is nothing left to pay with");
        }
        let id = found.map_or(Value::Null, |found| get(&found, "id").clone());
        Ok(Self { method, hold, id })
    }
}

/// The token in the call's header.
fn token(context: &Context<'_>) -> Option<Arc<Record>> {
    let sent = context.header("authorization")?.strip_prefix("PAT ")?;
    context.first(TOKENS, &[("token", sent.into())])
}
