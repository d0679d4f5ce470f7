//! Generating many codes at once.

use http::StatusCode;
use serde_json::{Value, json};

use super::codes::CODES;
use super::{PROMOTIONS, by_coupon, refuse};
use crate::refusal::Refusal;
use crate::rules::fields::{get, items, text};
use crate::rules::{Context, Rules, Settings, Work, Write, Written, object, refuse_with};

/// The characters of codes.
const SIGNS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

pub(in crate::rules) struct Generations;

impl Rules for Generations {
    fn settings(&self) -> Settings {
        Settings {
            path: "promotions/codegen",
            name: "code_generations",
            file: Some("promotions/generate.rs"),
            holds: Some("promotions.GeneratedCodes"),
            ..Settings::USUAL
        }
    }

    fn write(&self, context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        let promotion = context.in_path(PROMOTIONS, "promotion_id")?;
        if !by_coupon(&promotion) || get(&promotion, "coupon_type") != "BULK" {
            let says = "Codes can only be generated for bulk coupon promotions";
            return refuse_with(StatusCode::METHOD_NOT_ALLOWED, "coupon_type", says);
        }
        let excluded = items(&write.body["exclude_characters"]);
        let signs: Vec<char> = SIGNS
            .chars()
            .filter(|sign| !excluded.iter().any(|one| text(one).contains(*sign)))
            .collect();
        if signs.is_empty() {
            return refuse(
                "exclude_characters",
                "They leave no characters to choose from",
            );
        }
        let count = write.body["batch_size"].as_u64().unwrap_or_default();
        let codes = (0..count).map(|_| json!({ "code": drawn(context, write.body, &signs) }));
        let codes: Vec<Value> = codes.collect();
        write.set("codes", codes);
        write.set("created", context.now.as_str());
        for limit in ["max_uses", "max_uses_per_customer"] {
            let most = write.body.get(limit).cloned();
            write.set(limit, most.unwrap_or_else(|| json!(1)));
        }
        Ok(())
    }

    fn after(&self, work: &mut Work<'_, '_>, written: &Written) -> Result<(), Refusal> {
        let own = |name: &str| get(&written.record, name);
        for code in items(own("codes")) {
            let code = json!({
                "promotion_id": own("promotion_id"),
                "code": code["code"],
                "max_uses": own("max_uses"),
                "max_uses_per_customer": own("max_uses_per_customer"),
            });
            work.make(CODES, object(code))?;
        }
        Ok(())
    }
}

/// A code in the requested format.
fn drawn(context: &Context<'_>, body: &Value, signs: &[char]) -> String {
    let length = body["code_length"].as_u64().unwrap_or(16);
    let length = usize::try_from(length).unwrap_or(16);
    let mut bytes = Vec::new();
    while bytes.len() < length {
        // The version digits of a UUID are always in the same place.
        let uuid = text(&context.uuid()).replace('-', "");
        let pairs = uuid.as_bytes().chunks(2).take(6);
        let pairs = pairs.filter_map(|pair| std::str::from_utf8(pair).ok());
        bytes.extend(pairs.filter_map(|pair| usize::from_str_radix(pair, 16).ok()));
    }
    let drawn = bytes.into_iter().take(length);
    let drawn: String = drawn
        .filter_map(|byte| signs.get(byte % signs.len()))
        .collect();
    let (prefix, suffix) = (text(&body["prefix"]), text(&body["suffix"]));
    let parts = [prefix, &drawn, suffix];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(text(&body["delimiter"]))
}
