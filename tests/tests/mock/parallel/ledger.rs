//! What a client was told, and the random numbers that determine what it does.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

/// A collection of the store.
pub type Kind = &'static str;

/// What the store confirmed, from successful calls.
#[derive(Default)]
pub struct Ledger {
    /// The existing records, with the fields as they were last set.
    pub live: BTreeMap<(Kind, String), Map<String, Value>>,
    /// The records that were deleted.
    pub gone: BTreeSet<(Kind, String)>,
    /// Every key that was ever assigned, in order.
    pub made: Vec<(Kind, String)>,
    /// The quantity of each product in carts and orders.
    pub lines: BTreeMap<String, BTreeMap<String, i64>>,
    /// What orders took from the stock of each product.
    pub taken: BTreeMap<String, BTreeMap<String, i64>>,
    /// How many calls were made.
    pub calls: usize,
}

impl Ledger {
    /// A record was created.
    pub fn made(&mut self, kind: Kind, key: impl ToString, fields: Value) {
        let key = (kind, key.to_string());
        self.made.push(key.clone());
        let Value::Object(fields) = fields else {
            panic!("{fields} is no record");
        };
        self.live.insert(key, fields);
    }

    /// Fields of a record were set.
    pub fn set(&mut self, kind: Kind, key: impl ToString, fields: Value) {
        let own = self.live.get_mut(&(kind, key.to_string())).unwrap();
        own.extend(fields.as_object().unwrap().clone());
    }

    /// A record was deleted.
    pub fn deleted(&mut self, kind: Kind, key: impl ToString) {
        let key = (kind, key.to_string());
        self.live.remove(&key).unwrap();
        self.gone.insert(key);
    }

    /// The keys of the records of a collection.
    pub fn keys(&self, kind: Kind) -> Vec<String> {
        let own = self.live.keys().filter(|(own, _)| *own == kind);
        own.map(|(_, key)| key.clone()).collect()
    }

    /// The stock of a product; `None` if it is gone or its stock is not tracked.
    pub fn stock(&self, product: &str) -> Option<i64> {
        let own = self.live.get(&("products", product.to_owned()))?;
        own.get("inventory_tracking")?;
        own.get("inventory_level")?.as_i64()
    }

    /// Sets the stock of a product, if it is tracked.
    pub fn restock(&mut self, product: &str, level: i64) {
        let fields = serde_json::json!({ "inventory_level": level });
        if self.stock(product).is_some() {
            self.set("products", product, fields);
        }
    }

    /// An order's status was set: it takes the available stock of its lines, and returns it when it is
    /// cancelled or refunded.
    pub fn follow(&mut self, order: &str, status: i64) {
        match status {
            // Incomplete.
            0 => {}
            4 | 5 => {
                for (product, taken) in self.taken.remove(order).unwrap_or_default() {
                    let level = self.stock(&product).unwrap_or_default();
                    self.restock(&product, level + taken);
                }
            }
            _ if self.taken.contains_key(order) => {}
            _ => {
                let lines = self.lines.get(order).cloned().unwrap_or_default();
                let mut taken = BTreeMap::new();
                for (product, quantity) in lines {
                    let level = self.stock(&product).unwrap_or_default();
                    self.restock(&product, level - quantity.min(level));
                    taken.insert(product, quantity.min(level));
                }
                self.taken.insert(order.to_owned(), taken);
            }
        }
    }

    /// A field of a record.
    pub fn field(&self, kind: Kind, key: &str, name: &str) -> Value {
        self.live[&(kind, key.to_owned())][name].clone()
    }
}

/// Pseudo-random numbers from a seed.
pub struct Chance(u64);

impl Chance {
    pub fn of(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) >> 33) as usize % end
    }

    /// One of several items; `None` if there are none.
    pub fn pick<T: Clone>(&mut self, items: &[T]) -> Option<T> {
        (!items.is_empty()).then(|| items[self.below(items.len())].clone())
    }
}
