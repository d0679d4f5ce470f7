//! Lists the operations of official descriptions: the `files` of a spec's `official.yaml`, in a fixed order.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{ImportError, official, operation::Operation, yaml::scalar};
use crate::stem::listed;

/// The server of a store's paths. Other paths are listed with their address.
const STORE: &str = "https://api.bigcommerce.com/stores/{store_hash}";
/// The query parameters that select no records.
const SHAPING: [&str; 6] = [
    "page",
    "limit",
    "sort",
    "direction",
    "include",
    "include_fields",
];

/// Lists the operations of the descriptions, each a file and its text, as YAML: each description with its paths, and
/// these with their methods. A DELETE of several records is followed by the parameters of which it requires one.
///
/// # Errors
///
/// When a string is not JSON or not an OpenAPI 3 description.
pub fn paths_of<'t>(
    descriptions: impl IntoIterator<Item = (&'t str, &'t str)>,
) -> Result<String, ImportError> {
    let mut files: BTreeMap<String, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
    for (file, text) in descriptions {
        let root = super::value(text)?;
        let official = official(&root)?;
        let server = root.pointer("/servers/0/url").and_then(Value::as_str);
        let server = server.filter(|url| !url.starts_with(STORE));
        let name = listed(file, &official.title);
        for operation in &official.operations {
            let path = path(server, operation);
            let paths = files.entry(name.clone()).or_default();
            paths.entry(path).or_default().insert(method(operation));
        }
    }
    let mut text = String::from("files:\n");
    for (file, paths) in &files {
        text += &format!("  {}:\n", scalar(file));
        for (path, methods) in paths {
            text += &format!("    {}\n", line(path, methods));
        }
    }
    Ok(text)
}

/// The path of an operation as in the list, on the store's server or on another.
pub(crate) fn path(elsewhere: Option<&str>, operation: &Operation) -> String {
    format!("{}{}", elsewhere.unwrap_or_default(), operation.path)
}

/// A line of the list: a path with its methods.
pub(crate) fn line(path: &str, methods: &BTreeSet<String>) -> String {
    let methods: Vec<&str> = methods.iter().map(String::as_str).collect();
    format!("{}: {}", quoted(path), quoted(&methods.join(" ")))
}

/// A YAML value, in quotes if necessary.
fn quoted(text: &str) -> String {
    let spelled = scalar(text);
    match spelled == text && text.contains([':', '?']) {
        true => format!("\"{text}\""),
        false => spelled,
    }
}

/// The method of an operation as in the list.
pub(crate) fn method(operation: &Operation) -> String {
    let method = operation.method.to_ascii_uppercase();
    let filters = filters(operation);
    if operation.method == "delete" && !operation.path.ends_with('}') && !filters.is_empty() {
        return format!("{method}?{}", filters.join(","));
    }
    method
}

/// The parameters that select records: the required ones, or any if none is required.
fn filters(operation: &Operation) -> Vec<&str> {
    let query = operation.parameters.iter().filter(|it| it.place == "query");
    let query = query.filter(|it| !SHAPING.contains(&it.name.as_str()));
    let (required, free): (Vec<_>, Vec<_>) = query.partition(|it| it.required);
    let chosen = if required.is_empty() { free } else { required };
    chosen.iter().map(|it| it.name.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_has_its_methods_and_what_a_delete_of_several_needs() {
        let store = r##"{"openapi": "3.0.3", "info": {"title": "Things"},
            "servers": [{"url": "https://api.bigcommerce.com/stores/{store_hash}/v3"}],
            "components": {"parameters": {
                "ids": {"name": "id:in", "in": "query"},
                "page": {"name": "page", "in": "query"}
            }},
            "paths": {
                "/things/{id}": {"delete": {"parameters": [{"$ref": "#/components/parameters/ids"}]}},
                "/things": {
                    "post": {}, "get": {},
                    "delete": {"parameters": [
                        {"$ref": "#/components/parameters/page"},
                        {"$ref": "#/components/parameters/ids"},
                        {"name": "name", "in": "query"}
                    ]}
                },
                "/others": {"delete": {"parameters": [
                    {"name": "id:in", "in": "query", "required": true},
                    {"name": "with_children", "in": "query"}
                ]}}
            }}"##;
        let elsewhere = r#"{"openapi": "3.0.3", "info": {"title": "Things"},
            "servers": [{"url": "https://{store_domain}/api/storefront"}],
            "paths": {"/carts": {"get": {}}}}"#;
        let lines = [
            "files:",
            "  carts.sf:",
            "    \"https://{store_domain}/api/storefront/carts\": GET",
            "  things.v3:",
            "    /v3/others: \"DELETE?id:in\"",
            "    /v3/things: \"DELETE?id:in,name GET POST\"",
            "    \"/v3/things/{id}\": DELETE",
        ];
        let expected: String = lines.map(|line| format!("{line}\n")).concat();
        let store = ("reference/things.v3.yml", store);
        let elsewhere = ("reference/carts.sf.yml", elsewhere);
        assert_eq!(paths_of([store, elsewhere]).unwrap(), expected);
        assert_eq!(paths_of([elsewhere, store]).unwrap(), expected);
        assert!(paths_of([("carts.sf.yml", "[]")]).is_err());
        let hostile = elsewhere.1.replace("/carts", "/c\\\"\\n");
        let lines = paths_of([("a: \n[.json", hostile.as_str())]).unwrap();
        let read: Value = serde_yaml::from_str(&lines).unwrap();
        let server = "https://{store_domain}/api/storefront";
        assert_eq!(read["files"]["a: \n["][format!("{server}/c\"\n")], "GET");
    }
}
