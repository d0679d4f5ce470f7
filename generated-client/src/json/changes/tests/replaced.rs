//! Records that a call replaces: they are sent whole, and what an update would keep cannot be taken out.

use super::*;

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
    BinUpdate(note: null String) respelled [price quoted] {
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
