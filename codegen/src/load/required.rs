//! The required keys, from the JSON Schema of the format. Serde also knows them, but reports them only by
//! failing.

use std::{
    collections::{BTreeSet, HashMap},
    sync::LazyLock,
};

use serde_json::Value;

use crate::schema_json;

/// The required keys by the name of the type.
static REQUIRED: LazyLock<HashMap<String, BTreeSet<String>>> = LazyLock::new(|| {
    let types = schema_json::definitions().into_iter();
    types
        .map(|(name, schema)| (name, keys(&schema)))
        .filter(|(_, keys)| !keys.is_empty())
        .collect()
});

fn keys(schema: &Value) -> BTreeSet<String> {
    let keys = schema.get("required").and_then(Value::as_array);
    let keys = keys.into_iter().flatten().filter_map(Value::as_str);
    keys.map(str::to_owned).collect()
}

/// The required keys of the type called `name`, if it has any.
pub(crate) fn required(name: &str) -> Option<&'static BTreeSet<String>> {
    REQUIRED.get(name)
}
