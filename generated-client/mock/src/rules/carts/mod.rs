//! Carts: lines that grow, certificates and custom items beside them, and what it all amounts to.

mod lines;

use http::StatusCode;
use serde_json::{Value, json};

use self::lines::{each, grown, own_id, priced, shown};
use super::fields::{amount, get, items, money, or, says, sum, text, with};
use super::sold::{Options, is_kept, product, refuse_lines};
use super::{
    Context, Quirk, Rules, Settings, Special, Told, Verb, Write, Written, object, refuse,
    refuse_with,
};
use crate::refusal::Refusal;
use crate::show::Wanted;
use crate::state::Record;

pub(super) struct Carts;

const OPTIONS: Options = Options {
    list: "option_selections",
    value: "option_value",
};
/// Where a cart keeps what was asked for, and under which name bodies have it.
const LISTS: [(&str, &str); 3] = [
    ("lines", "line_items"),
    ("custom_lines", "custom_items"),
    ("certificates", "gift_certificates"),
];

impl Rules for Carts {
    fn settings(&self) -> Settings {
        Settings {
            path: "carts",
            name: "carts",
            file: Some("carts/mod.rs"),
            ..Settings::USUAL
        }
    }

    fn operations(&self) -> &'static [Special] {
        &[Special {
            id: "carts.add_items",
            file: "carts/mod.rs",
            verb: Some(Verb::Update),
            collection: Some("carts"),
            write: Some(add),
            ..Special::USUAL
        }]
    }

    fn starts(&self, context: &Context<'_>, _: &Record) -> Value {
        json!({ "locale": "en", "version": 1, "token": context.uuid() })
    }

    fn write(&self, context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        let currency = &write.body["currency"]["code"];
        if says(currency) && !is_kept(currency) {
            return refuse("currency.code", "The store does not have this currency");
        }
        take(context, write, &Record::new())?;
        write.set("line_items", json!({}));
        Ok(())
    }

    fn derive(&self, context: &Context<'_>, record: &mut Record) {
        let code = or([&get(record, "currency")["code"], &json!("USD")]);
        let lines = grown(
            items(get(record, "lines"))
                .iter()
                .map(|line| priced(context, line)),
        );
        let numbered = |line: &Value| with(line, json!({ "id": own_id(context, line) }));
        let custom: Vec<Value> = items(get(record, "custom_lines"))
            .iter()
            .map(numbered)
            .collect();
        let certificates = items(get(record, "certificates")).iter();
        let certificates: Vec<Value> = certificates.flat_map(|line| each(context, line)).collect();
        let goods = |digital: bool| -> Vec<Value> {
            let own = lines
                .iter()
                .filter(|line| says(&line["is_digital"]) == digital);
            own.map(|line| with(line, shown(line, digital))).collect()
        };
        let (physical, digital) = (goods(false), goods(true));
        let priced_custom: Vec<Value> = custom
            .iter()
            .map(|line| {
                let (price, quantity) = (amount(&line["list_price"]), amount(&line["quantity"]));
                with(
                    line,
                    json!({
                        "list_price": money(price), "extended_list_price": money(price * quantity),
                    }),
                )
            })
            .collect();
        let listed = [&physical, &digital, &priced_custom];
        let base: f64 = listed
            .iter()
            .map(|lines| sum(lines, "extended_list_price"))
            .sum();
        let base = base + sum(&certificates, "amount");
        let due = base - amount(get(record, "discount_amount"));
        record.extend(object(json!({
            "currency": { "code": code },
            "lines": lines,
            "custom_lines": custom,
            "line_items": {
                "physical_items": physical,
                "digital_items": digital,
                "gift_certificates": certificates,
                "custom_items": priced_custom,
            },
            "certificates": certificates,
            "base_amount": money(base),
            "cart_amount": money(due),
        })));
    }

    fn show(
        &self,
        context: &Context<'_>,
        _: &Wanted,
        record: &Record,
        field: &str,
    ) -> Option<Value> {
        match field {
            "redirect_urls" => {
                let (id, token) = (text(get(record, "id")), text(get(record, "token")));
                let url = |query: &str| {
                    format!(
                        "{}/cart.php?{query}&id={id}&token={token}",
                        context.setting.url
                    )
                };
                Some(json!({
                    "cart_url": url("action=load"),
                    "checkout_url": url("action=loadInCheckout"),
                    "embedded_checkout_url": url("embedded=1&action=loadInCheckout"),
                }))
            }
            "promotions" => Some(json!({ "banners": [] })),
            _ => None,
        }
    }

    fn event(&self, _: &Context<'_>, scope: &str, written: &Written) -> Told {
        if scope != "store/cart/lineItem/created" {
            return Told::Usual;
        }
        let all = |record: &Record| -> Vec<Value> {
            let lists = LISTS.iter().flat_map(|(own, _)| items(get(record, own)));
            lists.map(|line| line["id"].clone()).collect()
        };
        let before = written.before.as_deref().map(all).unwrap_or_default();
        let cart = written.key.value();
        let new = all(&written.record)
            .into_iter()
            .filter(|id| !before.contains(id));
        let told = new.map(|id| {
            let data = json!({ "type": "cart_line_item", "id": id, "cartId": cart });
            (data, json!({ "cart_id": cart, "cart_item_id": id }))
        });
        Told::Each(told.collect())
    }

    fn channel(&self, _: &Context<'_>, record: &Record) -> Option<(i64, Value)> {
        let channel = get(record, "channel_id").as_i64()?;
        Some((channel, json!({ "cart_id": get(record, "id") })))
    }

    fn quirks(&self) -> Vec<Quirk> {
        // Any of the four lists may be missing.
        vec![
            Quirk::left_out("line_items.digital_items", json!([])).every(2),
            Quirk::left_out("line_items.gift_certificates", json!([])).every(3),
        ]
    }
}

/// Puts items into a cart that is there.
fn add(context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
    let before = write.before.cloned().unwrap_or_default();
    let version = get(&before, "version");
    if write.sent("version") && write.body["version"] != *version {
        let says = "The cart was changed by somebody else";
        return refuse_with(StatusCode::CONFLICT, "version", says);
    }
    take(context, write, &before)?;
    write.set("line_items", get(&before, "line_items").clone());
    write.set("version", version.as_i64().unwrap_or_default() + 1);
    Ok(())
}

/// Takes the lines of a body beside those of a cart.
fn take(context: &Context<'_>, write: &mut Write<'_>, cart: &Record) -> Result<(), Refusal> {
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    let lines = items(&write.body["line_items"]);
    if lines.iter().any(|line| product(context, line).is_none()) {
        return refuse("line_items", "There is no such product");
    }
    refuse_lines(context, lines, OPTIONS, (status, "line_items"))?;
    for (own, sent) in LISTS {
        let mut all = items(get(cart, own)).to_vec();
        all.extend_from_slice(items(&write.body[sent]));
        write.set(own, all);
    }
    Ok(())
}
