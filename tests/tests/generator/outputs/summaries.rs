//! The summaries of endpoints: readers who look for a kind of call find it under one word.

use bigcommerce_tests::api;

use super::{catalogue, whole};

/// The word for what a summary begins with, where another one has become usual. Parts are added to what they are
/// parts of; what is a thing of its own is created.
fn usual(summary: &str) -> Option<&'static str> {
    match summary.split_whitespace().next()? {
        "Make" | "Define" | "New" => Some("Create"),
        "Add" if !summary.contains(" to ") => Some("Create"),
        "Get" | "Fetch" | "Retrieve" | "Return" | "Show" if !summary.contains(" to ") => {
            Some("Read")
        }
        "Update" | "Edit" | "Modify" => Some("Change"),
        "Delete" | "Erase" => Some("Remove"),
        _ => None,
    }
}

#[test]
fn a_kind_of_call_has_the_same_word_everywhere() {
    let api = api();
    let wrong: Vec<String> = api
        .endpoints
        .iter()
        .filter_map(|one| {
            let word = usual(&one.does)?;
            Some(format!("{}: {} Say {word}.", one.id, one.does))
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_a_parameter_does_is_more_than_its_place_and_name() {
    let data = catalogue(whole());
    let mut wrong = Vec::new();
    for endpoint in data["endpoints"].as_array().unwrap() {
        for parameter in endpoint["parameters"].as_array().unwrap() {
            let (does, name) = (parameter["does"].as_str().unwrap(), &parameter["name"]);
            let name = format!("`{}`.", name.as_str().unwrap());
            let place = does.strip_suffix(&name).map(str::trim_end);
            let places = ["Path parameter", "Query parameter", "Header", "Form part"];
            if place.is_some_and(|place| places.contains(&place)) {
                wrong.push(format!("{}: {does}", endpoint["id"]));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
