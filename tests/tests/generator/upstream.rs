//! What `cargo xtask upstream` says of descriptions that differ from the spec, as data in
//! `tests/data/upstream`.

use std::collections::BTreeMap;

use bigcommerce_tests::{cases::minimal, root};
use codegen::{
    export, load, pipeline,
    upstream::{self, Description, Expected},
};
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    case: String,
    /// What stands at a pointer from then on. A parameter is named by its name, and `-` adds to a list.
    #[serde(default)]
    set: BTreeMap<String, Value>,
    #[serde(default)]
    remove: Vec<String>,
    #[serde(rename = "move", default)]
    moved: BTreeMap<String, String>,
    says: Vec<String>,
}

impl Case {
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

fn split(pointer: &str) -> (Vec<String>, String) {
    let keys = pointer.split('/').skip(1);
    let mut keys: Vec<String> = keys
        .map(|key| key.replace("~1", "/").replace("~0", "~"))
        .collect();
    let last = keys.pop().unwrap();
    (keys, last)
}

/// The place in a list of the item with this value or this name.
fn position(list: &[Value], key: &str) -> Option<usize> {
    let is = |item: &Value| item == key || item.get("name").is_some_and(|name| name == key);
    list.iter().position(is).or_else(|| key.parse().ok())
}

fn owner<'v>(document: &'v mut Value, keys: &[String]) -> &'v mut Value {
    keys.iter().fold(document, |here, key| match here {
        Value::Array(list) => {
            let at = position(list, key).unwrap();
            &mut list[at]
        }
        here => here
            .get_mut(key)
            .unwrap_or_else(|| panic!("there is no {key}")),
    })
}

fn put(document: &mut Value, pointer: &str, value: Value) {
    let (keys, last) = split(pointer);
    match owner(document, &keys) {
        Value::Array(list) if last == "-" => list.push(value),
        Value::Array(list) => {
            let at = position(list, &last).unwrap();
            list[at] = value;
        }
        here => here[last.as_str()] = value,
    }
}

fn take(document: &mut Value, pointer: &str) -> Value {
    let (keys, last) = split(pointer);
    match owner(document, &keys) {
        Value::Array(list) => {
            let at = position(list, &last).unwrap();
            list.remove(at)
        }
        here => here.as_object_mut().unwrap().shift_remove(&last).unwrap(),
    }
}

#[test]
fn each_difference_is_told_whether_the_description_is_json_or_yaml() {
    let text =
        std::fs::read_to_string(root().join("tests/data/upstream/differences.yaml")).unwrap();
    let cases: Vec<Case> = serde_yaml::from_str(&text).unwrap();
    let spec = minimal();
    let loaded = load::load_sources(spec.clone());
    let document = loaded.document.unwrap();
    let exported = export::openapi(&pipeline::of(spec.clone()).api.unwrap());
    let mut wrong = Vec::new();
    for case in cases {
        let mut description = exported.clone();
        case.apply(&mut description);
        let texts = [
            description.to_string(),
            serde_yaml::to_string(&description).unwrap(),
        ];
        for text in texts {
            let description = Description {
                file: "things.yml",
                text: &text,
            };
            let held = upstream::hold(&[description], &document, &spec, Expected::All).unwrap();
            let all = held.unmatched.iter().chain(&held.differences);
            let found: Vec<String> = all
                .clone()
                .map(|one| format!("{}.{}: {}", one.group, one.endpoints.join(", "), one.text))
                .collect();
            if found != case.says {
                wrong.push(format!("{}: {found:#?}", case.case));
            }
            assert_eq!(held.holds(), found.is_empty(), "{}", case.case);
            for one in all {
                assert!(one.ours.contains(".yaml:"), "{}: {one:?}", case.case);
                let theirs = one.theirs.as_ref();
                assert!(
                    theirs.is_none_or(|theirs| theirs.starts_with("things.yml:")),
                    "{one:?}"
                );
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
