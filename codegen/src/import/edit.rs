//! Adds to a file of the spec without changing existing lines: additions go below the last item of their
//! kind.

use serde_yaml::Value;

/// Adds the lines of `addition`, with the importer's indentation, to the contents of `key`. A missing key is
/// inserted before `before`, or at the end.
///
/// # Errors
///
/// If the file is formatted in a way that has no place for more lines, with the reason.
pub(crate) fn append(
    text: &str,
    key: &str,
    addition: &str,
    before: Option<&str>,
) -> Result<String, String> {
    if addition.is_empty() {
        return Ok(text.to_owned());
    }
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let Some(start) = lines.iter().position(|line| opens(line, key)) else {
        return Ok(inserted(&lines, key, addition, before));
    };
    let head = lines.get(start).copied().unwrap_or_default();
    let (head, is_block) = emptied(head, key);
    if !is_block {
        return Err(format!(
            "`{key}` is on one line, and only a block can be extended"
        ));
    }
    let below = lines.get(start + 1..).unwrap_or_default();
    let outside =
        |line: &&str| line.starts_with(|c: char| !c.is_whitespace() && c != '#' && c != '-');
    let length = below.iter().position(outside).unwrap_or(below.len());
    let inside = below.get(..length).unwrap_or_default();
    let is_item = |line: &&str| !line.trim().is_empty() && !line.starts_with('#');
    let used = inside.iter().rposition(is_item).map_or(0, |at| at + 1);
    let first = inside
        .iter()
        .find(|line| is_item(line) && !line.trim_start().starts_with('#'));
    let indent = first.map_or(2, |line| line.len() - line.trim_start().len());
    let mut out: String = lines.get(..start).unwrap_or_default().concat();
    out.push_str(&head);
    out.push_str(&inside.get(..used).unwrap_or_default().concat());
    if !out.ends_with('\n') {
        out.push('\n');
    }
    let spaced = used > 0 && !["path", "groups"].contains(&key);
    out.push_str(&spelled(addition, indent, spaced, text.contains("\r\n")));
    out.push_str(&below.get(used..).unwrap_or_default().concat());
    match is_more(text, &out, key) {
        true => Ok(out),
        false => Err(format!("the addition would change what is below `{key}`")),
    }
}

pub(crate) fn opens(line: &str, key: &str) -> bool {
    line.strip_prefix(key)
        .is_some_and(|rest| rest.starts_with(':'))
}

/// The line of a key without an empty value, and whether a block follows it then.
fn emptied(head: &str, key: &str) -> (String, bool) {
    let rest = head.get(key.len() + 1..).unwrap_or_default();
    let bare = rest.split(" #").next().unwrap_or(rest).trim();
    match bare {
        "" => (head.to_owned(), true),
        "[]" | "{}" => (head.replacen(&format!(" {bare}"), "", 1), true),
        _ if bare.starts_with('#') => (head.to_owned(), true),
        _ => (head.to_owned(), false),
    }
}

fn inserted(lines: &[&str], key: &str, addition: &str, before: Option<&str>) -> String {
    let crlf = lines.iter().any(|line| line.ends_with("\r\n"));
    let at = before.and_then(|before| lines.iter().position(|line| opens(line, before)));
    let mut out = lines
        .get(..at.unwrap_or(lines.len()))
        .unwrap_or_default()
        .concat();
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
    let end = if crlf { "\r\n" } else { "\n" };
    if at.is_none() && !out.is_empty() {
        out.push_str(end);
    }
    out.push_str(&format!("{key}:{end}"));
    out.push_str(&spelled(addition, 2, false, crlf));
    if let Some(at) = at {
        out.push_str(end);
        out.push_str(&lines.get(at..).unwrap_or_default().concat());
    }
    out
}

/// The addition, with the indentation and line ends of the lines around it.
fn spelled(addition: &str, indent: usize, spaced: bool, crlf: bool) -> String {
    let end = if crlf { "\r\n" } else { "\n" };
    let mut out = if spaced {
        end.to_owned()
    } else {
        String::new()
    };
    for line in addition.lines() {
        let bare = line.strip_prefix("  ").unwrap_or(line);
        if !bare.is_empty() {
            out.push_str(&" ".repeat(indent));
            out.push_str(bare);
        }
        out.push_str(end);
    }
    out
}

/// Whether `after` is `before` with additions only at the end of `key`.
pub(crate) fn is_more(before: &str, after: &str, key: &str) -> bool {
    let read = |text: &str| serde_yaml::from_str::<Value>(text).ok();
    let (Some(before), Some(mut after)) = (read(before), read(after)) else {
        return false;
    };
    let there = before.get(key);
    let Some(place) = after.get_mut(key) else {
        return false;
    };
    match (there, &mut *place) {
        (Some(Value::Sequence(there)), Value::Sequence(now)) => now.truncate(there.len()),
        (Some(Value::Mapping(there)), Value::Mapping(now)) => {
            *now = std::mem::take(now).into_iter().take(there.len()).collect();
        }
        (there, now) => *now = there.cloned().unwrap_or(Value::Null),
    }
    before == after
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_stays_byte_for_byte_and_what_is_new_follows_it() {
        for (there, key, addition, expected) in [
            (
                "# top\nendpoints:\n  - id: a # mine\n\n# next\nschemas:\n  A: {}\n",
                "endpoints",
                "  - id: b\n    get: /b\n",
                "# top\nendpoints:\n  - id: a # mine\n\n  - id: b\n    get: /b\n\n# next\nschemas:\n  A: {}\n",
            ),
            (
                "endpoints:\n- id: a\n",
                "endpoints",
                "  - id: b\n    x: 1\n",
                "endpoints:\n- id: a\n\n- id: b\n  x: 1\n",
            ),
            (
                "endpoints: [] # none\nx: 1\n",
                "endpoints",
                "  - b\n",
                "endpoints: # none\n  - b\nx: 1\n",
            ),
            (
                "a: 1\nendpoints: []\n",
                "path",
                "  id: { type: int }\n",
                "a: 1\npath:\n  id: { type: int }\n\nendpoints: []\n",
            ),
            (
                "path:\n  a: { type: int }\n\nx: 1\n",
                "path",
                "  b: { type: int }\n",
                "path:\n  a: { type: int }\n  b: { type: int }\n\nx: 1\n",
            ),
            (
                "schemas:\r\n    A: {}",
                "schemas",
                "  B:\n    x: {}\n",
                "schemas:\r\n    A: {}\n\r\n    B:\r\n      x: {}\r\n",
            ),
            ("", "schemas", "  B: {}\n", "schemas:\n  B: {}\n"),
        ] {
            let found = append(there, key, addition, Some("endpoints")).unwrap();
            assert_eq!(found, expected);
            assert_eq!(append(there, key, "", None).unwrap(), there);
        }
    }

    #[test]
    fn a_file_that_has_no_place_for_lines_is_refused() {
        for there in [
            "endpoints: [{ id: a }]\n",
            "endpoints:\n  - id: |+\n      a\n\n\nx: 1\n",
        ] {
            assert!(
                append(there, "endpoints", "  - id: b\n", None).is_err(),
                "{there}"
            );
        }
    }
}
