//! The parameters that select pages of a list.

use super::{Parameter, Role, Shape, Turn, Ty};
use crate::spec;

/// The parameters of a pagination style.
pub(super) fn of_style(style: &spec::PageStyle) -> Vec<Parameter> {
    [
        (style.numbered, "page", Ty::Int, Turn::Number),
        (true, "limit", Ty::Int, Turn::Size),
        (style.keyed, "after", Ty::Int, Turn::Behind),
        (style.cursors, "after", Ty::Text, Turn::After),
        (style.cursors, "before", Ty::Text, Turn::Before),
    ]
    .into_iter()
    .filter(|(has, ..)| *has)
    .map(|(_, name, ty, turn)| Parameter::new(name, name, ty, Shape::One, Role::Page(turn)))
    .collect()
}
