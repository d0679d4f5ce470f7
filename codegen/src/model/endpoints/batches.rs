//! The calls for any number of items: where the items are, and how many one batch may have.

use crate::{
    model::{All, AllField, Endpoint, Kind, Ty, TypeDef},
    spec,
};

/// A call with only its own facts.
pub(super) fn begun(name: String, spec: Option<&spec::All>) -> All {
    All {
        name,
        by: None,
        field: None,
        unclear: spec.is_some_and(|all| all.unclear),
    }
}

/// Adds what follows from the rest of the endpoint.
pub(super) fn complete(endpoint: &mut Endpoint, spec: &spec::All, types: &[TypeDef]) -> Option<()> {
    let all = endpoint.all.as_mut()?;
    if let Some(by) = &spec.by {
        let mut query = endpoint.query.iter();
        all.by = Some(query.position(|parameter| parameter.wire == *by)?);
    }
    if let Some(name) = &spec.field {
        let of = endpoint.body.as_ref()?.ty.named()?;
        let Kind::Object { fields, .. } = &types.get(of.0)?.kind else {
            return None;
        };
        let field = fields.iter().find(|field| field.wire == *name)?;
        let Ty::List(item) = &field.ty else {
            return None;
        };
        // The bounds of the array are those of the batch, so they are stated once.
        endpoint.batch = Some(spec::Batch {
            max: u32::try_from(field.limits.items.1?).ok()?,
            unstated: false,
            note: None,
        });
        all.field = Some(AllField {
            wire: field.wire.clone(),
            rust: field.rust.clone(),
            item: (**item).clone(),
        });
    }
    Some(())
}
