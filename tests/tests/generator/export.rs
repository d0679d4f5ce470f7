//! The OpenAPI document exported from the spec, compared with the spec and imported again.

use bigcommerce_tests::accept::accept;
use codegen::{
    export,
    import::{self, ImportOptions, ImportedFile},
    load, pipeline,
    source::Sources,
    spec::Document,
    upstream::{self, Description, Expected, Held, Topic},
};
use serde_json::Value;

fn spec() -> (Document, Sources) {
    let loaded = load::load(&bigcommerce_tests::root().join("spec"));
    (loaded.document.unwrap(), loaded.sources)
}

fn exported(sources: &Sources) -> Value {
    export::openapi(&pipeline::of(sources.clone()).api.unwrap())
}

fn held(text: &str, document: &Document, sources: &Sources) -> Held {
    let description = Description {
        file: "openapi.json",
        text,
    };
    upstream::hold(&[description], document, sources, Expected::All).unwrap()
}

/// What differs, apart from records of what official descriptions say instead.
fn lines(held: &Held) -> Vec<String> {
    let differences = held
        .differences
        .iter()
        .filter(|one| one.topic != Topic::Conflict);
    let all = held.unmatched.iter().chain(differences);
    all.map(|one| format!("{}.{}: {}", one.group, one.endpoints.join(", "), one.text))
        .collect()
}

#[test]
fn the_exported_document_says_what_the_spec_says() {
    let (mut document, sources) = spec();
    let exported = exported(&sources);
    let calls = document.inbound.iter().flat_map(|provider| {
        let calls = provider.endpoints.iter();
        calls.map(|call| provider.id_of(call))
    });
    for id in calls {
        let call = &exported["webhooks"][&id]["post"];
        assert!(call["responses"]["200"].is_object(), "{id}");
    }
    // A webhook in the document is not a path, and only paths are compared.
    document.inbound.clear();
    let text = exported.to_string();
    let held = held(&text, &document, &sources);
    assert_eq!(lines(&held), [""; 0]);
    let ours: usize = document.groups.iter().map(|one| one.endpoints.len()).sum();
    assert_eq!((held.matched, held.sought, held.theirs), (ours, ours, 0));
}

#[test]
fn what_is_exported_is_there_when_it_is_imported_again() {
    let (_, sources) = spec();
    let json = exported(&sources).to_string();
    let description = import::Description {
        source: "",
        json: &json,
    };
    let files = sources
        .iter()
        .filter(|(name, _)| !name.starts_with("schema/"));
    let there: Vec<ImportedFile> = files
        .map(|(name, text)| ImportedFile {
            name: name.to_owned(),
            text: text.to_owned(),
        })
        .collect();
    let again = import::import(&[description], &there, &ImportOptions::default()).unwrap();
    assert_eq!(again.files, []);
}

/// The document with the paths of one generation, like official descriptions.
fn generation(document: &Value, version: &str) -> String {
    let mut half = document.clone();
    let paths = half["paths"].as_object_mut().unwrap();
    let own = std::mem::take(paths)
        .into_iter()
        .filter_map(|(path, item)| {
            let bare = path.strip_prefix(&format!("/{version}"))?;
            Some((bare.to_owned(), item))
        });
    *paths = own.collect();
    let url = format!("https://api.bigcommerce.com/stores/{{store_hash}}/{version}");
    half["servers"] = serde_json::json!([{ "url": url }]);
    half["info"]["title"] = version.into();
    half.to_string()
}

#[test]
fn a_spec_drafted_from_the_exported_document_says_the_same_but_for_what_a_reviewer_has_seen() {
    let _accept = accept();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots/export");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let (document, sources) = spec();
    let whole = exported(&sources);
    for version in ["v2", "v3"] {
        let json = generation(&whole, version);
        let description = import::Description {
            source: "",
            json: &json,
        };
        let drafted = import::import(&[description], &[], &ImportOptions::default()).unwrap();
        let mut drafts = Document {
            service: document.service.clone(),
            scopes: document.scopes.clone(),
            ..Document::default()
        };
        for file in &drafted.files {
            match file.name.as_str() {
                "shared.yaml" => drafts.shared = serde_yaml::from_str(&file.text).unwrap(),
                "scopes.yaml" => {}
                _ => drafts
                    .groups
                    .push(serde_yaml::from_str(&file.text).unwrap()),
            }
        }
        let mut found = lines(&held(&json, &drafts, &sources));
        // A draft has one spelling and one requirement per field, even if the field's bodies differ.
        // Schemas with the same name at two paths are one to it: option values and modifier values, for
        // example.
        found.sort();
        settings.bind(|| insta::assert_snapshot!(version, found.join("\n")));
    }
}
