//! One-ofs: their branches, and what distinguishes them.

use super::{
    Branch, Gate, JsonKind, Kind, Told, Ty, TypeDef, TypeId, gates, names::Members, refs,
    table::TypeTable,
};
use crate::{index::SchemaAt, spec::View};

/// The one-of of a schema, in one view if its branches have views.
pub(super) fn resolve<'a>(
    table: &TypeTable<'a>,
    name: &str,
    at: SchemaAt<'a>,
    view: Option<View>,
    named: &Members<'a>,
) -> Option<TypeDef> {
    let schema = at.spec;
    let by = schema.by.clone();
    let branches = at.branches().map(|branch| {
        let ty = refs::branch_type(table, branch, view.unwrap_or(View::Read))?;
        let spec = branch.spec;
        Some(Branch {
            name: branch.name.to_owned(),
            rust: named.of(at, branch.name)?,
            ty,
            // A branch that is not an object is identified by its JSON type; so is the only object, in
            // `tell_apart`.
            told: match &by {
                Some(_) => Told::Value(branch.name.to_owned()),
                None => Told::Field(branch.has().to_owned()),
            },
            does: spec.does.clone(),
            deprecated: spec.deprecated.clone(),
        })
    });
    Some(TypeDef {
        home: at.home,
        name: name.to_owned(),
        schema: at.name.to_owned(),
        view,
        does: schema.does.clone(),
        notes: schema.notes.clone(),
        official: schema.official.clone(),
        key: None,
        unique: Vec::new(),
        known: Vec::new(),
        updates: None,
        kind: Kind::OneOf {
            branches: branches.collect::<Option<_>>()?,
            by,
            secret: false,
        },
        gate: Gate::Always,
    })
}

/// Decides what requires all types to be known.
pub(super) fn finish(types: &mut [TypeDef]) {
    tell_apart(types);
    hide(types);
}

/// Marks each one-of with a branch that contains a secret.
fn hide(types: &mut [TypeDef]) {
    for at in 0..types.len() {
        let holds = |id: &TypeId| match &types[id.0].kind {
            Kind::Object { fields, .. } => fields.iter().any(|field| field.secret),
            _ => false,
        };
        if matches!(types[at].kind, Kind::OneOf { .. }) {
            let hidden = gates::reach(types, vec![TypeId(at)]).iter().any(holds);
            if let Kind::OneOf { secret, .. } = &mut types[at].kind {
                *secret = hidden;
            }
        }
    }
}

/// Decides how the branches of each one-of without an identifying field are distinguished: by their JSON
/// type.
fn tell_apart(types: &mut [TypeDef]) {
    for at in 0..types.len() {
        let Kind::OneOf {
            by: None, branches, ..
        } = &types[at].kind
        else {
            continue;
        };
        let kinds: Vec<_> = branches
            .iter()
            .map(|branch| json_kind(types, &branch.ty))
            .collect();
        let objects = kinds
            .iter()
            .filter(|kind| **kind == JsonKind::Object)
            .count();
        if let Kind::OneOf { branches, .. } = &mut types[at].kind {
            for (branch, kind) in branches.iter_mut().zip(kinds) {
                if kind != JsonKind::Object || objects == 1 {
                    branch.told = Told::Kind(kind);
                }
            }
        }
    }
}

/// The JSON type of a type. A type with several cannot be a branch.
fn json_kind(types: &[TypeDef], ty: &Ty) -> JsonKind {
    match ty {
        Ty::List(_) => JsonKind::List,
        Ty::Int | Ty::Number => JsonKind::Number,
        Ty::Bool => JsonKind::Boolean,
        Ty::Text | Ty::DateTime | Ty::Date | Ty::Uuid | Ty::Id => JsonKind::String,
        Ty::Named(TypeId(id)) => match &types[*id].kind {
            Kind::Choice(_) => JsonKind::String,
            Kind::Integers(_) => JsonKind::Number,
            Kind::Object { .. } | Kind::OneOf { .. } => JsonKind::Object,
        },
        Ty::Map(_) | Ty::Nullable(_) | Ty::Link(_) | Ty::OneOrMany(_) | Ty::Json => {
            JsonKind::Object
        }
    }
}
