//! Customer attributes, of which a store has a limited number.

use crate::refusal::Refusal;
use crate::rules::{Context, Rules, Settings, Write, refuse};

pub(in crate::rules) struct Attributes;

pub(super) const NAME: &str = "customers/attributes";
/// The maximum number of attributes of a store.
const MOST: usize = 50;

impl Rules for Attributes {
    fn settings(&self) -> Settings {
        Settings {
            path: NAME,
            name: NAME,
            file: Some("customers/attributes.rs"),
            ..Settings::USUAL
        }
    }

    fn write(&self, context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        match write.before.is_none() && context.all(NAME, &[]).len() >= MOST {
            true => refuse("name", "A store has at most 50 customer attributes"),
            false => Ok(()),
        }
    }
}
