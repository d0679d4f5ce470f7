//! Paths in a JSON text: that of a byte offset, and paths below other paths.

use super::{DecodeError, Reader};

/// The path of the innermost value that the byte at `offset` is in, such as `variants[0].price`; empty for the
/// whole text, or one that is no JSON.
#[cold]
#[inline(never)]
pub(super) fn path_at(text: &str, offset: usize) -> String {
    innermost(&mut Reader::over(text), offset).unwrap_or_default()
}

/// The path of a value below the one at `path`.
pub(super) fn below(mut path: String, inner: &str) -> String {
    if !path.is_empty() && !inner.is_empty() && !inner.starts_with('[') {
        path.push('.');
    }
    path.push_str(inner);
    path
}

fn innermost(reader: &mut Reader<'_>, offset: usize) -> Result<String, DecodeError> {
    let mut path = reader.path();
    while let b'{' | b'[' = reader.peek()? {
        if !enter_item(reader, offset)? {
            break;
        }
        path = reader.path();
    }
    Ok(path)
}

/// Opens the value that comes next and moves to the item of it that the byte is in, if it is in one.
fn enter_item(reader: &mut Reader<'_>, offset: usize) -> Result<bool, DecodeError> {
    let is_list = reader.peek()? == b'[';
    if is_list {
        reader.begin_list()?;
    } else {
        reader.begin()?;
    }
    loop {
        let is_more = if is_list {
            reader.any_item()?
        } else {
            reader.key()?.is_some()
        };
        if !is_more {
            return Ok(false);
        }
        reader.peek()?;
        if reader.offset() > offset {
            return Ok(false);
        }
        let item = reader.mark();
        reader.raw()?;
        if reader.offset() > offset {
            reader.back(&item);
            return Ok(true);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_has_the_path_of_the_innermost_value_around_it() {
        let text = r#" {"data":[1, {"a":"x", "b" : {"c.d":[true]}},[]],"e":{} } "#;
        for (found, path) in [
            ("data", ""),
            ("1,", "data[0]"),
            (", {", "data"),
            ("x", "data[1].a"),
            ("\"b\"", "data[1]"),
            ("c.d", "data[1].b"),
            ("rue", "data[1].b.c.d[0]"),
            ("}},[", "data[1].b"),
            ("},[", "data[1]"),
            ("[]]", "data[2]"),
            ("{} }", "e"),
        ] {
            let offset = text.find(found).unwrap();
            assert_eq!(path_at(text, offset), path, "{found}");
        }
        assert_eq!(path_at(text, text.len()), "");
        assert_eq!(path_at("[1,", 2), "");
        assert_eq!(path_at("7", 0), "");
    }

    #[test]
    fn paths_are_joined_by_a_point_where_it_is_needed() {
        for (path, inner, joined) in [
            ("data", "[3].price", "data[3].price"),
            ("data[3]", "price", "data[3].price"),
            ("", "price", "price"),
            ("data", "", "data"),
        ] {
            assert_eq!(below(path.to_owned(), inner), joined);
        }
    }
}
