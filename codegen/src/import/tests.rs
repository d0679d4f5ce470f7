//! The importer and the comparison, over small descriptions written for this: for every
//! `tests/data/import/*.json` the draft stands beside it. `BLESS=1` writes the drafts anew.

use std::{fs, path::PathBuf};

use serde_json::Value;

use super::*;
use crate::{
    spec::{Document, Envelope, Generation, Map, PageStyle, Shared},
    upstream::tests::lines,
};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/data/import")
}

/// The name and the text of every description, in the order of their names.
fn descriptions() -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "json"))
        .map(|path| {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            (name, fs::read_to_string(path).unwrap())
        })
        .collect();
    all.sort();
    assert!(
        all.len() >= 4,
        "the descriptions are where the test looks for them"
    );
    all
}

pub(crate) fn draft(text: &str) -> Vec<ImportedFile> {
    draft_with(text, &ImportOptions::default()).unwrap()
}

fn draft_with(text: &str, options: &ImportOptions) -> Result<Vec<ImportedFile>, ImportError> {
    let description = Description {
        source: "",
        json: text,
    };
    Ok(import(&[description], &[], options)?.files)
}

/// The drafts as one document, with the two generations they may need.
pub(crate) fn document(files: &[ImportedFile]) -> Document {
    let mut document = Document::default();
    for (name, pattern, envelope) in [
        ("v3", "{}:", Envelope::DataMeta),
        ("v2", "", Envelope::Flat),
    ] {
        let mut operators = Map::default();
        operators.push("eq", "{}".to_owned());
        for op in [
            "in", "not_in", "min", "max", "greater", "less", "like", "not",
        ] {
            let text = if pattern.is_empty() {
                format!("{op}_{{}}")
            } else {
                format!("{pattern}{op}")
            };
            operators.push(op, text);
        }
        let generation = Generation {
            envelope,
            operators,
            ..Generation::default()
        };
        document.service.generations.push(name, generation);
        let style = |cursors| PageStyle {
            numbered: true,
            cursors,
            ..PageStyle::default()
        };
        document.service.pages.push(name, style(false));
        document
            .service
            .pages
            .push(format!("{name}_cursor"), style(true));
    }
    for file in files {
        if file.name == "shared.yaml" {
            document.shared = serde_yaml::from_str::<Shared>(&file.text).unwrap();
        } else {
            document
                .groups
                .push(serde_yaml::from_str(&file.text).unwrap());
        }
    }
    document
}

pub(crate) fn description(name: &str) -> String {
    fs::read_to_string(folder().join(format!("{name}.json"))).unwrap()
}

#[test]
fn every_description_gives_the_draft_beside_it() {
    for (name, text) in descriptions() {
        let found: String = draft(&text)
            .iter()
            .map(|file| format!("### {}\n{}", file.name, file.text))
            .collect();
        let path = folder().join(format!("{name}.yaml"));
        if std::env::var_os("BLESS").is_some() {
            fs::write(&path, &found).unwrap();
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        let differs = expected
            .lines()
            .zip(found.lines())
            .position(|(a, b)| a != b);
        assert!(
            expected == found,
            "{name}.yaml is not what the importer drafts (first at line {differs:?}); BLESS=1 writes it"
        );
    }
}

#[test]
fn the_same_description_gives_the_same_draft_twice() {
    for (_, text) in descriptions() {
        assert_eq!(draft(&text), draft(&text));
    }
}

#[test]
fn a_draft_is_a_spec_that_says_what_the_description_says() {
    for (name, text) in descriptions() {
        let found = lines(&text, &document(&draft(&text)));
        // A file to upload, and a field that only one of two bodies needs, cannot be said yet.
        let known = |line: &&String| !line.contains("multipart") && !line.contains("[].text is");
        let found: Vec<&String> = found.iter().filter(known).collect();
        assert!(found.is_empty(), "{name}: {found:#?}");
    }
}

#[test]
fn an_end_that_is_not_allowed_itself_becomes_the_next_integer_or_a_question() {
    let text = description("losses");
    let both = r#"{ "allOf": [{ "type": "integer" }, { "type": "string" }] }"#;
    assert_eq!(text.matches(both).count(), 1);
    for (schema, told) in [
        (
            r#"{ "type": "integer", "minimum": 0, "exclusiveMinimum": true, "exclusiveMaximum": 10 }"#,
            "both: { type: int, range: 1..9 }",
        ),
        (
            r#"{ "type": "integer", "minimum": 7, "exclusiveMinimum": 5, "exclusiveMaximum": false }"#,
            "both: { type: int, range: 7.. }",
        ),
        (
            r#"{ "type": "number", "minimum": 0, "exclusiveMinimum": true, "maximum": 100 }"#,
            "the range is 0..100 without 0, and `range` allows its ends",
        ),
        (
            r#"{ "type": "integer", "multipleOf": 5 }"#,
            "it has to be a multiple of 5",
        ),
        (
            r#"{ "type": "integer", "multipleOf": 1 }"#,
            "both: { type: int }",
        ),
    ] {
        let files = draft(&text.replace(both, schema));
        let is_told = files.iter().any(|file| file.text.contains(told));
        assert!(is_told, "{schema}: no `{told}`\n{files:#?}");
    }
}

#[test]
fn a_partial_success_that_lists_what_a_full_one_returns_is_drafted_as_that() {
    let full = r##""200": { "$ref": "#/components/responses/Shelf" } }"##;
    let data = r##"{ "type": "array", "items": { "$ref": "#/components/schemas/shelf_Full" } }"##;
    let schema = format!(r#"{{ "type": "object", "properties": {{ "data": {data} }} }}"#);
    let partial = format!(r#"{{ "content": {{ "application/json": {{ "schema": {schema} }} }} }}"#);
    let text = description("views");
    assert_eq!(text.matches(full).count(), 1);
    let both = format!(
        r#"{}, "207": {partial} }}"#,
        full.strip_suffix(" }").unwrap()
    );
    let both = text.replace(full, &both);
    let drafted = draft(&both);
    let said = "    returns: Shelf\n    partial: \"[Shelf]\"\n    success: [200, 207]\n";
    let all: String = drafted.iter().map(|file| file.text.as_str()).collect();
    assert_eq!(all.matches(said).count(), 1, "{all}");
    assert_eq!(lines(&both, &document(&drafted)), [""; 0]);
}

#[test]
fn one_group_can_take_everything() {
    let text = description("query");
    let options = ImportOptions {
        group: Some("all".into()),
        ..ImportOptions::default()
    };
    let files = draft_with(&text, &options).unwrap();
    let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["groups/all.yaml"]);
}

/// The descriptions of a folder that are drafted together, as in a store's whole API.
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

/// A spec that has one call of the crates already, kept by hand.
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
fn several_descriptions_are_drafted_onto_a_spec_as_stands_beside_them() {
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
fn what_stands_in_a_spec_keeps_every_line_and_is_not_drafted_again() {
    let (texts, there) = (several(), spec());
    let drafted = onto(&texts, &there);
    for file in &there {
        let Some(now) = drafted.files.iter().find(|one| one.name == file.name) else {
            assert_eq!(file.name, "scopes.yaml", "nothing was added to it");
            continue;
        };
        let mut lines = now.text.lines();
        // An empty mapping that gets something in it is none any more.
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
        "declared as a single one, drafted as a list",
        "how many items a batch may hold",
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
        figures.contains("1 how many items a batch may hold"),
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
            .starts_with("groups/crates.yaml cannot be added to: "),
        "{error}"
    );
}

#[test]
fn only_what_is_asked_for_is_drafted() {
    let text = description("query");
    let only = |operations: &[&str], tags: &[&str]| {
        let options = ImportOptions {
            operations: operations.iter().map(ToString::to_string).collect(),
            tags: tags.iter().map(ToString::to_string).collect(),
            ..ImportOptions::default()
        };
        let document = document(&draft_with(&text, &options).unwrap());
        let endpoints = document.groups.iter().flat_map(|group| &group.endpoints);
        endpoints
            .map(|endpoint| endpoint.operation.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(only(&["deleteThings"], &[]), ["deleteThings"]);
    assert_eq!(only(&[], &["Shop things"]), ["getShopThings"]);
}

#[test]
fn what_cannot_be_imported_is_refused_with_a_reason() {
    let refuse = |text: &str| {
        draft_with(text, &ImportOptions::default())
            .unwrap_err()
            .to_string()
    };
    assert!(refuse("{ openapi").starts_with("the file is not JSON: "));
    assert!(refuse("openapi: [").starts_with("the file is not YAML: "));
    let openapi = "the file is not an OpenAPI 3 description: ";
    for (text, why) in [
        ("[]", "it is not an object"),
        ("{}", "it has no `openapi` key"),
        (
            r#"{"swagger":"2.0"}"#,
            "it is Swagger 2, which has to be converted first",
        ),
        (
            r#"{"openapi":"2.9"}"#,
            "`openapi` is `2.9`, and only 3.x is read",
        ),
        (r#"{"openapi":"3.0.0"}"#, "it has no `paths`"),
    ] {
        assert_eq!(refuse(text), format!("{openapi}{why}"));
    }
    let options = ImportOptions {
        operations: vec!["getThing".into()],
        ..ImportOptions::default()
    };
    let error = draft_with(&description("query"), &options)
        .unwrap_err()
        .to_string();
    assert_eq!(
        error,
        "the file has no operation `getThing`; did you mean `getThings`?"
    );
}

#[test]
fn whatever_is_broken_in_a_description_nothing_panics() {
    for (_, text) in descriptions() {
        let root: Value = serde_json::from_str(&text).unwrap();
        let mut pointers = Vec::new();
        collect(&root, String::new(), &mut pointers);
        let broken = [
            Value::Null,
            "x".into(),
            7.into(),
            serde_json::json!([]),
            serde_json::json!({}),
        ];
        for (place, pointer) in pointers.iter().enumerate() {
            let mut root = root.clone();
            if let (Some(value), Some(other)) =
                (root.pointer_mut(pointer), broken.get(place % broken.len()))
            {
                *value = other.clone();
            }
            let files = draft_with(&root.to_string(), &ImportOptions::default());
            if let (0, Ok(files)) = (place % 4, files) {
                let _ = lines(&text, &document(&files));
            }
        }
    }
}

/// The pointers to every value.
fn collect(value: &Value, here: String, found: &mut Vec<String>) {
    let escape = |key: &str| key.replace('~', "~0").replace('/', "~1");
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                collect(value, format!("{here}/{}", escape(key)), found);
            }
        }
        Value::Array(list) => {
            for (place, value) in list.iter().enumerate() {
                collect(value, format!("{here}/{place}"), found);
            }
        }
        _ => {}
    }
    found.push(here);
}

#[test]
fn an_enumeration_of_very_many_members_is_drafted_with_each_of_them_once() {
    let words: Vec<String> = (0..100_000).map(|n| format!("word_{n}")).collect();
    let twice: Vec<&String> = words.iter().chain(&words).collect();
    let schema = serde_json::json!({ "type": "object", "properties": {
        "kind": { "type": "string", "enum": twice },
        "other": { "oneOf": [{ "type": "string", "enum": twice }, { "type": "string", "enum": words }] } } });
    let text = serde_json::json!({ "openapi": "3.0.0", "info": { "title": "things" }, "paths": { "/v3/things": {
        "get": { "operationId": "getThing", "tags": ["Things"], "responses": { "200": { "description": "",
        "content": { "application/json": { "schema": schema } } } } } } } });
    let files = draft(&text.to_string());
    assert_eq!(files[0].text.matches("word_99999").count(), 2);
    assert_eq!(files[0].text.matches("word_").count(), 200_000);
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
