//! The placeholders of a template: where they are, and the template with their values.

use std::collections::BTreeMap;

use heck::ToUpperCamelCase;

use crate::{diagnostic::Segment, load::node::Node};

/// A placeholder of a template.
pub(super) struct Hole {
    pub name: String,
    pub way: Vec<Segment>,
    /// Whether it is the whole value there, which becomes the argument, whatever its type.
    pub is_whole: bool,
    /// How it is written if it lacks a brace, as in `$name` and `${name`, and is read as a part of the text.
    pub open: Option<String>,
}

impl Hole {
    /// Whether it is the whole value of a key.
    pub fn is_of_key(&self) -> bool {
        self.is_whole && matches!(self.way.last(), Some(Segment::Key(_)))
    }

    /// Whether it is in the default of an argument.
    pub fn is_in_default(&self) -> bool {
        matches!(self.way.first(), Some(Segment::Key(key)) if key == "arguments")
    }
}

/// Every placeholder. Of those without any brace, only the ones with known names are found.
pub(super) fn find(
    node: &Node<'_>,
    known: &dyn Fn(&str) -> bool,
    segments: &mut Vec<Segment>,
    out: &mut Vec<Hole>,
) {
    match node.untagged() {
        Node::Text(text) => {
            let is_whole = whole(node).is_some();
            let hole = |name: &str, open: Option<String>| Hole {
                name: name.to_owned(),
                way: segments.clone(),
                is_whole,
                open,
            };
            let closed = pieces(text).filter_map(|(_, name)| name);
            out.extend(closed.map(|name| hole(name, None)));
            let open = open(text, known).into_iter();
            out.extend(open.map(|(name, open)| hole(name, Some(open))));
        }
        Node::List(items) => {
            for (index, item) in items.iter().enumerate() {
                segments.push(Segment::Index(index));
                find(item, known, segments, out);
                segments.pop();
            }
        }
        Node::Map(entries) => {
            for (name, value) in entries {
                segments.push(Segment::Key(name.to_string()));
                find(value, known, segments, out);
                segments.pop();
            }
        }
        _ => {}
    }
}

/// A string in pieces, each followed by a placeholder.
fn pieces(text: &str) -> impl Iterator<Item = (&str, Option<&str>)> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let hole = text.find("${").and_then(|start| {
            let inside = text.get(start + 2..)?;
            Some((start, inside.find('}')?))
        });
        Some(match hole {
            Some((start, length)) => {
                let name = &text[start + 2..start + 2 + length];
                rest = Some(&text[start + 3 + length..]);
                (&text[..start], Some(name))
            }
            None => {
                rest = None;
                (text, None)
            }
        })
    })
}

/// The placeholders that lack a brace: their names, and how they are written.
fn open<'t>(text: &'t str, known: &dyn Fn(&str) -> bool) -> Vec<(&'t str, String)> {
    let word = |text: &'t str| {
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let end = text.find(|c: char| !is_part(c)).unwrap_or(text.len());
        text.get(..end).unwrap_or_default()
    };
    let starts = text.match_indices('$');
    let found = starts.filter_map(|(at, _)| {
        let rest = text.get(at + 1..)?;
        match rest.strip_prefix('{') {
            Some(inside) if inside.contains('}') => None,
            Some(inside) => Some((word(inside), format!("${{{}", word(inside)))),
            None => Some(word(rest))
                .filter(|name| known(&asked(name)))
                .map(|name| (name, format!("${name}"))),
        }
    });
    found.collect()
}

/// The placeholder that is the whole value, which is replaced as is.
fn whole<'n>(node: &'n Node<'_>) -> Option<&'n str> {
    let Node::Text(text) = node.untagged() else {
        return None;
    };
    let parts: Vec<_> = pieces(text).collect();
    match parts.as_slice() {
        [("", Some(name)), ("", None)] if !name.starts_with(char::is_uppercase) => Some(*name),
        _ => None,
    }
}

/// The name of the argument of a placeholder: `${Name}` also means `name`.
pub(super) fn asked(hole: &str) -> String {
    let mut letters = hole.chars();
    let first = letters.next();
    first
        .into_iter()
        .flat_map(char::to_lowercase)
        .chain(letters)
        .collect()
}

/// The value of a placeholder: as is, or in upper camel case.
fn filler<'a>(hole: &str, values: &BTreeMap<String, Node<'a>>) -> Option<Node<'a>> {
    let value = values.get(&asked(hole))?;
    Some(match value {
        Node::Text(text) if hole.starts_with(char::is_uppercase) => {
            Node::Text(text.to_upper_camel_case().into())
        }
        value => value.clone(),
    })
}

/// The tree with its placeholders filled in. A value that is just a placeholder becomes the argument,
/// whatever its type.
pub(super) fn filled<'a>(node: &Node<'a>, values: &BTreeMap<String, Node<'a>>) -> Node<'a> {
    match node.untagged() {
        Node::Text(text) => {
            let parts: Vec<_> = pieces(text).collect();
            if let [("", Some(name)), ("", None)] = parts.as_slice() {
                return filler(name, values).unwrap_or(Node::Null);
            }
            if parts.len() == 1 {
                return node.clone();
            }
            let mut out = String::new();
            for (before, hole) in parts {
                out += before;
                match hole.and_then(|name| filler(name, values)) {
                    Some(Node::Text(text)) => out += &text,
                    Some(Node::Int(number)) => out += &number.to_string(),
                    Some(Node::Bool(truth)) => out += &truth.to_string(),
                    _ => {}
                }
            }
            Node::Text(out.into())
        }
        Node::List(items) => {
            let mut all = Vec::with_capacity(items.len());
            for item in items {
                match (item.untagged(), filled(item, values)) {
                    // An argument that is a list, which is reported where the template is checked.
                    (Node::Text(_), Node::List(more)) => all.extend(more),
                    (_, item) => all.push(item),
                }
            }
            Node::List(all)
        }
        Node::Map(entries) => {
            let entries = entries.iter();
            Node::Map(
                entries
                    .map(|(name, value)| (name.clone(), filled(value, values)))
                    .collect(),
            )
        }
        other => other.clone(),
    }
}
