//! The scopes of which a call needs only one, compared with those of the security requirements of a description.

use bigcommerce_tests::{cases::minimal, changes::put};
use codegen::{fixture, upstream::Take};
use serde_json::json;

use super::differences::{exported, held, lines, written};

#[test]
fn an_alternative_scope_is_compared_in_either_order_and_their_side_can_be_taken() {
    let area = "--- edit: scopes.yaml\n-areas:\n+areas:\n+  boxes:\n+    label: Boxes\n\
                +    covers: What things are packed in.\n+    levels:\n\
                +      read: { wire: boxes_read, level: read-only, writes: false }\n";
    let without = fixture::apply(&minimal(), area).unwrap();
    let naming = |scopes: &[&str]| {
        let mut description = exported();
        let each = scopes.iter().map(|scope| json!({ "token": [scope] }));
        put(
            &mut description,
            "/paths/~1v1~1things/get/security",
            each.collect(),
        );
        description.to_string()
    };
    let missing = held(&naming(&["things_read", "boxes_read"]), &without);
    let line = "things.list: the alternative scope `boxes_read` is missing here";
    assert_eq!(lines(&missing), [line]);
    let with = written(&missing, &without, Take::Theirs);
    let things = with.text("groups/things.yaml").unwrap_or_default();
    let key = "    acts_on: thing\n    or_scope: boxes.read\n    page: numbered\n";
    assert!(things.contains(key), "{things}");
    for scopes in [["things_read", "boxes_read"], ["boxes_read", "things_read"]] {
        let same = held(&naming(&scopes), &with);
        assert_eq!(lines(&same), [""; 0], "{scopes:?}");
    }
    let gone = held(&naming(&["things_read"]), &with);
    let line = "things.list: the alternative scope `boxes_read` is not official";
    assert_eq!(lines(&gone), [line]);
    let again = written(&gone, &with, Take::Theirs);
    let things = again.text("groups/things.yaml").unwrap_or_default();
    assert!(!things.contains("or_scope"), "{things}");
}
