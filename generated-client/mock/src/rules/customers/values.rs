//! The values of customers' attributes: the field has different names when read and when written.

use serde_json::Value;

use super::attributes;
use crate::refusal::Refusal;
use crate::rules::fields::{get, text};
use crate::rules::{Context, Looking, Rules, Settings, Write};
use crate::state::Record;

pub(in crate::rules) struct Values;

impl Rules for Values {
    fn settings(&self) -> Settings {
        Settings {
            path: "customers/attribute-values",
            name: super::VALUES,
            file: Some("customers/values.rs"),
            ..Settings::USUAL
        }
    }

    fn write(&self, _: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        if write.sent("value") {
            write.set("attribute_value", write.body["value"].clone());
        }
        Ok(())
    }

    fn find(&self, context: &Context<'_>, record: &Record, looking: Looking<'_>) -> Option<Value> {
        (looking.parameter == "name").then(|| {
            let asked = context.query("name").unwrap_or_default();
            let of = context.one(attributes::NAME, get(record, "attribute_id"));
            let is_it = of.is_some_and(|of| text(get(&of, "name")).eq_ignore_ascii_case(asked));
            match is_it {
                true => asked.into(),
                false => Value::Null,
            }
        })
    }
}
