//! The pages of scopes agree with what the scopes allow.

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
