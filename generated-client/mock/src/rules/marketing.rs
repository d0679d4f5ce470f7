//! V2 coupons, banners and gift certificates: their initial values.

use http::StatusCode;
use serde_json::{Value, json};

use super::fields::{get, says, text, with};
use super::sold::{default_code, is_kept};
use super::{Context, Looking, Rules, Settings, Special, Write, object, refuse_with};
use crate::refusal::Refusal;
use crate::state::Record;
use crate::values::unix;
use crate::wanted::Wanted;

const FILE: &str = "marketing.rs";
/// The types of coupons.
const TYPES: [&str; 6] = [
    "per_item_discount",
    "per_total_discount",
    "shipping_discount",
    "free_shipping",
    "percentage_discount",
    "promotion",
];

pub(super) struct Coupons;
pub(super) struct Banners;
pub(super) struct GiftCertificates;

impl Rules for Coupons {
    fn settings(&self) -> Settings {
        Settings {
            path: "coupons",
            file: Some(FILE),
            ..Settings::USUAL
        }
    }

    fn starts(&self, _: &Context<'_>, _: &Record) -> Value {
        json!({ "enabled": true, "restricted_to": {}, "shipping_methods": [] })
    }

    /// `applies_to` is lost unless it is sent again.
    fn write(&self, _: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        if write.body["type"] == "promotion" {
            return bad(
                "type",
                "Coupons of promotions are created with the promotion",
            );
        }
        if !write.sent("applies_to") {
            write.set("applies_to", json!({ "entity": "", "ids": [] }));
        }
        Ok(())
    }

    fn find(&self, _: &Context<'_>, record: &Record, looking: Looking<'_>) -> Option<Value> {
        let own = text(get(record, "type"));
        (looking.parameter == "exclude_type").then(|| {
            let others = TYPES.iter().filter(|other| **other != own);
            others.copied().map(Value::from).collect()
        })
    }
}

impl Rules for Banners {
    fn settings(&self) -> Settings {
        Settings {
            path: "banners",
            file: Some(FILE),
            ..Settings::USUAL
        }
    }

    fn starts(&self, _: &Context<'_>, _: &Record) -> Value {
        json!({ "item_id": "0", "date_from": "0", "date_to": "0", "visible": "1" })
    }
}

impl Rules for GiftCertificates {
    fn settings(&self) -> Settings {
        Settings {
            path: "gift_certificates",
            file: Some(FILE),
            ..Settings::USUAL
        }
    }

    fn operations(&self) -> &'static [Special] {
        &[Special {
            id: "gift_certificates.update",
            file: FILE,
            optional: &["balance", "code"],
            ..Special::USUAL
        }]
    }

    fn starts(&self, context: &Context<'_>, record: &Record) -> Value {
        let more = json!({ "status": "active", "template": "general.html" });
        with(&unless_given(context, record), more)
    }

    /// Fields that are not sent get new values, even for an existing certificate.
    fn write(&self, context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        if write.before.is_some() {
            for (name, value) in object(unless_given(context, write.record)) {
                if !write.sent(&name) {
                    write.set(&name, value);
                }
            }
        }
        let currency = get(write.record, "currency_code");
        if says(currency) && !is_kept(context, currency) {
            return bad("currency_code", "The store does not have this currency");
        }
        // Longer values are truncated.
        let code: String = text(get(write.record, "code")).chars().take(20).collect();
        write.set("code", code);
        Ok(())
    }

    fn show(&self, _: &Context<'_>, _: &Wanted, record: &Record, field: &str) -> Option<Value> {
        if !matches!(field, "purchase_date" | "expiry_date") {
            return None;
        }
        let seconds = unix(text(get(record, field))).unwrap_or_default();
        Some(seconds.to_string().into())
    }
}

/// The values of a certificate's fields that are not sent.
fn unless_given(context: &Context<'_>, record: &Record) -> Value {
    let code = text(&context.uuid()).replace('-', "").to_uppercase();
    json!({
        "code": code,
        "balance": get(record, "amount"),
        "currency_code": default_code(context),
        "purchase_date": context.now,
    })
}

fn bad<T>(field: &str, says: &str) -> Result<T, Refusal> {
    refuse_with(StatusCode::BAD_REQUEST, field, says)
}
