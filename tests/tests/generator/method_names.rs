//! The suffixes of methods mean the same in every group, as CONTRIBUTING.md lists them.

use bigcommerce_tests::json;
use serde_json::Value;

/// The endpoints of the catalogue, each with its group and its method.
fn endpoints() -> Vec<(String, String, Value)> {
    let catalogue: Value = json("generated-client/docs/api.json");
    let endpoints = catalogue["endpoints"].as_array().unwrap().iter();
    let endpoints = endpoints.map(|endpoint| {
        let (group, method) = endpoint["id"].as_str().unwrap().split_once('.').unwrap();
        (group.to_owned(), method.to_owned(), endpoint.clone())
    });
    endpoints.collect()
}

/// Whether a list in the query is required.
fn takes_ids(endpoint: &Value) -> bool {
    let mut parameters = endpoint["parameters"].as_array().unwrap().iter();
    parameters.any(|one| one["in"] == "query" && one["form"] == "list" && one["required"] == true)
}

fn has_query(endpoint: &Value) -> bool {
    let mut parameters = endpoint["parameters"].as_array().unwrap().iter();
    parameters.any(|one| one["in"] == "query")
}

#[test]
fn the_word_all_names_calls_that_split_any_number_of_items_and_no_others() {
    let mut found = 0;
    let is_of_all = |name: &str| name.split('_').any(|word| word == "all");
    for (group, method, endpoint) in endpoints() {
        assert!(!is_of_all(&method), "{group}.{method}");
        if let Some(name) = endpoint["all"]["name"].as_str() {
            assert!(is_of_all(name), "{group}.{name}");
            found += 1;
        }
    }
    assert!(found > 10, "{found}");
}

#[test]
fn a_call_across_all_parents_takes_none_and_is_next_to_one_that_takes_one() {
    let endpoints = endpoints();
    let path = |endpoint: &Value| endpoint["path"].as_str().unwrap().to_owned();
    let mut found = 0;
    for (group, method, endpoint) in endpoints.iter().filter(|it| it.1.ends_with("_across")) {
        let mut of_group = endpoints.iter().filter(|it| it.0 == *group);
        let is_next_to_one = of_group.any(|it| path(&it.2).contains('{'));
        let takes_one = path(endpoint).contains('{');
        assert!(is_next_to_one && !takes_one, "{group}.{method}");
        found += 1;
    }
    assert!(found > 10, "{found}");
}

#[test]
fn a_call_of_several_resources_says_how_they_are_selected() {
    for (group, method, endpoint) in endpoints() {
        let is_meant = match method.rsplit('_').next() {
            Some("matching") => endpoint["needs_filter"] == true,
            Some("many") => takes_ids(&endpoint),
            Some("everything") => !has_query(&endpoint),
            Some("batch") => !endpoint["json_schema"]["request"].is_null(),
            _ => true,
        };
        assert!(is_meant, "{group}.{method}");
    }
}
