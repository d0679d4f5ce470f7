//! The page about the spec's format shows what the format accepts.

use codegen::{language, schema_json};
use serde_json::{Value, json};

#[test]
fn each_example_of_a_key_is_what_its_schema_takes() {
    let examples: Value = serde_yaml::from_str(language::EXAMPLES).unwrap();
    let parts = language::parts();
    let mut wrong = Vec::new();
    for (name, keys) in examples.as_object().unwrap() {
        let Some(part) = parts.iter().find(|part| part.name == *name) else {
            wrong.push(format!("{name} has no keys"));
            continue;
        };
        let file = schema_json::schemas()
            .into_iter()
            .find(|(file, _)| *file == part.file);
        let mut schema = part.schema.clone();
        schema["$defs"] = file.map_or(json!({}), |(_, schema)| schema["$defs"].clone());
        let validator = jsonschema::draft202012::new(&schema).unwrap();
        wrong.extend(
            validator
                .iter_errors(keys)
                .map(|error| format!("{name}{}: {error}", error.instance_path())),
        );
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_key_lists_its_values_even_if_some_are_not_strings() {
    let page = language::page();
    let safe = page.lines().find(|line| line.starts_with("| `safe` "));
    let safe = safe.unwrap_or_default();
    assert!(
        safe.contains("One of `true`, `false`, `unknown`."),
        "{safe}"
    );
}
