//! Objects that require another of the same schema: no value of them would ever end.

use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};

use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics},
    index::{FieldAt, Home, Index, Meant, SchemaAt},
    spec::View,
    types::TypeExpr,
};

pub static ENDLESS: Code = Code::error(
    "E332",
    "endless",
    "No object requires another of the same schema, directly or through others.",
);

pub(super) fn endless(cx: &Index<'_>, out: &mut Diagnostics) {
    let mut edges = Vec::new();
    for schema in cx.schemas() {
        for &view in schema.views() {
            for (field, inner, inner_view) in required(cx, schema, view) {
                edges.push((node(schema, view), node(inner, inner_view), field));
            }
        }
    }
    let circles = circles(edges.iter().map(|(from, to, _)| (*from, *to)));
    for (from, to, field) in edges {
        if circles
            .get(&from)
            .is_some_and(|circle| circles.get(&to) == Some(circle))
        {
            let message = format!("a `{}` would never end", field.schema.name);
            out.push(
                Diagnostic::new(&ENDLESS, field.at().key("type").value(), message)
                    .also(field.at().key("required").value(), "it is always present")
                    .why("each contains another, without end")
                    .help("make the field optional, or a list"),
            );
        }
    }
}

/// A view of an object.
type Node<'a> = (Home, &'a str, View);

fn node(schema: SchemaAt<'_>, view: View) -> Node<'_> {
    (schema.home, schema.name, view)
}

/// The nodes, each with a number that it shares with all nodes on a cycle with it: Kosaraju's algorithm,
/// which visits every edge twice.
fn circles<'a>(edges: impl Iterator<Item = (Node<'a>, Node<'a>)>) -> BTreeMap<Node<'a>, usize> {
    let mut ahead: BTreeMap<Node<'_>, Vec<Node<'_>>> = BTreeMap::new();
    let mut back = ahead.clone();
    for (from, to) in edges {
        ahead.entry(from).or_default().push(to);
        back.entry(to).or_default().push(from);
    }
    // The nodes in the order in which the first pass completes them.
    let mut done = Vec::new();
    let mut seen = BTreeSet::new();
    for &start in ahead.keys() {
        let mut open = vec![(start, false)];
        while let Some((node, left)) = open.pop() {
            if left {
                done.push(node);
            } else if seen.insert(node) {
                open.push((node, true));
                let next = ahead.get(&node).into_iter().flatten();
                open.extend(next.map(|next| (*next, false)));
            }
        }
    }
    let mut circles = BTreeMap::new();
    for (number, start) in done.into_iter().rev().enumerate() {
        let mut open = vec![start];
        while let Some(node) = open.pop() {
            if let Entry::Vacant(free) = circles.entry(node) {
                free.insert(number);
                open.extend(back.get(&node).into_iter().flatten());
            }
        }
    }
    circles
}

/// The objects that a view of an object requires.
fn required<'a>(
    cx: &Index<'a>,
    schema: SchemaAt<'a>,
    view: View,
) -> Vec<(FieldAt<'a>, SchemaAt<'a>, View)> {
    schema
        .fields()
        .filter(|field| field.spec.required.contains(&view) && !field.spec.nullable.holds_in(view))
        .filter_map(|field| {
            let ty = cx.type_in(field, view)?;
            match (&ty.expr, ty.in_view(view)) {
                (TypeExpr::Named { .. }, Meant::View(inner, view)) => Some((field, inner, view)),
                _ => None,
            }
        })
        .collect()
}
