//! Types in words, with links to their schemas.

use super::{
    super::text::{capital, prose, sentence},
    Links, types,
};
use crate::model::{Field, Shape, Ty, phrase};

/// The line of facts, with the type linked and without what the table's columns say.
pub(super) fn field_facts(links: &Links<'_>, field: &Field) -> String {
    let mut facts = field.facts.as_str();
    for told in ["Set by the API.", "Required."] {
        facts = facts.strip_suffix(told).unwrap_or(facts).trim_end();
    }
    prose_behind_type(links, &field.ty, facts)
}

/// Facts with the type in front, linked, in place of their own words for it.
pub(super) fn prose_behind_type(links: &Links<'_>, ty: &Ty, facts: &str) -> String {
    let ty_words = capital(&of(links, ty));
    match phrase(ty).as_str() {
        // The model leaves out what the name of a type says.
        "" => [sentence(&ty_words), prose(facts)]
            .join(" ")
            .trim_end()
            .to_owned(),
        phrase => match facts.strip_prefix(phrase) {
            Some(rest) => ty_words + &prose_rest(rest),
            None => prose(facts),
        },
    }
}

/// As [`prose`], but keeps the space in front.
fn prose_rest(rest: &str) -> String {
    let space = if rest.starts_with(' ') { " " } else { "" };
    format!("{space}{}", prose(rest))
}

/// A type in words, with links.
pub(super) fn of(links: &Links<'_>, ty: &Ty) -> String {
    match ty {
        Ty::Named(id) => format!(
            "[{}]({})",
            types::heading(links.api.ty(*id)),
            links.schema(*id)
        ),
        Ty::List(inner) => format!("list of {}", plural(links, inner)),
        Ty::Nullable(inner) => format!("{} or null", of(links, inner)),
        Ty::Map(inner) => format!("mapping from names to {}", plural(links, inner)),
        Ty::Link(inner) => format!("a link or {}", of(links, inner)),
        Ty::OneOrMany(item) => format!("{} or a list of them", of(links, item)),
        Ty::Uuid => "UUID".to_owned(),
        Ty::Json => "any JSON".to_owned(),
        ty => phrase(ty).to_lowercase(),
    }
}

pub(super) fn plural(links: &Links<'_>, ty: &Ty) -> String {
    match ty {
        Ty::Int => "whole numbers".to_owned(),
        Ty::Text => "texts".to_owned(),
        Ty::Number => "decimal numbers".to_owned(),
        Ty::Uuid => "UUIDs".to_owned(),
        Ty::Id => "ids".to_owned(),
        Ty::Date => "dates".to_owned(),
        Ty::Nullable(inner) => format!("{} or null", plural(links, inner)),
        Ty::Link(inner) => format!("links or {}", of(links, inner)),
        ty => of(links, ty),
    }
}

/// A parameter's type in words.
pub(super) fn parameter(links: &Links<'_>, ty: &Ty, shape: Shape) -> String {
    match shape {
        Shape::One => of(links, ty),
        Shape::Many if matches!(ty, Ty::Named(_)) => {
            format!("any of {}, with commas between them", of(links, ty))
        }
        Shape::Many => format!("{}, with commas between them", plural(links, ty)),
        Shape::Each => format!("{}, each in a parameter of its own", plural(links, ty)),
        Shape::Flag => "1 or 0".to_owned(),
        Shape::File => "file".to_owned(),
    }
}
