//! Counting records.

use serde_json::{Map, Value};

use super::{Done, Run};
use crate::catalogue::TypeExpr;
use crate::refusal::Refusal;
use crate::rules::empty;

impl Run<'_> {
    pub(super) fn count(&self) -> Result<Done, Refusal> {
        let number = Value::from(self.found()?.len());
        let told = self.endpoint.response_type();
        let fields = told
            .and_then(|told| self.catalogue.types.get(told))
            .map(|told| &told.fields);
        let mut shown = Map::new();
        for (name, field) in fields.into_iter().flatten() {
            let value = match field.ty {
                TypeExpr::Int => Some(number.clone()),
                _ => empty(self.catalogue, field),
            };
            shown.extend(value.map(|value| (name.clone(), value)));
        }
        let body = match fields {
            Some(_) => Value::Object(shown),
            None => number,
        };
        Ok(Done {
            body: self.wrapped(body),
            ..Done::default()
        })
    }
}
