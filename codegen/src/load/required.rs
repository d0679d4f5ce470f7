//! Which keys may not be left out, as the JSON Schema of the format says it. Serde knows it too, but
//! only tells by failing.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use serde_json::Value;

/// The required keys by the name of the type.
static REQUIRED: LazyLock<BTreeMap<String, BTreeSet<String>>> = LazyLock::new(|| {
    let mut required = BTreeMap::new();
    for (_, schema) in crate::schema_json::schemas() {
        let root = schema
            .get("title")
            .and_then(Value::as_str)
            .unwrap_or_default();
        insert(&mut required, root, &schema);
        let defs = schema.get("$defs").and_then(Value::as_object);
        for (name, schema) in defs.into_iter().flatten() {
            insert(&mut required, name, schema);
        }
    }
    required
});

fn insert(required: &mut BTreeMap<String, BTreeSet<String>>, name: &str, schema: &Value) {
    let keys = schema
        .get("required")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    let keys = keys.filter_map(Value::as_str).map(str::to_owned).collect();
    required.insert(name.to_owned(), keys);
}

/// The keys that the type called `name` needs.
pub(crate) fn required(name: &str) -> Option<&'static BTreeSet<String>> {
    REQUIRED.get(name)
}
