//! The guide as a reference: its rows, scopes and events, as facts, compared with the pipeline's
//! result.

use bigcommerce_tests::{accept::accept, api, json};
use codegen::model::{Api, Endpoint, Group};
use serde_json::{Value, json};

fn rows() -> Vec<Value> {
    json("tests/data/guide/rows.json")
}

fn row<'a>(api: &'a Api, id: &str) -> &'a Endpoint {
    let found = api
        .endpoints
        .iter()
        .find(|endpoint| endpoint.guide.as_deref() == Some(id));
    found.unwrap_or_else(|| panic!("the guide's row {id} has no endpoint"))
}

#[test]
fn every_row_of_the_guide_is_an_endpoint_with_the_guides_facts_in_the_guides_order() {
    let api = api();
    let ours: Vec<_> = api
        .endpoints
        .iter()
        .filter_map(|e| e.guide.as_deref())
        .collect();
    let theirs = rows();
    let theirs_ids: Vec<_> = theirs.iter().filter_map(|row| row["id"].as_str()).collect();
    assert_eq!(ours, theirs_ids);
    for facts in &theirs {
        let endpoint = row(&api, facts["id"].as_str().unwrap());
        let guide_path = endpoint
            .conflicts
            .iter()
            .find(|conflict| conflict.about.as_str() == "path")
            .and_then(|conflict| conflict.guide.as_deref());
        let path = facts["path"].as_str().unwrap();
        assert!(
            endpoint.path == path || guide_path.is_some_and(|guide| guide.contains(path)),
            "{}: {path} is neither called nor recorded",
            endpoint.id
        );
        assert_eq!(
            json!({
                "group": api.group(endpoint.group).title,
                "method": endpoint.method.as_str(),
                "access": if endpoint.writes { "write" } else { "read" },
                "scope": api.scope(endpoint.scope).wire,
                "acts_on": endpoint.acts_on,
                "event": endpoint.event.map(|id| api.event(id).scope.clone()),
                "version": api.generation(endpoint.generation).0,
            }),
            json!({
                "group": facts["group"],
                "method": facts["method"],
                "access": facts["access"],
                "scope": facts["scope"],
                "acts_on": facts["acts_on"],
                "event": facts["event"],
                "version": facts["version"],
            }),
            "{}",
            endpoint.id
        );
    }
}

#[test]
fn every_scope_of_the_guide_is_there_with_its_label_and_what_satisfies_it() {
    let api = api();
    let theirs: Vec<Value> = json("tests/data/guide/scopes.json");
    let needed: std::collections::BTreeSet<_> = api
        .endpoints
        .iter()
        .filter(|endpoint| endpoint.guide.is_some())
        .map(|endpoint| api.scope(endpoint.scope).wire.as_str())
        .collect();
    assert_eq!(needed.len(), theirs.len(), "{needed:?}");
    for facts in &theirs {
        let wire = facts["scope"].as_str().unwrap();
        let at = api.scopes.iter().position(|scope| scope.wire == wire);
        let at = at.unwrap_or_else(|| panic!("no scope {wire}"));
        let scope = &api.scopes[at];
        assert_eq!(api.areas[scope.area].label, facts["label"], "{wire}");
        assert_eq!(scope.writes, facts["mode"] == "modify", "{wire}");
        let rows = api
            .endpoints
            .iter()
            .filter(|e| e.guide.is_some() && e.scope.0 == at)
            .count();
        assert_eq!(json!(rows), facts["rows"], "{wire}");
        let satisfied_by: Vec<_> = scope
            .satisfied_by
            .iter()
            .map(|id| api.scope(*id).wire.as_str())
            .collect();
        let theirs: Vec<_> = facts["also_satisfied_by"].as_str().into_iter().collect();
        assert_eq!(satisfied_by, theirs, "{wire}");
    }
}

#[test]
fn every_event_of_the_guide_is_there_and_fired_by_the_calls_the_guide_names() {
    let api = api();
    let theirs: Vec<Value> = json("tests/data/guide/events.json");
    let ours = api
        .events
        .iter()
        .filter(|event| event.guide.is_some())
        .count();
    assert_eq!(ours, theirs.len());
    for facts in &theirs {
        let scope = facts["scope"].as_str().unwrap();
        let at = api.events.iter().position(|event| event.scope == scope);
        let at = at.unwrap_or_else(|| panic!("no event {scope}"));
        assert_eq!(
            api.events[at].guide.as_deref(),
            facts["slug"].as_str(),
            "{scope}"
        );
        let strings = |key: &str| -> Vec<String> {
            let list = facts[key].as_array().into_iter().flatten();
            list.filter_map(|text| text.as_str().map(str::to_owned))
                .collect()
        };
        for id in strings("triggered_by") {
            let fires = row(&api, &id).fires.iter().any(|event| event.0 == at);
            assert!(fires, "{id} does not fire {scope}");
        }
        let linked: Vec<_> = api
            .endpoints
            .iter()
            .filter(|endpoint| endpoint.event.is_some_and(|event| event.0 == at))
            .filter_map(|endpoint| endpoint.guide.clone())
            .collect();
        assert_eq!(linked, strings("linked_by_rows"), "{scope}");
    }
}

#[test]
fn a_read_fires_no_event_whatever_the_guide_links_to_it() {
    let api = api();
    for endpoint in api.endpoints.iter().filter(|endpoint| !endpoint.writes) {
        assert!(endpoint.fires.is_empty(), "{}", endpoint.id);
    }
}

#[test]
fn the_totals_are_the_guides_and_the_siblings_are_not_in_them() {
    let api = api();
    let totals: Value = json("tests/data/guide/totals.json");
    let rows: Vec<_> = api
        .endpoints
        .iter()
        .filter(|endpoint| endpoint.guide.is_some())
        .collect();
    let reads = rows.iter().filter(|endpoint| !endpoint.writes).count();
    assert_eq!(json!(rows.len()), totals["endpoints"]);
    assert_eq!(json!(reads), totals["read"]);
    assert_eq!(json!(rows.len() - reads), totals["write"]);
    // A group that the guide does not have may follow those of the guide.
    let is_guides = |group: &&Group| {
        let endpoints = api.endpoints_of(group);
        endpoints.iter().any(|endpoint| endpoint.guide.is_some())
    };
    let guides: Vec<_> = api.groups.iter().filter(is_guides).collect();
    assert_eq!(json!(guides.len()), totals["groups"]);
    let groups: Vec<Value> = json("tests/data/guide/groups.json");
    for (group, facts) in guides.iter().zip(groups) {
        let rows = api
            .endpoints_of(group)
            .iter()
            .filter(|e| e.guide.is_some())
            .count();
        assert_eq!(
            (json!(group.title), json!(rows)),
            (facts["name"].clone(), facts["count"].clone())
        );
    }
    let mut siblings: Vec<_> = guides
        .iter()
        .flat_map(|group| api.endpoints_of(group))
        .filter(|endpoint| endpoint.guide.is_none())
        .map(|endpoint| format!("{} {}", endpoint.method, endpoint.path))
        .collect();
    siblings.sort();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots/guide");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_description("The calls of the guide's groups that the guide does not have.");
    let _accept = accept();
    settings.bind(|| insta::assert_snapshot!("siblings", siblings.join("\n")));
}
