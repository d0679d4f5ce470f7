//! The values that customers and their addresses have for the merchant's own form fields: read with the customer or
//! the address and by calls of their own, from one place.

use serde_json::{Value, json};

use crate::refusal::Refusal;
use crate::rules::fields::{get, items, text};
use crate::rules::{Context, Looking, Rules, Settings, Work, Write, object};
use crate::state::Record;

pub(in crate::rules) struct FormFields;

const NAME: &str = "customer_form_fields";
/// The field that names a customer.
pub(super) const CUSTOMER: &str = "customer_id";
/// The field that names an address.
pub(super) const ADDRESS: &str = "address_id";

impl Rules for FormFields {
    fn settings(&self) -> Settings {
        Settings {
            path: "customers/form-field-values",
            name: NAME,
            file: Some("customers/form_fields.rs"),
            unique: &[&[CUSTOMER, "name"], &[ADDRESS, "name"]],
            exact: true,
            refers: &[(CUSTOMER, "customers"), (ADDRESS, super::ADDRESSES)],
            absent: &[CUSTOMER, ADDRESS],
            ..Settings::USUAL
        }
    }

    fn write(&self, _: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        for owner in [CUSTOMER, ADDRESS] {
            if write.sent(owner) {
                write.set(owner, write.body[owner].clone());
            }
        }
        Ok(())
    }

    fn find(&self, context: &Context<'_>, record: &Record, looking: Looking<'_>) -> Option<Value> {
        (looking.parameter == "field_name").then(|| {
            let asked = context.query("field_name").unwrap_or_default();
            match text(get(record, "name")) == asked {
                true => asked.into(),
                false => Value::Null,
            }
        })
    }
}

/// The values of a customer or an address.
pub(super) fn of(context: &Context<'_>, owner: &str, id: &Value) -> Value {
    let own = context.all(NAME, &[(owner, id.clone())]);
    let own = own.iter().map(|own| Value::Object(Record::clone(own)));
    own.collect()
}

/// Keeps the values that a customer or an address was sent with.
pub(super) fn keep(
    work: &mut Work<'_, '_>,
    owner: &str,
    id: &Value,
    sent: &Value,
) -> Result<(), Refusal> {
    for field in items(sent) {
        let like = [(owner, id.clone()), ("name", field["name"].clone())];
        let change = json!({ "value": field["value"] });
        match work.context().first(NAME, &like) {
            Some(own) => work.amend(NAME, get(&own, "id"), change)?,
            None => {
                let new = json!({ owner: id, "name": field["name"], "value": field["value"] });
                work.make(NAME, object(new))?;
            }
        }
    }
    Ok(())
}
