//! How to correct a value of the wrong type: the line that was meant, if the value shows it.

use std::borrow::Cow;

use super::super::node::{Node, Step};
use crate::spec::View;

/// The types that a value can be expected to have, as messages name them.
pub(super) const BOOL: &str = "`true` or `false`";
pub(super) const INTEGER: &str = "an integer";
pub(super) const LIST: &str = "a list";
pub(super) const STRING: &str = "a string";

/// The keys of types, which may start with a bracket.
const TYPES: [&str; 7] = [
    "type", "takes", "returns", "partial", "events", "payload", "delivery",
];

/// The keys of mappings of types.
const OF_TYPES: [&str; 2] = ["types", "one_of"];

/// How long a value may be to be repeated.
const LONGEST: usize = 40;

/// What to write where `wanted` was expected and `found` was found. `way` leads to it, the innermost step first.
pub(super) fn advice<'t>(
    wanted: &str,
    found: &Node<'_>,
    mut way: impl Iterator<Item = Step<'t>>,
) -> String {
    let (key, outer) = (way.next(), way.next());
    let line = |value: &str| match key {
        Some(Step::Key(key)) => format!("`{key}: {value}`"),
        _ => format!("`{value}`"),
    };
    match found {
        Node::List(items) if wanted == STRING && is_of_type(key, outer) => match items.as_slice() {
            [Node::Text(text)] if is_short(text) => {
                format!("put the type in quotes: {}", line(&format!("\"[{text}]\"")))
            }
            _ => "put a type that starts with `[` in quotes".to_owned(),
        },
        Node::List(items) => match items.as_slice() {
            [one] if fits(wanted, one.untagged()) => match spelled(one.untagged()) {
                Some(value) => format!("write {}, not a list", line(&value)),
                None => "write the item itself, not a list".to_owned(),
            },
            _ if wanted == STRING => {
                "write one string, not a list; put a string that starts with `[` in quotes"
                    .to_owned()
            }
            _ => format!("write {wanted}"),
        },
        Node::Map(entries) if wanted == STRING => match entries.as_slice() {
            [(word, Node::Null)] if is_short(word) => format!(
                "write `{word}` alone, without a colon; put a string that starts with `{{` in quotes"
            ),
            _ => "put a string that starts with `{`, or has a colon and a space in it, in quotes"
                .to_owned(),
        },
        one if wanted == LIST => match spelled(one) {
            Some(value) => format!(
                "write {}, with brackets even around a single item",
                line(&format!("[{value}]"))
            ),
            None => "write brackets even around a single item".to_owned(),
        },
        Node::Text(text) if wanted.ends_with("a list of views") && is_view(text) => {
            format!("write {}", line(&format!("[{text}]")))
        }
        _ => format!("write {wanted}"),
    }
}

fn is_of_type(key: Option<Step<'_>>, outer: Option<Step<'_>>) -> bool {
    let is_one_of = |step: Option<Step<'_>>, keys: &[&str]| matches!(step, Some(Step::Key(key)) if keys.contains(&key));
    is_one_of(key, &TYPES) || is_one_of(outer, &OF_TYPES)
}

/// Whether a value is of this type.
fn fits(wanted: &str, value: &Node<'_>) -> bool {
    match value {
        Node::Text(_) => wanted == STRING,
        Node::Int(_) => wanted == STRING || wanted == INTEGER,
        Node::Bool(_) => wanted == STRING || wanted == BOOL,
        _ => false,
    }
}

/// A value as YAML, if it is short and needs no quotes.
fn spelled<'n>(value: &'n Node<'_>) -> Option<Cow<'n, str>> {
    match value {
        Node::Text(text) => is_short(text).then_some(Cow::Borrowed(&**text)),
        Node::Int(number) => Some(number.to_string().into()),
        Node::Bool(truth) => Some(truth.to_string().into()),
        _ => None,
    }
}

fn is_short(text: &str) -> bool {
    let is_plain = |c: char| c.is_alphanumeric() || "_-./ ".contains(c);
    let starts = text.starts_with(|c: char| c.is_alphanumeric() || c == '/');
    starts && text.len() <= LONGEST && text.chars().all(is_plain)
}

fn is_view(text: &str) -> bool {
    serde_json::from_value::<View>(text.into()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Node<'_> {
        Node::Text(text.into())
    }

    #[test]
    fn the_line_that_was_meant_is_shown_if_the_value_shows_it() {
        let list = |items: &[&'static str]| Node::List(items.iter().map(|one| text(one)).collect());
        for (key, wanted, found, expected) in [
            (
                "page",
                STRING,
                list(&["v3"]),
                "write `page: v3`, not a list",
            ),
            (
                "does",
                STRING,
                list(&["Read it."]),
                "write `does: Read it.`, not a list",
            ),
            (
                "why",
                STRING,
                list(&["a: b"]),
                "write the item itself, not a list",
            ),
            (
                "type",
                STRING,
                list(&["Part"]),
                "put the type in quotes: `type: \"[Part]\"`",
            ),
            (
                "returns",
                STRING,
                list(&["a", "b"]),
                "put a type that starts with `[` in quotes",
            ),
            (
                "page",
                STRING,
                list(&["v2", "v3"]),
                "write one string, not a list; put a string that starts with `[` in quotes",
            ),
            (
                "max",
                INTEGER,
                Node::List(vec![Node::Int(5)]),
                "write `max: 5`, not a list",
            ),
            ("max", INTEGER, list(&["five"]), "write an integer"),
            (
                "safe",
                BOOL,
                Node::List(vec![Node::Bool(true)]),
                "write `safe: true`, not a list",
            ),
            (
                "success",
                LIST,
                Node::Int(204),
                "write `success: [204]`, with brackets even around a single item",
            ),
            (
                "fires",
                LIST,
                text("a, b"),
                "write brackets even around a single item",
            ),
            (
                "groups",
                STRING,
                Node::Map(vec![("brands".into(), Node::Null)]),
                "write `brands` alone, without a colon; put a string that starts with `{` in quotes",
            ),
            (
                "does",
                STRING,
                Node::Map(vec![("Read it".into(), text("twice."))]),
                "put a string that starts with `{`, or has a colon and a space in it, in quotes",
            ),
            (
                "nullable",
                "`true`, `false` or a list of views",
                text("read"),
                "write `nullable: [read]`",
            ),
        ] {
            let way = [Step::Key(key), Step::Index(0)];
            assert_eq!(advice(wanted, &found, way.into_iter()), expected);
        }
    }

    #[test]
    fn a_type_is_known_by_its_key_or_by_that_of_the_mapping_it_is_in() {
        let found = Node::List(vec![text("Part")]);
        let branch = [Step::Key("several"), Step::Key("one_of")];
        let told = advice(STRING, &found, branch.into_iter());
        assert_eq!(told, "put the type in quotes: `several: \"[Part]\"`");
        let item = [Step::Index(0), Step::Key("differs")];
        let told = advice(STRING, &found, item.into_iter());
        assert_eq!(told, "write `Part`, not a list");
    }
}
