//! Changes of the official API and of its descriptions, replayed: what is reported, the resulting edit, and
//! how large either is.

mod edits;

use std::collections::{BTreeMap, BTreeSet};

use bigcommerce_tests::{
    accept::accept,
    changes::{answered, changes, lines},
};
use codegen::{
    diff::{self, Places, View},
    pipeline::{self, Output},
    source::Sources,
    upstream::{Became, Reworded},
};

pub(super) fn reworded(all: &[Reworded]) -> Vec<String> {
    let told = all.iter().map(|one| {
        let operations = one.operations.join(", ");
        format!("{operations}: `{}` -> `{}`", one.was, one.is)
    });
    told.collect()
}

/// The removed and added lines between two texts.
pub(super) fn edited(old: &str, new: &str) -> Vec<String> {
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

/// The lines that differ between what is generated from two specs, apart from counts.
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
        .map(|path| edited(&text(&old, path), &text(&new, path)).len())
        .sum()
}

/// The effects of an edit on programs that use the client.
fn meaning(old: Sources, new: Sources) -> Vec<String> {
    let (old, new) = (pipeline::of(old), pipeline::of(new));
    let diff = diff::compare(old.api.as_ref().unwrap(), new.api.as_ref().unwrap());
    let changes = diff.changes.iter();
    let mut said: Vec<String> = changes
        .map(|it| format!("{} {} [{}]", it.subject, it.text, it.kind.id))
        .collect();
    let view = View {
        diff: &diff,
        places: Places::of(&old, &new),
        version: "0.1.0".into(),
        all: true,
        most: None,
    };
    said.push(view.verdict());
    said
}

#[test]
fn each_change_is_told_for_what_it_is_and_makes_an_edit_no_longer_than_theirs() {
    let _accept = accept();
    let mut wrong = Vec::new();
    let mut sizes = Vec::new();
    let all = changes();
    assert_eq!(all.len(), 48);
    for change in all {
        let spec = change.spec();
        let told = change.told(&spec);
        let others = told.others.iter().flat_map(|one| match &one.became {
            Became::New => vec![format!("{}: new", one.call)],
            Became::Gone => vec![format!("{}: gone", one.call)],
            Became::Moved(from) => vec![format!("{}: moved from {from}", one.call)],
            Became::Changed(places) => {
                let places = places.iter();
                places
                    .map(|place| format!("{}: {place}", one.call))
                    .collect()
            }
        });
        let found = (
            lines(&told.changed),
            lines(&told.stated),
            lines(&told.corrected),
            others.collect::<Vec<_>>(),
            reworded(&told.reworded),
            told.prose.clone(),
        );
        let after = change.edited();
        let files = spec.iter();
        let ours: Vec<String> = files
            .flat_map(|(name, text)| edited(text, after.text(name).unwrap()))
            .collect();
        let [old, new] = change.descriptions();
        let theirs = edited(&old, &new).len();
        assert!(
            ours.len() <= theirs,
            "{}: {ours:#?}, and theirs {theirs}",
            change.case
        );
        let made = generated(&spec, &answered(&after));
        let size = ours.len();
        sizes.push(format!(
            "{}: {theirs} lines of theirs, {size} of ours, {made} generated",
            change.case
        ));
        // What the spec says after the edit is what the descriptions say: nothing is reported a second
        // time.
        let again = change.told(&after);
        assert_eq!(lines(&again.changed), change.by_hand, "{}", change.case);
        assert_eq!(lines(&again.stated), [""; 0], "{}", change.case);
        let expected = (
            change.changed,
            change.stated,
            change.corrected,
            change.others,
            change.reworded,
            change.prose,
        );
        let meaning = meaning(spec.clone(), answered(&after));
        if meaning != change.diff {
            wrong.push(format!("{}: {meaning:#?}", change.case));
        }
        if found != expected || ours != change.edit {
            wrong.push(format!("{}: {found:#?}\n{ours:#?}", change.case));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../snapshots/upstream");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_description("The lines that each change edits and generates.");
    settings.bind(|| insta::assert_snapshot!("sizes", sizes.join("\n")));
}
