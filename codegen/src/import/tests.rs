//! Tests of the importer and the comparison with small descriptions: each `tests/data/import/*.json` has its
//! draft in the same folder. `BLESS=1` writes the drafts.

mod branches;
mod broken;
mod onto_spec;
mod used;

use std::{fs, path::PathBuf};

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
            list_operators: vec!["in".to_owned(), "not_in".to_owned()],
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
fn every_description_gives_the_draft_next_to_it() {
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
        // A file to upload, a field that only one of two bodies requires, and an enumeration of fractions cannot
        // be expressed yet; a list that a filter is compared with is drafted as one value, and the draft says so.
        let told = [
            "multipart",
            "[].text is",
            "level has members officially (1, 2.5)",
            "code is a comma-separated list",
        ];
        let known = |line: &&String| !told.iter().any(|it| line.contains(it));
        let found: Vec<&String> = found.iter().filter(known).collect();
        assert!(found.is_empty(), "{name}: {found:#?}");
    }
}

#[test]
fn a_delete_of_a_collection_is_named_by_how_its_query_selects_items() {
    let text = description("losses");
    let operation = r#""operationId": "deleteSizes","#;
    assert_eq!(text.matches(operation).count(), 1);
    for (name, required, method) in [
        ("id:in", true, "delete_many"),
        ("id:in", false, "delete_matching"),
        ("code", true, "delete_matching"),
    ] {
        let query = format!(
            r#"{operation} "parameters": [{{ "name": "{name}", "in": "query",
                "required": {required}, "schema": {{ "type": "string" }} }}],"#
        );
        let files = draft(&text.replace(operation, &query));
        let id = format!("- id: {method}\n");
        let is_named = files.iter().any(|file| file.text.contains(&id));
        assert!(is_named, "{name}: no `{method}`\n{files:#?}");
    }
}

#[test]
fn the_scope_that_an_operation_states_is_drafted_and_one_that_no_area_has_is_a_question() {
    let text = description("losses");
    let operation = r#""operationId": "deleteSizes","#;
    assert_eq!(text.matches(operation).count(), 1);
    for (wire, told) in [
        ("store_v2_orders", "\nscope: orders\n"),
        ("store_v2_orders_read_only", "    scope: orders.read\n"),
        ("store_of_tomorrow", "the scope is `store_of_tomorrow`"),
    ] {
        let security = format!(r#"{operation} "security": [{{ "token": ["{wire}"] }}],"#);
        let files = draft(&text.replace(operation, &security));
        let is_told = files.iter().any(|file| file.text.contains(told));
        assert!(is_told, "{wire}: no `{told}`\n{files:#?}");
    }
    let both = format!(
        r#"{operation} "security": [{{ "token": ["store_v2_orders"] }}, {{ "token": ["store_v2_transactions"] }}],"#
    );
    let files = draft(&text.replace(operation, &both));
    let other = "    or_scope: transactions.modify\n";
    let is_told = files.iter().any(|file| file.text.contains(other));
    assert!(is_told, "{files:#?}");
    // What every operation of the description requires is stated once.
    let security = r#""security": [{ "token": ["store_v2_orders"] }], "paths":"#;
    let files = draft(&text.replacen(r#""paths":"#, security, 1));
    let is_told = files
        .iter()
        .filter(|file| file.text.contains("\nscope: orders\n"));
    assert_eq!(is_told.count(), files.len(), "{files:#?}");
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
            "the range is 0..100 without 0, but `range` includes its ends",
        ),
        (
            r#"{ "type": "integer", "multipleOf": 5 }"#,
            "it must be a multiple of 5",
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
