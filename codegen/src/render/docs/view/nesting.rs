//! Schemas as trees: a schema that a single field uses is shown inside that field.

use super::types::Schema;
use crate::model::TypeId;

/// Puts each schema that a single field uses, and no endpoint names, inside that field. `roots` are the types
/// that endpoints name.
pub(in super::super) fn nested(mut schemas: Vec<Schema>, roots: &[TypeId]) -> Vec<Schema> {
    let parents = parents(&schemas, roots);
    // From the last to the first: a nested schema comes after its parent.
    for at in (0..schemas.len()).rev() {
        let Some((parent, field)) = parents.get(at).copied().flatten() else {
            continue;
        };
        let inner = schemas.remove(at);
        let fields = schemas.get_mut(parent).map(|schema| &mut schema.fields);
        match fields.and_then(|fields| fields.get_mut(field)) {
            Some(row) => row.nested.insert(0, inner),
            None => schemas.insert(at, inner),
        }
    }
    schemas
}

/// For each schema the field that contains it: its schema, which comes before it, and its position.
fn parents(schemas: &[Schema], roots: &[TypeId]) -> Vec<Option<(usize, usize)>> {
    let parent = |at: usize, schema: &Schema| {
        let is = |ids: &[TypeId]| ids.iter().any(|id| schema.ids.contains(id));
        let mut all = schemas.iter().enumerate().flat_map(|(other, it)| {
            let rows = it.fields.iter().enumerate();
            rows.filter(|(_, row)| is(&row.named))
                .map(move |(row, _)| (other, row))
        });
        let only = all.next()?;
        let others = all.next().is_some();
        let elsewhere = is(roots) || schemas.iter().any(|it| is(&it.branched));
        (!others && !elsewhere && only.0 < at).then_some(only)
    };
    let all = schemas.iter().enumerate();
    all.map(|(at, schema)| parent(at, schema)).collect()
}
