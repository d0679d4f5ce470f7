//! The records that a call changes, if its path does not name them: from its query and its batch items.
//! Only what the endpoint's facts list is read, so that nothing personal is recorded.

use std::borrow::Cow;

use crate::json::Tree;

/// The values that identify the call's records, separated by commas, by the name of their parameter or
/// field.
pub(crate) fn records<'a>(
    named_by: &'static [&'static str],
    query: impl Iterator<Item = (&'a str, Cow<'a, str>)>,
    body: Option<&[u8]>,
) -> Vec<(&'static str, String)> {
    let mut found: Vec<(&'static str, String)> = Vec::new();
    let mut add = |name: &'static str, value: &str| match found
        .iter_mut()
        .find(|(known, _)| *known == name)
    {
        Some((_, values)) => {
            values.push(',');
            values.push_str(value);
        }
        None => found.push((name, value.to_owned())),
    };
    for (key, value) in query {
        if let Some(name) = named_by.iter().find(|name| **name == key) {
            add(name, &value);
        }
    }
    // The endpoint does not accept a body that is not a list of objects, and the API will reject it.
    if let Some(Ok(Tree::List(items))) = body.map(Tree::lenient) {
        // If no item is an object, each may be an id itself. Anything else could be arbitrary data.
        let bare: Option<Vec<_>> = items.iter().map(|item| item.plain()).collect();
        let bare = bare.unwrap_or_default();
        for name in named_by {
            for id in bare.iter().filter(|id| is_id(id)) {
                add(name, id);
            }
        }
        // If a field is repeated, all its values count, since it is unknown which one the API uses.
        for item in &items {
            for name in named_by {
                for value in item.all(name).filter_map(Tree::plain) {
                    add(name, &value);
                }
            }
        }
    }
    found
}

/// Whether a value is an integer or a UUID, which contains nothing personal.
fn is_id(value: &str) -> bool {
    let hexadecimal = |part: &str| part.bytes().all(|byte| byte.is_ascii_hexdigit());
    let lengths = value.split('-').map(str::len);
    let is_uuid = lengths.eq([8, 4, 4, 4, 12]) && value.split('-').all(hexadecimal);
    is_uuid || value.parse::<i64>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_list_of_values_only_ids_are_kept() {
        let kept = |body: &str| records(&["id"], std::iter::empty(), Some(body.as_bytes()));
        let uuid = "1b4e28ba-2fa1-11d2-883f-0016d3cca427";
        assert_eq!(kept("[7, 8]"), [("id", "7,8".to_owned())]);
        assert_eq!(kept(&format!("[\"{uuid}\"]")), [("id", uuid.to_owned())]);
        assert!(kept(r#"["jo@personal.example"]"#).is_empty());
        assert_eq!(kept(r#"[{"id": 7}, 8]"#), [("id", "7".to_owned())]);
    }

    #[test]
    fn no_spelling_of_a_batch_hides_which_records_it_changes() {
        for (body, ids) in [
            (r#"[{"id":7,"id":8}]"#, "7,8"),
            (r#"[{"i\u0064":7},{"id":8,"name":"\ud83d"}]"#, "7,8"),
        ] {
            let found = records(&["id"], std::iter::empty(), Some(body.as_bytes()));
            assert_eq!(found, [("id", ids.to_owned())], "{body}");
        }
    }
}
