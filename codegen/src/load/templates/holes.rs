//! The holes of a template: where they are, and what the template is when they are filled.

use std::collections::BTreeMap;

use crate::{diagnostic::Segment, load::node::Node};

/// Every hole with its place.
pub(super) fn find(
    node: &Node<'_>,
    segments: &mut Vec<Segment>,
    out: &mut Vec<(String, Vec<Segment>)>,
) {
    match node.untagged() {
        Node::Text(text) => {
            let names = pieces(text).filter_map(|(_, hole)| hole);
            out.extend(names.map(|name| (name.to_owned(), segments.clone())));
        }
        Node::List(items) => {
            for (index, item) in items.iter().enumerate() {
                segments.push(Segment::Index(index));
                find(item, segments, out);
                segments.pop();
            }
        }
        Node::Map(entries) => {
            for (name, value) in entries {
                segments.push(Segment::Key(name.to_string()));
                find(value, segments, out);
                segments.pop();
            }
        }
        _ => {}
    }
}

/// A string in pieces, each with the hole behind it.
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

/// The tree with its holes filled. A value that is nothing but a hole becomes what fills it, of whatever
/// kind that is.
pub(super) fn filled<'a>(node: &Node<'a>, values: &BTreeMap<&str, &Node<'a>>) -> Node<'a> {
    match node.untagged() {
        Node::Text(text) => {
            let parts: Vec<_> = pieces(text).collect();
            if let [("", Some(name)), ("", None)] = parts.as_slice() {
                return values
                    .get(name)
                    .map_or(Node::Null, |value| (*value).clone());
            }
            if parts.len() == 1 {
                return node.clone();
            }
            let mut out = String::new();
            for (before, hole) in parts {
                out += before;
                match hole.and_then(|name| values.get(name)) {
                    Some(Node::Text(text)) => out += text,
                    Some(Node::Int(number)) => out += &number.to_string(),
                    Some(Node::Bool(truth)) => out += &truth.to_string(),
                    _ => {}
                }
            }
            Node::Text(out.into())
        }
        Node::List(items) => Node::List(items.iter().map(|item| filled(item, values)).collect()),
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
