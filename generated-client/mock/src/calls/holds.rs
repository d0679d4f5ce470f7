//! What holds between the records of a store: what they refer to is there, and what is unique is.

use http::StatusCode;
use serde_json::Value;

use crate::catalogue::Collection;
use crate::refusal::Refusal;
use crate::state::{Key, Record, Shelves};
use crate::values::{key_of, plain};

/// Refuses a record that refers to what is not there.
pub(super) fn refers(
    shelves: &Shelves,
    rules: &Collection,
    record: &Record,
) -> Result<(), Refusal> {
    for (field, refers) in &rules.refers {
        let values: &[Value] = match record.get(field) {
            Some(Value::Array(values)) => values,
            Some(Value::Null) | None => continue,
            Some(value) => std::slice::from_ref(value),
        };
        let shelf = shelves.shelf(&refers.to).map_err(Refusal::defect)?;
        for value in values {
            let there = key_of(value).is_some_and(|key| shelf.get(&key).is_some());
            if !there && !refers.none.contains(value) {
                let status = refers
                    .status
                    .and_then(|status| StatusCode::from_u16(status).ok());
                let says = format!("{field} {} does not exist", plain(value));
                let status = status.unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
                return Err(Refusal::new(status, says.clone()).about(field.clone(), says));
            }
        }
    }
    Ok(())
}

/// Refuses a record that has what another one has.
pub(super) fn clashes(
    shelves: &Shelves,
    name: &str,
    rules: &Collection,
    key: &Key,
    record: &Record,
) -> Result<(), Refusal> {
    let shelf = shelves.shelf(name).map_err(Refusal::defect)?;
    let Some(fields) = shelf.clash(key, record) else {
        return Ok(());
    };
    let status = rules
        .clash
        .and_then(|status| StatusCode::from_u16(status).ok());
    let list = fields.join(" and ");
    let value = fields
        .first()
        .and_then(|field| record.get(field))
        .map(plain)
        .unwrap_or_default();
    let mut refusal = Refusal::new(
        status.unwrap_or(StatusCode::CONFLICT),
        format!("The {list} `{value}` is already taken."),
    );
    for field in fields {
        refusal = refusal.about(field.clone(), format!("The {field} must be unique."));
    }
    Err(refusal)
}
