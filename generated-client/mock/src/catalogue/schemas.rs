//! The schemas of the catalogue: every type once for request bodies and once for responses, and a
//! function that makes the schema of one body self-contained.

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::{Map, Value};

/// The types on both sides.
#[derive(Debug, Default, Deserialize)]
pub struct Schemas {
    /// In request bodies.
    #[serde(default)]
    pub requests: Definitions,
    /// In responses.
    #[serde(default)]
    pub responses: Definitions,
}

/// The types of one side.
#[derive(Debug, Default, Deserialize)]
pub struct Definitions {
    #[serde(rename = "$defs", default)]
    all: IndexMap<String, Value>,
}

impl Schemas {
    /// Every object, by the name that type expressions use. The sides share no object, since each is
    /// seen from one of them.
    pub(super) fn objects(&self) -> impl Iterator<Item = (&String, &Value)> {
        let all = self.requests.all.iter().chain(&self.responses.all);
        all.filter(|(_, schema)| {
            schema.get("properties").is_some() && schema.get("title").is_some()
        })
    }

    /// The values of an enumeration in responses, `None` for anything else. An open enumeration also
    /// accepts others, which its schema says.
    pub(crate) fn members(&self, name: &str) -> Option<&[Value]> {
        let schema = self.responses.all.get(name)?;
        let open = schema.pointer("/anyOf/0/enum");
        let members = schema.get("enum").or(open)?.as_array();
        members.map(Vec::as_slice)
    }
}

impl Definitions {
    /// A schema with the definitions that it uses, and no others.
    #[must_use]
    pub fn complete(&self, root: &Value) -> Value {
        let mut reached = IndexMap::new();
        let mut open = vec![root];
        while let Some(schema) = open.pop() {
            match schema {
                Value::Object(keys) => {
                    let name = keys.get("$ref").and_then(Value::as_str);
                    let name = name.and_then(|name| name.strip_prefix("#/$defs/"));
                    if let Some((name, schema)) = name.and_then(|name| self.all.get_key_value(name))
                        && reached.insert(name.clone(), schema.clone()).is_none()
                    {
                        open.push(schema);
                    }
                    open.extend(keys.values());
                }
                Value::Array(items) => open.extend(items),
                _ => {}
            }
        }
        let mut complete = root.clone();
        if let Value::Object(keys) = &mut complete {
            keys.insert("$defs".to_owned(), Map::from_iter(reached).into());
        }
        complete
    }
}
