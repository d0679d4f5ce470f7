//! The differences of an area between two stores, and what has to be written to make the second equal to
//! the first.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    leaves::{self, Leaves, Path},
    settings::{Area, why_not},
    support::Failure,
};

pub struct Comparison {
    pub same: usize,
    /// The changes, by name.
    pub changes: Vec<(String, Option<Value>, Option<Value>)>,
    /// What stays different, and why.
    pub stays: Vec<(String, String)>,
    /// Everything that is written if anything changes: the API requires whole areas.
    pub body: Value,
}

impl Comparison {
    /// Leaves a setting unchanged.
    pub fn keep(&mut self, setting: &str) {
        let changes = self.changes.iter_mut();
        for (_, now, _) in changes.filter(|(name, ..)| name == setting) {
            self.body[setting] = now.take().into();
        }
        self.changes.retain(|(name, ..)| name != setting);
    }
}

/// Compares an area. `has_default` says that a setting can be removed, like those of channels, which then
/// inherit the store's.
pub fn compare(
    area: &Area,
    mut from: Value,
    mut to: Value,
    has_default: bool,
) -> Result<Comparison, Failure> {
    let told = (area.fit)(&mut from, &mut to).into_iter();
    let mut stays: Vec<(String, String)> = told
        .map(|told| match told.split_once(": ") {
            Some((what, why)) => (what.to_owned(), why.to_owned()),
            None => (told, String::new()),
        })
        .collect();
    let (mut from, mut to) = (leaves::of(&from), leaves::of(&to));
    if has_default {
        for side in [&mut from, &mut to] {
            side.retain(|path, _| !area.of_store.contains(&name(path).as_str()));
        }
    }
    let paths: BTreeSet<Path> = from.keys().chain(to.keys()).cloned().collect();
    let mut whole: Leaves = area
        .required
        .iter()
        .map(|name| (vec![(*name).to_owned()], Value::Null))
        .collect();
    whole.extend(to.clone());
    whole.extend(from.clone());
    let written = leaves::of(&(area.taken)(&leaves::joined(whole.clone()))?);
    let (mut same, mut changes) = (0, Vec::new());
    for path in paths {
        let (wanted, now) = (from.get(&path), to.get(&path));
        if wanted == now {
            same += 1;
        } else if !written.contains_key(&path) {
            if wanted.is_some() {
                let field = path.last().map_or("", String::as_str);
                stays.push((name(&path), why_not(field).to_owned()));
            }
        } else if wanted.is_some() {
            changes.push((name(&path), now.cloned(), wanted.cloned()));
        } else if has_default {
            changes.push((name(&path), now.cloned(), None));
            whole.insert(path, Value::Null);
        } else {
            let why = "the source has none, and existing settings are not removed";
            stays.push((name(&path), why.to_owned()));
        }
    }
    whole.retain(|path, value| value.is_null() || written.contains_key(path));
    Ok(Comparison {
        same,
        changes,
        stays,
        body: leaves::joined(whole),
    })
}

fn name(path: &Path) -> String {
    path.join(".")
}
