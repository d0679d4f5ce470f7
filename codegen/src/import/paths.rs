//! Lists what official descriptions have: a line for each path, compact and in one order, so that it
//! can be checked in. A client places raw calls by it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{ImportError, official, operation::Operation};

/// Where the paths of a store are. What stands elsewhere is listed with its address.
const STORE: &str = "https://api.bigcommerce.com/stores/{store_hash}";
/// The parameters of a query that choose no records.
const SHAPING: [&str; 6] = [
    "page",
    "limit",
    "sort",
    "direction",
    "include",
    "include_fields",
];

/// Lists the operations of the descriptions. A line has the path, the description and the methods; a
/// DELETE of several records has the parameters after it of which it needs one.
///
/// # Errors
///
/// When a string is not JSON or not an OpenAPI 3 description.
pub fn paths_of<'t>(json_texts: impl IntoIterator<Item = &'t str>) -> Result<String, ImportError> {
    let mut lines: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    for text in json_texts {
        let root = super::value(text)?;
        let official = official(&root)?;
        let server = root.pointer("/servers/0/url").and_then(Value::as_str);
        let server = server.unwrap_or_default();
        for operation in &official.operations {
            let path = match server.starts_with(STORE) {
                true => operation.path.clone(),
                false => format!("{server}{}", operation.path),
            };
            let methods = lines.entry((path, official.title.clone())).or_default();
            methods.insert(method(operation));
        }
    }
    let line = |((path, title), methods): (&(String, String), &BTreeSet<String>)| {
        let methods: Vec<&str> = methods.iter().map(String::as_str).collect();
        format!("{path} {title} {}\n", methods.join(" "))
    };
    Ok(lines.iter().map(line).collect())
}

fn method(operation: &Operation) -> String {
    let method = operation.method.to_ascii_uppercase();
    let filters = filters(operation);
    if operation.method == "delete" && !operation.path.ends_with('}') && !filters.is_empty() {
        return format!("{method}?{}", filters.join(","));
    }
    method
}

/// The parameters that choose records: those that must be there, or any where none must.
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
    fn a_line_has_a_path_its_methods_and_what_a_delete_of_several_needs() {
        let store = r##"{"openapi": "3.0.3", "info": {"title": "things.v3"},
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
        let elsewhere = r#"{"openapi": "3.0.3", "info": {"title": "carts.sf"},
            "servers": [{"url": "https://{store_domain}/api/storefront"}],
            "paths": {"/carts": {"get": {}}}}"#;
        let lines = [
            "/v3/others things.v3 DELETE?id:in",
            "/v3/things things.v3 DELETE?id:in,name GET POST",
            "/v3/things/{id} things.v3 DELETE",
            "https://{store_domain}/api/storefront/carts carts.sf GET",
        ];
        let expected: String = lines.map(|line| format!("{line}\n")).concat();
        assert_eq!(paths_of([store, elsewhere]).unwrap(), expected);
        assert_eq!(paths_of([elsewhere, store]).unwrap(), expected);
        assert!(paths_of(["[]"]).is_err());
    }
}
