//! What `cargo xtask upstream` says of descriptions that differ from the spec, as data in
//! `tests/data/upstream/differences.yaml`.

use std::collections::BTreeMap;

use bigcommerce_tests::{
    cases::minimal,
    changes::{put, take},
    root,
};
use codegen::{
    export, load, pipeline,
    source::Sources,
    upstream::{self, Description, Expected, Held, Take, Unlisted},
};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    case: String,
    /// The list of official operations of the spec, which has none otherwise.
    official: Option<String>,
    /// What stands at a pointer from then on. A parameter is named by its name, and `-` adds to a list.
    #[serde(default)]
    set: BTreeMap<String, Value>,
    #[serde(default)]
    remove: Vec<String>,
    #[serde(rename = "move", default)]
    moved: BTreeMap<String, String>,
    says: Vec<String>,
    /// The operations that list lacks, each with the line that it needs.
    #[serde(default)]
    unlisted: Vec<String>,
    /// What is left when their side was taken.
    #[serde(default)]
    by_hand: Vec<String>,
    /// Lines of the spec then.
    #[serde(default)]
    writes: Vec<String>,
}

impl Case {
    fn spec(&self) -> Sources {
        let minimal = minimal();
        let official = self.official.as_deref();
        let official = official.map(|text| ("official.yaml", text));
        Sources::from_texts(minimal.iter().chain(official))
    }

    fn apply(&self, document: &mut Value) {
        for (from, to) in &self.moved {
            let value = take(document, from);
            put(document, to, value);
        }
        for (pointer, value) in &self.set {
            put(document, pointer, value.clone());
        }
        for pointer in &self.remove {
            take(document, pointer);
        }
    }
}

fn cases() -> Vec<Case> {
    let text =
        std::fs::read_to_string(root().join("tests/data/upstream/differences.yaml")).unwrap();
    serde_yaml::from_str(&text).unwrap()
}

fn held(text: &str, spec: &Sources) -> Held {
    let document = load::load_sources(spec.clone()).document.unwrap();
    let description = Description {
        file: "things.yml",
        text,
    };
    upstream::hold(&[description], &document, spec, Expected::All).unwrap()
}

fn lines(held: &Held) -> Vec<String> {
    let all = held.unmatched.iter().chain(&held.differences);
    all.map(|one| format!("{}.{}: {}", one.group, one.endpoints.join(", "), one.text))
        .collect()
}

fn lacking(one: &Unlisted) -> String {
    let left_out = one.left_out.iter();
    let left_out: String = left_out.map(|title| format!(" ({title})")).collect();
    let Unlisted {
        operation,
        file,
        line,
        ..
    } = one;
    format!("{}: {file} has {line}{left_out}", operation.call)
}

fn exported() -> Value {
    export::openapi(&pipeline::of(minimal()).api.unwrap())
}

#[test]
fn each_difference_is_told_whether_the_description_is_json_or_yaml() {
    let mut wrong = Vec::new();
    for case in cases() {
        let mut description = exported();
        case.apply(&mut description);
        let texts = [
            description.to_string(),
            serde_yaml::to_string(&description).unwrap(),
        ];
        for text in texts {
            let held = held(&text, &case.spec());
            let found = lines(&held);
            let unlisted: Vec<String> = held.unlisted.iter().map(lacking).collect();
            if found != case.says || unlisted != case.unlisted {
                wrong.push(format!("{}: {found:#?}\n{unlisted:#?}", case.case));
            }
            let is_silent = found.is_empty() && unlisted.is_empty();
            assert_eq!(held.holds(), is_silent, "{}", case.case);
            for one in held.unmatched.iter().chain(&held.differences) {
                assert!(one.ours.contains(".yaml:"), "{}: {one:?}", case.case);
                let mut theirs = one.theirs.iter();
                assert!(
                    theirs.all(|theirs| theirs.starts_with("things.yml:")),
                    "{one:?}"
                );
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The spec with the differences put into it.
fn written(held: &Held, spec: &Sources, take: Take) -> Sources {
    let written = upstream::write(&held.differences, spec, take);
    let mut files: BTreeMap<String, String> = spec
        .iter()
        .map(|(name, text)| (name.to_owned(), text.to_owned()))
        .collect();
    files.extend(written.files);
    Sources::from_texts(files)
}

#[test]
fn what_is_written_as_a_conflict_is_silent_and_open_until_it_is_explained() {
    for case in cases() {
        let mut description = exported();
        case.apply(&mut description);
        let text = description.to_string();
        let first = held(&text, &case.spec());
        let spec = written(&first, &case.spec(), Take::Conflict);
        let again = held(&text, &spec);
        assert_eq!(again.differences, [], "{}", case.case);
        let codes: Vec<_> = pipeline::of(spec)
            .diagnostics
            .iter()
            .map(|one| one.code.name)
            .collect();
        assert_eq!(
            codes.contains(&"todo"),
            !first.differences.is_empty(),
            "{}",
            case.case
        );
    }
}

#[test]
fn the_branches_of_a_one_of_are_compared_with_all_alternatives_together() {
    let mut all = bigcommerce_tests::cases::cases("fragments").into_iter();
    let spec = all.find(|case| case.name == "one_of_by_field");
    let spec = spec.unwrap().sources();
    let mut description = export::openapi(&pipeline::of(spec.clone()).api.unwrap());
    assert_eq!(lines(&held(&description.to_string(), &spec)), [""; 0]);
    let brands = "/components/schemas/BrandMatcherInput/properties";
    for (name, schema) in [
        ("brands/items", json!({ "type": "string" })),
        ("shelves", json!({ "type": "integer" })),
    ] {
        put(&mut description, &format!("{brands}/{name}"), schema);
    }
    assert_eq!(
        lines(&held(&description.to_string(), &spec)),
        [
            "things.create, update: body field parts[].fits.brands[] is a string officially and `int` here",
            "things.create, update: body field parts[].fits.shelves is official and missing",
        ]
    );
}

#[test]
fn a_recorded_scope_is_told_as_gone_only_by_a_description_that_names_scopes() {
    let naming = |scopes: Value| {
        let mut description = exported();
        let security = json!([{ "token": scopes }]);
        put(
            &mut description,
            "/paths/~1v1~1things/get/security",
            security,
        );
        description.to_string()
    };
    let other = held(&naming(json!(["things_write"])), &minimal());
    let spec = written(&other, &minimal(), Take::Conflict);
    let without = held(&naming(json!([])), &spec);
    assert_eq!(lines(&without), [""; 0]);
    let ours = held(&naming(json!(["things_read"])), &spec);
    let line = "the scope is `things_write` officially and `things_read` here";
    let gone = format!("things.list: `{line}` is recorded and no longer so");
    assert_eq!(lines(&ours), [gone]);
}

#[test]
fn where_their_side_is_taken_nothing_differs_but_what_is_for_a_person_to_say() {
    let mut wrong = Vec::new();
    for case in cases() {
        let mut description = exported();
        case.apply(&mut description);
        let text = description.to_string();
        let spec = written(&held(&text, &case.spec()), &case.spec(), Take::Theirs);
        for line in &case.writes {
            let is_there = |(_, text): (&str, &str)| text.lines().any(|one| one.trim() == line);
            assert!(spec.iter().any(is_there), "{}: no `{line}`", case.case);
        }
        let mut again = held(&text, &spec);
        again.unmatched.clear();
        let left = lines(&again);
        if left != case.by_hand {
            wrong.push(format!("{}: {left:#?}", case.case));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
