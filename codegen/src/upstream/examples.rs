//! Checks the examples of an operation against their schemas. An example that its own schema rejects means
//! that one of them is wrong.

use std::collections::HashSet;

use serde_json::Value;

use super::{Topic, findings::Findings};
use crate::import::{
    read::list,
    resolve::{Source, component, reference},
};

/// How deep an example is followed.
const DEPTH: usize = 24;

/// Records each example of the operation that its schema rejects.
pub(super) fn compare(operation: &Value, root: &Value, found: &mut Findings<'_>) {
    let source = Source::new(root);
    let mut examples = Examples {
        source,
        told: HashSet::new(),
        seen: HashSet::new(),
        found,
    };
    if let Some(body) = operation.get("requestBody") {
        examples.contents(source.follow(body), "body example");
    }
    let responses = operation.get("responses").and_then(Value::as_object);
    for (status, response) in responses.into_iter().flatten() {
        if status.starts_with('2') {
            examples.contents(source.follow(response), "example");
        }
    }
    for parameter in list(operation, "parameters") {
        let parameter = source.follow(parameter);
        let name = parameter.get("name").and_then(Value::as_str).unwrap_or("");
        let values = [parameter.get("example")];
        if let Some(schema) = parameter.get("schema") {
            for value in values.into_iter().flatten() {
                examples.judge(schema, value, &format!("example of parameter {name}"));
            }
        }
    }
}

struct Examples<'e, 'a, 'f> {
    source: Source<'e>,
    told: HashSet<String>,
    seen: HashSet<(String, String)>,
    found: &'f mut Findings<'a>,
}

impl<'e> Examples<'e, '_, '_> {
    fn contents(&mut self, owner: &'e Value, place: &str) {
        let contents = owner.get("content").and_then(Value::as_object);
        for (media, content) in contents.into_iter().flatten() {
            let Some(schema) = content.get("schema").filter(|_| media.contains("json")) else {
                continue;
            };
            let named = content.get("examples").and_then(Value::as_object);
            let named = named.into_iter().flat_map(|all| all.values());
            let source = self.source;
            let named = named
                .map(|one| source.follow(one))
                .filter_map(|one| one.get("value"));
            for value in content.get("example").into_iter().chain(named) {
                self.judge(schema, value, place);
            }
            self.within(schema, place, DEPTH);
        }
    }

    /// The examples inside a schema.
    fn within(&mut self, schema: &'e Value, place: &str, depth: usize) {
        let Some(depth) = depth.checked_sub(1) else {
            return;
        };
        if let Some(target) = reference(schema) {
            let name = component(target).unwrap_or_else(|| target.to_owned());
            if !self.seen.insert((name, place.to_owned())) {
                return;
            }
        }
        let schema = self.source.follow(schema);
        let examples = schema
            .get("example")
            .into_iter()
            .chain(list(schema, "examples"));
        for value in examples {
            self.judge(schema, value, place);
        }
        let properties = schema.get("properties").and_then(Value::as_object);
        for (name, property) in properties.into_iter().flatten() {
            self.within(property, &below(place, name), depth);
        }
        for word in ["allOf", "oneOf", "anyOf"] {
            for part in list(schema, word) {
                self.within(part, place, depth);
            }
        }
        if let Some(items) = schema.get("items") {
            self.within(items, place, depth);
        }
    }

    fn judge(&mut self, schema: &'e Value, value: &Value, place: &str) {
        let refusal = self.refusal(schema, value, place, DEPTH);
        if let Some(text) = refusal
            && self.told.insert(text.clone())
        {
            self.found.add(Topic::Example, "", text);
        }
    }

    /// Why the schema rejects the value.
    fn refusal(
        &self,
        schema: &'e Value,
        value: &Value,
        place: &str,
        depth: usize,
    ) -> Option<String> {
        let depth = depth.checked_sub(1)?;
        let schema = self.source.follow(schema);
        let flag = |key: &str| schema.get(key).and_then(Value::as_bool) == Some(true);
        if value.is_null() && (flag("nullable") || flag("x-nullable")) {
            return None;
        }
        let types = types(schema);
        if !types.is_empty() && !types.iter().any(|name| is(value, name)) {
            let types = types.join(" or ");
            return Some(format!(
                "{place} is {} but its schema says {types}",
                kind(value)
            ));
        }
        let members = list(schema, "enum");
        if !members.is_empty() && !members.contains(value) {
            return Some(format!(
                "{place} is {value}, which its schema does not list"
            ));
        }
        let parts = list(schema, "allOf").iter();
        if let Some(why) = parts
            .into_iter()
            .find_map(|one| self.refusal(one, value, place, depth))
        {
            return Some(why);
        }
        for word in ["oneOf", "anyOf"] {
            let mut refusals = list(schema, word)
                .iter()
                .map(|one| self.refusal(one, value, place, depth));
            // Rejected if no alternative accepts it.
            if let Some(first) = refusals.next().flatten()
                && refusals.all(|one| one.is_some())
            {
                return Some(first);
            }
        }
        let items = schema.get("items").into_iter();
        let mut items = items.flat_map(|items| {
            value
                .as_array()
                .into_iter()
                .flatten()
                .map(move |v| (items, v))
        });
        if let Some(why) = items.find_map(|(items, one)| self.refusal(items, one, place, depth)) {
            return Some(why);
        }
        let object = value.as_object()?;
        let properties = schema.get("properties").and_then(Value::as_object)?;
        object.iter().find_map(|(name, value)| {
            let property = properties.get(name)?;
            self.refusal(property, value, &below(place, name), depth)
        })
    }
}

fn below(place: &str, name: &str) -> String {
    match place.contains(" of ") {
        true => format!("{place}.{name}"),
        false => format!("{place} of {name}"),
    }
}

fn types(schema: &Value) -> Vec<&str> {
    let one = schema.get("type").and_then(Value::as_str);
    let many = list(schema, "type").iter().filter_map(Value::as_str);
    one.into_iter().chain(many).collect()
}

fn is(value: &Value, name: &str) -> bool {
    match name {
        "string" => value.is_string(),
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "null" => value.is_null(),
        _ => true,
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}
