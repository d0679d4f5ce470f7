//! Drafts for an existing spec: its contents stay unchanged, and what is new is added.

use std::{fs, path::PathBuf};

use super::folder;
use crate::import::{Description, ImportOptions, Imported, ImportedFile, import};

/// The descriptions of a folder, drafted together like a store's whole API.
fn several() -> Vec<(String, String)> {
    ["crates.v3", "shelves.v3", "shelves.sf"]
        .into_iter()
        .map(|name| {
            let path = folder().join("several").join(format!("{name}.json"));
            (name.to_owned(), fs::read_to_string(path).unwrap())
        })
        .collect()
}

fn onto(texts: &[(String, String)], there: &[ImportedFile]) -> Imported {
    let descriptions: Vec<Description<'_>> = texts
        .iter()
        .map(|(source, json)| Description { source, json })
        .collect();
    import(&descriptions, there, &ImportOptions::default()).unwrap()
}

/// A spec that already has one call of the crates, kept by hand.
fn spec() -> Vec<ImportedFile> {
    let file = |name: &str| ImportedFile {
        name: name.to_owned(),
        text: fs::read_to_string(folder().join("several").join(name)).unwrap(),
    };
    ["groups/crates.yaml", "scopes.yaml", "shared.yaml"]
        .map(file)
        .to_vec()
}

#[test]
fn several_descriptions_are_drafted_onto_a_spec_as_in_the_files_next_to_them() {
    let drafted = onto(&several(), &spec());
    let mut found: String = drafted
        .files
        .iter()
        .map(|file| format!("### {}\n{}", file.name, file.text))
        .collect();
    found.push_str(&format!("### report\n{}", drafted.report));
    let path = folder().join("several/drafted.txt");
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, &found).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        expected == found,
        "it is not what the importer drafts; BLESS=1 writes it"
    );
}

#[test]
fn what_is_in_a_spec_keeps_every_line_and_is_not_drafted_again() {
    let (texts, there) = (several(), spec());
    let drafted = onto(&texts, &there);
    for file in &there {
        let Some(now) = drafted.files.iter().find(|one| one.name == file.name) else {
            assert_eq!(file.name, "scopes.yaml", "nothing was added to it");
            continue;
        };
        let mut lines = now.text.lines();
        // An empty mapping with an addition is no longer empty.
        for line in file.text.lines().filter(|line| *line != "schemas: {}") {
            assert!(
                lines.any(|now| now == line),
                "{}: {line} is gone",
                file.name
            );
        }
    }
    let report = &drafted.report;
    assert_eq!((report.operations, report.there), (16, 1));
    assert_eq!(report.drafted + report.there, report.operations);
    let mut whole: Vec<ImportedFile> = there;
    whole.retain(|file| drafted.files.iter().all(|one| one.name != file.name));
    whole.extend(drafted.files.iter().cloned());
    let again = onto(&texts, &whole);
    assert_eq!((again.report.drafted, again.files.len()), (0, 0));
}

#[test]
fn what_the_spec_has_no_words_for_is_a_todo_at_its_place() {
    let drafted = onto(&several(), &spec());
    let all: String = drafted.files.iter().map(|file| file.text.clone()).collect();
    for todo in [
        "the body may also be `multipart/form-data`",
        "its server is `https://{store_domain}/api/storefront`",
        "declared as a single value, drafted as a list",
        "how many items a batch may have",
    ] {
        let lines = all.lines().filter(|line| line.contains("todo: "));
        assert_eq!(
            lines.filter(|line| line.contains(todo)).count(),
            1,
            "{todo}"
        );
    }
    let figures = drafted.report.to_string();
    assert!(
        figures.contains("1 how many items a batch may have"),
        "{figures}"
    );
}

/// A description of crates and of the metafields of each.
fn crates_with_metafields() -> String {
    let operation = |id: &str, names: &[&str], body: bool| {
        let mut thing =
            serde_json::json!({ "type": "object", "properties": { "key": { "type": "string" } } });
        if id.contains("CratesMeta") {
            thing = serde_json::json!({ "type": "array", "items": thing });
        }
        let content = serde_json::json!({ "application/json": { "schema": thing } });
        let parameters: Vec<_> = names
            .iter()
            .map(|name| {
                let kind = serde_json::json!({ "type": "integer" });
                serde_json::json!({ "name": name, "in": "path", "required": true, "schema": kind })
            })
            .collect();
        let mut operation = serde_json::json!({ "operationId": id, "tags": ["Crates"],
            "parameters": parameters, "responses": { "200": { "description": "", "content": content } } });
        if body {
            operation["requestBody"] = serde_json::json!({ "required": true, "content": content });
        }
        operation
    };
    let (one, both) = (["crate_id"], ["crate_id", "metafield_id"]);
    serde_json::json!({ "openapi": "3.0.0", "info": { "title": "crates" }, "paths": {
        "/v3/crates/{crate_id}": { "get": operation("getCrate", &one, false) },
        "/v3/crates/metafields": {
            "get": operation("getCratesMetafields", &[], false),
            "post": operation("createCratesMetafields", &[], true),
            "put": operation("updateCratesMetafields", &[], true),
            "delete": operation("deleteCratesMetafields", &[], true),
        },
        "/v3/crates/{crate_id}/metafields": {
            "get": operation("getCrateMetafields", &one, false),
            "post": operation("createCrateMetafield", &one, true),
        },
        "/v3/crates/{crate_id}/metafields/{metafield_id}": {
            "get": operation("getCrateMetafield", &both, false),
            "put": operation("updateCrateMetafield", &both, true),
            "delete": operation("deleteCrateMetafield", &both, false),
        },
    } })
    .to_string()
}

#[test]
fn what_a_template_makes_is_one_line_where_the_spec_has_the_template_and_a_file_where_it_has_not() {
    let json = crates_with_metafields();
    let name = "templates/metafields.yaml";
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../spec")
        .join(name);
    let template = ImportedFile {
        name: name.to_owned(),
        text: fs::read_to_string(path).unwrap(),
    };
    let drafted = |there: &[ImportedFile]| {
        let description = Description {
            source: "crates.v3.yml",
            json: &json,
        };
        let files = import(&[description], there, &ImportOptions::default())
            .unwrap()
            .files;
        let crates = files
            .iter()
            .find(|file| file.name == "groups/crates.yaml")
            .unwrap();
        let own = files
            .iter()
            .any(|file| file.name == "groups/crate_metafields.yaml");
        (crates.text.clone(), own)
    };
    let (with, own) = drafted(&[template]);
    assert!(
        with.contains("templates:\n  metafields: { of: crate, all: /v3/crates"),
        "{with}"
    );
    assert!(!own && !with.contains("getCrateMetafield"), "{with}");
    let (without, own) = drafted(&[]);
    assert!(own || without.contains("getCrateMetafield"), "{without}");
    assert!(!without.contains("templates:"), "{without}");
}

#[test]
fn a_file_of_the_spec_that_has_no_place_for_more_is_refused_by_its_name() {
    let mut there = spec();
    there[0].text =
        "group: crates\nsource: crates.v3.yml\nendpoints: [{ id: x, get: /v3/crates/x }]\n"
            .to_owned();
    let texts = several();
    let (source, json) = &texts[0];
    let description = Description { source, json };
    let error = import(&[description], &there, &ImportOptions::default()).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("groups/crates.yaml cannot be extended: "),
        "{error}"
    );
}

#[test]
fn what_bigcommerce_calls_is_not_drafted_where_a_provider_has_it() {
    let json = r#"{ "openapi": "3.0.3", "info": { "title": "things" },
        "servers": [{ "url": "https://{app_domain}" }],
        "paths": { "/provide": { "post": { "operationId": "provideThings",
            "responses": { "200": { "description": "Done." } } } } } }"#;
    let description = [Description { source: "", json }];
    let none = import(&description, &[], &ImportOptions::default()).unwrap();
    assert_eq!((none.report.drafted, none.report.inbound), (1, 0));
    let provider = ImportedFile {
        name: "inbound/thing_provider.yaml".to_owned(),
        text: "group: thing_provider\ntitle: Things\ndoes: Provide things.\nserver: An app.\n\
            base_url: \"https://{app_domain}\"\nauth: none\ncredentials: None.\nsource: things.yml\n\
            endpoints: [{ id: provide, post: /provide, operation: provideThings, does: Provide things., \
            returns: none, success: [200] }]\n"
            .to_owned(),
    };
    let there = import(&description, &[provider], &ImportOptions::default()).unwrap();
    assert_eq!((there.report.drafted, there.report.inbound), (0, 1));
    assert!(there.files.is_empty());
}
