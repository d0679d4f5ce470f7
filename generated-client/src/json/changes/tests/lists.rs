//! Lists and mappings: each is sent whole or not at all, and nothing that could not be read is lost.

use super::*;

crate::declare::write! {
    ShelfCartons() {
        note: Patch<String> = "note" (into String; clear_note),
        boxes: Patch<Vec<CartonInput>> = "boxes" (list CartonInput),
    }
}
crate::declare::changes! {
    ShelfCartons of Shelf, by "id", sends Changes, keeps [], unlike ["boxes.id"]
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
