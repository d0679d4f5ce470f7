//! What live stores return beyond their documentation: each change to any place of any response affects
//! at most that place, is reported if a field cannot represent it, and is written back.

use std::collections::BTreeMap;

use bigcommerce_tests::{
    Trip, api,
    exact::{Merging, difference},
    generated::types::{PATHS, round_trip},
    samples::Samples,
};
use serde_json::{Map, Value, json};

/// How many forms of a body are tried if a type is one of several.
const BRANCHES: usize = 3;

/// How deep places are changed. Anything deeper belongs to another type, and is changed there.
const DEEPEST: usize = 3;

/// Possible changes of a value, each with its name.
fn changes(value: &Value, at_top: bool) -> Vec<(&'static str, Value)> {
    let mut changes = Vec::new();
    if !at_top {
        changes.push(("null", Value::Null));
    }
    match value {
        Value::Number(number) => {
            changes.push(("number as text", json!(number.to_string())));
            changes.push(("number as nothing", json!("")));
        }
        Value::String(_) => {
            changes.push(("text as number", json!(7)));
            changes.push(("unknown text", json!("not known yet")));
            changes.push(("text as nothing", json!("")));
        }
        Value::Bool(_) => {
            changes.push(("bool as 0", json!(0)));
            changes.push(("bool as 1", json!(1)));
            changes.push(("bool as text", json!("true")));
        }
        Value::Array(items) => {
            let keyed = items.iter().enumerate();
            let keyed = keyed.map(|(at, item)| (at.to_string(), item.clone()));
            changes.push(("list by number", Value::Object(keyed.collect())));
            if let Some(item @ Value::Object(_)) = items.first() {
                changes.push(("item without its list", item.clone()));
            }
            changes.push(("empty list as object", json!({})));
        }
        Value::Object(fields) => {
            changes.push(("object in a list", json!([value])));
            let mut more = fields.clone();
            more.insert("not_known_yet".to_owned(), json!({"a": [1, null]}));
            changes.push(("new field", Value::Object(more)));
            for key in fields.keys() {
                let mut fewer = fields.clone();
                fewer.remove(key);
                changes.push(("missing field", Value::Object(fewer)));
            }
            if !at_top {
                changes.push(("object as empty list", json!([])));
            }
            let nulls = fields.keys().map(|key| (key.clone(), Value::Null));
            changes.push(("all null", Value::Object(nulls.collect())));
        }
        Value::Null => {}
    }
    changes
}

/// Every body that differs from `whole` in one place down to `deepest`, with the change and the place.
fn changed(whole: &Value, deepest: usize) -> Vec<(&'static str, String, Value)> {
    fn places(value: &Value, path: &str, found: &mut Vec<String>) {
        found.push(path.to_owned());
        match value {
            Value::Array(items) => {
                for (at, item) in items.iter().enumerate() {
                    places(item, &format!("{path}/{at}"), found);
                }
            }
            Value::Object(fields) => {
                for (key, field) in fields {
                    let key = key.replace('~', "~0").replace('/', "~1");
                    places(field, &format!("{path}/{key}"), found);
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    places(whole, "", &mut found);
    let mut bodies = Vec::new();
    found.retain(|place| place.matches('/').count() <= deepest);
    for place in found {
        let value = whole.pointer(&place).unwrap();
        for (name, change) in changes(value, place.is_empty()) {
            let mut body = whole.clone();
            *body.pointer_mut(&place).unwrap() = change;
            bodies.push((name, place.clone(), body));
        }
    }
    bodies
}

/// Whether nothing is left by which a record could be recognised: failing is better than accepting any
/// object.
fn is_nothing(body: &Value) -> bool {
    let is_empty = |fields: &Map<String, Value>| fields.keys().all(|key| key == "not_known_yet");
    match body {
        Value::Object(fields) => match fields.get("data") {
            Some(data) => is_nothing(data),
            None => is_empty(fields),
        },
        Value::Array(items) => items.is_empty() || items.iter().any(is_nothing),
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        _ => false,
    }
}

/// The spelling of an oddity's location: `/data/0/id` is `data[0].id`.
fn spelled(place: &str) -> String {
    let mut spelled = String::new();
    for step in place.split('/').skip(1) {
        if step.bytes().all(|digit| digit.is_ascii_digit()) {
            spelled += &format!("[{step}]");
        } else {
            spelled += if spelled.is_empty() { "" } else { "." };
            spelled += &step.replace("~1", "/").replace("~0", "~");
        }
    }
    spelled
}

/// Whether an oddity is reported for a place or inside it. If it were reported above, everything next to the
/// change would be lost as well.
fn is_within(told: &str, place: &str) -> bool {
    let rest = told.strip_prefix(&format!("at {}", spelled(place)));
    place.is_empty() || rest.is_some_and(|rest| rest.starts_with([':', '.', '[']))
}

/// What is wrong with how the client reads a body that was changed in one place.
fn judge(path: &str, place: &str, body: &Value) -> Option<String> {
    let text = body.to_string();
    match round_trip(path, text.as_bytes())? {
        Trip::Refused(error) => Some(format!("refused: {error}")),
        Trip::Done {
            encoded,
            same,
            oddities,
            ..
        } => {
            let encoded = String::from_utf8(encoded).unwrap();
            let beyond = oddities.iter().find(|told| !is_within(told, place));
            match difference(&text, &encoded, Merging::Allowed).unwrap() {
                Some(difference) => Some(format!("written as {encoded}: {difference}")),
                None if !same => Some(format!("{encoded} is another value")),
                None => beyond.map(|told| format!("more than {place} is odd: {told}")),
            }
        }
    }
}

#[test]
fn whatever_a_live_store_changes_in_an_answer_costs_no_more_than_its_place_and_comes_back() {
    let api = api();
    let samples = Samples::new(&api);
    let (mut tried, mut wrong) = (0, BTreeMap::<_, Vec<String>>::new());
    for path in PATHS {
        let target = samples.target(path).unwrap();
        let inner = path.strip_prefix("bigcommerce_client::OneOrMany<");
        let inner = inner.and_then(|path| samples.target(path.strip_suffix('>')?));
        if [Some(&target), inner.as_ref()]
            .into_iter()
            .flatten()
            .any(|it| samples.is_written(it))
        {
            continue;
        }
        let mut forms: Vec<Value> = Vec::new();
        for branch in 0..BRANCHES {
            let form = samples.fullest(&target, branch);
            if !forms.contains(&form) {
                forms.push(form);
            }
        }
        for form in forms {
            assert_eq!(judge(path, "", &form), None, "{path}: {form}");
            let deepest = if target.alone().is_some() { DEEPEST } else { 2 };
            for (name, place, body) in changed(&form, deepest) {
                // An envelope in a list would be another kind of response.
                let is_envelope = place.is_empty() && form.get("data").is_some();
                if is_envelope && name == "object in a list" {
                    continue;
                }
                tried += 1;
                let Some(why) = judge(path, &place, &body) else {
                    continue;
                };
                // A list or a record alone has nothing that preserves its spelling.
                let is_alone = place.is_empty() || form.is_array() && place == "/0";
                if is_nothing(&body) || is_alone && !why.starts_with("refused") {
                    continue;
                }
                let places = wrong.entry(name).or_default();
                places.push(format!("{path} at {place}: {why}"));
            }
        }
    }
    let told = wrong.iter().map(|(name, places)| {
        let some: Vec<_> = places.iter().take(12).map(String::as_str).collect();
        format!("{name}: {} places\n  {}", places.len(), some.join("\n  "))
    });
    let told: Vec<_> = told.collect();
    assert!(told.is_empty(), "of {tried} changes:\n{}", told.join("\n"));
    assert!(tried > 30_000, "only {tried} were tried");
}

#[test]
fn an_oddity_above_or_next_to_a_place_is_not_within_it() {
    let place = "/data/0/id";
    for (told, within) in [
        ("at data[0].id: expected an integer, found null", true),
        ("at data[0].id[1].x: expected an integer, found null", true),
        ("at data[0]: expected an order, found an object", false),
        ("at data[0].idle: expected an integer, found null", false),
        ("at data[1].id: expected an integer, found null", false),
        ("at the top: expected a list, found an object", false),
    ] {
        assert_eq!(is_within(told, place), within, "{told}");
    }
}
