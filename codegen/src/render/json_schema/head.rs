//! The start of the schema of every declared type: its name, the custom keywords and what it means.

use serde_json::{Map, Value};

use super::{facts, sketch::extend};
use crate::model::TypeDef;

/// The start of a type's schema; `more` is the end of its description.
pub(super) fn head(def: &TypeDef, more: Option<&str>) -> Map<String, Value> {
    let mut schema = Map::new();
    schema.insert("title".to_owned(), def.name.clone().into());
    extend(&mut schema, facts::of_type(def));
    let does = def.does.replace("[`", "`").replace("`]", "`");
    let mut description: Vec<&str> = vec![&does];
    description.extend(def.notes.iter().map(String::as_str));
    description.extend(more);
    schema.insert("description".to_owned(), description.join(" ").into());
    schema
}
