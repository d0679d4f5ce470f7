//! Changes of the official API and of its descriptions, replayed: what is told, the edit that is made of it,
//! and how large either is.

use std::collections::{BTreeMap, BTreeSet};

use bigcommerce_tests::{cases::minimal, root};
use codegen::{
    export, load,
    pipeline::{self, Output},
    source::Sources,
    upstream::{self, Became, Description, Difference, Take},
};
use serde::Deserialize;
use serde_json::Value;

use super::pointers::put;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    case: String,
    /// The group of the spec before.
    group: String,
    #[serde(default)]
    before: BTreeMap<String, Value>,
    #[serde(default)]
    after: BTreeMap<String, Value>,
    /// A second edit at the same pointer.
    #[serde(default)]
    after_too: BTreeMap<String, Value>,
    #[serde(default)]
    changed: Vec<String>,
    #[serde(default)]
    corrected: Vec<String>,
    #[serde(default)]
    others: Vec<String>,
    #[serde(default)]
    prose: Vec<String>,
    /// The lines of the spec that go and those that come.
    #[serde(default)]
    edit: Vec<String>,
}

impl Change {
    /// The spec before: the small one with the group in it.
    fn spec(&self) -> Sources {
        let name = self
            .group
            .lines()
            .next()
            .and_then(|line| line.strip_prefix("group: "))
            .unwrap();
        let files = minimal();
        let mut files: Vec<(String, String)> = files
            .iter()
            .map(|(file, text)| {
                let text = match file {
                    "service.yaml" => text
                        .replace("groups: [things]", &format!("groups: [things, {name}]"))
                        .replace("pages:\n", "pages:\n  numbered_cursor: { title: By cursor, does: By cursors too., numbered: true, cursors: true, totals: true }\n"),
                    _ => text.to_owned(),
                };
                (file.to_owned(), text)
            })
            .collect();
        files.push((format!("groups/{name}.yaml"), self.group.clone()));
        Sources::from_texts(files)
    }
}

fn changes() -> Vec<Change> {
    let text = std::fs::read_to_string(root().join("tests/data/upstream/changes.yaml")).unwrap();
    serde_yaml::from_str(&text).unwrap()
}

fn lines(all: &[Difference]) -> Vec<String> {
    all.iter()
        .map(|one| format!("{}.{}: {}", one.group, one.endpoints.join(", "), one.text))
        .collect()
}

fn edited(spec: &Sources, files: Vec<(String, String)>) -> Sources {
    let mut all: BTreeMap<String, String> = spec
        .iter()
        .map(|(name, text)| (name.to_owned(), text.to_owned()))
        .collect();
    all.extend(files);
    Sources::from_texts(all)
}

/// The lines that go and those that come between two texts.
fn diff(old: &str, new: &str) -> Vec<String> {
    let count = |text: &str| {
        let mut times: BTreeMap<String, usize> = BTreeMap::new();
        text.lines()
            .for_each(|line| *times.entry(line.to_owned()).or_default() += 1);
        times
    };
    let (before, after) = (count(old), count(new));
    let only = |sign: char,
                text: &str,
                there: &BTreeMap<String, usize>,
                here: &BTreeMap<String, usize>| {
        let mut told = BTreeSet::new();
        let mut lines = Vec::new();
        for line in text.lines() {
            let (there, here) = (
                there.get(line).copied().unwrap_or(0),
                here.get(line).copied().unwrap_or(0),
            );
            if here > there && told.insert(line.to_owned()) {
                lines.extend(std::iter::repeat_n(format!("{sign}{line}"), here - there));
            }
        }
        lines
    };
    let mut all = only('-', old, &after, &before);
    all.extend(only('+', new, &before, &after));
    all
}

/// The lines that differ between what is generated from two specs, but for those that count them.
fn generated(old: &Sources, new: &Sources) -> usize {
    let render = |sources: &Sources| -> BTreeMap<String, String> {
        let api = pipeline::of(sources.clone()).api.unwrap();
        let rendered = pipeline::render(&api, &[Output::Client]).unwrap();
        rendered
            .files
            .into_iter()
            .map(|(_, file)| (file.path, file.text))
            .collect()
    };
    let (old, new) = (render(old), render(new));
    let paths: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let text = |files: &BTreeMap<String, String>, path: &String| {
        files.get(path).cloned().unwrap_or_default()
    };
    paths
        .iter()
        .map(|path| diff(&text(&old, path), &text(&new, path)).len())
        .sum()
}

#[test]
fn each_change_is_told_for_what_it_is_and_makes_an_edit_no_longer_than_theirs() {
    let mut wrong = Vec::new();
    let all = changes();
    assert_eq!(all.len(), 12);
    for change in all {
        let spec = change.spec();
        let loaded = load::load_sources(spec.clone());
        assert!(
            !loaded.diagnostics.has_errors(),
            "{}: {:#?}",
            change.case,
            loaded.diagnostics
        );
        let resolved = pipeline::of(spec.clone());
        let mut old = export::openapi(
            &resolved
                .api
                .unwrap_or_else(|| panic!("{}: {:?}", change.case, resolved.diagnostics)),
        );
        change
            .before
            .iter()
            .for_each(|(pointer, value)| put(&mut old, pointer, value.clone()));
        let mut new = old.clone();
        change
            .after
            .iter()
            .for_each(|(pointer, value)| put(&mut new, pointer, value.clone()));
        change
            .after_too
            .iter()
            .for_each(|(pointer, value)| put(&mut new, pointer, value.clone()));
        let [old, new] = [old, new].map(|one| serde_yaml::to_string(&one).unwrap());
        let file = |text| {
            [Description {
                file: "official.yml",
                text,
            }]
        };
        let document = loaded.document.unwrap();
        let told = upstream::since(&file(&old), &file(&new), &document, &spec).unwrap();
        let others: Vec<String> = told
            .others
            .iter()
            .flat_map(|one| match &one.became {
                Became::New => vec![format!("{}: new", one.call)],
                Became::Gone => vec![format!("{}: gone", one.call)],
                Became::Changed(places) => places
                    .iter()
                    .map(|place| format!("{}: {place}", one.call))
                    .collect(),
            })
            .collect();
        let found = (
            lines(&told.changed),
            lines(&told.corrected),
            others,
            told.prose.clone(),
        );
        let written = upstream::write(&told.changed, &spec, Take::Theirs);
        assert!(
            written.left.is_empty(),
            "{}: {:#?}",
            change.case,
            written.left
        );
        let after = edited(&spec, written.files);
        let ours: Vec<String> = spec
            .iter()
            .flat_map(|(name, text)| diff(text, after.text(name).unwrap()))
            .collect();
        let expected = (
            change.changed,
            change.corrected,
            change.others,
            change.prose,
        );
        if found != expected || ours != change.edit {
            wrong.push(format!("{}: {found:#?}\n{ours:#?}", change.case));
        }
        let theirs = diff(&old, &new).len();
        assert!(
            ours.len() <= theirs,
            "{}: {} lines, and theirs {theirs}",
            change.case,
            ours.len()
        );
        let answered = answered(&after);
        let made = generated(&spec, &answered);
        println!(
            "{:3} of theirs, {:2} of ours, {made:4} generated: {}",
            theirs,
            ours.len(),
            change.case
        );
        // What the edit makes the spec say is what they say: nothing is told a second time.
        let document = load::load_sources(after.clone()).document.unwrap();
        let again = upstream::since(&file(&old), &file(&new), &document, &after).unwrap();
        assert_eq!(lines(&again.changed), [""; 0], "{}", change.case);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The spec with its open questions answered.
fn answered(spec: &Sources) -> Sources {
    let files = spec.iter().map(|(name, text)| {
        let text = text
            .replace("    todo: what it is\n", "")
            .replace("does: \"\"\n", "does: It is what it is.\n");
        (name.to_owned(), text)
    });
    Sources::from_texts(files)
}
