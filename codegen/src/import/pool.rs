//! The schemas of all descriptions together, each found by its name in its description.

use std::collections::HashMap;

use super::{draft::DraftSchema, refs::Ref};

/// A schema and its description.
pub(crate) struct Pooled {
    pub home: usize,
    pub schema: DraftSchema,
}

/// Every drafted schema.
pub(crate) struct Pool {
    pub schemas: Vec<Pooled>,
    places: Vec<HashMap<String, usize>>,
}

impl Pool {
    /// Adds the schemas of each description.
    pub(crate) fn new(drafts: Vec<Vec<DraftSchema>>) -> Self {
        let mut pool = Self {
            schemas: Vec::new(),
            places: Vec::new(),
        };
        for (home, schemas) in drafts.into_iter().enumerate() {
            let mut places = HashMap::new();
            for schema in schemas {
                places.insert(schema.name.clone(), pool.schemas.len());
                pool.schemas.push(Pooled { home, schema });
            }
            pool.places.push(places);
        }
        pool
    }

    /// The schema that a type of a description names.
    pub(crate) fn find<'t>(&self, home: usize, text: &'t str) -> Option<(usize, Ref<'t>)> {
        let places = self.places.get(home)?;
        let found = Ref::find(text, |name| places.contains_key(name))?;
        Some((*places.get(found.name)?, found))
    }
}
