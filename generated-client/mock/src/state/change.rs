//! An atomic change of the store: the previous state is remembered until the change is kept.

use std::sync::{Arc, MutexGuard};

use super::{Key, Record, Shelves};

/// A change in progress. Dropping it without [`keep`](Self::keep) rolls everything back.
#[derive(Debug)]
pub struct Change<'a> {
    shelves: &'a Shelves,
    before: Vec<(&'static str, Key, Option<Arc<Record>>)>,
    _gate: Option<MutexGuard<'a, ()>>,
}

impl<'a> Change<'a> {
    /// Starts a change as soon as no other one is in progress.
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

    /// Writes a record, or deletes it.
    pub fn put(&mut self, collection: &'static str, key: &Key, record: Option<Arc<Record>>) {
        if let Some(mut shelf) = self.shelves.shelf_mut(collection) {
            let before = shelf.put(key, record);
            self.before.push((collection, key.clone(), before));
        }
    }

    /// A savepoint.
    #[must_use]
    pub fn mark(&self) -> usize {
        self.before.len()
    }

    /// Rolls back to a savepoint.
    pub fn back_to(&mut self, mark: usize) {
        while self.before.len() > mark {
            if let Some((collection, key, record)) = self.before.pop()
                && let Some(mut shelf) = self.shelves.shelf_mut(collection)
            {
                shelf.put(&key, record);
            }
        }
    }

    /// Keeps the change.
    pub fn keep(mut self) {
        self.before.clear();
    }
}

impl Drop for Change<'_> {
    fn drop(&mut self) {
        self.back_to(0);
    }
}
