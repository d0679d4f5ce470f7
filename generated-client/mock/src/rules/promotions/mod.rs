//! Promotions: their initial values, and which of their settings contradict each other.

mod automatic;
mod codes;
mod generate;
mod terms;

use http::StatusCode;
use serde_json::{Value, json};

use super::fields::{get, items, says, text, with};
use super::sold::{default_code, is_paid_in};
use super::{BatchRule, Context, Looking, Rules, Settings, Special, Write, refuse_with};
use crate::refusal::Refusal;
use crate::state::Record;
use crate::wanted::Wanted;

pub(super) use self::automatic::{reduce, taken_off};
pub(super) use self::codes::{Codes, redeem, uses_by};
pub(super) use self::generate::Generations;
pub(super) use self::terms::{is_met, is_on};

const FILE: &str = "promotions/mod.rs";
const PROMOTIONS: &str = "promotions";

pub(super) struct Promotions;

impl Rules for Promotions {
    fn settings(&self) -> Settings {
        Settings {
            path: PROMOTIONS,
            file: Some(FILE),
            forgives: true,
            absent: &[
                "codes",
                "coupon_type",
                "coupon_overrides_other_promotions",
                "coupon_overrides_automatic_when_offering_higher_discounts",
                "multiple_codes",
            ],
            ..Settings::USUAL
        }
    }

    fn operations(&self) -> &'static [Special] {
        &[Special {
            id: "promotions.delete_many",
            file: FILE,
            batch: Some(BatchRule::PartlyErrors(StatusCode::UNPROCESSABLE_ENTITY)),
            ..Special::USUAL
        }]
    }

    fn starts(&self, context: &Context<'_>, record: &Record) -> Value {
        let usual = json!({
            "status": "ENABLED",
            "start_date": context.now,
            "channels": [],
            "customer": {},
            "currency_code": default_code(context),
            "created_from": "api",
            "max_uses": null,
            "end_date": null,
            "shipping_address": null,
            "schedule": null,
        });
        match by_coupon(record) {
            false => usual,
            true => with(
                &usual,
                json!({ "coupon_type": "SINGLE", "coupon_overrides_other_promotions": false }),
            ),
        }
    }

    fn write(&self, context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        let own = |name: &str| get(write.record, name);
        let currency = own("currency_code");
        if write.sent("currency_code") && currency != "*" && !is_paid_in(context, currency) {
            return refuse("currency_code", "Shoppers cannot pay in this currency");
        }
        if let Some(before) = write.before
            && get(before, "coupon_type") != own("coupon_type")
        {
            return refuse("coupon_type", "It cannot be changed");
        }
        let customer = own("customer");
        if says(&customer["group_ids"]) && says(&customer["excluded_group_ids"]) {
            return refuse(
                "customer",
                "Groups can be included or excluded, but not both",
            );
        }
        let overrides = write.sent("coupon_overrides_other_promotions");
        if overrides && own("can_be_used_with_other_promotions") != false {
            let says = "It can only be set if the promotion cannot be combined with others";
            return refuse("coupon_overrides_other_promotions", says);
        }
        let rules = items(own("rules"));
        if own("currency_code") == "*" && rules.iter().any(takes_off_money) {
            return refuse(
                "currency_code",
                "A monetary amount requires a single currency",
            );
        }
        if own("redemption_type") == "" {
            return refuse("redemption_type", "It is required");
        }
        Ok(())
    }

    fn derive(&self, _: &Context<'_>, record: &mut Record) {
        let customer = json!({
            "group_ids": [], "minimum_order_count": 0, "excluded_group_ids": [], "segments": null,
        });
        let customer = with(&customer, get(record, "customer").clone());
        let rules = items(get(record, "rules")).iter();
        let rules: Vec<Value> = rules
            .map(|rule| with(&json!({ "apply_once": true, "stop": false }), rule.clone()))
            .collect();
        record.insert("customer".to_owned(), customer);
        record.insert("rules".to_owned(), rules.into());
    }

    fn kept(&self, context: &Context<'_>, record: &Record) -> Option<String> {
        let coded = codes::first(context, record).is_some();
        coded.then(|| "The promotion still has codes".to_owned())
    }

    fn show(
        &self,
        context: &Context<'_>,
        _: &Wanted,
        record: &Record,
        field: &str,
    ) -> Option<Value> {
        let coupon = by_coupon(record);
        match field {
            "codes" if get(record, "coupon_type") == "SINGLE" => codes::first(context, record),
            "multiple_codes" if coupon => {
                let several = get(record, "coupon_type") == "BULK";
                Some(json!({ "has_multiple_codes": several }))
            }
            _ => None,
        }
    }

    fn find(&self, context: &Context<'_>, record: &Record, looking: Looking<'_>) -> Option<Value> {
        match looking.parameter {
            "code" => Some(codes::all(context, record).into()),
            "query" => {
                let mut texts = codes::all(context, record);
                texts.push(get(record, "name").clone());
                Some(texts.into())
            }
            "channels" => Some(match items(get(record, "channels")) {
                // It applies to all channels, including the store's own.
                [] => {
                    let all = context.all("channels", &[]);
                    let all = all.iter().map(|one| get(one, "id").clone());
                    all.chain([json!(1)]).collect()
                }
                own => own.iter().map(|one| one["id"].clone()).collect(),
            }),
            _ => None,
        }
    }
}

/// Whether it requires a coupon code.
fn by_coupon(promotion: &Record) -> bool {
    text(get(promotion, "redemption_type")) == "COUPON"
}

/// Whether a rule has a discount of a monetary amount.
fn takes_off_money(rule: &Value) -> bool {
    let action = &rule["action"];
    let kinds = ["cart_value", "cart_items"].iter();
    let mut discounts = kinds.map(|kind| &action[*kind]["discount"]);
    discounts.any(|discount| says(&discount["fixed_amount"])) || says(&action["fixed_price_set"])
}

fn refuse<T>(field: &str, says: &str) -> Result<T, Refusal> {
    refuse_with(StatusCode::UNPROCESSABLE_ENTITY, field, says)
}
