//! Which required fields could be swapped unnoticed if they were positional arguments.

use super::{Field, Kind, Ty, TypeDef, TypeId};
use crate::spec::View;

/// Marks the written types with such fields: their required fields are set by name, one after the other.
pub(super) fn mark(types: &mut [TypeDef]) {
    let marks: Vec<bool> = types
        .iter()
        .map(|def| match &def.kind {
            Kind::Object { fields, .. } if def.view != Some(View::Read) => any(types, fields),
            _ => false,
        })
        .collect();
    for (def, mark) in types.iter_mut().zip(marks) {
        if let Kind::Object { named_in_turn, .. } = &mut def.kind {
            *named_in_turn = mark;
        }
    }
}

/// Whether two of the required fields accept a common value.
fn any(types: &[TypeDef], fields: &[Field]) -> bool {
    let required: Vec<_> = fields.iter().filter(|field| field.required).collect();
    required.iter().enumerate().any(|(at, one)| {
        let others = &required[at + 1..];
        others.iter().any(|it| overlap(types, &one.ty, &it.ty))
    })
}

/// Whether the arguments for two types accept a common value.
fn overlap(types: &[TypeDef], one: &Ty, other: &Ty) -> bool {
    match (one, other) {
        (Ty::List(one), Ty::List(other)) | (Ty::Map(one), Ty::Map(other)) => {
            overlap(types, one, other)
        }
        (Ty::Nullable(inner), it) | (it, Ty::Nullable(inner)) => overlap(types, inner, it),
        (Ty::Json, _) | (_, Ty::Json) => true,
        (Ty::Named(one), Ty::Named(other)) if one == other => true,
        (Ty::Named(id), it) | (it, Ty::Named(id)) if branches(types, *id).next().is_some() => {
            branches(types, *id).any(|branch| overlap(types, branch, it))
        }
        (Ty::Bool, Ty::Bool) => true,
        _ => {
            (is_number(types, one) && is_number(types, other))
                || (is_text(types, one) && is_text(types, other))
        }
    }
}

fn is_number(types: &[TypeDef], ty: &Ty) -> bool {
    match ty {
        Ty::Int | Ty::Number | Ty::Id => true,
        Ty::Named(id) => matches!(types[id.0].kind, Kind::Integers(_)),
        _ => false,
    }
}

/// The branches of a one-of that its argument accepts as they are.
fn branches(types: &[TypeDef], id: TypeId) -> impl Iterator<Item = &Ty> {
    let kind = &types[id.0].kind;
    let one_of = matches!(kind, Kind::OneOf { .. });
    // Lists and mappings differ from anything else, and might be recursive.
    kind.parts()
        .filter(move |ty| one_of && !matches!(ty, Ty::List(_) | Ty::Map(_)))
}

/// Dates, ids and enumeration values can all be passed as strings.
fn is_text(types: &[TypeDef], ty: &Ty) -> bool {
    match ty {
        Ty::Text | Ty::Uuid | Ty::Date | Ty::DateTime | Ty::Id => true,
        Ty::Named(id) => matches!(types[id.0].kind, Kind::Choice(_)),
        _ => false,
    }
}
