//! What a name means in `takes`, `returns` and `payload`, where it stands with the suffix of its
//! view, and in a field, where the view follows from the field's own.

use super::context::{Context, Home, SchemaAt, VIEWS, view_suffix};
use crate::spec::View;

/// A type that a name means.
#[derive(Clone, Copy, Debug)]
pub(super) enum Meant<'a> {
    /// An enumeration.
    Choice(SchemaAt<'a>),
    /// A view of an object.
    View(SchemaAt<'a>, View),
}

/// Why a name means nothing.
#[derive(Clone, Copy, Debug)]
pub(super) enum Unknown<'a> {
    /// No schema has this name.
    Schema,
    /// The schema has no such view.
    View(SchemaAt<'a>, View),
}

/// The type called `name`, suffix and all.
pub(super) fn written<'a>(
    cx: &Context<'a>,
    home: Home,
    group: Option<&str>,
    name: &str,
) -> Result<Meant<'a>, Unknown<'a>> {
    let mut missing = None;
    for home in cx.homes(home, group) {
        for view in VIEWS {
            let base = match view_suffix(view) {
                "" => name,
                suffix => match name.strip_suffix(suffix) {
                    Some(base) if !base.is_empty() => base,
                    _ => continue,
                },
            };
            let Some(schema) = cx.schema(home, base) else {
                continue;
            };
            if schema.is_choice() {
                if view == View::Read {
                    return Ok(Meant::Choice(schema));
                }
            } else if schema.views().contains(&view) {
                return Ok(Meant::View(schema, view));
            } else {
                missing.get_or_insert(Unknown::View(schema, view));
            }
        }
    }
    Err(missing.unwrap_or(Unknown::Schema))
}

/// The type that a field of `view` means by `name`.
pub(super) fn in_field<'a>(
    cx: &Context<'a>,
    home: Home,
    group: Option<&str>,
    name: &str,
    view: View,
) -> Result<Meant<'a>, Unknown<'a>> {
    let schema = cx.resolve(home, group, name).ok_or(Unknown::Schema)?;
    if schema.is_choice() {
        return Ok(Meant::Choice(schema));
    }
    let served = schema.serves(view);
    served
        .map(|view| Meant::View(schema, view))
        .ok_or(Unknown::View(schema, view))
}
