//! Tax rates: a percentage for each tax class.

use super::CLASSES_NAME;
use crate::refusal::Refusal;
use crate::rules::fields::{items, says};
use crate::rules::{Context, Rules, Settings, Write, refuse};

pub(in crate::rules) struct Rates;

const NAME: &str = "tax/rates";

impl Rules for Rates {
    fn settings(&self) -> Settings {
        Settings {
            path: NAME,
            name: NAME,
            file: Some("tax/rates.rs"),
            ..Settings::USUAL
        }
    }

    fn write(&self, context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        if !write.sent("class_rates") {
            return Ok(());
        }
        let all = items(&write.body["class_rates"]);
        if all.is_empty() {
            return refuse(
                "class_rates",
                "A tax rate has a percentage for each tax class",
            );
        }
        for (at, one) in all.iter().enumerate() {
            let class = &one["tax_class_id"];
            // 0 is the default class.
            if says(class) && context.one(CLASSES_NAME, class).is_none() {
                return refuse(&field(at), "There is no such tax class");
            }
            let mut earlier = all.iter().take(at);
            if earlier.any(|other| other["tax_class_id"] == *class) {
                return refuse(&field(at), "The tax class already has another percentage");
            }
        }
        Ok(())
    }
}

fn field(at: usize) -> String {
    format!("class_rates.{at}.tax_class_id")
}
