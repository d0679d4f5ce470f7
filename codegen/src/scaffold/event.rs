//! Inserts an event after those of the same subject.

use serde_json::{Value, json};

use super::spell;

/// The text with the event after the last of those whose scopes have most in common with its own.
pub(super) fn insert(text: &str, scopes: &[&str], scope: &str) -> Result<String, String> {
    let shared = |other: &str| {
        let pairs = scope.split('/').zip(other.split('/'));
        pairs.take_while(|(a, b)| a == b).count()
    };
    let last = (0..scopes.len()).max_by_key(|&at| scopes.get(at).map(|other| shared(other)));
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let begins = |line: &&str| line.trim_start().starts_with("- scope:");
    let listed = lines
        .iter()
        .position(|line| line.starts_with("events:"))
        .ok_or("it has no list of events")?;
    let mut items = (listed..lines.len()).filter(|&at| lines.get(at).is_some_and(begins));
    let Some(start) = last.and_then(|last| items.nth(last)) else {
        return crate::import::edit::append(text, "events", &spell::event(scope), None);
    };
    let head = lines.get(start).copied().unwrap_or_default();
    let indent = head.len() - head.trim_start().len();
    let below = lines.get(start + 1..).unwrap_or_default();
    let belongs = |line: &&str| {
        let bare = line.trim_start();
        !bare.is_empty() && !bare.starts_with('#') && line.len() - bare.len() > indent
    };
    let end = start + 1 + below.iter().take_while(|line| belongs(line)).count();
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut out = lines.get(..end).unwrap_or_default().concat();
    if !out.ends_with('\n') {
        out.push_str(newline);
    }
    for line in spell::event(scope).lines() {
        let bare = line.strip_prefix("  ").unwrap_or(line);
        out.push_str(&format!("{:indent$}{bare}{newline}", ""));
    }
    out.push_str(&lines.get(end..).unwrap_or_default().concat());
    match is_one_more(text, &out, last.map_or(0, |last| last + 1), scope) {
        true => Ok(out),
        false => Err("adding the event would change the other events".to_owned()),
    }
}

/// Whether `after` is `before` with just the event added.
fn is_one_more(before: &str, after: &str, index: usize, scope: &str) -> bool {
    let read = |text: &str| serde_yaml::from_str::<Value>(text).ok();
    let (Some(before), Some(mut after)) = (read(before), read(after)) else {
        return false;
    };
    let events = after.get_mut("events").and_then(Value::as_array_mut);
    let Some(events) = events.filter(|events| index < events.len()) else {
        return false;
    };
    let new = events.remove(index);
    new.get("scope") == Some(&json!(scope)) && before == after
}
