//! What users and maintainers read uses the words of the field.

use std::{collections::BTreeSet, path::Path};

use bigcommerce_tests::{root, text};
use serde::Deserialize;
use serde_json::Value;

/// A word of the field, and what is not written in its place.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Word {
    say: String,
    not: Vec<String>,
    #[serde(default)]
    but: Vec<String>,
    #[serde(default, rename = "in")]
    kinds: Vec<String>,
}

/// Folders and files, each with the kind of text in files with an ending.
const READ: [(&str, &str, &str); 20] = [
    ("reference", "generated-client/docs", "md"),
    ("reference", "generated-client/docs", "json"),
    ("reference", "generated-client/src/generated", "rs"),
    ("pages", "README.md", "md"),
    ("pages", "CONTRIBUTING.md", "md"),
    ("pages", "CHANGELOG.md", "md"),
    ("pages", "generated-client/README.md", "md"),
    ("pages", "generated-client/mock/README.md", "md"),
    ("pages", "spec/schema", "md"),
    ("pages", "spec/schema", "json"),
    ("templates", "templates", ""),
    ("rust", "generated-client/src", "rs"),
    ("rust", "generated-client/examples", "rs"),
    ("rust", "generated-client/mock/src", "rs"),
    ("rust", "codegen/src", "rs"),
    ("rust", "xtask/src", "rs"),
    ("rust", "tests/src", "rs"),
    ("rust", "tests/tests", "rs"),
    ("rust", "tests/benches", "rs"),
    ("diagnostics", "tests/tests/snapshots/diagnostics", "snap"),
];

fn files(path: &Path, ending: &str, found: &mut Vec<String>) {
    let whole = root().join(path);
    if whole.is_dir() {
        for entry in std::fs::read_dir(whole).unwrap() {
            files(&path.join(entry.unwrap().file_name()), ending, found);
        }
    } else if ending.is_empty() || path.extension().is_some_and(|it| it == ending) {
        found.push(path.to_str().unwrap().to_owned());
    }
}

/// The text of a file, in lower case and on one line: of Rust, its comments without the examples in
/// them, and its messages, except those of tests; of JSON, its strings without their names.
fn prose(path: &str) -> String {
    let text = text(path).to_lowercase();
    if path.ends_with(".json") {
        let mut strings = BTreeSet::new();
        values(&serde_json::from_str(&text).unwrap(), &mut strings);
        return Vec::from_iter(strings).join(" · ");
    }
    let (is_rust, is_test) = (path.ends_with(".rs"), path.starts_with("tests/"));
    let mut words = Vec::new();
    let mut example = false;
    for line in text.lines().map(str::trim_start) {
        let comment = ["///", "//!", "#[doc =", "//"];
        let comment = comment.iter().find_map(|it| line.strip_prefix(it));
        match comment.filter(|_| is_rust).map(str::trim_start) {
            Some(said) if said.starts_with("```") => example = !example,
            Some(_) if example => {}
            Some(said) => words.extend(said.split_whitespace()),
            None if is_rust => {
                words.push("·");
                words.extend(messages(line).filter(|_| !is_test));
            }
            None if line.starts_with("```") => example = !example,
            None if example => {}
            None => words.extend(line.split_whitespace()),
        }
    }
    words.join(" ")
}

/// The strings among the values of JSON, each once and on one line.
fn values(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => {
            let words: Vec<&str> = text.split_whitespace().collect();
            found.insert(words.join(" "));
        }
        Value::Array(items) => items.iter().for_each(|it| values(it, found)),
        Value::Object(entries) => entries.values().for_each(|it| values(it, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The words of the strings with more than one word in a line of code, without interpolated values.
fn messages(line: &str) -> impl Iterator<Item = &str> {
    let strings = line.split('"').skip(1).step_by(2);
    let said = strings.filter(|string| string.trim().contains(' '));
    let words = said.flat_map(str::split_whitespace);
    words.filter(|word| !word.contains(['{', '}']))
}

/// Where a phrase occurs as whole words.
fn found<'t>(text: &'t str, phrase: &str) -> Vec<&'t str> {
    let is_word = |c: char| c == '_' || c.is_alphanumeric();
    let places = text.match_indices(phrase).filter(|(at, phrase)| {
        let (before, after) = (&text[..*at], &text[at + phrase.len()..]);
        let inside = phrase.ends_with(is_word) && after.starts_with(is_word);
        !before.ends_with(is_word) && !inside
    });
    let around = places.map(|(at, _)| {
        let whole = |at: &usize| text.is_char_boundary(*at);
        let from = (0..=at.saturating_sub(40)).rev().find(whole);
        let to = (at + 40..text.len()).find(whole);
        &text[from.unwrap_or(0)..to.unwrap_or(text.len())]
    });
    around.collect()
}

fn words() -> Vec<Word> {
    serde_yaml::from_str(&text("tests/data/words.yaml")).unwrap()
}

#[test]
fn what_is_read_has_the_words_of_the_field() {
    let words = words();
    let mut wrong = String::new();
    for (kind, folder, ending) in READ {
        let mut paths = Vec::new();
        files(folder.as_ref(), ending, &mut paths);
        assert!(!paths.is_empty(), "{folder}");
        paths.sort();
        for path in paths {
            if kind == "rust" && path.contains("/generated/") {
                continue;
            }
            let prose = prose(&path);
            for word in &words {
                if !word.kinds.is_empty() && !word.kinds.iter().any(|it| it == kind) {
                    continue;
                }
                let excepted = word.but.iter();
                let prose = excepted.fold(prose.clone(), |text, but| text.replace(&**but, "…"));
                for around in word.not.iter().flat_map(|not| found(&prose, not)) {
                    wrong += &format!("{path}: say {}: …{around}…\n", word.say);
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn a_phrase_is_found_as_whole_words_in_any_case_and_over_lines() {
    assert_eq!(found("it answers; who answers?", "answers").len(), 2);
    assert!(found("the answersheet and reanswers", "answers").is_empty());
    assert_eq!(found("a whole number", "whole number").len(), 1);
    assert!(found("whole numbers", "whole number").is_empty());
    assert_eq!(found("sends: a product", "sends:").len(), 1);
}
