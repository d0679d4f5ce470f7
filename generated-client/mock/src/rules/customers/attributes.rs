//! The attributes that customers can be given a value for, of which a store has only so many.

use crate::refusal::Refusal;
use crate::rules::{Context, Rules, Settings, Write, refuse};

pub(in crate::rules) struct Attributes;

pub(super) const NAME: &str = "customers/attributes";
/// How many a store has at most.
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
