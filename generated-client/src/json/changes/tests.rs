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

crate::declare::write! {
    ShelfCartons() {
        note: Patch<String> = "note" (into String; clear_note),
        boxes: Patch<Vec<CartonInput>> = "boxes" (list CartonInput),
    }
}
crate::declare::changes! {
    ShelfCartons of Shelf, by "id", sends Changes, keeps [], unlike ["boxes.id"]
}

crate::declare::read! {
    Bin {
        id: i64 = required "id",
        note: Option<String> = "note",
        price: Option<Number> = "price",
        made: Option<DateTime> = "made",
        place: Option<Place> = "place",
        boxes: List<Carton> = "boxes",
        labels: Option<BTreeMap<String, String>> = "labels",
    }
}
crate::declare::write! {
    BinUpdate(note: null String) {
        note: Patch<String> = required "note" or null,
        price: Patch<Number> = "price" (quoted Number),
        place: Patch<PlaceInput> = "place" (own PlaceInput; clear_place),
        boxes: Patch<Vec<CartonInput>> = "boxes" (list CartonInput),
        labels: Patch<BTreeMap<String, String>> = "labels" (into BTreeMap<String, String>),
    }
}
crate::declare::changes! {
    BinUpdate of Bin, by "id", sends Record,
    keeps ["boxes" by "id", "boxes.parts" by "id", "labels" by ""], unlike []
}

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
        "the change does not fit an update: at rank: expected a boolean, found a number"
    );
}

#[test]
fn a_list_or_mapping_with_something_unread_is_not_changed_by_an_update_that_would_take_it_out() {
    let body = concat!(
        r#"{"id":7,"name":"Low","tags":["a",{"b":1}],"labels":{"a":"b","c":[1]},"#,
        r#""boxes":[{"id":1,"label":"a","parts":[{"id":3},"x"]}]}"#
    );
    assert_eq!(between(body, |_| {}), Ok(None));
    assert_eq!(
        update(body, |it| it.note = Some("y".to_owned())),
        r#"{"name":"Low","note":"y"}"#
    );
    assert_eq!(refused(body, |it| it.tags.push("c".to_owned())), "tags");
    let set = |it: &mut Shelf| it.labels = Some(BTreeMap::new());
    assert_eq!(refused(body, set), "labels");
    // An error has the whole path, whether or not anything of the field is left to be written.
    let inner = |it: &mut Shelf| it.boxes[0].parts[0].id = 4;
    assert_eq!(refused(body, inner), "boxes[0].parts");
    let emptied = |it: &mut Shelf| it.boxes[0].parts = List::default();
    assert_eq!(refused(body, emptied), "boxes[0].parts");
    let error = between(body, |it| it.tags = List::from(vec![])).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`tags` was changed, and an update made from the record would remove what could not be decoded; \
         set it in a separate update"
    );
    // A change elsewhere in the list sends it as received, and its undecodable items do not fit any update.
    let label = |it: &mut Shelf| it.boxes[0].label = Some("b".to_owned());
    assert_eq!(refused(body, label), "boxes[0].parts[1]");
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
        "`place.row` no longer has a value, but null does not clear it"
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

#[test]
fn null_clears_a_field_in_an_object_or_a_list_where_it_may() {
    let body = concat!(
        r#"{"id":7,"name":"Low","place":{"row":2,"mark":"x"},"#,
        r#""boxes":[{"id":1,"label":"a","parts":[{"id":4,"name":"lid"},{"id":5}]}]}"#
    );
    assert_eq!(
        update(body, |it| it.place.as_mut().unwrap().mark = None),
        r#"{"name":"Low","place":{"row":2,"mark":null}}"#
    );
    let unnamed = update(body, |it| it.boxes[0].parts[0].name = None);
    assert!(unnamed.contains(r#"{"id":4,"name":null}"#), "{unnamed}");
    let both = |it: &mut Shelf| {
        let place = it.place.as_mut().unwrap();
        (place.row, place.mark) = (None, None);
    };
    assert_eq!(refused(body, both), "place.row");
}

#[test]
fn null_stays_out_where_nothing_was_cleared() {
    let body = r#"{"id":7,"name":"Low","place":{"row":2,"mark":null}}"#;
    let moved = update(body, |it| it.place.as_mut().unwrap().row = Some(3));
    assert_eq!(moved, r#"{"name":"Low","place":{"row":3}}"#);
}

fn of_bin(body: &str, change: impl FnOnce(&mut Bin)) -> Result<Option<String>, ChangeError> {
    let before: Bin = json::from_str(body).unwrap();
    let mut after = before.clone();
    change(&mut after);
    let update = BinUpdate::between(&before, &after)?;
    Ok(update.map(|update| json::to_string(&update)))
}

const BIN: &str = concat!(
    r#"{"id":7,"price":"5.00","made":"2024-01-31T10:00:00Z","place":{"row":2,"seen":"2024-01-31"},"#,
    r#""boxes":[{"id":1,"label":"a","count":4,"parts":[{"id":4},{"id":5}]},{"id":2,"label":"b"}],"#,
    r#""labels":{"a":"x","b":"y"}}"#
);

#[test]
fn a_record_that_a_call_replaces_goes_out_whole() {
    assert_eq!(of_bin(BIN, |_| {}), Ok(None));
    let noted = of_bin(BIN, |it| it.note = Some("x".to_owned())).unwrap();
    assert_eq!(
        noted.unwrap(),
        concat!(
            r#"{"note":"x","price":"5.00","place":{"row":2,"mark":null},"#,
            r#""boxes":[{"id":1,"label":"a","parts":[{"id":4,"name":null},{"id":5,"name":null}]},"#,
            r#"{"id":2,"label":"b"}],"labels":{"a":"x","b":"y"}}"#
        )
    );
    let plain = r#"{"id":7,"note":"x","price":"5.00","place":{"row":2}}"#;
    let cleared = of_bin(plain, |it| (it.note, it.place) = (None, None)).unwrap();
    assert_eq!(
        cleared.unwrap(),
        r#"{"note":null,"price":"5.00","place":null}"#
    );
    let made = of_bin(BIN, |it| it.made = None).unwrap_err();
    assert_eq!(made.field(), "made");
    let damaged = r#"{"id":7,"note":"x","price":"much","place":{"row":2}}"#;
    let error = of_bin(damaged, |it| it.note = None).unwrap_err();
    assert_eq!(error.field(), "price", "what cannot go out would be lost");
}

#[test]
fn what_was_taken_out_of_a_list_that_keeps_it_is_an_error() {
    let fewer = |it: &mut Bin| it.boxes = List::from(vec![it.boxes[1].clone()]);
    let error = of_bin(BIN, fewer).unwrap_err();
    assert_eq!(
        error.to_string(),
        "items were removed from `boxes`, but an update may keep items it omits"
    );
    let exchanged = |it: &mut Bin| it.boxes[1].id = 3;
    assert_eq!(of_bin(BIN, exchanged).unwrap_err().field(), "boxes");
    let none = |it: &mut Bin| it.boxes = List::from(vec![]);
    assert_eq!(of_bin(BIN, none).unwrap_err().field(), "boxes");
    let within = |it: &mut Bin| {
        it.boxes.reverse();
        it.boxes[1].parts = List::from(vec![it.boxes[1].parts[0].clone()]);
    };
    assert_eq!(of_bin(BIN, within).unwrap_err().field(), "boxes[1].parts");
    let unlabelled = |it: &mut Bin| {
        it.labels.as_mut().unwrap().remove("a");
    };
    assert_eq!(of_bin(BIN, unlabelled).unwrap_err().field(), "labels");

    let more = |it: &mut Bin| {
        it.boxes.reverse();
        it.boxes.push(json::from_str(r#"{"label":"c"}"#).unwrap());
        let labels = it.labels.as_mut().unwrap();
        labels.insert("c".to_owned(), "z".to_owned());
    };
    let more = of_bin(BIN, more).unwrap().unwrap();
    assert!(
        more.contains(r#""labels":{"a":"x","b":"y","c":"z"}"#),
        "{more}"
    );
}

#[test]
fn an_id_of_another_kind_of_thing_is_not_sent_as_the_id_that_an_update_takes() {
    let before: Shelf = json::from_str(r#"{"id":7,"note":"x","boxes":[{"id":1}]}"#).unwrap();
    let mut after = before.clone();
    after.note = Some("y".to_owned());
    let update = ShelfCartons::between(&before, &after).unwrap().unwrap();
    assert_eq!(json::to_string(&update), r#"{"note":"y"}"#);
    after.boxes[0].label = Some("new".to_owned());
    let error = ShelfCartons::between(&before, &after).unwrap_err();
    assert_eq!(error.field(), "boxes.id");
    assert_eq!(
        error.to_string(),
        "`boxes.id` has a different type in an update"
    );
}
