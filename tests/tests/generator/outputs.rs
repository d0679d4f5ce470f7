//! The outputs for people and for programs other than rustc: the scope matrix, the docs and the
//! catalogue; and what holds for every output file.

mod answers;
mod conflicts;
mod examples;
mod samples;
mod summaries;

use std::{collections::BTreeMap, path::Path, sync::LazyLock};

use bigcommerce_tests::{
    accept::accept,
    api,
    cases::{Case, cases, model},
    read, root,
    rows::complete,
};
use codegen::{
    model::Api,
    pipeline::{self, Output},
    render::{self, File},
};
use rayon::prelude::*;
use serde_json::Value;

const DOCS: &str = "generated-client/docs/";
pub const SITE: &str = "target/site/";

/// The groups for which another one is representative in what a reviewer sees.
const OTHERS: [&str; 2] = ["things", "stickers"];

/// Times of day that occur in examples.
const EXAMPLES: [&str; 2] = ["12:00:00", "21:40:11"];

fn case(name: &str) -> Case {
    let mut cases = cases("outputs").into_iter();
    cases.find(|case| case.name == name).unwrap()
}

/// A small service with a bit of everything that pages show.
fn shelf() -> Api {
    model("shelf", case("shelf").sources())
}

/// Everything rendered from the real spec, rendered once for all tests.
pub fn whole() -> &'static [File] {
    static FILES: LazyLock<Vec<File>> = LazyLock::new(|| everything(&api()));
    &FILES
}

/// Everything rendered from an API, including the site.
fn everything(api: &Api) -> Vec<File> {
    let rendered = pipeline::render(api, &Output::ALL).unwrap();
    let mut files: Vec<File> = rendered.files.into_iter().map(|(_, file)| file).collect();
    files.extend(render::docs::site(api).unwrap());
    files
}

fn file<'a>(files: &'a [File], path: &str) -> &'a str {
    let found = files.iter().find(|file| file.path == path);
    &found.unwrap_or_else(|| panic!("there is no {path}")).text
}

fn catalogue(files: &[File]) -> Value {
    serde_json::from_str(file(files, "generated-client/docs/api.json")).unwrap()
}

fn snapshot(folder: &str, name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(format!("../snapshots/{folder}"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let _accept = accept();
    settings.bind(|| insta::assert_snapshot!(name, text));
}

#[test]
fn the_scope_matrix_is_the_one_a_reviewer_has_seen() {
    let files = render::scopes::render(&shelf()).unwrap();
    for kind in ["md", "csv", "json"] {
        let path = format!("{DOCS}scope-matrix.{kind}");
        snapshot("scope-matrix", kind, file(&files, &path));
    }
}

#[test]
fn a_page_of_each_kind_of_the_markdown_reference_is_the_one_a_reviewer_has_seen() {
    let files = render::docs::markdown(&shelf()).unwrap();
    for file in &files {
        let name = file.path.trim_start_matches(DOCS).trim_end_matches(".md");
        // One group is representative of all.
        if !OTHERS.contains(&name) {
            snapshot("docs", name, &file.text);
        }
    }
    assert_eq!(files.len(), 12, "a kind of page has come or gone");
}

#[test]
fn a_page_of_each_kind_of_the_site_is_the_one_a_reviewer_has_seen() {
    let files = render::docs::site(&shelf()).unwrap();
    let mut pages = 0;
    for file in &files {
        let name = file.path.trim_start_matches(SITE);
        if let Some(name) = name.strip_suffix(".html").filter(|name| represents(name)) {
            pages += 1;
            snapshot("site", name, &file.text);
        }
    }
    assert_eq!(pages, 19, "a kind of page has come or gone");
}

/// Whether a page is the representative of its kind: groups, scopes, diagnostic codes, guides.
fn represents(page: &str) -> bool {
    const MANY: [&str; 3] = ["scope-", "diagnostic-", "guide-"];
    const ONE: [&str; 3] = ["scope-things_write", "diagnostic-e012", "guide-limits"];
    !OTHERS.contains(&page)
        && (ONE.contains(&page) || !MANY.iter().any(|kind| page.starts_with(kind)))
}

#[test]
fn the_totals_of_the_catalogue_are_those_a_reviewer_has_seen() {
    let totals = &catalogue(whole())["totals"];
    snapshot(
        "catalogue",
        "totals",
        &serde_json::to_string_pretty(totals).unwrap(),
    );
}

#[test]
fn an_endpoint_of_the_catalogue_is_the_one_a_reviewer_has_seen() {
    let files = render::catalogue::render(&shelf()).unwrap();
    let endpoints = &catalogue(&files)["endpoints"];
    for at in ["parcels.send_many", "parcels.update"] {
        let endpoint = endpoints
            .as_array()
            .unwrap()
            .iter()
            .find(|one| one["id"] == at);
        snapshot(
            "catalogue",
            at,
            &serde_json::to_string_pretty(endpoint.unwrap()).unwrap(),
        );
    }
}

#[test]
fn the_catalogue_holds_to_its_published_schema() {
    for api in [api(), shelf()] {
        let files = render::catalogue::render(&api).unwrap();
        let schema: Value =
            serde_json::from_str(file(&files, "generated-client/docs/api.schema.json")).unwrap();
        let validator = jsonschema::draft202012::new(&schema).unwrap();
        let catalogue = catalogue(&files);
        let errors: Vec<_> = validator
            .iter_errors(&catalogue)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .take(10)
            .collect();
        assert!(errors.is_empty(), "{errors:#?}");
        let mut other = catalogue.clone();
        other["endpoints"][0]["scope"] = Value::Null;
        assert!(!validator.is_valid(&other), "the schema takes anything");
    }
}

#[test]
fn each_schema_in_the_catalogue_is_json_schema_2020_12_and_needs_no_other_file() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for api in [api(), shelf()] {
        let catalogue = catalogue(&render::catalogue::render(&api).unwrap());
        let sides = [("request", "requests"), ("response", "responses")];
        // Everything that a side defines, whether or not a body needs it.
        wrong.extend(sides.iter().filter_map(|(_, side)| {
            let problem = flaw(&catalogue["schemas"][side])?;
            Some(format!("{side}: {problem}"))
        }));
        let bodies = catalogue["endpoints"].as_array().unwrap().iter();
        let bodies: Vec<_> = bodies
            .flat_map(|endpoint| sides.map(|(body, side)| (endpoint, body, side)))
            .filter(|(endpoint, body, _)| !endpoint["json_schema"][body].is_null())
            .collect();
        seen += bodies.len();
        let problems = bodies.par_iter().filter_map(|(endpoint, body, side)| {
            let schema = &endpoint["json_schema"][body];
            let problem = flaw(&complete(&catalogue, side, schema))?;
            Some(format!("{}, {body}: {problem}", endpoint["id"]))
        });
        wrong.extend(problems.collect::<Vec<_>>());
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(seen > 60, "only {seen} schemas were found");
}

/// Why this is not a self-contained schema of the dialect.
fn flaw(schema: &Value) -> Option<String> {
    if schema["$schema"] != "https://json-schema.org/draft/2020-12/schema" {
        return Some(format!("its dialect is {}", schema["$schema"]));
    }
    let mut elsewhere = None;
    references(schema, &mut |target| {
        if !target.starts_with("#/") {
            elsewhere = Some(format!("it refers to {target}"));
        }
    });
    if elsewhere.is_some() {
        return elsewhere;
    }
    if let Err(error) = jsonschema::draft202012::meta::validate(schema) {
        return Some(error.to_string());
    }
    let usable = jsonschema::draft202012::new(schema);
    usable.err().map(|error| error.to_string())
}

/// Visits every `$ref` within a schema.
fn references(schema: &Value, show: &mut impl FnMut(&str)) {
    match schema {
        Value::Object(keys) => {
            for (key, value) in keys {
                match value {
                    Value::String(target) if key == "$ref" => show(target),
                    value => references(value, show),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, show)),
        _ => {}
    }
}

#[test]
fn every_output_is_the_same_to_the_byte_each_time_on_any_number_of_threads() {
    let render = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| everything(&read()))
    };
    let once = whole();
    for threads in [1, 2, 4] {
        let again = render(threads);
        assert_eq!(once.len(), again.len());
        for (one, other) in once.iter().zip(&again) {
            assert!(one == other, "{} differs on {threads} threads", one.path);
        }
    }
}

#[test]
fn the_outputs_state_the_spec_the_generator_and_the_counts_that_they_are_made_from() {
    let (api, hash) = (shelf(), case("shelf").sources().hash());
    let files = everything(&api);
    let holding = files.iter().filter(|file| file.text.contains(&hash));
    let holding: Vec<&str> = holding.map(|file| file.path.as_str()).collect();
    let client = "generated-client/src/generated/catalogue/provenance.rs";
    // An edit of the spec changes these in addition to what it is about, and nothing else.
    let expected = [
        &format!("{DOCS}api.json"),
        &format!("{DOCS}versions.md"),
        client,
        &format!("{SITE}versions.html"),
        &format!("{SITE}api.json"),
        &format!("{SITE}versions.md"),
    ];
    assert_eq!(holding, expected);
    snapshot("catalogue", "provenance", file(&files, client));
    let provenance = &catalogue(&files)["provenance"];
    let said = serde_json::json!({ "spec_sha256": hash, "generator": codegen::VERSION });
    assert_eq!(*provenance, said);
}

#[test]
fn no_file_of_the_outputs_holds_a_time_or_a_place() {
    let (sources, _) = codegen::load::texts(&root().join("spec"));
    let spec: String = sources.iter().map(|(_, text)| text).collect();
    let here = root().canonicalize().unwrap();
    let home = std::env::var("HOME").unwrap_or_default();
    let places: Vec<&str> = [here.to_str().unwrap(), home.as_str()]
        .into_iter()
        .filter(|place| Path::new(place).is_absolute() && place.len() > 1)
        .collect();
    for file in whole() {
        let (path, text) = (&file.path, &file.text);
        assert!(
            !path.starts_with('/') && !path.contains(['\\', ':']),
            "{path}"
        );
        for place in &places {
            assert!(!text.contains(&format!("{place}/")), "{path} holds {place}");
        }
        for time in times(text) {
            assert!(
                EXAMPLES.contains(&time) || spec.contains(time),
                "{path} holds the time {time}"
            );
        }
        // Lines of CSV end in two characters, according to its standard.
        if !path.ends_with(".csv") {
            assert!(
                !text.contains('\r'),
                "{path} has line ends of another system"
            );
        }
        assert!(
            text.ends_with('\n') && !text.ends_with("\n\n"),
            "{path} ends oddly"
        );
    }
}

/// Every `12:34:56`.
fn times(text: &str) -> impl Iterator<Item = &str> {
    let shape = |bytes: &[u8]| {
        bytes.iter().enumerate().all(|(at, byte)| match at {
            2 | 5 => *byte == b':',
            _ => byte.is_ascii_digit(),
        })
    };
    text.as_bytes()
        .windows(8)
        .enumerate()
        .filter(move |(_, bytes)| shape(bytes))
        .filter_map(|(at, _)| text.get(at..at + 8))
}

#[test]
fn no_two_files_of_the_outputs_share_a_path_even_where_capitals_are_not_told_apart() {
    let mut seen = BTreeMap::new();
    for file in whole() {
        if let Some(other) = seen.insert(file.path.to_lowercase(), file.path.clone()) {
            panic!("{other} and {} are one file on some systems", file.path);
        }
    }
}
