//! The keys and items of the files of groups and templates, before they are converted.

use std::{borrow::Cow, collections::BTreeMap};

use super::ENDPOINTS;
use crate::{
    diagnostic::{Focus, Segment, SpecPath},
    load::node::Node,
};

pub(super) fn at(file: &str, keys: &[&str], focus: Focus) -> SpecPath {
    let segments = keys
        .iter()
        .map(|key| Segment::Key((*key).to_owned()))
        .collect();
    SpecPath {
        segments,
        focus,
        ..SpecPath::file(file)
    }
}

pub(super) fn entries<'n, 'a>(node: &'n Node<'a>) -> &'n [(Cow<'a, str>, Node<'a>)] {
    match node.untagged() {
        Node::Map(entries) => entries,
        _ => &[],
    }
}

pub(super) fn items<'n, 'a>(node: Option<&'n Node<'a>>) -> &'n [Node<'a>] {
    match node.map(Node::untagged) {
        Some(Node::List(items)) => items,
        _ => &[],
    }
}

/// The ids of the endpoints of a file, each with its place.
pub(super) fn ids<'n>(file: &'n Node<'_>) -> BTreeMap<&'n str, usize> {
    let ids = items(get(file, ENDPOINTS)).iter().map(|it| get(it, "id"));
    ids.enumerate()
        .filter_map(|(place, id)| match id {
            Some(Node::Text(id)) => Some((&**id, place)),
            _ => None,
        })
        .collect()
}

pub(super) fn get<'n, 'a>(node: &'n Node<'a>, key: &str) -> Option<&'n Node<'a>> {
    entries(node)
        .iter()
        .find(|(name, _)| name == key)
        .map(|(_, node)| node)
}

/// Whether it is a string, an integer or a boolean.
pub(super) fn is_plain(node: &Node<'_>) -> bool {
    let node = node.untagged();
    matches!(node, Node::Text(_) | Node::Int(_) | Node::Bool(_))
}

pub(super) fn texts(node: Option<&Node<'_>>) -> Vec<String> {
    match node {
        Some(Node::List(items)) => items.iter().flat_map(|item| texts(Some(item))).collect(),
        Some(Node::Text(text)) => vec![text.to_string()],
        _ => Vec::new(),
    }
}

pub(super) fn listed(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}
