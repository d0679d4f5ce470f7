//! The summaries of endpoints: readers who look for a kind of call find it under one word.

use bigcommerce_tests::api;

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
