//! Deprecations: that each says something, since when as a date, and that what it names exists.

use std::collections::BTreeSet;

pub(super) use super::dates::BAD_DATE;
use super::dates::dated;
use crate::{
    diagnostic::{At, Code, Diagnostic, Diagnostics},
    index::{FieldAt, Index, SchemaAt},
    spec::Deprecated,
};

pub static DEPRECATION: Code = Code::error(
    "E503",
    "deprecation",
    "A deprecation says since when, why, or what to use instead.",
);
pub static UNKNOWN_REPLACEMENT: Code = Code::error(
    "E506",
    "unknown-replacement",
    "The endpoint or the field to use instead exists, and is another one.",
);

/// What is deprecated, as far as it limits what may replace it.
#[derive(Clone, Copy)]
enum Old<'a> {
    /// The call of a group with an id.
    Endpoint(&'a str, &'a str),
    Field(FieldAt<'a>),
    Other,
}

pub(super) fn deprecations(cx: &Index<'_>, out: &mut Diagnostics) {
    let ids: BTreeSet<String> = cx.endpoints().map(|it| it.full_id()).collect();
    for (deprecated, at, old) in all(cx) {
        let at = at.key("deprecated");
        let Deprecated {
            since,
            instead,
            why,
        } = deprecated;
        if since.is_none() && instead.is_none() && why.is_none() {
            let message = "this says nothing about the deprecation";
            out.push(
                Diagnostic::new(&DEPRECATION, at.name(), message)
                    .help("add `since:`, `use:` or `why:`"),
            );
        }
        if let Some(since) = since {
            dated(since, at.key("since"), out);
        }
        if let Some(instead) = instead {
            replacement(cx, instead, at.key("use"), old, &ids, out);
        }
    }
}

/// Every deprecation, with the place of what is deprecated.
fn all<'a>(cx: &Index<'a>) -> impl Iterator<Item = (&'a Deprecated, At<'a>, Old<'a>)> + use<'a> {
    let endpoints = cx.endpoints();
    let endpoints = endpoints.map(|it| {
        let old = Old::Endpoint(&it.group.group, &it.spec.id);
        (&it.spec.deprecated, it.at, old)
    });
    let fields = cx.fields().filter(|it| it.spec.deprecated.is_some());
    let fields = fields.map(|it| (&it.spec.deprecated, it.at(), Old::Field(it)));
    let filters = cx.endpoints().flat_map(|endpoint| {
        let at = endpoint.at.key("filters");
        let filters = endpoint.spec.filters.iter();
        filters.map(move |(name, it)| (&it.deprecated, at.key(name), Old::Other))
    });
    let parameters = cx.endpoints().flat_map(|endpoint| {
        let at = endpoint.at;
        let parameters = endpoint.parameters();
        parameters.map(move |(key, name, it)| (&it.deprecated, at.key(key).key(name), Old::Other))
    });
    let members = cx.members();
    let members = members.map(|(it, at)| (&it.deprecated, at, Old::Other));
    let branches = cx.schemas().flat_map(SchemaAt::branches);
    let branches = branches.map(|it| (&it.spec.deprecated, it.at(), Old::Other));
    let all = endpoints.chain(branches).chain(fields).chain(filters);
    let all = all.chain(parameters).chain(members);
    all.filter_map(|(deprecated, at, old)| Some((deprecated.as_ref()?, at, old)))
}

const WRITE: &str =
    "write the id of an endpoint with its group, such as `products.list`, or describe it in words";

/// That a name is that of an endpoint, or for a field that of another field. Anything else is text.
fn replacement(
    cx: &Index<'_>,
    instead: &str,
    at: At<'_>,
    old: Old<'_>,
    ids: &BTreeSet<String>,
    out: &mut Diagnostics,
) {
    let is_name = |text: &str| {
        let mut chars = text.chars();
        chars.next().is_some_and(|c| c.is_ascii_lowercase())
            && chars.all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    };
    let is_field =
        |name: &str| matches!(old, Old::Field(field) if field.schema.field(name).is_some());
    let is_itself = match old {
        Old::Endpoint(group, id) => instead.split_once('.') == Some((group, id)),
        Old::Field(field) => instead == field.name,
        Old::Other => false,
    };
    if is_itself {
        let message = format!("`{instead}` cannot be used instead of itself");
        out.push(
            Diagnostic::new(&UNKNOWN_REPLACEMENT, at.value(), message)
                .help("name another one, or remove `use:`"),
        );
        return;
    }
    match (instead.split_once('.'), old) {
        (Some((group, id)), _) if is_name(group) && is_name(id) => {
            if ids.contains(instead) || is_field(group) {
                return;
            }
            let message = format!("there is no endpoint `{instead}`");
            let known = cx.candidates(ids.iter().map(String::as_str));
            let mut diagnostic = Diagnostic::new(&UNKNOWN_REPLACEMENT, at.value(), message)
                .help(WRITE)
                .meant(instead, known);
            if cx.group(group).is_none() {
                diagnostic = diagnostic.lacks(group);
            }
            out.push(diagnostic);
        }
        (None, Old::Endpoint(group, _)) if is_name(instead) => {
            let message = format!("`{instead}` is not the id of an endpoint");
            let own = format!("{group}.{instead}");
            let help = match ids.contains(&own) {
                true => format!("add its group: `{own}`"),
                false => WRITE.to_owned(),
            };
            out.push(Diagnostic::new(&UNKNOWN_REPLACEMENT, at.value(), message).help(help));
        }
        (None, Old::Field(field)) if is_name(instead) && !is_field(instead) => {
            let schema = field.schema;
            let message = format!("`{}` has no field `{instead}`", schema.name);
            let known = cx.candidates(schema.fields().map(|field| field.name));
            out.push(
                Diagnostic::new(&UNKNOWN_REPLACEMENT, at.value(), message)
                    .help("write the name of another field, the id of an endpoint, or describe it in words")
                    .meant(instead, known),
            );
        }
        _ => {}
    }
}
