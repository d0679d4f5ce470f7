//! The texts of the spec while differences are written: each edit is visible to the next.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use serde_json::{Map, Value};

use super::edit::{Change, Edit, apply, look};
use crate::{diagnostic::Segment, source::Sources};

/// The files of the spec, with the edits made so far.
#[derive(Clone)]
pub(super) struct Texts<'s> {
    sources: &'s Sources,
    pub changed: BTreeMap<String, String>,
    /// The edits that were made.
    made: Vec<Edit>,
    /// The contents of files since their last edit: every use of a template is asked for its file with every
    /// difference.
    read: RefCell<BTreeMap<String, Option<Rc<Value>>>>,
}

impl<'s> Texts<'s> {
    pub(super) const fn new(sources: &'s Sources) -> Self {
        Self {
            sources,
            changed: BTreeMap::new(),
            made: Vec::new(),
            read: RefCell::new(BTreeMap::new()),
        }
    }

    /// The current text of a file.
    pub(super) fn text(&self, file: &str) -> Option<&str> {
        let text = self.changed.get(file).map(String::as_str);
        text.or_else(|| self.sources.text(file))
    }

    /// The current contents of a file, if it is YAML.
    pub(super) fn contents(&self, file: &str) -> Option<Rc<Value>> {
        if let Some(read) = self.read.borrow().get(file) {
            return read.clone();
        }
        let text = self.text(file)?;
        let read = serde_yaml::from_str::<Value>(text).ok().map(Rc::new);
        self.read.borrow_mut().insert(file.to_owned(), read.clone());
        read
    }

    /// Whether another difference has already made the same edit.
    pub(super) fn has(&self, edit: &Edit) -> bool {
        self.made.contains(edit)
    }

    /// Makes all the edits or none. `lead` turns each into the edits to make.
    pub(super) fn apply(
        &mut self,
        edits: &[Edit],
        lead: impl Fn(&Edit, &Self) -> Result<Vec<Edit>, String>,
    ) -> Result<(), String> {
        let mut after = self.clone();
        for edit in edits {
            for edit in lead(edit, &after)? {
                after.make(edit)?;
            }
        }
        *self = after;
        Ok(())
    }

    fn make(&mut self, edit: Edit) -> Result<(), String> {
        if self.has(&edit) {
            return Ok(());
        }
        let Some(text) = self.text(&edit.file) else {
            return Err(format!("{} does not exist", edit.file));
        };
        let mut text = text.to_owned();
        let together = self.with_earlier(&edit)?;
        for edit in joined(&text, together.as_ref().unwrap_or(&edit)) {
            text = apply(&text, &edit)?;
        }
        self.read.get_mut().remove(&edit.file);
        self.changed.insert(edit.file.clone(), text);
        self.made.push(edit);
        self.made.extend(together);
        Ok(())
    }

    /// The edit together with an earlier one that has set the same key for another difference: the items of both, if the
    /// spec had no list. Of two different values, a person has to choose.
    fn with_earlier(&self, edit: &Edit) -> Result<Option<Edit>, String> {
        let Change::Set { key, value, behind } = &edit.change else {
            return Ok(None);
        };
        let mut made = self.made.iter().rev();
        let earlier = made.find_map(|one| match &one.change {
            Change::Set {
                key: other, value, ..
            } if other == key && one.file == edit.file && one.at == edit.at => Some(value),
            _ => None,
        });
        match (earlier, value) {
            (Some(Value::Array(earlier)), Value::Array(new)) if self.is_new(edit, key) => {
                let more = new.iter().filter(|item| !earlier.contains(item));
                let mut all: Vec<Value> = earlier.iter().chain(more).cloned().collect();
                if all.iter().all(Value::is_u64) {
                    all.sort_by_key(Value::as_u64);
                }
                Ok(Some(Edit {
                    file: edit.file.clone(),
                    at: edit.at.clone(),
                    change: Change::Set {
                        key: key.clone(),
                        value: all.into(),
                        behind,
                    },
                }))
            }
            (None | Some(Value::Array(_) | Value::Object(_)), _) => Ok(None),
            (Some(earlier), value) if earlier == value => Ok(None),
            (Some(earlier), _) => {
                let earlier = earlier
                    .as_str()
                    .map_or_else(|| earlier.to_string(), str::to_owned);
                Err(format!(
                    "`{key}` was set to {earlier} for another difference: decide which one holds"
                ))
            }
        }
    }

    /// Whether the spec had no such key before all edits.
    fn is_new(&self, edit: &Edit, key: &str) -> bool {
        let text = self.sources.text(&edit.file).unwrap_or_default();
        let root: Value = serde_yaml::from_str(text).unwrap_or_default();
        look(&root, &edit.at).is_none_or(|here| here.get(key).is_none())
    }
}

/// The edit, combined with what exists by now: another view may have added the field or the schema.
fn joined(text: &str, edit: &Edit) -> Vec<Edit> {
    let root: Value = serde_yaml::from_str(text).unwrap_or_default();
    if let Some(emptied) = emptied(&root, edit) {
        return vec![emptied];
    }
    let Change::Set { key, value, .. } = &edit.change else {
        return vec![edit.clone()];
    };
    let there = look(&root, &edit.at).and_then(|here| here.get(key.as_str()));
    match (there, value) {
        (Some(Value::Object(there)), Value::Object(new)) => {
            let mut at = edit.at.clone();
            at.push(Segment::Key(key.clone()));
            let mut edits = Vec::new();
            lacking(&at, there, new, &edit.file, &mut edits);
            edits
        }
        _ => vec![edit.clone()],
    }
}

/// The removal of a list of views whose last item is taken.
fn emptied(root: &Value, edit: &Edit) -> Option<Edit> {
    let Change::Take(item) = &edit.change else {
        return None;
    };
    let (Segment::Key(key), parent) = edit.at.split_last()? else {
        return None;
    };
    let list = look(root, &edit.at)?.as_array()?;
    let is_last = list.len() == 1 && list.contains(item);
    (is_last && key == "required").then(|| Edit {
        file: edit.file.clone(),
        at: parent.to_vec(),
        change: Change::Drop(key.clone()),
    })
}

/// What a mapping lacks of a new one, with the items of both combined.
fn lacking(
    at: &[Segment],
    there: &Map<String, Value>,
    new: &Map<String, Value>,
    file: &str,
    edits: &mut Vec<Edit>,
) {
    for (key, value) in new {
        let value = match (there.get(key), value) {
            (Some(Value::Object(there)), Value::Object(new)) => {
                let mut at = at.to_vec();
                at.push(Segment::Key(key.clone()));
                lacking(&at, there, new, file, edits);
                continue;
            }
            (Some(Value::Array(there)), Value::Array(new)) => {
                let more = new.iter().filter(|item| !there.contains(item));
                let all: Vec<Value> = there.iter().chain(more).cloned().collect();
                if all.len() == there.len() {
                    continue;
                }
                all.into()
            }
            (Some(_), _) => continue,
            (None, value) => value.clone(),
        };
        edits.push(Edit {
            file: file.to_owned(),
            at: at.to_vec(),
            change: Change::set(key, value),
        });
    }
}
