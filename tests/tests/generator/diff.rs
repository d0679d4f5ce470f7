//! The effects of an edit of the spec: each kind of change, in both directions.

use std::collections::BTreeSet;

use bigcommerce_tests::{
    accept::accept,
    cases::{Case, cases, minimal, snapshots},
};
use codegen::{
    diagnostic::render_plain,
    diff::{self, Diff, Format, Places, View, kinds},
    fixture,
    pipeline::{self, Spec},
    source::Sources,
};

fn spec(base: &Sources, edit: &str) -> Result<Spec, String> {
    let sources = fixture::apply(base, edit).map_err(|error| error.to_string())?;
    let spec = pipeline::of(sources);
    if spec.api.is_none() {
        return Err(render_plain(&spec.diagnostics, &spec.sources));
    }
    Ok(spec)
}

/// The spec before and after. If there is a line `=== after`, what is above it is the edit before.
fn sides(case: &Case) -> Result<(Spec, Spec), String> {
    let base = minimal();
    let (before, edit) = case
        .text
        .split_once("=== after\n")
        .unwrap_or(("", &case.text));
    let old = spec(&base, before)?;
    let new = spec(&old.sources, edit)?;
    Ok((old, new))
}

/// The spec before and after the edit of the case with this name.
fn sides_of(name: &str) -> (Spec, Spec) {
    let cases = cases("diff");
    let case = cases.iter().find(|case| case.name == name).unwrap();
    sides(case).unwrap()
}

fn compared(old: &Spec, new: &Spec) -> Diff {
    diff::compare(old.api.as_ref().unwrap(), new.api.as_ref().unwrap())
}

fn drawn(old: &Spec, new: &Spec, format: Format) -> String {
    let diff = compared(old, new);
    let mut view = View {
        diff: &diff,
        places: Places::of(old, new),
        version: "0.1.0".into(),
        all: true,
        most: None,
    };
    view.print(format)
}

fn told(diff: &Diff) -> BTreeSet<&str> {
    diff.changes.iter().map(|change| change.kind.id).collect()
}

/// The kinds that a case names after `word`.
fn named<'c>(case: &'c Case, word: &str) -> BTreeSet<&'c str> {
    let line = case.about.lines().find_map(|line| line.strip_prefix(word));
    line.unwrap_or_default().split_whitespace().collect()
}

#[test]
fn each_change_is_told_by_its_kind_there_and_back_and_by_no_other() {
    let mut wrong = String::new();
    for case in cases("diff") {
        let (old, new) = match sides(&case) {
            Ok(sides) => sides,
            Err(error) => {
                wrong += &format!("{}: {error}\n", case.name);
                continue;
            }
        };
        for (word, diff) in [
            ("tells:", compared(&old, &new)),
            ("back:", compared(&new, &old)),
        ] {
            if told(&diff) != named(&case, word) {
                wrong += &format!("{} {word} {:?}\n", case.name, told(&diff));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn each_change_reads_like_a_sentence_with_its_place() {
    let _accept = accept();
    for case in cases("diff") {
        let (old, new) = sides(&case).unwrap();
        let text = |old, new| drawn(old, new, Format::Text);
        let text = format!("{}\nback\n\n{}", text(&old, &new), text(&new, &old));
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("../snapshots/diff");
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.set_description(case.about.lines().next().unwrap_or_default());
        settings.bind(|| insta::assert_snapshot!(case.name, text));
    }
}

#[test]
fn every_kind_of_change_is_shown_by_a_case_and_no_two_kinds_are_alike() {
    let cases = cases("diff");
    let shown: BTreeSet<&str> = cases
        .iter()
        .flat_map(|case| {
            named(case, "tells:")
                .into_iter()
                .chain(named(case, "back:"))
        })
        .collect();
    let all: BTreeSet<&str> = kinds::ALL.iter().map(|kind| kind.id).collect();
    assert_eq!(all.len(), kinds::ALL.len(), "two kinds have one id");
    let missing: Vec<_> = all.difference(&shown).collect();
    assert!(missing.is_empty(), "no case shows {missing:?}");
    let names: BTreeSet<_> = cases.iter().map(|case| case.name.clone()).collect();
    let left: Vec<_> = snapshots("diff")
        .into_iter()
        .filter(|it| !names.contains(it))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_spec_differs_from_itself_in_nothing() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../spec");
    let (one, other) = (
        pipeline::read(folder.as_ref()),
        pipeline::read(folder.as_ref()),
    );
    assert_eq!(drawn(&one, &other, Format::Text), "nothing changed\n");
}

#[test]
fn a_list_parts_what_the_compiler_refuses_from_what_breaks_at_run_time() {
    let lists: [(&str, &[&str]); 4] = [
        ("endpoint_deprecated", &["Deprecated"]),
        ("endpoint_renamed", &["Breaking for Rust code"]),
        ("scope_added", &["Scopes", "Docs only"]),
        (
            "type_sets_widened",
            &["Breaking at run time", "Added", "Changed"],
        ),
    ];
    for (name, parts) in lists {
        let (old, new) = sides_of(name);
        for format in [Format::Markdown, Format::Changelog] {
            let list = drawn(&old, &new, format);
            let found = list.lines().filter_map(|line| line.strip_prefix("### "));
            assert_eq!(found.collect::<Vec<_>>(), parts, "{name}\n{list}");
            // A location is for people who have the spec.
            let placed = list.contains("spec/");
            assert_eq!(placed, format == Format::Markdown, "{name}\n{list}");
        }
    }
}

#[test]
fn the_scope_of_a_group_is_one_line_for_its_reads_and_one_for_its_writes_in_every_form() {
    let (old, new) = sides_of("scope_of_group");
    let reads = "things.list requires boxes_read instead of things_read [";
    let writes = "things.create, update, delete require boxes_write instead of things_write [";
    let text = drawn(&old, &new, Format::Text);
    assert!(text.contains(reads) && text.contains(writes), "{text}");
    assert_eq!(text.matches("groups/things.yaml:7:1)").count(), 2, "{text}");
    assert!(
        text.contains("2 changes: 2 require another scope"),
        "{text}"
    );
    let list = drawn(&old, &new, Format::Changelog);
    let writes = "- `things.create, update, delete` require boxes_write";
    assert!(list.contains(writes), "{list}");
    // Programs get each call.
    let json = drawn(&old, &new, Format::Json);
    assert_eq!(json.matches("\"scope-needed\"").count(), 4, "{json}");
}

#[test]
fn scopes_that_exchange_their_names_are_one_line_each_before_everything_else() {
    let (old, new) = sides_of("scope_wire_exchanged");
    let text = drawn(&old, &new, Format::Text);
    let lines: Vec<&str> = text.lines().collect();
    let [first, second, _] = lines.as_slice() else {
        panic!("{text}");
    };
    let renamed = |line: &str, is: &str, was: &str| {
        line.starts_with(&format!("! {is} is renamed from {was} [scope-respelled: "))
    };
    assert!(renamed(first, "things_write", "things_read"), "{text}");
    assert!(renamed(second, "things_read", "things_write"), "{text}");
}

#[test]
fn bounds_that_are_gone_are_not_told_as_bounds_without_ends() {
    let (old, new) = sides_of("limits_gone");
    for (text, said) in [
        (
            drawn(&old, &new, Format::Text),
            "no longer has the length 1..255",
        ),
        (
            drawn(&new, &old, Format::Text),
            "has the length 1..255, previously any",
        ),
    ] {
        assert!(text.contains(said), "{text}");
        assert!(!text.contains(" .. ") && !text.contains(" ..,"), "{text}");
    }
}
