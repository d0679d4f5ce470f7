//! Fields of a response that a caller selects: their enumeration, and the parameters for it.

use std::collections::HashMap;

use crate::{
    model::{
        Answer, Endpoint, Gate, Kind, Member, Parameter, Role, Shape, Ty, TypeDef, TypeId, names,
        table::TypeTable,
    },
    spec,
};

/// The parameters that select fields.
pub(super) fn parameters(
    spec: &spec::Endpoint,
    by: TypeId,
) -> impl Iterator<Item = Parameter> + use<'_> {
    spec.select.iter().map(move |name| {
        let excludes = name.starts_with("exclude");
        let (rust, role) = (names::field_name(name), Role::Select { excludes });
        Parameter::new(name, &rust, Ty::Named(by), Shape::Many, role)
    })
}

/// The enumeration of the fields of an endpoint's response, made once for each type; `None` if the response
/// is not an object.
pub(super) fn fields(
    table: &TypeTable<'_>,
    endpoint: &Endpoint,
    types: &mut Vec<TypeDef>,
    made: &mut HashMap<TypeId, TypeId>,
) -> Option<TypeId> {
    let (Answer::Page(ty) | Answer::One(ty) | Answer::Outcome(ty)) = &endpoint.answer else {
        return None;
    };
    // Fields of a list without pages are selected like those of a page.
    let of = match ty {
        Ty::List(item) => item.named()?,
        ty => ty.named()?,
    };
    if let Some(id) = made.get(&of) {
        return Some(*id);
    }
    let model = &types[of.0];
    let Kind::Object { fields, .. } = &model.kind else {
        return None;
    };
    let members = fields
        .iter()
        .map(|field| Member {
            wire: field.wire.clone(),
            rust: names::type_name(&field.wire),
            does: None,
            deprecated: field.deprecated.clone(),
        })
        .collect();
    let selection = TypeDef {
        home: model.home,
        name: table.selection_of(model.home, &model.schema)?.clone(),
        schema: model.schema.clone(),
        view: None,
        does: format!(
            "The fields of `{}` that a call can select or exclude.",
            model.name
        ),
        notes: Vec::new(),
        official: None,
        key: None,
        unique: Vec::new(),
        known: Vec::new(),
        updates: None,
        kind: Kind::Choice(members),
        gate: Gate::Always,
    };
    let id = TypeId(types.len());
    types.push(selection);
    made.insert(of, id);
    Some(id)
}
