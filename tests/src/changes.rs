//! Changes of the official API and of its descriptions, as data, and their results.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a panic is how a test fails"
)]

use std::collections::BTreeMap;

use codegen::{
    export, load, pipeline,
    source::Sources,
    upstream::{self, Description, Difference, Since, Take},
};
use serde::Deserialize;
use serde_json::Value;

use crate::{cases::minimal, root};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
/// A change of the official API or of its description.
pub struct Change {
    pub case: String,
    /// The group of the spec before.
    pub group: String,
    /// How the old description differs from the exported spec.
    #[serde(default)]
    pub before: BTreeMap<String, Value>,
    /// How the new description differs from the old one.
    #[serde(default)]
    pub after: BTreeMap<String, Value>,
    /// A second edit at the same pointer.
    #[serde(default)]
    pub after_too: BTreeMap<String, Value>,
    /// What the new description has in another place.
    #[serde(rename = "move", default)]
    pub moved: BTreeMap<String, String>,
    /// What the new description lacks.
    #[serde(default)]
    pub gone: Vec<String>,
    /// What is reported as a change of the API.
    #[serde(default)]
    pub changed: Vec<String>,
    /// What is reported as a limit that a text states.
    #[serde(default)]
    pub stated: Vec<String>,
    /// What is reported as a correction.
    #[serde(default)]
    pub corrected: Vec<String>,
    /// What is reported about whole operations.
    #[serde(default)]
    pub others: Vec<String>,
    /// Texts with changed numbers: their operations, and the old and new text.
    #[serde(default)]
    pub reworded: Vec<String>,
    /// The operations of which only prose was edited.
    #[serde(default)]
    pub prose: Vec<String>,
    /// The removed and added lines of the spec.
    #[serde(default)]
    pub edit: Vec<String>,
    /// The changes of the API of which a person has to say what to write.
    #[serde(default)]
    pub by_hand: Vec<String>,
    /// The effects of that edit on programs: its changes, and the version they require.
    pub diff: Vec<String>,
}

impl Change {
    /// The spec before: the small one with the group added.
    ///
    /// # Panics
    ///
    /// If the group has no name.
    #[must_use]
    pub fn spec(&self) -> Sources {
        with(std::slice::from_ref(&self.group))
    }

    /// The old description and the new one, as YAML.
    ///
    /// # Panics
    ///
    /// If the spec is invalid, or a pointer of the edits leads nowhere.
    #[must_use]
    pub fn descriptions(&self) -> [String; 2] {
        let resolved = pipeline::of(self.spec());
        let wrong = || panic!("{}: {:?}", self.case, resolved.diagnostics);
        let mut old = export::openapi(resolved.api.as_ref().unwrap_or_else(wrong));
        let put_all = |document: &mut Value, edits: &BTreeMap<String, Value>| {
            for (pointer, value) in edits {
                put(document, pointer, value.clone());
            }
        };
        put_all(&mut old, &self.before);
        let mut new = old.clone();
        put_all(&mut new, &self.after);
        put_all(&mut new, &self.after_too);
        for (from, to) in &self.moved {
            let value = take(&mut new, from);
            put(&mut new, to, value);
        }
        for pointer in &self.gone {
            take(&mut new, pointer);
        }
        [old, new].map(|one| serde_yaml::to_string(&one).unwrap())
    }

    /// What happened between the two.
    ///
    /// # Panics
    ///
    /// If one of them cannot be read.
    #[must_use]
    pub fn told(&self, spec: &Sources) -> Since {
        let [old, new] = self.descriptions();
        let file = |text| {
            [Description {
                file: "official.yml",
                text,
            }]
        };
        let document = load::load_sources(spec.clone()).document.unwrap();
        upstream::since(&file(&old), &file(&new), &document, spec).unwrap()
    }

    /// The spec after the resulting edit.
    ///
    /// # Panics
    ///
    /// If some of it is left to a person.
    #[must_use]
    pub fn edited(&self) -> Sources {
        let spec = self.spec();
        let told = self.told(&spec);
        let all: Vec<Difference> = told.changed.into_iter().chain(told.stated).collect();
        let written = upstream::write(&all, &spec, Take::Theirs);
        let left = written.left.iter().map(|(one, _)| one);
        assert_eq!(lines(left), self.by_hand, "{}", self.case);
        let mut all: BTreeMap<String, String> = spec
            .iter()
            .map(|(name, text)| (name.to_owned(), text.to_owned()))
            .collect();
        all.extend(written.files);
        Sources::from_texts(all)
    }
}

/// Differences without their places.
#[must_use]
pub fn lines<'d>(all: impl IntoIterator<Item = &'d Difference>) -> Vec<String> {
    let lines = all
        .into_iter()
        .map(|one| format!("{}.{}: {}", one.group, one.endpoints.join(", "), one.text));
    lines.collect()
}

/// The small spec with these groups added.
///
/// # Panics
///
/// If a group has no name.
#[must_use]
pub fn with(groups: &[String]) -> Sources {
    let name = |text: &String| -> String {
        let first = text.lines().find_map(|line| line.strip_prefix("group: "));
        first.unwrap().to_owned()
    };
    let names: Vec<String> = groups.iter().map(name).collect();
    let listed = format!("groups: [things, {}]", names.join(", "));
    let cursors = "pages:\n  numbered_cursor: { title: By cursor, does: By cursors too., numbered: true, \
                   cursors: true, totals: true }\n";
    let small = minimal();
    let files = small.iter().map(|(file, text)| {
        let text = match file {
            "service.yaml" => text
                .replace("groups: [things]", &listed)
                .replace("pages:\n", cursors),
            _ => text.to_owned(),
        };
        (file.to_owned(), text)
    });
    let more = names.iter().zip(groups);
    let more = more.map(|(name, text)| (format!("groups/{name}.yaml"), text.clone()));
    Sources::from_texts(files.chain(more))
}

/// The changes of `tests/data/upstream/changes.yaml`.
///
/// # Panics
///
/// If they cannot be read.
#[must_use]
pub fn changes() -> Vec<Change> {
    let text = std::fs::read_to_string(root().join("tests/data/upstream/changes.yaml")).unwrap();
    serde_yaml::from_str(&text).unwrap()
}

/// The spec with its open questions resolved.
#[must_use]
pub fn answered(spec: &Sources) -> Sources {
    let files = spec.iter().map(|(name, text)| {
        let text = text
            .replace("    todo: what it is\n", "")
            .replace("does: \"\"\n", "does: It is what it is.\n")
            .replace("deprecated: {}", "deprecated: { why: It is old. }");
        (name.to_owned(), text)
    });
    Sources::from_texts(files)
}

fn split(pointer: &str) -> (Vec<String>, String) {
    let keys = pointer.split('/').skip(1);
    let mut keys: Vec<String> = keys
        .map(|key| key.replace("~1", "/").replace("~0", "~"))
        .collect();
    let last = keys.pop().unwrap();
    (keys, last)
}

/// The index in a list of the item with this value or this name.
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

/// Sets a value at the pointer; `-` appends to a list, and a name selects the item that has it.
///
/// # Panics
///
/// If the pointer leads nowhere.
pub fn put(document: &mut Value, pointer: &str, value: Value) {
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

/// Removes the value.
///
/// # Panics
///
/// If the pointer leads nowhere.
pub fn take(document: &mut Value, pointer: &str) -> Value {
    let (keys, last) = split(pointer);
    match owner(document, &keys) {
        Value::Array(list) => {
            let at = position(list, &last).unwrap();
            list.remove(at)
        }
        here => here.as_object_mut().unwrap().shift_remove(&last).unwrap(),
    }
}
