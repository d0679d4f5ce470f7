//! What is rendered, compiled: the programs of the docs, and clients of random specs with the hand-written
//! runtime, which takes minutes and so only runs in a long run.

#[path = "rendered_rust/hosts.rs"]
mod hosts;
#[path = "rendered_rust/semver.rs"]
mod semver;
#[path = "rendered_rust/verdicts.rs"]
mod verdicts;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::{Mutex, MutexGuard, PoisonError},
};

use bigcommerce_tests::{
    cases::cases,
    changes::{answered, changes, with},
    choices::Choices,
    packaged::packaged,
    specs::{Files, pairs, spec},
};
use codegen::{
    pipeline::{self, Output, Rendered},
    source::Sources,
};
use proptest::{
    collection::vec,
    prelude::{ProptestConfig, any},
    strategy::{Strategy, ValueTree},
    test_runner::{RngAlgorithm, TestRng, TestRunner},
};

/// How many specs are compiled.
const SPECS: usize = 8;

/// Every feature that needs no webhook delivery, which a random spec does not describe.
const FEATURES: &str = "all,app,blocking,reqwest,serde,tracing";

static ALONE: Mutex<()> = Mutex::new(());

/// The right to use the folders, which all tests share.
type Alone = MutexGuard<'static, ()>;

fn alone() -> Alone {
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

fn rendered(texts: Files) -> Option<Rendered> {
    let api = pipeline::of(Sources::from_texts(texts)).api?;
    Some(pipeline::render(&api, &Output::ALL).unwrap())
}

/// The folder in which specs become crates.
fn scratch() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("rendered-rust")
}

/// Writes the client rendered from a spec into its own folder, replacing the previous contents.
fn package(sources: &Sources, folder: &Path) {
    let texts = sources.iter();
    let texts: Files = texts
        .map(|(path, text)| (path.into(), text.into()))
        .collect();
    if folder.exists() {
        fs::remove_dir_all(folder).unwrap();
    }
    packaged(&rendered(texts).expect("a sound spec"), folder);
}

/// Compiles what was rendered from a spec.
fn compiles(_: &Alone, rendered: &Rendered, texts: &Files) {
    let scratch = scratch();
    let folder = scratch.join("package");
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    packaged(rendered, &folder);
    let output = Command::new(env!("CARGO"))
        .args(["check", "--quiet", "--no-default-features"])
        .args(["--features", FEATURES, "--manifest-path"])
        .arg(folder.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(scratch.join("target"))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    let shown = || -> String {
        let files = texts.iter();
        files
            .map(|(path, text)| format!("--- {path}\n{text}"))
            .collect()
    };
    assert!(output.status.success(), "{said}\n{}", shown());
}

#[test]
fn every_two_facts_of_a_field_compile_together() {
    if std::env::var_os("BIGCOMMERCE_LONG").is_none() {
        return;
    }
    let texts = pairs();
    let rendered = rendered(texts.clone()).expect("a sound spec");
    compiles(&alone(), &rendered, &texts);
}

#[test]
fn each_feature_of_the_spec_language_compiles_with_the_runtime() {
    if std::env::var_os("BIGCOMMERCE_LONG").is_none() {
        return;
    }
    for case in cases("fragments") {
        let sources = case.sources();
        let texts = sources.iter();
        let texts: Files = texts
            .map(|(path, text)| (path.into(), text.into()))
            .collect();
        let rendered = rendered(texts.clone()).expect(&case.name);
        compiles(&alone(), &rendered, &texts);
    }
}

/// A crate without code that depends on the client in the folder of [`compiles`].
fn downstream(name: &str) -> PathBuf {
    let folder = scratch().join(name);
    fs::create_dir_all(folder.join("src")).unwrap();
    let manifest = "[package]\nname = \"downstream\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
                    [dependencies]\nbigcommerce-client = { path = \"../package\", default-features = false, \
                    features = [\"all\", \"reqwest\"] }\n";
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    // The versions that the workspace has.
    let lock = bigcommerce_tests::root().join("Cargo.lock");
    fs::copy(lock, folder.join("Cargo.lock")).unwrap();
    folder
}

/// Compiles a crate with this code and the client that was compiled last.
fn downstream_compiles(_: &Alone, code: &str) {
    let scratch = scratch();
    let folder = downstream("downstream");
    fs::write(folder.join("src/lib.rs"), code).unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["check", "--quiet", "--manifest-path"])
        .arg(folder.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(scratch.join("target"))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
}

#[test]
fn every_program_of_the_docs_compiles() {
    let folder = scratch().join("docs");
    fs::create_dir_all(folder.join("src")).unwrap();
    let root = bigcommerce_tests::root();
    let manifest = format!(
        "[package]\nname = \"programs\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [dependencies]\nbigcommerce-client = {{ path = {:?} }}\n\
         tokio = {{ version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }}\n",
        root.join("generated-client")
    );
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let mut code = String::from("#![allow(dead_code, deprecated)]\n");
    let mut programs = 0;
    for file in codegen::render::docs::markdown(&bigcommerce_tests::api()).unwrap() {
        for block in file.text.split("\n```rust\n").skip(1) {
            let program = block.split("```").next().unwrap();
            code += &format!("mod program_{programs} {{\n{program}}}\n");
            programs += 1;
        }
    }
    assert!(programs > 400, "only {programs} programs were found");
    fs::write(folder.join("src/lib.rs"), code).unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["check", "--quiet", "--manifest-path"])
        .arg(folder.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(scratch().join("target"))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
}

#[test]
fn code_that_touches_nothing_of_the_changes_compiles_before_and_after_them() {
    if std::env::var_os("BIGCOMMERCE_LONG").is_none() {
        return;
    }
    let mut before: BTreeMap<String, String> = BTreeMap::new();
    let mut after: BTreeMap<String, String> = BTreeMap::new();
    for change in changes() {
        let (spec, edited) = (change.spec(), answered(&change.edited()));
        let new = spec.iter().find(|(_, text)| *text == change.group);
        let (file, text) = new.unwrap();
        before.insert(file.to_owned(), text.to_owned());
        let edited = edited.text(file).unwrap();
        // Two changes of the same group are rarely both changes of the spec.
        if edited != text || !after.contains_key(file) {
            after.insert(file.to_owned(), edited.to_owned());
        }
    }
    let code = bigcommerce_tests::root().join("tests/data/upstream/downstream.rs");
    let code = fs::read_to_string(code).unwrap();
    for groups in [before, after] {
        let groups: Vec<String> = groups.into_values().collect();
        let spec = with(&groups);
        let texts: Files = spec
            .iter()
            .map(|(path, text)| (path.into(), text.into()))
            .collect();
        let alone = alone();
        compiles(
            &alone,
            &rendered(texts.clone()).expect("a sound spec"),
            &texts,
        );
        downstream_compiles(&alone, &code);
    }
}

#[test]
fn what_is_rendered_of_a_random_spec_compiles_with_the_runtime() {
    if std::env::var_os("BIGCOMMERCE_LONG").is_none() {
        return;
    }
    let config = ProptestConfig::default();
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let specs = vec(any::<u32>(), 200..1200).prop_map(|numbers| spec(&mut Choices::new(&numbers)));
    let (mut compiled, mut drawn) = (0, 0);
    while compiled < SPECS {
        drawn += 1;
        assert!(drawn < SPECS * 10, "hardly a spec is valid");
        let texts = specs.new_tree(&mut runner).unwrap().current();
        let Some(rendered) = rendered(texts.clone()) else {
            continue;
        };
        compiles(&alone(), &rendered, &texts);
        compiled += 1;
    }
}
