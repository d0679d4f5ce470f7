use super::*;

#[test]
fn every_key_has_a_line_and_an_example() {
    for Part { name, schema, .. } in parts() {
        assert!(!prose(&schema).is_empty(), "{name} says nothing");
        for (key, schema) in schema["properties"].as_object().into_iter().flatten() {
            assert!(!prose(schema).is_empty(), "{name}.{key} says nothing");
            assert!(example(&name, key).is_some(), "{name}.{key} has no example");
        }
    }
}
