//! Compares single values loosely and puts either side in words.

use super::ours::Ours;
use crate::{
    import::shape::{Kind, Shape},
    types::Prim,
};

/// Whether it is a single plain value.
pub(super) fn scalar(shape: &Shape) -> bool {
    matches!(
        shape.kind,
        Kind::Int | Kind::Number | Kind::Text | Kind::Bool | Kind::Binary
    )
}

/// Whether a wire value of the official type can be read as the spec's.
pub(super) fn fits(shape: &Shape, prim: Prim) -> bool {
    match (&shape.kind, prim) {
        (_, Prim::Json) => true,
        (Kind::Int | Kind::Number, prim) => {
            matches!(prim, Prim::Int | Prim::Decimal | Prim::Id | Prim::Flag)
        }
        (Kind::Text | Kind::Binary, prim) => !matches!(prim, Prim::Int | Prim::Bool | Prim::Flag),
        (Kind::Bool, prim) => matches!(prim, Prim::Bool | Prim::Flag),
        _ => false,
    }
}

/// An official kind in words.
pub(super) fn say(shape: &Shape) -> String {
    match &shape.kind {
        Kind::Any => "anything".to_owned(),
        Kind::Int => "an integer".to_owned(),
        Kind::Number => "a number".to_owned(),
        Kind::Text => "a string".to_owned(),
        Kind::Bool => "a boolean".to_owned(),
        Kind::Binary => "bytes".to_owned(),
        Kind::Object(_) => "an object".to_owned(),
        Kind::List(item) => format!("an array of {}", say(item)),
        Kind::Map(item) => format!("a map to {}", say(item)),
        Kind::Either(shapes) => shapes.iter().map(say).collect::<Vec<_>>().join(" or "),
    }
}

/// A type of the spec, as written there.
pub(super) fn name(ours: &Ours<'_>) -> String {
    fn text(ours: &Ours<'_>) -> String {
        match ours {
            Ours::Prim(prim) => prim.as_str().to_owned(),
            Ours::Choice(_) => "enum".to_owned(),
            Ours::Object(seen) => seen.name.to_owned(),
            Ours::List(inner) => format!("[{}]", text(inner)),
            Ours::Map(inner) => format!("{{{}}}", text(inner)),
            Ours::Link(inner) => format!("link {}", text(inner)),
            Ours::OneOf(_) => "one of several types".to_owned(),
            Ours::Unknown(text) => text.clone(),
        }
    }
    format!("`{}`", text(ours))
}
