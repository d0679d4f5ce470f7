//! Whether a retry of a call adds something again, because its body contains a new item in one of the fields
//! that the endpoint's facts list.

use crate::json::{DecodeError, Reader};

/// The field that identifies a record. If it is among the listed fields, a body or batch item without it is
/// itself new.
const KEY: &str = "id";

/// Whether one of these fields of a body, or of an item of its batch, contains something new. An unreadable
/// body may contain anything.
pub(crate) fn adds(fields: &[&str], body: &[u8]) -> bool {
    if fields.is_empty() {
        return false;
    }
    let new = Reader::new(body).and_then(|mut reader| {
        let new = in_body(&mut reader, fields)?;
        reader.finish().map(|()| new)
    });
    new.unwrap_or(true)
}

fn in_body(reader: &mut Reader<'_>, fields: &[&str]) -> Result<bool, DecodeError> {
    if reader.peek()? != b'[' {
        return in_item(reader, fields);
    }
    let mut new = false;
    reader.begin_list()?;
    while reader.any_item()? {
        new |= in_item(reader, fields)?;
    }
    Ok(new)
}

fn in_item(reader: &mut Reader<'_>, fields: &[&str]) -> Result<bool, DecodeError> {
    if reader.peek()? != b'{' {
        reader.raw()?;
        return Ok(false);
    }
    let (mut new, mut known) = (false, false);
    reader.begin()?;
    while let Some(key) = reader.key()? {
        // If a field is repeated, all its values count, since it is unknown which one the API uses.
        if key == KEY {
            known |= is_known(reader.raw()?);
        } else if fields.contains(&&*key) {
            new |= is_new(reader)?;
        } else {
            reader.raw()?;
        }
    }
    reader.end();
    Ok(new || !known && fields.contains(&KEY))
}

/// Whether a record has this id. An id of 0 comes from a record that was read without one.
fn is_known(id: &str) -> bool {
    !matches!(id, "null" | "0" | "\"\"")
}

/// Whether a value is new: a record without an `id`, a list with such a record, or any value that is not off.
fn is_new(reader: &mut Reader<'_>) -> Result<bool, DecodeError> {
    match reader.peek()? {
        b'[' => {
            let mut new = false;
            reader.begin_list()?;
            while reader.any_item()? {
                new |= is_new(reader)?;
            }
            Ok(new)
        }
        b'{' => {
            let mut known = false;
            reader.begin()?;
            while let Some(key) = reader.key()? {
                let is_key = key == KEY;
                known |= is_known(reader.raw()?) && is_key;
            }
            reader.end();
            Ok(!known)
        }
        _ => Ok(!matches!(reader.raw()?, "null" | "false")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_new_is_added_once_more() {
        for (body, new) in [
            (r#"{"price":25}"#, false),
            (r#"{"notes":[]}"#, false),
            (r#"{"notes":null,"images":[]}"#, false),
            (r#"{"notes":[{"id":7,"text":"a"}]}"#, false),
            (r#"{"notes":[{"id":7},{"text":"a"}]}"#, true),
            (r#"{"notes":[{"id":null,"text":"a"}]}"#, true),
            (r#"{"notes":[{"id":0,"text":"a"}]}"#, true),
            (r#"{"notes":[{"text":"a","of":{"id":7}}]}"#, true),
            (r#"{"images":[{"url":"a"}],"price":25}"#, true),
            (r#"{"others":[{"notes":[{"text":"a"}]}]}"#, false),
            (r#"{"others":{"notes":[{"text":"a"}]}}"#, false),
            (r#"{"images":true}"#, true),
            (r#"{"images":false}"#, false),
            (r#"[{"id":7,"price":25},{"id":8}]"#, false),
            (r#"[{"id":7},{"id":8,"notes":[{"text":"a"}]}]"#, true),
            (r#"[7,{"id":8,"notes":[{"id":1}]}]"#, false),
            // In any spelling.
            (r#"{"n\u006ftes":[{"text":"a"}]}"#, true),
            (r#"{"notes":[{"text":"a"}],"notes":[]}"#, true),
            (r#"{"name":"\ud83d","notes":[{"text":"a"}]}"#, true),
            // An unreadable value.
            ("", true),
            (r#"{"price":25"#, true),
            (r#"{"price":25}{"notes":[{"text":"a"}]}"#, true),
            ("notes[0][text]=a", true),
        ] {
            assert_eq!(adds(&["notes", "images"], body.as_bytes()), new, "{body}");
            assert!(!adds(&[], body.as_bytes()), "{body}");
        }
    }

    #[test]
    fn an_item_without_an_id_is_new_itself_where_its_id_counts() {
        for (body, new) in [
            (r#"[{"id":7,"name":"a"},{"id":8}]"#, false),
            (r#"[{"id":7,"name":"a"},{"name":"b"}]"#, true),
            (r#"[{"id":null,"name":"a"}]"#, true),
            (r#"[{"id":0}]"#, true),
            (r#"{"id":"a-1"}"#, false),
            (r#"{"of":{"id":7}}"#, true),
            ("[]", false),
            (r#"[{"id":7}"#, true),
        ] {
            assert_eq!(adds(&["id"], body.as_bytes()), new, "{body}");
        }
        assert!(adds(
            &["id", "notes"],
            br#"{"id":7,"notes":[{"text":"a"}]}"#
        ));
    }
}
