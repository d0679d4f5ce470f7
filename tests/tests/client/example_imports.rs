//! The examples in the client's documentation can be copied into a program that depends on the client alone: a
//! crate that the client re-exports is named through it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use bigcommerce_tests::root;

use crate::source::Source;

/// The crates that the client re-exports.
const REEXPORTED: [&str; 8] = [
    "bytes",
    "futures_core",
    "http",
    "jiff",
    "rust_decimal",
    "secrecy",
    "tower_service",
    "url",
];

#[test]
fn an_example_names_a_re_exported_crate_through_the_client() {
    let (mut examples, mut faults) = (0, Vec::new());
    for source in Source::below("") {
        for example in shown(&source.text()) {
            examples += 1;
            let path = source.path.display();
            faults.extend(bare(&example).map(|krate| format!("{path}: `{krate}` in\n{example}")));
        }
    }
    assert!(examples > 500, "only {examples} examples were found");
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

#[test]
fn an_example_program_names_a_re_exported_crate_through_the_client() {
    let programs = programs(&root().join("generated-client/examples"));
    assert!(
        programs.len() > 20,
        "only {} files were found",
        programs.len()
    );
    for path in programs {
        let faults: Vec<_> = bare(&fs::read_to_string(&path).unwrap()).collect();
        assert!(faults.is_empty(), "{}: {faults:?}", path.display());
    }
}

/// The files of Rust in a folder and those below it.
fn programs(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(programs(&path));
        } else if path.extension().is_some_and(|it| it == "rs") {
            found.push(path);
        }
    }
    found
}

#[test]
fn only_a_name_that_the_client_does_not_bring_is_a_fault() {
    for (example, expected) in [
        ("use http::Method;", Some("http")),
        ("let a = jiff::Timestamp::now();", Some("jiff")),
        ("fn f(a: &http::HeaderMap) {}", Some("http")),
        ("use bigcommerce_client::http::Method;", None),
        (
            "use bigcommerce_client::{Client, http};\nfn f(a: &http::HeaderMap) {}",
            None,
        ),
        (
            "use bigcommerce_client::{\n    Client, http,\n};\nfn f(a: &http::HeaderMap) {}",
            None,
        ),
        ("use axum::{Router, http::StatusCode};", None),
        ("bigcommerce_client::jiff::Timestamp::now();", None),
        ("store.base_url(\"http://127.0.0.1\");", None),
    ] {
        assert_eq!(bare(example).next(), expected, "{example}");
    }
}

/// The examples in the comments of a file, without the lines that readers do not see.
fn shown(text: &str) -> Vec<String> {
    let (mut examples, mut inside): (Vec<String>, Option<String>) = (Vec::new(), None);
    for line in text.lines().map(str::trim_start) {
        let Some(line) = line.strip_prefix("///").or(line.strip_prefix("//!")) else {
            inside = None;
            continue;
        };
        let line = line.strip_prefix(' ').unwrap_or(line);
        let mark = line.trim_start();
        if mark.starts_with("```") {
            match inside.take() {
                Some(example) => examples.push(example),
                None => inside = Some(String::new()),
            }
        } else if mark != "#"
            && !mark.starts_with("# ")
            && let Some(example) = &mut inside
        {
            example.push_str(line);
            example.push('\n');
        }
    }
    examples
}

/// The re-exported crates that an example names as if it depended on them.
fn bare(example: &str) -> impl Iterator<Item = &'static str> {
    let (mut imports, mut code) = (Vec::new(), String::new());
    let mut importing = false;
    for line in example.lines().map(str::trim) {
        let first = line.starts_with("use ");
        if first {
            imports.push(String::new());
        }
        importing |= first;
        match imports.last_mut().filter(|_| importing) {
            Some(import) => import.push_str(line),
            None => {
                code.push_str(line);
                code.push('\n');
            }
        }
        importing &= !line.ends_with(';');
    }
    REEXPORTED.into_iter().filter(move |krate| {
        let imported = imports.iter().any(|import| {
            import.starts_with("use bigcommerce_client::")
                && import
                    .split(is_no_part_of_a_name)
                    .any(|word| word == *krate)
        });
        let path = format!("{krate}::");
        let own = format!("use {path}");
        imports.iter().any(|import| import.starts_with(&own)) || !imported && names(&code, &path)
    })
}

/// Whether a path begins with that crate somewhere.
fn names(code: &str, path: &str) -> bool {
    code.match_indices(path).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        before.is_none_or(|before| before != ':' && is_no_part_of_a_name(before))
    })
}

fn is_no_part_of_a_name(character: char) -> bool {
    !character.is_alphanumeric() && character != '_'
}
