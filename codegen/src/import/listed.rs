//! Adds names to a list of the spec, in brackets or as a block.

use super::edit;

/// The maximum length of a line before the list continues below.
const WIDTH: usize = 110;

/// Adds names at the end of the list below `key`. Existing lines stay unchanged.
///
/// # Errors
///
/// If the list is formatted in a way that has no place for more names, with the reason.
pub(crate) fn append(text: &str, key: &str, names: &[&str]) -> Result<String, String> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if edit::opens(line, key) {
            break;
        }
        start += line.len();
    }
    let rest = text.get(start..).unwrap_or_default();
    let value = rest.get(key.len() + 1..).unwrap_or_default();
    let bracket = value.trim_start_matches(' ').strip_prefix('[');
    let Some(inner) = bracket.filter(|inner| !inner.starts_with(']')) else {
        let block: String = names.iter().map(|name| format!("  - {name}\n")).collect();
        return edit::append(text, key, &block, None);
    };
    let end = inner.find(']').unwrap_or(inner.len());
    let kept = inner.get(..end).unwrap_or_default();
    let kept = kept.trim_end().trim_end_matches(',').trim_end();
    let at = text.len() - inner.len() + kept.len();
    let (before, after) = text.split_at(at);
    let mut out = before.to_owned();
    let last = before.lines().next_back().unwrap_or_default();
    let mut width = last.chars().count();
    for name in names {
        // The name with `, ` before it, and possibly the closing bracket.
        if width + name.len() + 4 > WIDTH {
            out.push_str(",\n  ");
            width = 2;
        } else {
            out.push_str(", ");
            width += 2;
        }
        out.push_str(name);
        width += name.len();
    }
    out.push_str(after.trim_start_matches([',', ' ']));
    match !kept.contains('#') && edit::is_more(text, &out, key) {
        true => Ok(out),
        false => Err(format!("names cannot be added to the list of `{key}`")),
    }
}

#[cfg(test)]
mod tests {
    use super::append;

    #[test]
    fn names_are_added_to_a_list_and_the_rest_stays_byte_for_byte() {
        for (there, expected) in [
            (
                "a: 1 # x\ngroups: [one, two] # ours\nb: 2\n",
                "a: 1 # x\ngroups: [one, two, x, y] # ours\nb: 2\n",
            ),
            (
                "groups: [one,\n  two,\n]\n",
                "groups: [one,\n  two, x, y\n]\n",
            ),
            ("groups: []\nb: 2\n", "groups:\n  - x\n  - y\nb: 2\n"),
            (
                "groups:\n  - one # first\nb: 2\n",
                "groups:\n  - one # first\n  - x\n  - y\nb: 2\n",
            ),
        ] {
            assert_eq!(append(there, "groups", &["x", "y"]).unwrap(), expected);
        }
    }

    #[test]
    fn a_long_list_goes_on_below() {
        let names: Vec<String> = (0..40).map(|n| format!("group_{n}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let text = append("groups: [one]\n", "groups", &names).unwrap();
        assert!(text.lines().all(|line| line.len() <= 110), "{text}");
        assert!(text.lines().count() > 3, "{text}");
    }

    #[test]
    fn a_list_with_a_bracket_in_a_comment_is_refused() {
        let there = "groups: [one, # a] b\n  two]\n";
        assert!(append(there, "groups", &["x"]).is_err());
    }
}
