//! Null: it clears a field that may be null, and is sent only where something was cleared.

use super::*;

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
