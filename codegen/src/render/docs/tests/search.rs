//! The search finds what its index points to, and everything is found.

use super::*;

#[test]
fn everything_that_can_be_searched_for_is_where_the_index_says() {
    let api = api();
    let files = site(&api).unwrap();
    let page = |name: &str| &files.iter().find(|f| f.path.ends_with(name)).unwrap().text;
    let index = search_index(page("/search-index.js"));
    let entries = expanded(&index);
    let mut addresses: Vec<&str> = Vec::new();
    for (kind, name, address) in &entries {
        let (file, anchor) = address.split_once('#').unwrap_or((address, ""));
        let id = format!(" id=\"{}\"", html::escape(anchor));
        let found = page(&format!("/{file}")).contains(&id);
        assert!(
            found || anchor.is_empty(),
            "{kind} {name} is not at {address}"
        );
        addresses.push(address);
    }
    addresses.sort_unstable();
    let twice: Vec<_> = addresses
        .windows(2)
        .filter(|two| two[0] == two[1])
        .collect();
    assert!(
        twice.is_empty(),
        "two entries lead to the same place: {twice:?}"
    );

    let named = |kind: &str, name: &str| entries.iter().any(|one| one.0 == kind && one.1 == name);
    // The calls that BigCommerce makes, too.
    let inbound = api.inbound.as_ref().unwrap();
    for endpoint in api.endpoints.iter().chain(&inbound.api.endpoints) {
        let name = format!("{} {}", endpoint.method, endpoint.path);
        assert!(named("endpoint", &name), "{}", endpoint.id);
    }
    for scope in &api.scopes {
        assert!(named("scope", &scope.wire), "{}", scope.wire);
    }
    for event in &api.events {
        assert!(named("event", &event.scope), "{}", event.scope);
    }
    let types = inbound.types();
    let types = types.into_iter().map(|id| inbound.api.ty(id));
    for def in api.types.iter().chain(types) {
        let name = def.heading();
        assert!(named("type", name), "{name}");
        if let model::Kind::Object { fields, .. } = &def.kind {
            for field in fields {
                let name = format!("{name}.{}", field.wire);
                assert!(named("field", &name), "{name}");
            }
        }
    }
    // Every heading of the pages that belong to no group.
    for file in files.iter().filter(|file| file.path.ends_with(".html")) {
        let name = file.path.rsplit('/').next().unwrap();
        let stem = name.trim_end_matches(".html");
        if stem == "404" || api.groups.iter().any(|group| group.name == stem) {
            continue;
        }
        // The cards of the first page summarize what has its own page.
        let cards: Vec<&str> = values(&file.text, "class=\"card\" aria-labelledby=\"").collect();
        for tag in ["<h2 id=\"", "<h3 id=\"", "<h4 id=\""] {
            for id in values(&file.text, tag) {
                if stem == "index" && cards.contains(&id) {
                    continue;
                }
                let address = format!("{name}#{id}");
                assert!(addresses.contains(&&*address), "nothing finds {address}");
            }
        }
    }
}

#[test]
fn an_endpoint_is_found_by_the_request_of_the_reference_guide_and_by_the_headers_in_its_note() {
    let api = api();
    let files = site(&api).unwrap();
    let script = files
        .iter()
        .find(|file| file.path.ends_with("/search-index.js"));
    let script = &script.unwrap().text;
    for words in [
        "tree_categories_create POST /v3/catalog/trees/{tree_id}/categories",
        "createTokenWithCustomerImpersonation X-Bc-Customer-Id",
    ] {
        assert!(script.contains(words), "{words}");
    }
}

#[test]
fn what_the_first_page_sums_up_is_found_once_where_it_has_its_place() {
    let api = api();
    let files = site(&api).unwrap();
    let script = files
        .iter()
        .find(|file| file.path.ends_with("/search-index.js"));
    let entries = expanded(&search_index(&script.unwrap().text));
    let found = |address: &str| entries.iter().filter(|one| one.2 == address).count();
    for feature in &api.features {
        let address = format!("index.html#area-{}", feature.name);
        let expected = usize::from(feature.titled_by.is_none());
        assert_eq!(found(&address), expected, "{address}");
    }
    let topics = |page: &str| -> Vec<&str> {
        let topics = entries.iter().filter(|one| one.0 == "topic");
        let here = topics.filter(|one| one.2.starts_with(page));
        here.map(|one| &*one.1).collect()
    };
    let ways = topics("authentication.html#");
    assert!(!ways.is_empty(), "the ways to connect are found");
    for topic in topics("index.html#") {
        assert!(!ways.contains(&topic), "{topic} is found twice");
    }
}

fn search_index(script: &str) -> serde_json::Value {
    let json = script.trim_start_matches("var SEARCH_INDEX = ").trim_end();
    serde_json::from_str(json.trim_end_matches(';')).unwrap()
}

/// The kind, the name and the address of everything in the index, as the script of the site reads it.
fn expanded(index: &serde_json::Value) -> Vec<(String, String, String)> {
    let mut found = Vec::new();
    let list = |value: &serde_json::Value| value.as_array().cloned().unwrap();
    for page in list(&index["pages"]) {
        let file = page[0].as_str().unwrap();
        for kind in list(&page[1]) {
            for entry in list(&kind[1]) {
                of_entry(file, kind[0].as_str().unwrap(), &entry, &mut found);
            }
        }
    }
    found
}

fn of_entry(
    file: &str,
    kind: &str,
    entry: &serde_json::Value,
    found: &mut Vec<(String, String, String)>,
) {
    let text = |at: usize| entry[at].as_str().unwrap_or_default();
    let name = text(0);
    let stem = file.trim_end_matches(".html");
    let anchor = match text(2) {
        "" => name.to_owned(),
        short if short.starts_with('.') => format!("{stem}{short}"),
        whole => whole.to_owned(),
    };
    let address = match &*anchor {
        "-" => file.to_owned(),
        anchor => format!("{file}#{anchor}"),
    };
    found.push((kind.to_owned(), name.to_owned(), address));
    let (inner, of) = match kind {
        "endpoint" => ("parameter", &*anchor),
        _ => ("field", name),
    };
    for part in text(4).split_whitespace() {
        let address = format!("{file}#{anchor}.{part}");
        found.push((inner.to_owned(), format!("{of}.{part}"), address));
    }
}
