//! What leads from one state of a record to another: the fields that differ, as a value that is written. It
//! leaves out nothing that was changed: what the value cannot say is an error.

#![allow(dead_code, reason = "without a group there are no updates")]

use std::collections::BTreeMap;
use std::fmt;

use super::{
    Decode, DecodeError, Encode, Model, RawJson, Reader, Tree, Writer, from_str, to_string,
};

/// Why no update leads from one state of a record to another.
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
/// assert_eq!(error.to_string(), "`calculated_price` was changed, and an update does not take it");
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
    /// The field has no value any more, and null does not clear it.
    Emptied,
    /// The same of a field inside an object or a list, of which it is not known whether null clears it.
    EmptiedWithin,
    /// It is the key of the record.
    OtherRecord,
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
        let mut field = error.path().to_owned();
        if let Some(lacks) = error.lacks() {
            if !field.is_empty() {
                field.push('.');
            }
            field.push_str(lacks);
        }
        Self::new(field, Cause::Unfit(error))
    }

    /// The field at fault, such as `images[1].image_file`.
    pub fn field(&self) -> &str {
        &self.field
    }
}

impl fmt::Display for ChangeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let field = &self.field;
        match &self.cause {
            Cause::NotTaken => write!(f, "`{field}` was changed, and an update does not take it"),
            Cause::Emptied => write!(
                f,
                "`{field}` has no value any more, and null does not clear it"
            ),
            Cause::EmptiedWithin => write!(
                f,
                "`{field}` has no value any more, and nothing inside an object or a list is cleared"
            ),
            Cause::OtherRecord => write!(f, "`{field}` differs, so these are two records"),
            Cause::OtherForm => write!(f, "`{field}` has another form in an update"),
            Cause::Unfit(error) => write!(f, "what was changed does not fit an update: {error}"),
        }
    }
}

impl std::error::Error for ChangeError {}

/// The fields of a record, as they are written.
type Fields = BTreeMap<String, RawJson>;

/// The update that leads from one state of a record to another, `None` where nothing differs. `key` tells
/// records apart, and null clears what is `nullable`.
pub(crate) fn between<U: Model + Decode + Encode, T: Encode>(
    before: &T,
    after: &T,
    key: &str,
    nullable: &[&str],
) -> Result<Option<U>, ChangeError> {
    let states = States::of(before, after, key)?;
    let mut blank = U::blank();
    let mut takes = |field: &str| blank.slot(field).is_some();
    let changed = states.changed(U::REQUIRED, nullable, &mut takes)?;
    if changed.is_empty() {
        return Ok(None);
    }
    let text = to_string(&changed);
    let mut reader = Reader::over(&text).strict().of_record();
    let update = U::decode(&mut reader)
        .and_then(|update| reader.finish().map(|()| update))
        .map_err(ChangeError::unfit)?;
    are_told_by(&update, &changed, before, after)?;
    Ok(Some(update))
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

    /// The fields that differ, each with the value that it is to have, and those that are required; nothing
    /// where none differs.
    fn changed(
        &self,
        required: &[&str],
        nullable: &[&str],
        takes: &mut dyn FnMut(&str) -> bool,
    ) -> Result<Fields, ChangeError> {
        let Self { before, after } = self;
        let mut changed = Fields::new();
        for (field, value) in after {
            if before.get(field) == Some(value) {
                continue;
            }
            if !takes(field) {
                return Err(ChangeError::new(field.clone(), Cause::NotTaken));
            }
            changed.insert(field.clone(), value.clone());
        }
        for field in before.keys().filter(|field| !after.contains_key(*field)) {
            let cause = match (takes(field), nullable.contains(&field.as_str())) {
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
            for field in required {
                if let (false, Some(value)) = (changed.contains_key(*field), after.get(*field)) {
                    changed.insert((*field).to_owned(), value.clone());
                }
            }
        }
        Ok(changed)
    }
}

/// Checks that an update has all that was changed. Of a list or an object, which it has as a whole, it may
/// lack what stands there as it did before: that is what only the API writes.
fn are_told_by(
    update: &dyn Encode,
    changed: &Fields,
    before: &dyn Encode,
    after: &dyn Encode,
) -> Result<(), ChangeError> {
    let update = tree(&to_string(update))?;
    let (before, after) = (with_nulls(before)?, with_nulls(after)?);
    for field in changed.keys() {
        let Some(carried) = update.get(field) else {
            return Err(ChangeError::new(field.clone(), Cause::NotTaken));
        };
        let is = after.get(field).unwrap_or(&Tree::Null);
        carries(carried, is, before.get(field), field)?;
    }
    Ok(())
}

fn fields(record: &dyn Encode) -> Result<Fields, ChangeError> {
    let mut writer = Writer::of_values();
    record.encode(&mut writer);
    from_str(&writer.into_string()).map_err(ChangeError::unfit)
}

/// A record with null for each field that has no value. A key of a mapping that is gone has none, which tells
/// what was emptied from what is not there any more.
fn with_nulls(record: &dyn Encode) -> Result<Tree, ChangeError> {
    let mut writer = Writer::of_values().with_nulls();
    record.encode(&mut writer);
    tree(&writer.into_string())
}

fn tree(json: &str) -> Result<Tree, ChangeError> {
    Tree::lenient(json.as_bytes()).map_err(ChangeError::unfit)
}

/// As [`are_told_by`], for a value and all in it. What is neither a list nor an object was read as the
/// field's own type, which takes one value for another nowhere.
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
                    None if *value == Tree::Null => Cause::EmptiedWithin,
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

/// As [`carries`], for an item of a list, which stood there before as the item of the same id. Items without
/// ids may have moved, so any of them will do, and one that is like none of them is new.
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
    item.get("id").filter(|id| **id != Tree::Null)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{DateTime, List, Number, Patch, json};

    crate::declare::read! {
        Shelf {
            id: i64 = required "id",
            name: Option<String> = "name",
            note: Option<String> = "note",
            price: Option<Number> = "price",
            rank: Option<i64> = "rank",
            ends: Option<DateTime> = "ends",
            made: Option<DateTime> = "made",
            views: Option<i64> = "views",
            place: Option<Place> = "place",
            boxes: List<Carton> = "boxes",
            tags: List<String> = "tags",
            extra: Option<RawJson> = "extra",
            labels: Option<BTreeMap<String, String>> = "labels",
        }
    }
    crate::declare::read! {
        Place { row: Option<i64> = "row", seen: Option<DateTime> = "seen", }
    }
    crate::declare::read! {
        Carton {
            id: i64 = required "id",
            label: Option<String> = "label",
            weight: Option<Number> = "weight",
            packed: Option<DateTime> = "packed",
            count: Option<i64> = "count",
        }
    }
    crate::declare::write! {
        ShelfUpdate(name: into String) {
            name: String = required "name",
            note: Patch<String> = "note" (into String; clear_note),
            price: Patch<Number> = "price" (quoted Number),
            rank: Patch<bool> = "rank" (own bool),
            ends: Patch<DateTime> = "ends" (rfc2822 DateTime),
            place: Patch<PlaceInput> = "place" (own PlaceInput),
            boxes: Patch<Vec<CartonInput>> = "boxes" (list CartonInput),
            tags: Patch<Vec<String>> = "tags" (list_into String),
            extra: Patch<RawJson> = "extra" (into RawJson),
            labels: Patch<BTreeMap<String, String>> = "labels" (into BTreeMap<String, String>),
        }
    }
    crate::declare::write! {
        PlaceInput() {
            row: Patch<i64> = "row" (own i64),
        }
    }
    crate::declare::write! {
        CartonInput() {
            id: Patch<i64> = "id" (own i64),
            label: Patch<String> = "label" (into String),
            weight: Patch<Number> = "weight" (into Number),
            packed: Patch<DateTime> = "packed" (into DateTime),
        }
    }
    crate::declare::changes! { ShelfUpdate of Shelf, by "id", null ["note"] }

    const BODY: &str = concat!(
        r#"{"id":7,"name":"Low","note":"x","price":"5.00","rank":1,"ends":"","made":"2024-01-31T10:00:00Z","#,
        r#""views":3,"place":{"row":"2","seen":"2024-01-31","new":[1]},"#,
        r#""boxes":[{"id":1,"label":"a","packed":"","count":4},{"id":2,"label":"b","count":5}],"#,
        r#""tags":["a","b"],"extra":{"a": 1},"unknown":{"b": 2}}"#
    );

    fn between(body: &str, change: impl FnOnce(&mut Shelf)) -> Result<Option<String>, ChangeError> {
        let before: Shelf = json::from_str(body).unwrap();
        let mut after = before.clone();
        change(&mut after);
        let update = ShelfUpdate::between(&before, &after)?;
        Ok(update.map(|update| json::to_string(&update)))
    }

    fn update(body: &str, change: impl FnOnce(&mut Shelf)) -> String {
        between(body, change).unwrap().unwrap()
    }

    fn refused(body: &str, change: impl FnOnce(&mut Shelf)) -> String {
        between(body, change).unwrap_err().field().to_owned()
    }

    #[test]
    fn what_was_not_changed_stays_out_and_what_is_required_does_not() {
        assert_eq!(between(BODY, |_| {}), Ok(None));
        assert_eq!(
            update(BODY, |it| it.tags.push("c".to_owned())),
            r#"{"name":"Low","tags":["a","b","c"]}"#
        );
        assert_eq!(
            update(BODY, |it| it.name = Some("High".to_owned())),
            r#"{"name":"High"}"#
        );
        assert_eq!(
            update(BODY, |it| it.rank = Some(0)),
            r#"{"name":"Low","rank":false}"#
        );
    }

    #[test]
    fn null_clears_what_may_be_null_and_nothing_else_can_be_cleared() {
        assert_eq!(
            update(BODY, |it| it.note = None),
            r#"{"name":"Low","note":null}"#
        );
        assert_eq!(refused(BODY, |it| it.price = None), "price");
        assert_eq!(refused(BODY, |it| it.tags = List::default()), "tags");
        let none = update(BODY, |it| it.tags = List::from(vec![]));
        assert_eq!(none, r#"{"name":"Low","tags":[]}"#);
        assert_eq!(refused(BODY, |it| it.name = None), "name");
    }

    #[test]
    fn what_an_update_does_not_take_is_an_error_that_names_it() {
        assert_eq!(refused(BODY, |it| it.views = Some(4)), "views");
        assert_eq!(refused(BODY, |it| it.made = None), "made");
        assert_eq!(refused(BODY, |it| it.id = 8), "id");
        assert_eq!(
            refused(BODY, |it| it
                .boxes
                .iter_mut()
                .for_each(|it| it.count = Some(9))),
            "boxes[0].count"
        );
        let emptied = refused(BODY, |it| {
            it.boxes.iter_mut().for_each(|it| it.label = None)
        });
        assert_eq!(emptied, "boxes[0].label");
        let seen = |it: &mut Shelf| it.place.as_mut().unwrap().seen = None;
        assert_eq!(refused(BODY, seen), "place.seen");
        let error = between(BODY, |it| it.rank = Some(7)).unwrap_err();
        assert_eq!(
            error.to_string(),
            "what was changed does not fit an update: at rank: expected a boolean, found a number"
        );
    }

    #[test]
    fn a_list_goes_out_whole_without_what_only_the_api_writes() {
        let renamed = update(BODY, |it| it.boxes[1].label = Some("c".to_owned()));
        assert_eq!(
            renamed,
            r#"{"name":"Low","boxes":[{"id":1,"label":"a"},{"id":2,"label":"c"}]}"#
        );
        let turned = update(BODY, |it| it.boxes.reverse());
        assert_eq!(
            turned,
            r#"{"name":"Low","boxes":[{"id":2,"label":"b"},{"id":1,"label":"a"}]}"#
        );
        let with_new = update(BODY, |it| {
            it.boxes.push(json::from_str(r#"{"label":"c"}"#).unwrap())
        });
        assert!(with_new.ends_with(r#",{"label":"c"}]}"#), "{with_new}");
        let counted = |it: &mut Shelf| {
            it.boxes
                .push(json::from_str(r#"{"label":"c","count":4}"#).unwrap());
        };
        assert_eq!(refused(BODY, counted), "boxes[2].count");
        let moved = update(BODY, |it| it.place.as_mut().unwrap().row = Some(3));
        assert_eq!(moved, r#"{"name":"Low","place":{"row":3}}"#);
    }

    #[test]
    fn a_key_of_a_mapping_or_of_any_json_may_go_and_a_field_of_a_record_may_not() {
        let body = concat!(
            r#"{"id":7,"name":"Low","place":{"row":2},"boxes":[{"id":1,"label":"a"}],"#,
            r#""labels":{"a":"x","b":"y"},"extra":{"a":1,"b":[{"id":1,"c":2}]}}"#
        );
        let unlabelled = update(body, |it| {
            it.labels.as_mut().unwrap().remove("a");
        });
        assert_eq!(unlabelled, r#"{"name":"Low","labels":{"b":"y"}}"#);
        for json in [r#"{"a":1}"#, r#"{"b":[{"id":1}]}"#, r#"{"a":null}"#, "{}"] {
            let raw = |it: &mut Shelf| it.extra = Some(RawJson::new(json).unwrap());
            let sent = format!(r#"{{"name":"Low","extra":{json}}}"#);
            assert_eq!(update(body, raw), sent);
        }
        let error = between(body, |it| it.place.as_mut().unwrap().row = None).unwrap_err();
        assert_eq!(
            error.to_string(),
            "`place.row` has no value any more, and nothing inside an object or a list is cleared"
        );
        let new = |it: &mut Shelf| it.place = Some(json::from_str(r#"{"row":3}"#).unwrap());
        assert_eq!(update(body, new), r#"{"name":"Low","place":{"row":3}}"#);
    }

    #[test]
    fn a_damaged_value_is_left_alone_or_an_error() {
        let body = r#"{"id":7,"name":"Low","rank":"x","tags":["a",null],"boxes":[{"id":1,"label":[1]},{"id":2}]}"#;
        assert_eq!(between(body, |_| {}), Ok(None));
        assert_eq!(
            update(body, |it| it.note = Some("y".to_owned())),
            r#"{"name":"Low","note":"y"}"#
        );
        assert_eq!(
            update(body, |it| it.rank = Some(1)),
            r#"{"name":"Low","rank":true}"#
        );
        let beside = |it: &mut Shelf| it.boxes[1].label = Some("b".to_owned());
        assert_eq!(refused(body, beside), "boxes[0].label");
        let nameless = r#"{"id":7,"name":{"a":1},"note":"x"}"#;
        assert_eq!(refused(nameless, |it| it.note = None), "name");
        let without = r#"{"id":7,"note":"x"}"#;
        assert_eq!(refused(without, |it| it.note = None), "name");
    }

    #[test]
    fn numbers_and_moments_are_spelled_as_the_field_takes_them() {
        let dear = |it: &mut Shelf| it.price = Some("7.50".parse().unwrap());
        assert_eq!(update(BODY, dear), r#"{"name":"Low","price":"7.50"}"#);
        let ends = |it: &mut Shelf| it.ends = Some(DateTime::from("2019-03-05T21:40:11Z"));
        assert_eq!(
            update(BODY, ends),
            r#"{"name":"Low","ends":"Tue, 05 Mar 2019 21:40:11 +0000"}"#
        );
        let heavy = |it: &mut Shelf| it.boxes[0].weight = Some("1.250".parse().unwrap());
        assert!(update(BODY, heavy).contains(r#""weight":1.250"#));
        let raw = |it: &mut Shelf| it.extra = Some(RawJson::new(r#"{"a": 2}"#).unwrap());
        assert_eq!(update(BODY, raw), r#"{"name":"Low","extra":{"a": 2}}"#);
    }
}
