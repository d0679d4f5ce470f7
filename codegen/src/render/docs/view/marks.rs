//! The marks next to the name of a field: its type, its limits, and what is special about it, for all views
//! of its schema at once.

use serde::Serialize;

use super::{super::text::capital, Links};
use crate::{
    model::Field,
    spec::View,
    words::{FieldFact, field_facts},
};

/// A mark next to a field.
#[derive(Debug, Serialize)]
pub(in super::super) struct Tag {
    pub text: String,
    /// Whether a request fails without it.
    pub must: bool,
}

/// The label of a view after what only applies there.
pub(super) fn side(view: Option<View>) -> &'static str {
    match view {
        Some(View::Read) => "in responses",
        Some(View::Create) => "on create",
        Some(View::Update) => "on update",
        Some(View::Write) => "on create and update",
        None => "",
    }
}

/// The type of a field, and the views in which it differs.
pub(super) fn kinds(links: &Links<'_>, seen: &[(Option<View>, &Field)]) -> String {
    let words = links.words();
    let kinds = seen
        .iter()
        .map(|(view, field)| (*view, words.field_kind(field)));
    once(kinds)
}

/// The limits of a field and its condition, and the views in which they differ.
pub(super) fn about(links: &Links<'_>, seen: &[(Option<View>, &Field)]) -> String {
    let words = links.words();
    let abouts = seen.iter().map(|(view, field)| {
        let facts = field_facts(field, false).into_iter();
        let facts = facts.filter(|fact| {
            use FieldFact::{Default, Pattern, Secret, Values, When};
            matches!(fact, Default(_) | Pattern(_) | Secret | Values(_) | When(_))
        });
        let parts = [words.field_bounds(field), words.field(facts)];
        let parts = parts.into_iter().filter(|part| !part.is_empty());
        (*view, parts.collect::<Vec<_>>().join(" "))
    });
    let merges = seen.iter().find_map(|(_, field)| field.merges);
    let merges = words.field(merges.map(FieldFact::Merges));
    let parts = [once(abouts), merges].into_iter();
    let parts = parts.filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(" ")
}

/// What all views have in common once, and what differs with the label of its view.
fn once(all: impl Iterator<Item = (Option<View>, String)>) -> String {
    let mut told: Vec<(Option<View>, String)> = Vec::new();
    for (view, text) in all {
        if !text.is_empty() && !told.iter().any(|(_, other)| *other == text) {
            told.push((view, text));
        }
    }
    let texts = told.iter().enumerate().map(|(at, (view, text))| match at {
        0 => text.clone(),
        _ => format!("{}: {text}", capital(side(*view))),
    });
    texts.collect::<Vec<_>>().join(" ")
}

/// What is special about a field.
pub(super) fn tags(
    links: &Links<'_>,
    seen: &[(Option<View>, &Field)],
    sides: &[(Option<View>, &[Field])],
) -> Vec<Tag> {
    let writes = |view: Option<View>| !matches!(view, Some(View::Read) | None);
    let tag = |text: &str, must: bool| Tag {
        text: text.to_owned(),
        must,
    };
    let on = |which: &dyn Fn(&Field) -> bool| {
        let those = seen
            .iter()
            .filter(|(view, field)| writes(*view) && which(field));
        those.map(|(view, _)| *view).collect::<Vec<_>>()
    };
    let written = sides.iter().filter(|(view, _)| writes(*view)).count();
    let mut tags = Vec::new();
    let required = on(&|field| field.required);
    match required.len() {
        0 => {}
        all if all == written => tags.push(tag("required", true)),
        _ => tags.extend(
            required
                .iter()
                .map(|view| tag(&format!("required {}", side(*view)), true)),
        ),
    }
    let there = on(&|_| true);
    let read = sides.iter().any(|(view, _)| *view == Some(View::Read));
    let returned = seen.iter().any(|(view, _)| *view == Some(View::Read));
    match there.len() {
        0 if written > 0 => tags.push(tag("read-only", false)),
        0 => {}
        all if all == written => {}
        _ => tags.extend(
            there
                .iter()
                .map(|view| tag(&format!("only {}", side(*view)), false)),
        ),
    }
    if read && written > 0 && !returned {
        tags.push(tag("write-only", false));
    }
    let nullable: Vec<_> = seen.iter().filter(|(_, field)| field.nullable).collect();
    if !nullable.is_empty() {
        if nullable.len() == seen.len() {
            tags.push(tag("nullable", false));
        } else {
            let views = nullable.iter().map(|(view, _)| side(*view));
            let views = views.collect::<Vec<_>>().join(" and ");
            tags.push(tag(&format!("nullable {views}"), false));
        }
    }
    let always =
        |(view, field): &&(Option<View>, &Field)| *view == Some(View::Read) && field.required;
    if seen.iter().any(|it| always(&it)) {
        tags.push(tag(&links.words().always(), false));
    }
    tags
}
