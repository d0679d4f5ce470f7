mod lists;
mod nulls;
mod replaced;
mod spellings;

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
    Place {
        row: Option<i64> = "row",
        mark: Option<String> = "mark",
        seen: Option<DateTime> = "seen",
    }
}
crate::declare::read! {
    Carton {
        id: i64 = required "id",
        label: Option<String> = "label",
        weight: Option<Number> = "weight",
        packed: Option<DateTime> = "packed",
        count: Option<i64> = "count",
        parts: List<Part> = "parts",
    }
}
crate::declare::read! {
    Part { id: i64 = required "id", name: Option<String> = "name", }
}
crate::declare::write! {
    ShelfUpdate(name: into String) respelled [price quoted, ends rfc2822] {
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
        mark: Patch<String> = "mark" (into String; clear_mark),
    }
}
crate::declare::write! {
    CartonInput() {
        id: Patch<i64> = "id" (own i64),
        label: Patch<String> = "label" (into String),
        weight: Patch<Number> = "weight" (into Number),
        packed: Patch<DateTime> = "packed" (into DateTime),
        parts: Patch<Vec<PartInput>> = "parts" (list PartInput),
    }
}
crate::declare::write! {
    PartInput() {
        id: Patch<i64> = "id" (own i64),
        name: Patch<String> = "name" (into String; clear_name),
    }
}
crate::declare::changes! { ShelfUpdate of Shelf, by "id", sends Changes, keeps [], unlike [] }

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
        "the change does not fit an update: at rank: expected a boolean, found a number"
    );
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
