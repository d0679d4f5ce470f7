//! The functions of expressions. They look at the store and make new values; none changes a record.

use std::sync::Arc;

use minijinja::value::{Value, ValueKind};
use minijinja::{Environment, Error, ErrorKind, State};

use super::document::{Document, Records, json};
use super::names::{SIGHT, Sight};
use crate::state::{Record, Shelves};
use crate::values;

pub(super) fn add(environment: &mut Environment<'static>) {
    environment.add_function("one", one);
    environment.add_function("first", first);
    environment.add_function("all", all);
    environment.add_function("count", count);
    environment.add_function("uuid", uuid);
    environment.add_function("slug", slug);
    environment.add_function("money", money);
    environment.add_function("pick", pick);
    environment.add_function("with", with);
    environment.add_function("without", without);
    environment.add_function("without_empty", without_empty);
    environment.add_function("flat", flat);
    environment.add_function("merge", merge);
    environment.add_function("above", above);
    environment.add_function("days_ago", values::days_ago);
}

fn shelves(state: &State<'_, '_>) -> Result<Arc<Shelves>, Error> {
    state
        .lookup(SIGHT)
        .and_then(|value| value.downcast_object::<Sight>())
        .map(|sight| Arc::clone(&sight.0))
        .ok_or_else(|| wrong("there is no store here"))
}

fn wrong(says: impl Into<String>) -> Error {
    Error::new(ErrorKind::InvalidOperation, says.into())
}

/// `one('brands', 7)`: the record with that key.
fn one(state: &State<'_, '_>, collection: &str, key: Value) -> Result<Value, Error> {
    let shelves = shelves(state)?;
    let shelf = shelves.shelf(collection).map_err(wrong)?;
    let found = values::key_of(&json(&key)?).and_then(|key| shelf.get(&key));
    Ok(found.map_or(Value::UNDEFINED, |record| Document::new(record).into()))
}

/// `all('variants', {'product_id': 7})`: the records with those values, in the order of their keys.
fn all(state: &State<'_, '_>, collection: &str, like: Option<Value>) -> Result<Value, Error> {
    Ok(Records(matching(state, collection, like, usize::MAX)?).into())
}

/// `first('brands', {'name': 'Acme'})`: the first record with those values.
fn first(state: &State<'_, '_>, collection: &str, like: Option<Value>) -> Result<Value, Error> {
    let found = matching(state, collection, like, 1)?;
    let first = found.into_iter().next();
    Ok(first.map_or(Value::UNDEFINED, |record| Document::new(record).into()))
}

fn matching(
    state: &State<'_, '_>,
    collection: &str,
    like: Option<Value>,
    most: usize,
) -> Result<Vec<Arc<Record>>, Error> {
    let shelves = shelves(state)?;
    let shelf = shelves.shelf(collection).map_err(wrong)?;
    let like = match like.map(|like| json(&like)).transpose()? {
        Some(serde_json::Value::Object(like)) => like,
        None => serde_json::Map::new(),
        Some(_) => return Err(wrong("what to look for is a mapping of fields to values")),
    };
    Ok(shelf.like(&like, most))
}

/// `count('addresses')`: the next number of that name.
fn count(state: &State<'_, '_>, name: &str) -> Result<i64, Error> {
    Ok(shelves(state)?.count(name))
}

/// A new UUID, the same ones again in a store of the same seed.
fn uuid(state: &State<'_, '_>) -> Result<String, Error> {
    Ok(shelves(state)?.uuid())
}

/// `slug('Fog Linen: Towel')` is `fog-linen-towel`.
fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        if letter.is_alphanumeric() {
            slug.push(letter);
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// A number to four places, whole where it is.
fn money(value: Value) -> Result<Value, Error> {
    let Some(number) = values::number(&json(&value)?) else {
        return Ok(Value::from(0));
    };
    Ok(super::document::seen(&values::rounded(number)))
}

/// `pick(list, n)`: one of them, the same one again for the same `n` in a store of the same seed.
fn pick(state: &State<'_, '_>, list: Value, n: i64) -> Result<Value, Error> {
    let length = list.len().unwrap_or(0);
    if length == 0 {
        return Ok(Value::UNDEFINED);
    }
    let at = shelves(state)?.spread(n) as usize % length;
    list.get_item(&Value::from(at))
}

/// `with(object, {'a': 1})`: the object with these fields over its own.
fn with(object: Value, changes: Value) -> Result<Value, Error> {
    let (mut fields, changes) = (fields(&object)?, fields(&changes)?);
    fields.extend(changes);
    Ok(Document::new(Arc::new(fields)).into())
}

/// `without(object, ['a'])`: the object without these fields.
fn without(object: Value, names: Value) -> Result<Value, Error> {
    let mut fields = fields(&object)?;
    for name in names.try_iter()? {
        if let Some(name) = name.as_str() {
            fields.shift_remove(name);
        }
    }
    Ok(Document::new(Arc::new(fields)).into())
}

/// The object without fields that are null.
fn without_empty(object: Value) -> Result<Value, Error> {
    let mut fields = fields(&object)?;
    fields.retain(|_, value| !value.is_null());
    Ok(Document::new(Arc::new(fields)).into())
}

fn fields(object: &Value) -> Result<serde_json::Map<String, serde_json::Value>, Error> {
    if matches!(object.kind(), ValueKind::Undefined | ValueKind::None) {
        return Ok(serde_json::Map::new());
    }
    match json(object)? {
        serde_json::Value::Object(fields) => Ok(fields),
        _ => Err(wrong("this is no mapping")),
    }
}

/// `flat([[1], [2, 3]])` is `[1, 2, 3]`.
fn flat(lists: Value) -> Result<Value, Error> {
    let mut items = Vec::new();
    for list in lists.try_iter()? {
        items.extend(list.try_iter()?);
    }
    Ok(Value::from(items))
}

/// `merge(old, new, 'id')`: items of the second replace those of the first with the same key, the others
/// are added.
fn merge(old: Value, new: Value, key: &str) -> Result<Value, Error> {
    let mut items: Vec<Value> = old.try_iter()?.collect();
    for item in new.try_iter()? {
        let name = item.get_attr(key)?;
        let known = (!name.is_undefined() && !name.is_none())
            .then(|| {
                items
                    .iter()
                    .position(|old| old.get_attr(key).is_ok_and(|own| own == name))
            })
            .flatten();
        match known {
            Some(at) => {
                if let Some(old) = items.get_mut(at) {
                    *old = with(old.clone(), item)?;
                }
            }
            None => items.push(item),
        }
    }
    Ok(Value::from(items))
}

/// `above('categories', 7, 'parent_id')`: the keys of the records above that one, from the top.
fn above(state: &State<'_, '_>, collection: &str, key: Value, field: &str) -> Result<Value, Error> {
    // Deeper than any tree that is meant: what goes round in a circle ends here.
    const DEEPEST: usize = 64;
    let shelves = shelves(state)?;
    let shelf = shelves.shelf(collection).map_err(wrong)?;
    let mut path = Vec::new();
    let mut next = values::key_of(&json(&key)?);
    while let Some(record) = next.take().and_then(|key| shelf.get(&key)) {
        next = record.get(field).and_then(values::key_of);
        if let Some(key) = next.as_ref().filter(|key| shelf.get(key).is_some()) {
            path.push(super::document::seen(&key.value()));
        }
        if path.len() == DEEPEST {
            break;
        }
    }
    path.reverse();
    Ok(Value::from(path))
}
