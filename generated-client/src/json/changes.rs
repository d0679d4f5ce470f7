//! Builds an update from two states of a record: the fields that differ, as a value that is written. No
//! change is dropped: one that the value cannot express is an error.

#![allow(dead_code, reason = "without a group there are no updates")]

mod kept;
mod same;

use std::collections::BTreeMap;
use std::fmt;

use self::kept::{are_kept, named};
use self::same::is_same;
use super::place::below;
use super::{
    Decode, DecodeError, Encode, Facts, Model, RawJson, Reader, Tree, Writer, from_str, to_string,
};

/// Why no update can be built from two states of a record.
///
/// ```
/// # #[cfg(feature = "products")] {
/// use bigcommerce_client::{json, products::{Product, ProductUpdate}};
///
/// let product: Product = json::from_str(r#"{"id":158,"name":"Cedar tray","price":24.95}"#)?;
/// let mut changed = product.clone();
/// changed.calculated_price = Some(7.into());
/// let error = ProductUpdate::between(&product, &changed).unwrap_err();
/// assert_eq!(error.field(), "calculated_price");
/// assert_eq!(error.to_string(), "`calculated_price` was changed, but an update does not accept it");
/// # }
/// # Ok::<(), bigcommerce_client::DecodeError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeError {
    field: String,
    cause: Cause,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Cause {
    /// The update does not have the field.
    NotTaken,
    /// The field no longer has a value, but null does not clear it.
    Emptied,
    /// The list or mapping lacks what was in it, and an update does not remove what it leaves out.
    TakenOut,
    /// It is the key of the record.
    OtherRecord,
    /// The list or mapping was changed and has something that its type cannot hold, which would be gone.
    InPart,
    /// The update has a list where the record has an object, or the like.
    OtherForm,
    /// The update cannot be read from what the record has.
    Unfit(DecodeError),
}

impl ChangeError {
    const fn new(field: String, cause: Cause) -> Self {
        Self { field, cause }
    }

    fn unfit(error: DecodeError) -> Self {
        let path = error.path().to_owned();
        let field = match error.lacks() {
            Some(lacks) => below(path, lacks),
            None => path,
        };
        Self::new(field, Cause::Unfit(error))
    }

    /// The field that caused it, such as `images[1].image_file`.
    pub fn field(&self) -> &str {
        &self.field
    }
}

impl fmt::Display for ChangeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let field = &self.field;
        match &self.cause {
            Cause::NotTaken => write!(f, "`{field}` was changed, but an update does not accept it"),
            Cause::Emptied => write!(
                f,
                "`{field}` no longer has a value, but null does not clear it"
            ),
            Cause::TakenOut => write!(
                f,
                "items were removed from `{field}`, but an update may keep items it omits"
            ),
            Cause::InPart => write!(
                f,
                "`{field}` was changed, and an update made from the record would remove what could not be \
                 decoded; set it in a separate update"
            ),
            Cause::OtherRecord => {
                write!(f, "`{field}` differs, so these are two different records")
            }
            Cause::OtherForm => write!(f, "`{field}` has a different type in an update"),
            Cause::Unfit(error) => write!(f, "the change does not fit an update: {error}"),
        }
    }
}

impl std::error::Error for ChangeError {}

/// The fields of a record, in the form in which they are written.
type Fields = BTreeMap<String, RawJson>;

/// How a call accepts changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sends {
    /// Without unchanged fields.
    Changes,
    /// With the whole record, since omitted fields may be lost.
    Record,
}

/// What the declaration of a written type does not say about its updates.
pub(crate) struct Way {
    /// The field that identifies records.
    pub(crate) key: &'static str,
    /// What is sent.
    pub(crate) sends: Sends,
    /// The lists and mappings for which omitting an item does not reliably remove it, such as `boxes` or
    /// `place.boxes`, each with the field that identifies its items, which is empty for plain values and for
    /// a mapping. Their unchanged items are sent anyway: for most of them it is undocumented whether an
    /// update may omit items, and where it may not, an omitted item would be removed.
    pub(crate) keeps: &'static [(&'static str, &'static str)],
    /// The paths of ids that mean one kind of resource when read and another when written, such as
    /// `boxes.id`.
    pub(crate) unlike: &'static [&'static str],
}

/// The update from one state of a record to another; `None` if nothing differs.
pub(crate) fn between<U: Model + Decode + Encode, T: Encode>(
    before: &T,
    after: &T,
    way: &Way,
) -> Result<Option<U>, ChangeError> {
    let mut update = U::blank();
    let differs = find(&mut update, before, after, way)?;
    Ok(differs.then_some(update))
}

/// An update of any type: the comparison is compiled once instead of once for each of them.
trait Update: Model + Encode {
    /// Replaces it by what is read.
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError>;
}

impl<U: Model + Decode + Encode> Update for U {
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        *self = U::decode(reader)?;
        Ok(())
    }
}

/// Like [`between`], into a blank update; returns whether anything differs.
fn find(
    update: &mut dyn Update,
    before: &dyn Encode,
    after: &dyn Encode,
    way: &Way,
) -> Result<bool, ChangeError> {
    let states = States::of(before, after, way.key)?;
    let changed = states.changed(update)?;
    if changed.is_empty() {
        return Ok(false);
    }
    are_kept(before, after, way.keeps)?;
    let sent = match way.sends {
        Sends::Record => sent_with_nulls(after, &mut |field: &str| update.slot(field).is_some())?,
        Sends::Changes => to_string(&changed),
    };
    let mut send = |sent: &str| -> Result<(), ChangeError> {
        let mut reader = Reader::over(sent).strict().of_record();
        let read = update.read(&mut reader).and_then(|()| reader.finish());
        read.map_err(ChangeError::unfit)?;
        are_told_by(&*update, &changed, before, after)?;
        are_alike(&*update, way.unlike)
    };
    match send(&sent) {
        // What an object or a list no longer has may be a field that null clears.
        Err(error) if error.cause == Cause::Emptied && way.sends == Sends::Changes => {
            let mut differs = |field: &str| changed.contains_key(field);
            send(&sent_with_nulls(after, &mut differs)?)?;
        }
        sent => sent?,
    }
    Ok(true)
}

/// Two states of a record.
struct States {
    before: Fields,
    after: Fields,
}

impl States {
    fn of(before: &dyn Encode, after: &dyn Encode, key: &str) -> Result<Self, ChangeError> {
        let (before, after) = (fields(before)?, fields(after)?);
        match (before.get(key), after.get(key)) {
            (Some(one), Some(other)) if one != other => {
                Err(ChangeError::new(key.to_owned(), Cause::OtherRecord))
            }
            _ => Ok(Self { before, after }),
        }
    }

    /// The fields that differ, each with its new value, and the required ones; nothing if none differs.
    fn changed(&self, update: &mut dyn Update) -> Result<Fields, ChangeError> {
        let Self { before, after } = self;
        let Facts {
            required, nullable, ..
        } = update.facts();
        let mut changed = Fields::new();
        for (field, value) in after {
            let slot = update.slot(field);
            let is_taken = slot.is_some();
            let was = before.get(field);
            if was.is_some_and(|was| is_same(was, value, slot)) {
                continue;
            }
            if !is_taken {
                return Err(ChangeError::new(field.clone(), Cause::NotTaken));
            }
            changed.insert(field.clone(), value.clone());
        }
        for field in before.keys().filter(|field| !after.contains_key(*field)) {
            let is_nullable = nullable.contains(&Some(field.as_str()));
            let cause = match (update.slot(field).is_some(), is_nullable) {
                (true, true) => {
                    changed.insert(field.clone(), RawJson::trusted("null"));
                    continue;
                }
                (true, false) => Cause::Emptied,
                (false, _) => Cause::NotTaken,
            };
            return Err(ChangeError::new(field.clone(), cause));
        }
        if !changed.is_empty() {
            for field in *required {
                if let (false, Some(value)) = (changed.contains_key(*field), after.get(*field)) {
                    changed.insert((*field).to_owned(), value.clone());
                }
            }
        }
        Ok(changed)
    }
}

/// Checks that an update contains every change. In a list or an object that is sent as a whole, only
/// unchanged values may be missing: those of read-only fields.
fn are_told_by(
    update: &dyn Encode,
    changed: &Fields,
    before: &dyn Encode,
    after: &dyn Encode,
) -> Result<(), ChangeError> {
    let update = tree(&to_string(update))?;
    let (before, after) = (tree(&with_nulls(before))?, tree(&with_nulls(after))?);
    for field in changed.keys() {
        let Some(carried) = update.get(field) else {
            return Err(ChangeError::new(field.clone(), Cause::NotTaken));
        };
        let is = after.get(field).unwrap_or(&Tree::Null);
        carries(carried, is, before.get(field), field)?;
    }
    Ok(())
}

/// Checks that an update contains no id that means another kind of resource when read.
fn are_alike(update: &dyn Encode, unlike: &[&'static str]) -> Result<(), ChangeError> {
    if unlike.is_empty() {
        return Ok(());
    }
    let written = tree(&to_string(update))?;
    let is_there = |place: &&&str| has(&written, &place.split('.').collect::<Vec<_>>());
    match unlike.iter().find(is_there) {
        Some(place) => Err(ChangeError::new((*place).to_owned(), Cause::OtherForm)),
        None => Ok(()),
    }
}

fn has(value: &Tree, path: &[&str]) -> bool {
    match (value, path) {
        (_, []) => *value != Tree::Null,
        (Tree::List(items), _) => items.iter().any(|item| has(item, path)),
        (_, [field, path @ ..]) => value.get(field).is_some_and(|inner| has(inner, path)),
    }
}

fn fields(record: &dyn Encode) -> Result<Fields, ChangeError> {
    let mut writer = Writer::of_values();
    record.encode(&mut writer);
    match writer.into_parts() {
        (_, Some(field)) => Err(ChangeError::new(field, Cause::InPart)),
        (written, None) => from_str(&written).map_err(ChangeError::unfit),
    }
}

/// A record with null for each field without a value. A removed key of a mapping has none, which
/// distinguishes a field that was emptied from one that no longer exists.
fn with_nulls(record: &dyn Encode) -> String {
    let mut writer = Writer::of_values().with_nulls();
    record.encode(&mut writer);
    writer.into_string()
}

/// The fields of a record with null for those without a value; reading skips the null of a field that null
/// does not clear.
fn sent_with_nulls(
    record: &dyn Encode,
    is_sent: &mut dyn FnMut(&str) -> bool,
) -> Result<String, ChangeError> {
    let mut fields: Fields = from_str(&with_nulls(record)).map_err(ChangeError::unfit)?;
    fields.retain(|field, _| is_sent(field));
    Ok(to_string(&fields))
}

fn tree(json: &str) -> Result<Tree, ChangeError> {
    Tree::lenient(json.as_bytes()).map_err(ChangeError::unfit)
}

/// Like [`are_told_by`], for a value and everything in it. Anything but a list or an object was read as
/// the field's own type, which never confuses two values.
fn carries(
    carried: &Tree,
    after: &Tree,
    before: Option<&Tree>,
    place: &str,
) -> Result<(), ChangeError> {
    match (carried, after) {
        (Tree::Object(_), Tree::Object(fields)) => {
            for (name, value) in fields {
                let place = format!("{place}.{name}");
                let was = before.and_then(|before| before.get(name));
                let cause = match carried.get(name) {
                    Some(carried) => {
                        carries(carried, value, was, &place)?;
                        continue;
                    }
                    None if was.unwrap_or(&Tree::Null) == value => continue,
                    None if *value == Tree::Null => Cause::Emptied,
                    None => Cause::NotTaken,
                };
                return Err(ChangeError::new(place, cause));
            }
            Ok(())
        }
        (Tree::List(carried), Tree::List(items)) if carried.len() == items.len() => {
            for (at, (carried, item)) in carried.iter().zip(items).enumerate() {
                carries_item(carried, item, before, &format!("{place}[{at}]"))?;
            }
            Ok(())
        }
        (Tree::Object(_) | Tree::List(_), _) | (_, Tree::Object(_) | Tree::List(_)) => {
            Err(ChangeError::new(place.to_owned(), Cause::OtherForm))
        }
        _ => Ok(()),
    }
}

/// Like [`carries`], for a list item, compared with the previous item of the same id. Items without ids may
/// have moved, so any equal one counts, and an item without an equal one is new.
fn carries_item(
    carried: &Tree,
    item: &Tree,
    before: Option<&Tree>,
    place: &str,
) -> Result<(), ChangeError> {
    let before = match before {
        Some(Tree::List(items)) => items.as_slice(),
        _ => &[],
    };
    let own = id(item);
    let mut refused = None;
    for was in before.iter().filter(|was| id(was) == own) {
        match carries(carried, item, Some(was), place) {
            Ok(()) => return Ok(()),
            Err(error) => refused = Some(error),
        }
    }
    match refused {
        Some(error) if own.is_some() => Err(error),
        _ => carries(carried, item, None, place),
    }
}

fn id(item: &Tree) -> Option<&Tree> {
    named(item, "id")
}

#[cfg(test)]
mod tests;
