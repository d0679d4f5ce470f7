//! Edits a file of the spec in place: one key or one item, without changing any other line. The result is
//! read again, and an edit that would change anything else is rejected.

mod file;
mod spell;
#[cfg(test)]
mod tests;

use serde_json::Value;

use self::file::File;
use crate::diagnostic::Segment;

/// A change of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Edit {
    pub file: String,
    /// The mapping or list that is changed.
    pub at: Vec<Segment>,
    pub change: Change,
}

/// What is changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// Sets a key of a mapping. A new one goes after the existing ones of `behind`.
    Set {
        key: String,
        value: Value,
        behind: &'static [&'static str],
    },
    /// Appends an item to a list.
    Push(Value),
    /// Inserts a number into a list, before the first larger one.
    Insert(u64),
    /// Removes a key of a mapping.
    Drop(String),
    /// Removes an item of a list.
    Take(Value),
}

impl Change {
    /// Sets a key of a mapping.
    pub(crate) fn set(key: &str, value: impl Into<Value>) -> Self {
        Self::Set {
            key: key.to_owned(),
            value: value.into(),
            behind: &[],
        }
    }

    /// Sets a key of an endpoint, in its usual position.
    pub(super) fn of_endpoint(key: &str, value: impl Into<Value>) -> Self {
        Self::Set {
            key: key.to_owned(),
            value: value.into(),
            behind: match key {
                "deprecated" => &["does", "note"],
                "scope" | "or_scope" => &["does", "note", "acts_on", "scope"],
                "headers" | "query" | "filters" => &[
                    "acts_on", "scope", "or_scope", "event", "fires", "page", "limit", "filters",
                    "query",
                ],
                "batch" => &["takes"],
                _ => &["returns", "envelope", "success", "errors"],
            },
        }
    }
}

/// The text after the edit.
pub(crate) fn apply(text: &str, edit: &Edit) -> Result<String, String> {
    let refused = || "a program cannot edit it in its place".to_owned();
    let before: Value = serde_yaml::from_str(text).map_err(|error| error.to_string())?;
    let mut wanted = before.clone();
    let there = walk(&mut wanted, &edit.at).ok_or_else(refused)?;
    change(there, &edit.change).ok_or_else(refused)?;
    let after = File::new(text).edited(edit, &before).ok_or_else(refused)?;
    let read: Result<Value, _> = serde_yaml::from_str(&after);
    match read.is_ok_and(|read| read == wanted) {
        true => Ok(after),
        false => Err(refused()),
    }
}

pub(super) fn walk<'v>(value: &'v mut Value, way: &[Segment]) -> Option<&'v mut Value> {
    way.iter().try_fold(value, |here, step| match step {
        Segment::Key(key) => here.get_mut(key),
        Segment::Index(index) => here.get_mut(index),
    })
}

pub(super) fn look<'v>(value: &'v Value, way: &[Segment]) -> Option<&'v Value> {
    way.iter().try_fold(value, |here, step| match step {
        Segment::Key(key) => here.get(key),
        Segment::Index(index) => here.get(index),
    })
}

/// Makes the same change in the value as in the text.
pub(super) fn change(there: &mut Value, change: &Change) -> Option<()> {
    match change {
        Change::Set { key, value, .. } => {
            there.as_object_mut()?.insert(key.clone(), value.clone());
        }
        Change::Push(item) => there.as_array_mut()?.push(item.clone()),
        Change::Insert(number) => {
            let list = there.as_array_mut()?;
            let at = larger(list, *number).unwrap_or(list.len());
            list.insert(at, (*number).into());
        }
        Change::Drop(key) => {
            there.as_object_mut()?.shift_remove(key)?;
        }
        Change::Take(item) => {
            let list = there.as_array_mut()?;
            let at = list.iter().position(|one| one == item)?;
            list.remove(at);
        }
    }
    Some(())
}

/// The position of the first larger number in a list.
fn larger(list: &[Value], number: u64) -> Option<usize> {
    list.iter()
        .position(|one| one.as_u64().is_some_and(|one| one > number))
}
