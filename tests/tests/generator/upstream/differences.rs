//! What `cargo xtask upstream` reports about descriptions that differ from the spec, as data in
//! `tests/data/upstream/differences.yaml`.

use std::collections::BTreeMap;

use bigcommerce_tests::{
    cases::minimal,
    changes::{put, take},
    root,
};
use codegen::{
    export, fixture, load, pipeline,
    source::Sources,
    upstream::{self, Description, Expected, Held, Take, Unlisted},
};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    case: String,
    /// The list of official operations of the spec, which otherwise has none.
    official: Option<String>,
    /// The new value at a pointer. A parameter is identified by its name, and `-` appends to a list.
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
    /// What is left after taking their side.
    #[serde(default)]
    by_hand: Vec<String>,
    /// Lines of the spec after that.
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

pub(super) fn held(text: &str, spec: &Sources) -> Held {
    let document = load::load_sources(spec.clone()).document.unwrap();
    let description = Description {
        file: "things.yml",
        text,
    };
    upstream::hold(&[description], &document, spec, Expected::All).unwrap()
}

pub(super) fn lines(held: &Held) -> Vec<String> {
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

pub(super) fn exported() -> Value {
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

/// The spec with the differences applied.
pub(super) fn written(held: &Held, spec: &Sources, take: Take) -> Sources {
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

/// A spec with a one-of, and what is reported after its exported document is edited.
struct OneOf(Sources);

impl OneOf {
    fn new(fragment: &str) -> Self {
        let mut all = bigcommerce_tests::cases::cases("fragments").into_iter();
        Self(all.find(|case| case.name == fragment).unwrap().sources())
    }

    fn told(&self, edit: impl FnOnce(&mut Value)) -> Vec<String> {
        let mut description = export::openapi(&pipeline::of(self.0.clone()).api.unwrap());
        edit(&mut description);
        lines(&held(&description.to_string(), &self.0))
    }
}

const SCHEMAS: &str = "/components/schemas";

#[test]
fn each_branch_of_a_one_of_is_compared_with_the_alternative_that_it_is() {
    let spec = OneOf::new("one_of_by_field");
    assert_eq!(spec.told(|_| {}), [""; 0]);
    let told = |at: &str, schema: Value| {
        spec.told(|description| put(description, &format!("{SCHEMAS}/{at}"), schema))
    };
    let at = "things.create, update: body field parts[].fits";
    for (pointer, schema, says) in [
        (
            "BrandMatcherInput/properties/brands/items",
            json!({ "type": "string" }),
            ".brands[] is a string officially but `int` here",
        ),
        (
            "BrandMatcherInput/properties/brands/minItems",
            json!(2),
            ".brands: items is 2.. officially but nothing here",
        ),
        (
            "BrandMatcherInput/properties/shelves",
            json!({ "type": "integer" }),
            ".shelves is missing here",
        ),
        // Another branch has it.
        (
            "BrandMatcherInput/properties/product_id",
            json!({ "type": "integer" }),
            ".product_id is missing here in branch `brands`",
        ),
        (
            "MatcherInput/oneOf/-",
            json!({ "type": "object", "properties": { "shelf": { "type": "integer" }, "row": { "type": "integer" } } }),
            ": a branch with `shelf`, `row` is missing here",
        ),
    ] {
        assert_eq!(told(pointer, schema), [format!("{at}{says}")], "{pointer}");
    }
    let without = |index: usize| {
        spec.told(|description| {
            take(
                description,
                &format!("{SCHEMAS}/MatcherInput/oneOf/{index}"),
            );
        })
    };
    assert_eq!(without(1), [format!("{at}: branch `not` is not official")]);
    assert_eq!(
        without(3),
        // The one in `not` is the same, and lacks it as well.
        [".not", ""].map(|inner| format!("{at}{inner}: branch `all` is not official"))
    );
}

#[test]
fn a_field_that_one_branch_alone_requires_is_told_with_the_branch() {
    let spec = OneOf::new("one_of_by_value");
    assert_eq!(spec.told(|_| {}), [""; 0]);
    let told = spec.told(|description| {
        let required = json!(["amount", "code"]);
        put(
            description,
            &format!("{SCHEMAS}/FixedHandlingCreate/required"),
            required,
        );
    });
    let says = |at: &str, branch: &str| {
        format!("{at} is required officially but not here in branch `{branch}`")
    };
    assert_eq!(
        told,
        [
            says("things.create: body field handling.code", "fixed"),
            says("things.create: body field handling.then.code", "free"),
            says("things.send: body field code", "fixed"),
            says("things.send: body field then.code", "free"),
        ]
    );
    // A schema that has little in common with a branch is a different one.
    let replaced = spec.told(|description| {
        let names = ["code", "box", "card", "paper", "ribbon"];
        let texts = names.map(|name| (name.to_owned(), json!({ "type": "string" })));
        let mut fields: serde_json::Map<String, Value> = texts.into_iter().collect();
        let kind = json!({ "type": "string", "enum": ["gift"] });
        fields.insert("kind".to_owned(), kind);
        let gift = json!({ "type": "object", "properties": fields });
        put(
            description,
            &format!("{SCHEMAS}/HandlingCreate/oneOf/0"),
            gift,
        );
    });
    for says in [
        "branch `gift` is missing here",
        "branch `fixed` is not official",
    ] {
        assert!(
            replaced.iter().any(|line| line.ends_with(says)),
            "{says}: {replaced:#?}"
        );
    }
    // Merging all of them loses which one has what.
    let whole = spec.told(|description| {
        let all = json!({ "type": "object", "properties": {
            "kind": { "type": "string", "enum": ["fixed", "per-part", "free"] },
            "amount": { "$ref": format!("#{SCHEMAS}/MoneyInput") },
            "code": { "type": "string" },
            "parts": { "type": "array", "items": { "$ref": format!("#{SCHEMAS}/PartInput") } },
            "then": { "type": "object" },
        } });
        put(description, &format!("{SCHEMAS}/HandlingCreate"), all);
    });
    assert_eq!(whole, [""; 0]);
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
    let line = "the scope is `things_write` officially but `things_read` here";
    let gone = format!("things.list: `{line}` is recorded but no longer true");
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

#[test]
fn of_two_official_values_for_one_key_the_second_is_left_to_a_person() {
    let mut description = exported();
    for (body, most) in [("ThingCreate", 100), ("ThingUpdate", 200)] {
        let at = format!("{SCHEMAS}/{body}/properties/name/maxLength");
        put(&mut description, &at, json!(most));
    }
    let held = held(&description.to_string(), &minimal());
    let written = upstream::write(&held.differences, &minimal(), Take::Theirs);
    assert_eq!(written.done, 1);
    let left = written.left.iter();
    let left: Vec<_> = left.map(|(one, why)| (&*one.text, why.as_str())).collect();
    let text = "body field name: length is 1..200 officially but 1..255 here";
    let why = "`length` was set to 1..100 for another difference: decide which one holds";
    assert_eq!(left, [(text, why)]);
}

#[test]
fn a_field_that_no_body_requires_any_more_has_no_empty_list_of_them() {
    let tags = "      tags: { type: \"[string]\", items: 0..10 }";
    let both = "      tags: { type: \"[string]\", items: 0..10, required: [create, update] }";
    let edit = format!("--- edit: groups/things.yaml\n-{tags}\n+{both}\n");
    let spec = fixture::apply(&minimal(), &edit).unwrap();
    let description = exported().to_string();
    let after = written(&held(&description, &spec), &spec, Take::Theirs);
    let text = after.text("groups/things.yaml").unwrap();
    assert!(!text.contains("required: []"), "{text}");
    assert_eq!(lines(&held(&description, &after)), [""; 0]);
}
