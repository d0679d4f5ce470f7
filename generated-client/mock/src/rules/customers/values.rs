//! The values of customers' attributes: the field has different names when read and when written.

use crate::refusal::Refusal;
use crate::rules::{Context, Rules, Settings, Write};

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
}
