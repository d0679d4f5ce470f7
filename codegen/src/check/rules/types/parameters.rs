//! The types of parameters, and the enumerations to include and sort by.

use super::{
    NOT_A_PARAMETER, NOT_AN_ENUM,
    read::{name_part, parse, unknown_type},
};
use crate::{
    diagnostic::{At, Diagnostic, Diagnostics},
    index::{GroupId, Home, Index},
    types::{Prim, TypeExpr},
};

pub(in super::super) fn parameters(cx: &Index<'_>, out: &mut Diagnostics) {
    for (index, group) in cx.document.groups.iter().enumerate() {
        let at = At::root(&group.file).key("path");
        for (name, parameter) in group.path.iter() {
            parameter_type(
                cx,
                Home::Group(GroupId(index)),
                &parameter.kind,
                at.key(name).key("type"),
                out,
            );
        }
    }
    for endpoint in cx.endpoints() {
        let filters = endpoint.spec.filters.iter().map(|(name, filter)| {
            (
                &filter.kind,
                endpoint.at.key("filters").key(name).key("type"),
            )
        });
        let query = endpoint.spec.query.iter().map(|(name, parameter)| {
            (
                &parameter.kind,
                endpoint.at.key("query").key(name).key("type"),
            )
        });
        for (kind, at) in filters.chain(query) {
            parameter_type(cx, endpoint.home, kind, at, out);
        }
        let include = endpoint
            .spec
            .include
            .as_ref()
            .map(|name| (name, endpoint.at.key("include")));
        let sort = endpoint
            .spec
            .sort
            .as_ref()
            .map(|sort| (&sort.by, endpoint.at.key("sort").key("by")));
        for (text, at) in include.into_iter().chain(sort) {
            choice(cx, endpoint.home, text, at, out);
        }
    }
}

fn parameter_type(cx: &Index<'_>, home: Home, text: &str, at: At<'_>, out: &mut Diagnostics) {
    let Some(expr) = parse(text, at, out) else {
        return;
    };
    let item = match &expr {
        TypeExpr::List(item) => item,
        other => other,
    };
    match item {
        TypeExpr::Prim(Prim::Json)
        | TypeExpr::List(_)
        | TypeExpr::Map(_)
        | TypeExpr::Link(_)
        | TypeExpr::Nullable(_) => {
            out.push(
                Diagnostic::new(
                    &NOT_A_PARAMETER,
                    at.value(),
                    format!("a parameter cannot be `{text}`"),
                )
                .why("it is one value in a URL, or several with commas between them"),
            );
        }
        TypeExpr::Prim(_) => {}
        TypeExpr::Named { group, name } => match cx.resolve(home, group.as_deref(), name) {
            None => out.push(unknown_type(cx, home, text, (group.as_deref(), name), at)),
            Some(schema) if !schema.is_choice() => out.push(
                Diagnostic::new(
                    &NOT_A_PARAMETER,
                    name_part(text, name, at),
                    format!("`{name}` is an object, which is no parameter"),
                )
                .also(schema.at.name(), "an object")
                .why("it is one value in a URL, or several with commas between them")
                .help("use a plain type, or an enumeration"),
            ),
            Some(_) => {}
        },
    }
}

fn choice(cx: &Index<'_>, home: Home, text: &str, at: At<'_>, out: &mut Diagnostics) {
    let Some(expr) = parse(text, at, out) else {
        return;
    };
    let TypeExpr::Named { group, name } = &expr else {
        out.push(
            Diagnostic::new(
                &NOT_AN_ENUM,
                at.value(),
                format!("`{text}` is not an enumeration"),
            )
            .help("name a schema with `values:`"),
        );
        return;
    };
    match cx.resolve(home, group.as_deref(), name) {
        None => out.push(unknown_type(cx, home, text, (group.as_deref(), name), at)),
        Some(schema) if !schema.is_choice() => out.push(
            Diagnostic::new(
                &NOT_AN_ENUM,
                name_part(text, name, at),
                format!("`{name}` is not an enumeration"),
            )
            .also(schema.at.name(), "an object")
            .help("name a schema with `values:`"),
        ),
        Some(_) => {}
    }
}
