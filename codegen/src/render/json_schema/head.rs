//! What the schema of every declared type begins with: its name, our own keywords and what it means.

use serde_json::{Map, Value};

use super::{facts, sketch::extend};
use crate::model::TypeDef;

/// The beginning of a type's schema; `more` is what its description ends with.
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
