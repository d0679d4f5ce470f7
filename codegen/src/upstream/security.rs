//! Compares the authentication of a call: the header of the token, and the scopes if a description states
//! any, as those of an OAuth flow or in its text.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Topic, alternatives, draft, edit::Change, findings::Findings, ours::Spec, read::Text};
use crate::{
    import::{operation::Operation, resolve::Source, shape::distinct},
    index::EndpointAt,
};

/// Compares the security of an operation with that of the endpoint.
pub(super) fn compare<'a>(
    ours: EndpointAt<'a>,
    operation: &Operation,
    text: &Text<'_>,
    spec: &Spec<'a>,
    found: &mut Findings<'a>,
) {
    let Some(value) = raw(text, operation) else {
        return;
    };
    let schemes = text.root.pointer("/components/securitySchemes");
    let declared = value.get("security").or_else(|| text.root.get("security"));
    // A description without security says nothing.
    if declared.is_some() || schemes.is_some() {
        let theirs = declared.map_or(&[][..], |all| all.as_array().map_or(&[][..], Vec::as_slice));
        let service = &spec.document.service;
        let server = ours.group.server.as_ref();
        let server = server.and_then(|name| service.servers.get(name));
        let header = server.map_or(&service.auth_header, |it| &it.auth_header);
        let mut headers: Vec<String> = theirs.iter().map(|one| says(one, &text.root)).collect();
        distinct(&mut headers);
        if !headers.iter().any(|one| one == header || one == OAUTH) {
            let all = match headers.as_slice() {
                [] => "nothing".to_owned(),
                all => format!("`{}`", all.join("` or `")),
            };
            found.add(
                Topic::Security,
                "authentication",
                format!("uses {all} officially but `{header}` here"),
            );
        }
    }
    let needed = ours.needed_scope();
    let areas = &spec.document.scopes.areas;
    let Some(scope) = alternatives::scope_of(spec, &needed) else {
        return;
    };
    let accepted = alternatives::accepted(operation, value);
    let theirs = scopes(operation, &accepted, value, &text.root);
    let or = ours.or_scope();
    let or = or.and_then(|or| alternatives::scope_of(spec, &or));
    let fits = match &theirs {
        // The order of alternatives means nothing.
        Needed::Least(least) => {
            let is_or = or.is_some_and(|or| or.wire == *least);
            *least == scope.wire || (is_or && accepted.contains(&scope.wire))
        }
        Needed::Among(all) => all.is_empty() || all.contains(&scope.wire),
    };
    if matches!(&theirs, Needed::Among(all) if all.is_empty()) {
        found.without_scopes();
    }
    if fits {
        alternatives::compare(ours, &accepted, spec, found);
    } else {
        let theirs_least = match &theirs {
            Needed::Least(least) => Some(least.clone()),
            Needed::Among(_) => None,
        };
        let theirs = match theirs {
            Needed::Least(least) => BTreeSet::from([least]),
            Needed::Among(all) => all,
        };
        let all: Vec<&str> = theirs.iter().map(String::as_str).collect();
        let says = format!(
            "is `{}` officially but `{}` here",
            all.join("` or `"),
            scope.wire
        );
        let least = match &theirs_least {
            Some(wire) => areas.iter().find_map(|(area, one)| {
                let mut levels = one.levels.iter();
                let (level, _) = levels.find(|(_, scope)| scope.wire == *wire)?;
                Some(format!("{area}.{level}"))
            }),
            None => None,
        };
        found.within(needed.at, |found| {
            found.add(Topic::Scope, "the scope", says)
        });
        if let Some(scope) = least {
            found.mend(ours.at, Change::of_endpoint("scope", scope));
        }
    }
}

/// The placeholder for a token from an OAuth flow.
const OAUTH: &str = "OAuth";

/// The operation as it is written.
pub(super) fn raw<'t>(text: &'t Text<'_>, operation: &Operation) -> Option<&'t Value> {
    let paths = text.root.get("paths")?.as_object()?;
    let item = paths.get(text.bare(operation))?;
    Source::new(&text.root).follow(item).get(operation.method)
}

/// The headers of one security requirement.
fn says(requirement: &Value, root: &Value) -> String {
    let names = requirement
        .as_object()
        .into_iter()
        .flat_map(|all| all.keys());
    let headers = names.map(|name| {
        let scheme = root
            .pointer("/components/securitySchemes")
            .and_then(|all| all.get(name));
        let text = |key: &str| {
            scheme
                .and_then(|scheme| scheme.get(key))
                .and_then(Value::as_str)
        };
        match (text("type"), text("in")) {
            (Some("apiKey"), Some("header")) => text("name").unwrap_or(name).to_owned(),
            (Some("http"), _) => "Authorization".to_owned(),
            (Some("oauth2"), _) => OAUTH.to_owned(),
            _ => name.clone(),
        }
    });
    headers.collect::<Vec<_>>().join("` and `")
}

/// The scopes that a description requires.
enum Needed {
    /// The first scope of the requirements, which is the least sufficient one.
    Least(String),
    /// One of those in a table of permissions, or in a list of sufficient scopes.
    Among(BTreeSet<String>),
}

/// The scopes in the requirements; otherwise those in the operation's text, or in the file's.
fn scopes(operation: &Operation, accepted: &[String], value: &Value, root: &Value) -> Needed {
    if let Some(least) = operation.scopes.first() {
        return Needed::Least(least.clone());
    }
    if !accepted.is_empty() {
        return Needed::Among(accepted.iter().cloned().collect());
    }
    let texts = [value.get("description"), root.pointer("/info/description")];
    let named = texts
        .into_iter()
        .map(|text| words(text.and_then(Value::as_str).unwrap_or("")));
    let mut named = named.filter(|all| !all.is_empty());
    Needed::Among(named.next().unwrap_or_default())
}

/// The words of a string that are scopes of a table of permissions.
fn words(text: &str) -> BTreeSet<String> {
    let is_row = |line: &&str| {
        let line = line.to_ascii_lowercase();
        line.trim_start().starts_with('|')
            && (line.contains("modify") || line.contains("read-only"))
    };
    let rows = text.lines().filter(is_row);
    let words = rows.flat_map(|row| row.split(|c: char| !c.is_ascii_alphanumeric() && c != '_'));
    let is_scope = |word: &&str| word.starts_with("store_") && !word.ends_with("_hash");
    words.filter(is_scope).map(str::to_owned).collect()
}

/// Compares the headers of a call other than those of every call.
pub(super) fn headers<'a>(
    ours: EndpointAt<'a>,
    operation: &Operation,
    spec: &Spec<'a>,
    found: &mut Findings<'a>,
) {
    let service = &spec.document.service;
    let usual = [
        "Accept",
        "Content-Type",
        "User-Agent",
        service.auth_header.as_str(),
    ];
    let is_usual = |name: &str| {
        let same = |known: &str| known.eq_ignore_ascii_case(name);
        usual.into_iter().any(same) || service.headers.keys().any(same)
    };
    let theirs = operation.parameters.iter();
    let theirs = theirs.filter(|one| one.place == "header" && !is_usual(&one.name));
    let at = ours.at.key("headers");
    for theirs in theirs.clone() {
        let place = format!("header {}", theirs.name);
        let own = ours.spec.headers.iter();
        match own
            .into_iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(&theirs.name))
        {
            None => {
                let needs = if theirs.required {
                    "required officially but missing here"
                } else {
                    "missing here"
                };
                let says = format!("is {needs}");
                found.within(at, |found| found.add(Topic::Header, &place, says));
                let entry = draft::parameter(&theirs.shape, theirs.required);
                match ours.spec.headers.is_empty() {
                    true => {
                        let headers = serde_json::json!({ &theirs.name: entry });
                        found.mend(ours.at, Change::of_endpoint("headers", headers));
                    }
                    false => found.mend(at, Change::set(&theirs.name, entry)),
                }
            }
            Some((name, own)) if own.required != theirs.required => {
                let says = super::endpoint::only("required", theirs.required);
                found.within(at.key(name), |found| found.add(Topic::Header, &place, says));
            }
            Some(_) => {}
        }
    }
    for (name, _) in ours.spec.headers.iter() {
        if !theirs
            .clone()
            .any(|one| one.name.eq_ignore_ascii_case(name))
        {
            let place = format!("header {name}");
            found.within(at.key(name), |found| found.extra(Topic::Header, &place));
        }
    }
}
