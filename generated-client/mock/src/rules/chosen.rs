//! What was chosen for the modifiers of a line, in addition to its variant. How a choice adjusts the price and the
//! weight is not computed.

use std::sync::Arc;

use serde_json::{Value, json};

use super::Context;
use super::choices::{MODIFIERS, OPTIONS};
use super::fields::{get, items};
use crate::state::Record;
use crate::values::plain;

/// How a line refers to its options and modifiers.
#[derive(Clone, Copy)]
pub(super) struct Options {
    /// The array of them.
    pub(super) list: &'static str,
    /// The field with the id of the option or the modifier.
    pub(super) id: &'static str,
    /// The field with the id of the selected value, or with what was entered.
    pub(super) value: &'static str,
}

/// A choice for a modifier.
pub(super) struct Chosen {
    pub(super) modifier: Arc<Record>,
    /// The selected value; `None` if something was entered.
    value: Option<Arc<Record>>,
    /// The choice as it was sent.
    pub(super) sent: Value,
}

impl Chosen {
    /// The choice as the shopper sees it.
    pub(super) fn label(&self) -> String {
        let label = self.value.as_ref().map(|value| get(value, "label"));
        plain(label.unwrap_or(&self.sent))
    }

    /// The choice in the format of a cart. What was entered has no id.
    pub(super) fn in_cart(&self) -> Value {
        let modifier = &self.modifier;
        let mut shown = json!({
            "name": get(modifier, "display_name"), "nameId": get(modifier, "id"), "value": self.label(),
        });
        if let Some(value) = &self.value {
            shown["valueId"] = get(value, "id").clone();
        }
        shown
    }

    /// Whether this is the choice in an array of a line.
    fn is(&self, one: &Value, options: Options) -> bool {
        is_same(get(&self.modifier, "id"), &one[options.id]) && self.sent == one[options.value]
    }
}

/// The choices for modifiers of the product, in the order in which they were sent.
pub(super) fn modified(context: &Context<'_>, line: &Value, options: Options) -> Vec<Chosen> {
    let sent = items(&line[options.list]);
    if sent.is_empty() {
        return Vec::new();
    }
    let own = OPTIONS.bare(context, &line["product_id"]);
    let modifiers = MODIFIERS.bare(context, &line["product_id"]);
    let found = sent.iter().filter_map(|one| {
        let mut modifiers = modifiers.iter();
        let modifier = modifiers.find(|modifier| is_same(get(modifier, "id"), &one[options.id]))?;
        // An option of the product may have the same id as the modifier.
        let mut same = own
            .iter()
            .filter(|option| is_same(get(option, "id"), &one[options.id]));
        let of_option = context.one(OPTIONS.values, &one[options.value]);
        if of_option.is_some_and(|value| same.any(|option| OPTIONS.owns(option, &value))) {
            return None;
        }
        let value = context.one(MODIFIERS.values, &one[options.value]);
        Some(Chosen {
            modifier: Arc::clone(modifier),
            value: value.filter(|value| MODIFIERS.owns(modifier, value)),
            sent: one[options.value].clone(),
        })
    });
    found.collect()
}

/// The choices that select the variant.
pub(super) fn of_variant<'a>(
    context: &Context<'_>,
    line: &'a Value,
    options: Options,
) -> Vec<&'a Value> {
    let modified = modified(context, line, options);
    let sent = items(&line[options.list]).iter();
    let own = sent.filter(|one| !modified.iter().any(|chosen| chosen.is(one, options)));
    own.collect()
}

/// Whether two ids are the same. V2 spells them as strings.
fn is_same(one: &Value, other: &Value) -> bool {
    plain(one) == plain(other)
}
