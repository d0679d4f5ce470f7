//! Schemas with all their views: the types that are views of the same schema, and their common fields.

use indexmap::IndexMap;

use super::{Api, Home, SchemaId, TypeDef, TypeId};

/// A schema from all its sides.
#[derive(Clone, Debug)]
pub struct Schema {
    /// Its types, one per view, or one that is the same in every view.
    pub views: Vec<TypeId>,
    /// The fields of all views, each by its positions in the views: those of the first view, then the fields
    /// that only later views have, each after the field that precedes it there.
    pub fields: Vec<Vec<Option<usize>>>,
}

impl Schema {
    /// The positions of its fields among those of one view.
    pub fn places(&self, view: TypeId) -> impl Iterator<Item = Option<usize>> {
        let side = self.views.iter().position(|id| *id == view);
        self.fields.iter().map(move |places| *places.get(side?)?)
    }
}

impl TypeDef {
    /// The name of its schema, which all views have in common; an enumeration has its own.
    #[must_use]
    pub fn heading(&self) -> &str {
        if self.view.is_some() {
            &self.schema
        } else {
            &self.name
        }
    }
}

impl Api {
    /// The schema of a type.
    pub fn schema_of(&self, ty: TypeId) -> SchemaId {
        self.schema_ids[ty.0]
    }

    /// The schema at `id`.
    pub fn schema(&self, id: SchemaId) -> &Schema {
        &self.schemas[id.0]
    }
}

/// The schemas of all types, and the schema of each type.
pub(super) fn all(types: &[TypeDef]) -> (Vec<Schema>, Vec<SchemaId>) {
    let mut views: IndexMap<(Home, &str), Vec<TypeId>> = IndexMap::new();
    let ids = types.iter().enumerate().map(|(at, def)| {
        let views = views.entry((def.home, def.heading()));
        let id = SchemaId(views.index());
        views.or_default().push(TypeId(at));
        id
    });
    let ids: Vec<SchemaId> = ids.collect();
    let schemas = views.into_values().map(|views| Schema {
        fields: fields(types, &views),
        views,
    });
    (schemas.collect(), ids)
}

fn fields(types: &[TypeDef], views: &[TypeId]) -> Vec<Vec<Option<usize>>> {
    let mut all: Vec<(&str, Vec<Option<usize>>)> = Vec::new();
    for (side, view) in views.iter().enumerate() {
        let mut next = 0;
        for (place, field) in types[view.0].kind.fields().iter().enumerate() {
            let known = all.iter().position(|(name, _)| *name == field.wire);
            let at = known.unwrap_or(next);
            if known.is_none() {
                all.insert(at, (field.wire.as_str(), vec![None; views.len()]));
            }
            all[at].1[side] = Some(place);
            next = at + 1;
        }
    }
    all.into_iter().map(|(_, places)| places).collect()
}
