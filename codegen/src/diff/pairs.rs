//! What belongs together on both sides, by a key.

use std::collections::HashMap;

/// Two lists, paired: in the order of the new one, then what is only in the old one.
pub(super) struct Pairs<'a, T> {
    pub both: Vec<(&'a T, &'a T)>,
    pub added: Vec<&'a T>,
    pub removed: Vec<&'a T>,
}

impl<'a, T> Pairs<'a, T> {
    /// Pairs what has the same key. Of several with one key, the first.
    pub fn by(
        old: impl IntoIterator<Item = &'a T>,
        new: impl IntoIterator<Item = &'a T>,
        key: impl Fn(&T) -> String,
    ) -> Self {
        let mut pairs = Self {
            both: Vec::new(),
            added: new.into_iter().collect(),
            removed: old.into_iter().collect(),
        };
        pairs.again(|_, it| Some(key(it)));
        pairs
    }

    /// Pairs what is left over by another key. What has no key stays.
    pub fn again(&mut self, key: impl Fn(Side, &T) -> Option<String>) {
        let mut old: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, it) in self.removed.iter().enumerate() {
            if let Some(key) = key(Side::Old, it) {
                old.entry(key).or_default().push(at);
            }
        }
        let mut taken = vec![false; self.removed.len()];
        let mut left = Vec::new();
        for it in std::mem::take(&mut self.added) {
            let found = key(Side::New, it).and_then(|key| old.remove(&key));
            match found.as_deref() {
                Some([at, ..]) => {
                    taken[*at] = true;
                    self.both.push((self.removed[*at], it));
                }
                _ => left.push(it),
            }
        }
        self.added = left;
        let mut at = 0;
        self.removed.retain(|_| {
            at += 1;
            !taken[at - 1]
        });
    }
}

/// One of the two specs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Side {
    /// As it was.
    Old,
    /// As it is.
    New,
}
