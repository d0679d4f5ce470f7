//! Options and modifiers of products. Their values are separate records, written and returned along
//! with them.

use std::sync::Arc;

use serde_json::{Value, json};

use super::fields::{get, items, says, text, with, without};
use super::pictures::ENDINGS;
use super::{Context, Rules, Settings, Special, Verb, Work, Write, Written, object, refuse};
use crate::refusal::Refusal;
use crate::state::Record;
use crate::values::plain;
use crate::wanted::Wanted;

pub(super) struct Options;
pub(super) struct OptionValues;
pub(super) struct Modifiers;
pub(super) struct ModifierValues;

/// Options or modifiers.
#[derive(Clone, Copy)]
pub(super) struct Kind {
    /// The collection of the options or modifiers.
    pub(super) all: &'static str,
    /// The collection of their values.
    pub(super) values: &'static str,
    /// The field of a value that refers to its option or modifier.
    pub(super) id: &'static str,
}

pub(super) const OPTIONS: Kind = Kind {
    all: "product_options",
    values: "product_option_values",
    id: "option_id",
};
pub(super) const MODIFIERS: Kind = Kind {
    all: "product_modifiers",
    values: "product_modifier_values",
    id: "modifier_id",
};

/// The maximum number of values.
const MOST: usize = 250;
const TOO_MANY: &str = "An option can have at most 250 values";

impl Kind {
    /// The options or modifiers of a product, each with its values.
    pub(super) fn of(self, context: &Context<'_>, product: &Value) -> Vec<Value> {
        let all = self.bare(context, product);
        let whole = all.iter().map(|choice| {
            let values = self.values_of(context, get(choice, "id"));
            with(
                &Value::Object((**choice).clone()),
                json!({ "option_values": values }),
            )
        });
        whole.collect()
    }

    /// The same without the values, of which there may be many.
    pub(super) fn bare(self, context: &Context<'_>, product: &Value) -> Vec<Arc<Record>> {
        let mut all = context.all(self.all, &[("product_id", product.clone())]);
        all.sort_by_key(|choice| get(choice, "sort_order").as_i64());
        all
    }

    /// The value with this id, if it belongs to one of these options or modifiers.
    pub(super) fn value(
        self,
        context: &Context<'_>,
        choices: &[Arc<Record>],
        id: &Value,
    ) -> Option<Arc<Record>> {
        let value = context.one(self.values, id)?;
        let is_own = choices.iter().any(|choice| self.owns(choice, &value));
        (is_own && get(&value, "id") == id).then_some(value)
    }

    /// The value with this label.
    pub(super) fn labelled(
        self,
        context: &Context<'_>,
        choice: &Record,
        label: &str,
    ) -> Option<Arc<Record>> {
        let all = context.all(self.values, &[(self.id, get(choice, "id").clone())]);
        let all = all.into_iter();
        let labelled = all.filter(|value| text(get(value, "label")) == label);
        labelled.min_by_key(|value| get(value, "sort_order").as_i64())
    }

    /// Whether a value belongs to an option or modifier.
    pub(super) fn owns(self, choice: &Record, value: &Record) -> bool {
        plain(get(choice, "id")) == plain(get(value, self.id))
    }

    /// The values, in the order in which shoppers see them.
    fn values_of(self, context: &Context<'_>, choice: &Value) -> Vec<Value> {
        let mut all = context.all(self.values, &[(self.id, choice.clone())]);
        all.sort_by_key(|value| get(value, "sort_order").as_i64());
        let all = all.iter().map(|value| Value::Object((**value).clone()));
        all.collect()
    }

    fn write(self, context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        let product = context.parameter("product_id")?.value();
        write.set("product_id", product);
        let values = items(&write.body["option_values"]);
        if values.len() > MOST {
            return refuse("option_values", TOO_MANY);
        }
        let own = match write.before {
            Some(before) => self.values_of(context, get(before, "id")),
            None => Vec::new(),
        };
        let mut named = values.iter().filter(|value| says(&value["id"]));
        if !named.all(|value| own.iter().any(|own| own["id"] == value["id"])) {
            return refuse("option_values", "There is no such value");
        }
        // They are separate records.
        write.set("option_values", json!([]));
        Ok(())
    }

    fn after(self, work: &mut Work<'_, '_>, written: &Written) -> Result<(), Refusal> {
        let choice = &written.record;
        for value in items(&written.body["option_values"]) {
            if says(&value["id"]) {
                work.amend(self.values, &value["id"], without(value, &["id"]))?;
            } else {
                self.add(work, choice, value)?;
            }
        }
        Ok(())
    }

    /// Adds a value, unless there are as many as possible.
    pub(super) fn add(
        self,
        work: &mut Work<'_, '_>,
        choice: &Record,
        value: &Value,
    ) -> Result<(), Refusal> {
        let own = [(self.id, get(choice, "id").clone())];
        if work.context().all(self.values, &own).len() >= MOST {
            return refuse("option_values", TOO_MANY);
        }
        let above = json!({
            "product_id": get(choice, "product_id"), self.id: get(choice, "id"),
        });
        work.make(self.values, object(with(value, above))).map(drop)
    }

    fn show(self, context: &Context<'_>, record: &Record, field: &str) -> Option<Value> {
        (field == "option_values").then(|| self.values_of(context, get(record, "id")).into())
    }
}

/// A name that no other option or modifier has.
fn name(record: &Record) -> Value {
    let (shown, product) = (get(record, "display_name"), get(record, "product_id"));
    format!("{}{product}", text(shown)).into()
}

impl Rules for Options {
    fn settings(&self) -> Settings {
        Settings {
            path: "catalog/products/options",
            name: OPTIONS.all,
            file: Some("choices.rs"),
            first: 110,
            absent: &["image_url"],
            ..Settings::USUAL
        }
    }

    fn starts(&self, _: &Context<'_>, record: &Record) -> Value {
        json!({ "name": name(record), "config": {} })
    }

    fn write(&self, context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        OPTIONS.write(context, write)
    }

    fn after(&self, work: &mut Work<'_, '_>, written: &Written) -> Result<(), Refusal> {
        OPTIONS.after(work, written)
    }

    fn show(
        &self,
        context: &Context<'_>,
        _: &Wanted,
        record: &Record,
        field: &str,
    ) -> Option<Value> {
        OPTIONS.show(context, record, field)
    }
}

impl Rules for OptionValues {
    fn settings(&self) -> Settings {
        Settings {
            path: "catalog/products/options/values",
            name: OPTIONS.values,
            file: Some("choices.rs"),
            first: 95,
            ..Settings::USUAL
        }
    }

    fn starts(&self, _: &Context<'_>, _: &Record) -> Value {
        json!({ "value_data": null })
    }

    fn write(&self, context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        OPTIONS.room(context, write)
    }
}

impl Rules for Modifiers {
    fn settings(&self) -> Settings {
        Settings {
            path: "catalog/products/modifiers",
            name: MODIFIERS.all,
            file: Some("choices.rs"),
            first: 210,
            ..Settings::USUAL
        }
    }

    fn starts(&self, _: &Context<'_>, record: &Record) -> Value {
        json!({ "name": name(record), "config": {} })
    }

    fn write(&self, context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        let is_box = write.before.is_none() && text(get(write.record, "type")) == "checkbox";
        if is_box && says(&write.body["option_values"]) {
            let says =
                "The store creates the two values of a new checkbox; change them in a second call";
            return refuse("option_values", says);
        }
        MODIFIERS.write(context, write)
    }

    fn after(&self, work: &mut Work<'_, '_>, written: &Written) -> Result<(), Refusal> {
        let is_new = written.before.is_none();
        if is_new && text(get(&written.record, "type")) == "checkbox" {
            // A new checkbox has its two values, which a second call changes.
            for (at, (label, checked)) in [("Yes", true), ("No", false)].into_iter().enumerate() {
                let value = json!({
                    "label": label, "sort_order": at, "value_data": { "checked_value": checked },
                });
                MODIFIERS.add(work, &written.record, &value)?;
            }
            return Ok(());
        }
        MODIFIERS.after(work, written)
    }

    fn show(
        &self,
        context: &Context<'_>,
        _: &Wanted,
        record: &Record,
        field: &str,
    ) -> Option<Value> {
        MODIFIERS.show(context, record, field)
    }
}

impl Rules for ModifierValues {
    fn settings(&self) -> Settings {
        Settings {
            path: "catalog/products/modifiers/values",
            name: MODIFIERS.values,
            file: Some("choices.rs"),
            first: 180,
            ..Settings::USUAL
        }
    }

    fn operations(&self) -> &'static [Special] {
        &[Special {
            id: "product_modifier_values.create_image",
            file: "choices.rs",
            verb: Some(Verb::Update),
            collection: Some(MODIFIERS.values),
            endings: ENDINGS,
            write: Some(picture),
            answer: Some(pictured),
            ..Special::USUAL
        }]
    }

    fn starts(&self, _: &Context<'_>, _: &Record) -> Value {
        json!({ "value_data": null })
    }

    fn write(&self, context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        MODIFIERS.room(context, write)
    }

    fn derive(&self, _: &Context<'_>, record: &mut Record) {
        let usual = json!({
            "price": {}, "weight": {}, "image_url": "",
            "purchasing_disabled": { "status": false, "message": "" },
        });
        let adjusters = with(&usual, get(record, "adjusters").clone());
        let modifier = get(record, MODIFIERS.id).clone();
        record.insert("adjusters".to_owned(), adjusters);
        record.insert("option_id".to_owned(), modifier);
    }
}

impl Kind {
    /// Rejects a value beyond the maximum number.
    fn room(self, context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        let choice = context.parameter(self.id)?.value();
        let own = [(self.id, choice)];
        if write.before.is_none() && context.all(self.values, &own).len() >= MOST {
            return refuse("option_values", TOO_MANY);
        }
        Ok(())
    }
}

/// Stores the URL of an uploaded file in the adjusters of a value.
fn picture(context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
    let file = text(&write.body["image_file"]);
    let url = format!("{}/files/{file}", context.setting.url);
    let adjusters = with(get(write.record, "adjusters"), json!({ "image_url": url }));
    write.set("adjusters", adjusters);
    Ok(())
}

fn pictured(_: &Context<'_>, _: &Wanted, record: &Record) -> Value {
    json!({ "image_url": get(record, "adjusters")["image_url"] })
}
