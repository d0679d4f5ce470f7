//! The meaning of a name: in `takes`, `returns` and `payload` it has the suffix of its view; in a field,
//! the view follows from those of the field.

use super::{Home, Index, SchemaAt, VIEWS, view_suffix};
use crate::spec::View;

/// The meaning of a name.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Meant<'a> {
    /// An enumeration, or a one-of whose branches are plain values.
    Choice(SchemaAt<'a>),
    /// A view of an object.
    View(SchemaAt<'a>, View),
    /// A view that the object does not have.
    NoView(SchemaAt<'a>, View),
    /// Nothing: there is no schema with this name.
    Nothing,
}

/// The type called `name`, suffix and all.
pub(super) fn written<'a>(
    cx: &Index<'a>,
    home: Home,
    group: Option<&str>,
    name: &str,
) -> Meant<'a> {
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
            if schema.is_plain() {
                if view == View::Read {
                    return Meant::Choice(schema);
                }
            } else if schema.views().contains(&view) {
                return Meant::View(schema, view);
            } else {
                missing.get_or_insert(Meant::NoView(schema, view));
            }
        }
    }
    missing.unwrap_or(Meant::Nothing)
}
