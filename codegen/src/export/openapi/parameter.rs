//! A parameter of a path, a query or a header.

use serde_json::{Map, Value, json};

use super::Writer;
use crate::{
    model::{Endpoint, Parameter, Shape},
    spec::SortDirection,
};

impl Writer<'_> {
    pub(super) fn parameter(self, place: &str, name: &str, parameter: &Parameter) -> Value {
        let mut written = Map::new();
        let mut put = |key: &str, value: Value| written.insert(key.to_owned(), value);
        put("name", name.into());
        put("in", place.into());
        if let Some(does) = &parameter.does {
            put("description", does.clone().into());
        }
        if parameter.required || place == "path" {
            put("required", true.into());
        }
        if parameter.deprecated.is_some() {
            put("deprecated", true.into());
        }
        match parameter.shape {
            Shape::Many if place == "query" => {
                put("style", "form".into());
                put("explode", false.into());
            }
            Shape::Each if place == "query" => {
                put("style", "form".into());
                put("explode", true.into());
            }
            _ => {}
        }
        put("schema", self.of_parameter(parameter));
        written.into()
    }

    /// The schema of a parameter with all its values.
    pub(super) fn of_parameter(self, parameter: &Parameter) -> Value {
        match parameter.shape {
            Shape::File => json!({ "type": "string", "format": "binary" }),
            Shape::Flag => json!({ "type": "integer", "enum": [0, 1] }),
            Shape::Many | Shape::Each => {
                json!({ "type": "array", "items": self.value(&parameter.ty, None) })
            }
            Shape::One => {
                let mut schema = self.value(&parameter.ty, None);
                let (low, high) = &parameter.range;
                let number = |text: &Option<String>| -> Option<Value> {
                    serde_json::from_str(text.as_deref()?).ok()
                };
                let told = [
                    ("minimum", number(low)),
                    ("maximum", number(high)),
                    ("default", parameter.default.clone()),
                ];
                for (key, value) in told {
                    if let (Some(value), Some(map)) = (value, schema.as_object_mut()) {
                        map.insert(key.to_owned(), value);
                    }
                }
                schema
            }
        }
    }

    /// The parameters for the sort order: one, or two if the direction is separate.
    pub(super) fn sort(self, endpoint: &Endpoint) -> Vec<Value> {
        let Some(sort) = &endpoint.sort else {
            return Vec::new();
        };
        let members = self.api.ty(sort.by).kind.members().iter();
        let by: Vec<&str> = members.map(|member| &*member.wire).collect();
        let query = |name: &str, values: Value| {
            let schema = json!({ "type": "string", "enum": values });
            json!({ "name": name, "in": "query", "schema": schema })
        };
        match sort.direction {
            SortDirection::Separate => vec![
                query("sort", json!(by)),
                query("direction", json!(["asc", "desc"])),
            ],
            SortDirection::Joined => {
                let ways = |by: &&str| [format!("{by}:asc"), format!("{by}:desc")];
                let values: Vec<String> = by.iter().flat_map(ways).collect();
                vec![query("sort", json!(values))]
            }
        }
    }
}
