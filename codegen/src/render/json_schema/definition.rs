//! The schema of a declared type: an object, an enumeration or a one-of.

use serde_json::Value;

use super::{Sketch, enumeration, head::head, object, one_of, sketch::extend};
use crate::model::{Kind, TypeDef};

/// The schema of a type, without the definitions it refers to.
pub(super) fn schema(sketch: Sketch<'_>, def: &TypeDef) -> Value {
    match &def.kind {
        Kind::Choice(members) => enumeration::choice(sketch, def, members),
        Kind::Integers(members) => enumeration::integer_choice(sketch, def, members),
        Kind::OneOf { by, branches, .. } => {
            let mut schema = head(def, None);
            extend(&mut schema, one_of::schema(sketch, by.as_deref(), branches));
            Value::Object(schema)
        }
        Kind::Object { .. } => object::schema(sketch, def),
    }
}
