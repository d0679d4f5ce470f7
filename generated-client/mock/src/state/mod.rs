//! The state of the store: a shelf of records for each collection, and counters.

mod change;
mod shelf;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use indexmap::IndexMap;
use serde_json::{Map, Value};

pub use self::change::Change;
#[cfg(test)]
pub(crate) use self::shelf::LOOKED_AT;
pub use self::shelf::{Facts, Shelf};

pub use crate::key::Key;

/// A record: its fields in the stored format.
pub type Record = Map<String, Value>;

/// Every collection of a store.
#[derive(Debug)]
pub struct Shelves {
    shelves: IndexMap<&'static str, RwLock<Shelf>>,
    counts: Mutex<HashMap<String, i64>>,
    random: Mutex<fastrand::Rng>,
    seed: u64,
    /// Held during a write. Concurrent reads see each record as a whole.
    gate: Mutex<()>,
}

impl Shelves {
    /// Empty collections with these names.
    #[must_use]
    pub fn new(all: impl Iterator<Item = (&'static str, Facts)>, seed: u64) -> Arc<Self> {
        let shelf = |(name, facts)| (name, RwLock::new(Shelf::new(facts)));
        Arc::new(Self {
            shelves: all.map(shelf).collect(),
            counts: Mutex::default(),
            random: Mutex::new(fastrand::Rng::with_seed(seed)),
            seed,
            gate: Mutex::new(()),
        })
    }

    /// A copy with the same records and counters, which then changes independently.
    #[must_use]
    pub fn copy(&self) -> Arc<Self> {
        let _nobody_writes = self.gate();
        let shelf = |(name, own): (&&'static str, _)| (*name, RwLock::new(read(own).clone()));
        Arc::new(Self {
            shelves: self.shelves.iter().map(shelf).collect(),
            counts: Mutex::new(lock(&self.counts).clone()),
            random: Mutex::new(lock(&self.random).clone()),
            seed: self.seed,
            gate: Mutex::new(()),
        })
    }

    /// The names of the collections, with their numbers of records.
    #[must_use]
    pub fn sizes(&self) -> Vec<(&'static str, usize)> {
        let size = |shelf: &RwLock<Shelf>| read(shelf).len();
        self.shelves
            .iter()
            .map(|(name, shelf)| (*name, size(shelf)))
            .collect()
    }

    /// A collection, for reading.
    ///
    /// # Errors
    ///
    /// Returns a message if there is none with this name.
    pub fn shelf(&self, name: &str) -> Result<RwLockReadGuard<'_, Shelf>, String> {
        self.shelves
            .get(name)
            .map(read)
            .ok_or_else(|| format!("there is no collection `{name}`"))
    }

    fn shelf_mut(&self, name: &str) -> Option<RwLockWriteGuard<'_, Shelf>> {
        self.shelves
            .get(name)
            .map(|shelf| shelf.write().unwrap_or_else(PoisonError::into_inner))
    }

    /// The write lock.
    pub fn gate(&self) -> MutexGuard<'_, ()> {
        lock(&self.gate)
    }

    /// The next number with this name.
    pub fn count(&self, name: &str) -> i64 {
        let mut counts = lock(&self.counts);
        let count = counts.entry(name.to_owned()).or_insert(0);
        *count += 1;
        *count
    }

    /// A new random UUID.
    pub fn uuid(&self) -> String {
        let mut random = lock(&self.random);
        let [a, b, c, d] = [
            random.u32(..),
            random.u32(..),
            random.u32(..),
            random.u32(..),
        ];
        let (version, variant) = (0x4000 | (b & 0x0fff), 0x8000 | ((c >> 16) & 0x3fff));
        format!(
            "{a:08x}-{:04x}-{version:04x}-{variant:04x}-{:04x}{d:08x}",
            b >> 16,
            c & 0xffff
        )
    }

    /// A pseudo-random number, always the same for the same `n` and seed.
    #[must_use]
    pub fn spread(&self, n: i64) -> u32 {
        fastrand::Rng::with_seed(self.seed ^ n.unsigned_abs().wrapping_mul(0x9e37_79b9_7f4a_7c15))
            .u32(..)
    }
}

fn read(shelf: &RwLock<Shelf>) -> RwLockReadGuard<'_, Shelf> {
    shelf.read().unwrap_or_else(PoisonError::into_inner)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
