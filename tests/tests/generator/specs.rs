//! Random specs through the whole pipeline: each is rejected with reasons or rendered, always to the
//! same bytes, and to valid Rust and JSON. The specs are drawn from a fixed seed.

use bigcommerce_tests::{
    choices::{Choices, cases},
    specs::{Files, HARD, pairs, spec},
};
use codegen::{
    diagnostic::render_plain,
    model::Api,
    pipeline::{self, Output},
    source::Sources,
};
use proptest::{
    collection::vec,
    prelude::{ProptestConfig, any},
    strategy::{Strategy, ValueTree},
    test_runner::{RngAlgorithm, TestCaseError, TestRng, TestRunner},
};

const SPECS: u32 = 48;

fn runner() -> TestRunner {
    let config = ProptestConfig {
        cases: cases(SPECS),
        failure_persistence: None,
        max_shrink_iters: 300,
        ..ProptestConfig::default()
    };
    TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}

fn specs() -> impl Strategy<Value = Files> {
    vec(any::<u32>(), 200..1200).prop_map(|numbers| spec(&mut Choices::new(&numbers)))
}

/// An API, or what is wrong with the spec.
fn read(files: &Files) -> Result<Api, String> {
    let checked = pipeline::of(Sources::from_texts(files.clone()));
    let drawn = render_plain(&checked.diagnostics, &checked.sources);
    checked.api.ok_or(drawn)
}

/// Every file that the pipeline renders from an API, by path, with this many threads.
fn files(api: &Api, threads: usize) -> Result<Files, String> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    pool.map_err(|error| error.to_string())?.install(|| {
        let rendered = pipeline::render(api, &Output::ALL).map_err(|error| error.to_string())?;
        let files = rendered
            .files
            .into_iter()
            .map(|(_, file)| (file.path, file.text));
        let regions = rendered
            .regions
            .into_iter()
            .map(|(_, region)| (region.path.clone(), format!("{region:?}")));
        Ok(files.chain(regions).collect())
    })
}

fn shown(files: &Files) -> String {
    files
        .iter()
        .map(|(path, text)| format!("--- {path}\n{text}"))
        .collect()
}

#[test]
fn a_random_spec_is_refused_with_reasons_or_rendered_to_what_can_be_read() {
    let rendered = std::cell::Cell::new(0);
    let outcome = runner().run(&specs(), |texts| {
        let fail = |why: String| Err(TestCaseError::fail(format!("{why}\n{}", shown(&texts))));
        let api = match read(&texts) {
            Ok(api) => api,
            Err(drawn) if drawn.contains("error") => return Ok(()),
            Err(drawn) => return fail(format!("refused without a reason: {drawn}")),
        };
        let files = match files(&api, 1) {
            Ok(files) => files,
            Err(error) => return fail(error),
        };
        for (path, text) in &files {
            let problem = match path.rsplit_once('.') {
                Some((_, "rs")) => syn::parse_file(text).err().map(|error| error.to_string()),
                Some((_, "json")) => serde_json::from_str::<serde::de::IgnoredAny>(text)
                    .err()
                    .map(|error| error.to_string()),
                _ => None,
            };
            if let Some(problem) = problem {
                return fail(format!("{path} cannot be read: {problem}\n{text}"));
            }
        }
        rendered.set(rendered.get() + 1);
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
    let rendered = rendered.get();
    assert!(
        rendered * 3 > cases(SPECS) * 2,
        "only {rendered} of {} specs were valid",
        cases(SPECS)
    );
}

#[test]
fn a_spec_is_rendered_to_the_same_bytes_each_time_on_any_number_of_threads() {
    let mut runner = runner();
    let drawn = cases(16);
    let mut compared = 0;
    for _ in 0..drawn {
        let texts = specs().new_tree(&mut runner).unwrap().current();
        let Ok(api) = read(&texts) else {
            continue;
        };
        let one = files(&api, 1).unwrap();
        assert!(
            one == files(&api, 1).unwrap(),
            "twice on one thread:\n{}",
            shown(&texts)
        );
        assert!(
            one == files(&api, 3).unwrap(),
            "on three threads:\n{}",
            shown(&texts)
        );
        // Another API from the same text: nothing may depend on addresses or on hashing.
        let again = read(&texts).unwrap();
        assert!(
            one == files(&again, 2).unwrap(),
            "read again:\n{}",
            shown(&texts)
        );
        compared += 1;
    }
    assert!(
        compared * 2 > drawn,
        "only {compared} of {drawn} specs were valid"
    );
}

/// A spec of one group with one object, in which `with` replaces some fields.
fn small(fields: &str) -> Files {
    let mut files = spec(&mut Choices::new(&[]));
    let group = files
        .iter_mut()
        .find(|(path, _)| path.starts_with("groups/"));
    let (path, text) = group.unwrap();
    let name = path.trim_start_matches("groups/").trim_end_matches(".yaml");
    *text = format!(
        "group: {name}
title: Things
does: Keeps things.
warning: Writes change things.
version: v3
scope: area_0
source: things.yml
endpoints:
  - {{ id: create, post: /v3/things, operation: createThing, does: Adds one., acts_on: thing, takes: ThingCreate, returns: Thing, success: [200] }}
schemas:
  Thing:
    does: A thing.
    views: [read, create]
    fields:
      id: {{ type: int }}
      {fields}
"
    );
    files
}

#[test]
fn a_value_that_cannot_be_without_another_of_its_kind_is_refused() {
    for view in ["read", "create"] {
        let fields = format!("inner: {{ type: Thing, required: [{view}] }}");
        assert!(
            read(&small(&fields)).is_err(),
            "a Thing to {view} needs a Thing without end"
        );
    }
    for fields in [
        "inner: { type: Thing }",
        "inner: { type: \"[Thing]\", required: [read, create] }",
        "inner: { type: \"{Thing}\", required: [read, create] }",
    ] {
        let api = read(&small(fields)).unwrap_or_else(|drawn| panic!("{drawn}"));
        files(&api, 1).unwrap_or_else(|error| panic!("{fields}: {error}"));
    }
}

#[test]
fn a_name_that_rust_cannot_spell_is_refused_or_spelled_otherwise() {
    for name in HARD {
        let name = serde_json::Value::from(*name);
        for fields in [
            format!("{name}: {{ type: int }}"),
            format!("kind: {{ enum: {{ {name}: A kind. }} }}"),
            format!("{name}: {{ enum: {{ one: }} }}"),
            format!("other: {{ type: int, rust: {name} }}"),
        ] {
            if let Ok(api) = read(&small(&fields)) {
                let files = files(&api, 1).unwrap_or_else(|why| panic!("{fields}: {why}"));
                for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".rs")) {
                    assert!(path.is_ascii(), "{fields}: no module can be in {path}");
                    syn::parse_file(text).unwrap_or_else(|why| panic!("{fields}: {path}: {why}"));
                }
            }
        }
    }
}

#[test]
fn every_two_facts_of_a_field_can_be_said_and_rendered_together() {
    let spec = pairs();
    let api = read(&spec).unwrap_or_else(|drawn| panic!("{drawn}"));
    // Rust that cannot be parsed is a bug of the renderer.
    let files = files(&api, 2).unwrap();
    assert!(files.len() > 100, "{}", files.len());
}
