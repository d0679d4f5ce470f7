//! The pages of scopes agree with what the scopes allow.

use std::collections::BTreeMap;

use super::*;
use crate::model::ScopeId;

#[test]
fn the_page_of_a_scope_says_read_where_the_scope_opens_a_read() {
    let api = api();
    let files = site(&api).unwrap();
    let mut writers = 0;
    for (at, scope) in api.scopes.iter().enumerate() {
        let name = format!("/scope-{}.html", scope.wire);
        let file = files.iter().find(|file| file.path.ends_with(&name));
        let text = &file.unwrap().text;
        let (_, access) = text.split_once("<dt>Access</dt><dd>").unwrap();
        let (access, _) = access.split_once("</dd>").unwrap();
        let id = ScopeId(at);
        let mut opened = api.least_for(id).chain(api.also_opened(id));
        let reads = !scope.writes || opened.any(|one| !one.writes);
        assert_eq!(access.contains(">read<"), reads, "{}: {access}", scope.wire);
        assert_eq!(
            access.contains(">write<"),
            scope.writes,
            "{}: {access}",
            scope.wire
        );
        writers += usize::from(!reads);
    }
    assert!(writers > 0, "some scopes open nothing that reads");
}

#[test]
fn the_page_of_a_scope_lists_the_calls_that_need_it_only_with_some_values() {
    let files = site(&api()).unwrap();
    let file = files
        .iter()
        .find(|file| file.path.ends_with("/scope-store_content_checkout.html"));
    let text = &file.unwrap().text;
    let (_, listed) = text
        .split_once("<h2>Endpoints that need it only with some values</h2>")
        .unwrap();
    assert!(listed.contains("<code>all_pages</code>"), "{listed}");
    assert!(listed.contains("scripts.html#scripts.create"), "{listed}");
}

#[test]
fn the_matrix_names_the_types_of_every_handle_next_to_its_chain() {
    let api = api();
    let files = site(&api).unwrap();
    let file = files
        .iter()
        .find(|file| file.path.ends_with("/scopes.html"));
    let text = &file.unwrap().text;
    let (mut chains, mut types) = (BTreeMap::new(), BTreeMap::new());
    for row in text.split(" class=\"row\" data-id=\"").skip(1) {
        let id = row.split('"').next().unwrap();
        let (_, rust) = row.split_once(" data-rust=\"").unwrap();
        let mut parts = rust.split('"');
        let call = parts.next().unwrap().split(' ').next().unwrap();
        let (handle, _) = call.rsplit_once('.').unwrap();
        chains.insert(id, handle);
        if parts.next() == Some(" data-handles=") {
            types.insert(parts.next().unwrap(), handle);
        }
    }
    for endpoint in &api.endpoints {
        let (handle, reader) = api.handles_of(endpoint);
        let named = types.get(format!("{handle} {reader}").as_str());
        assert!(named.is_some(), "{}", endpoint.id);
        assert_eq!(named, chains.get(endpoint.id.as_str()), "{}", endpoint.id);
    }
}

#[test]
fn the_matrix_has_the_chains_of_handles_that_are_narrowed_to_a_single_resource() {
    let files = site(&api()).unwrap();
    let file = files
        .iter()
        .find(|file| file.path.ends_with("/scopes.html"));
    let text = &file.unwrap().text;
    let chains = [
        "data-rust=\"settings.search_filters.list settings.channel.search_filters.list\"",
        "data-rust=\"products.list\"",
    ];
    for chain in chains {
        assert!(text.contains(chain), "{chain}");
    }
}
