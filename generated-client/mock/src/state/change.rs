//! A change of the store that is made whole or not at all: what was there is remembered until the
//! change stands.

use std::sync::{Arc, MutexGuard};

use super::{Key, Record, Shelves};

/// A change on its way. Dropping it without [`keep`](Self::keep) takes everything back.
#[derive(Debug)]
pub struct Change<'a> {
    shelves: &'a Shelves,
    before: Vec<(&'static str, Key, Option<Arc<Record>>)>,
    _gate: Option<MutexGuard<'a, ()>>,
}

impl<'a> Change<'a> {
    /// A change, as soon as no other one is on its way.
    #[must_use]
    pub fn begin(shelves: &'a Shelves) -> Self {
        Self {
            shelves,
            before: Vec::new(),
            _gate: Some(shelves.gate()),
        }
    }

    /// A new key: a UUID, or the collection's next number.
    #[must_use]
    pub fn new_key(&self, collection: &str, by_uuid: bool) -> Option<Key> {
        if by_uuid {
            return Some(Key::Text(self.shelves.uuid()));
        }
        let mut shelf = self.shelves.shelf_mut(collection)?;
        Some(Key::Number(shelf.take_number()))
    }

    /// Puts a record, or takes it away.
    pub fn put(&mut self, collection: &'static str, key: &Key, record: Option<Arc<Record>>) {
        if let Some(mut shelf) = self.shelves.shelf_mut(collection) {
            let before = shelf.put(key, record);
            self.before.push((collection, key.clone(), before));
        }
    }

    /// How far the change has come.
    #[must_use]
    pub fn mark(&self) -> usize {
        self.before.len()
    }

    /// Takes back what came after `mark`.
    pub fn back_to(&mut self, mark: usize) {
        while self.before.len() > mark {
            if let Some((collection, key, record)) = self.before.pop()
                && let Some(mut shelf) = self.shelves.shelf_mut(collection)
            {
                shelf.put(&key, record);
            }
        }
    }

    /// Lets the change stand.
    pub fn keep(mut self) {
        self.before.clear();
    }
}

impl Drop for Change<'_> {
    fn drop(&mut self) {
        self.back_to(0);
    }
}
