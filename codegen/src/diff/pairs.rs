//! Pairs the items of both sides, by key or by similarity.

use std::{cmp::Reverse, collections::HashMap};

/// Two lists, paired: in the order of the new one, then what is only in the old one.
pub(super) struct Pairs<'a, T> {
    pub both: Vec<(&'a T, &'a T)>,
    pub added: Vec<&'a T>,
    pub removed: Vec<&'a T>,
}

impl<'a, T> Pairs<'a, T> {
    /// Pairs items with the same key; if several have it, the first.
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

    /// Pairs the remaining items by another key. Items without a key remain.
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

    /// Pairs the remaining items by similarity, the most similar first, and of these the nearest. Items
    /// without a score remain.
    pub fn alike(&mut self, score: impl Fn(&'a T, &'a T) -> Option<u32>) {
        let mut scored = Vec::new();
        for (from, was) in self.removed.iter().enumerate() {
            for (to, is) in self.added.iter().enumerate() {
                scored.extend(score(was, is).map(|score| (score, from, to)));
            }
        }
        scored.sort_by_key(|&(score, from, to)| (Reverse(score), from.abs_diff(to), from, to));
        let mut taken = (
            vec![false; self.removed.len()],
            vec![false; self.added.len()],
        );
        for (_, from, to) in scored {
            if !taken.0[from] && !taken.1[to] {
                (taken.0[from], taken.1[to]) = (true, true);
                self.both.push((self.removed[from], self.added[to]));
            }
        }
        let left = |list: &mut Vec<&'a T>, taken: &[bool]| {
            let mut taken = taken.iter();
            list.retain(|_| taken.next() == Some(&false));
        };
        left(&mut self.removed, &taken.0);
        left(&mut self.added, &taken.1);
    }

    /// Finds the pair next to a remaining item on either side, ignoring items that were added or removed
    /// between them.
    pub fn places(
        &self,
        old: Vec<&'a T>,
        new: Vec<&'a T>,
    ) -> impl Fn(&T, &T) -> Neighbours + use<'a, T> {
        let pairs = |of: fn(&(&'a T, &'a T)) -> &'a T| -> HashMap<*const T, usize> {
            let both = self.both.iter().map(of).enumerate();
            both.map(|(at, it)| (std::ptr::from_ref(it), at)).collect()
        };
        let (before, after) = (pairs(|pair| pair.0), pairs(|pair| pair.1));
        move |was, is| {
            let (was, is) = (next_to(&old, was, &before), next_to(&new, is, &after));
            Neighbours {
                before: was.0 == is.0,
                after: was.1 == is.1,
            }
        }
    }
}

/// The pairs before and after an item in a list.
fn next_to<T>(
    list: &[&T],
    it: &T,
    pairs: &HashMap<*const T, usize>,
) -> (Option<usize>, Option<usize>) {
    let at = list.iter().position(|one| std::ptr::eq(*one, it));
    let at = at.unwrap_or(list.len());
    let pair = |one: &T| pairs.get(&std::ptr::from_ref(one)).copied();
    let before = list.iter().copied().take(at).rev().find_map(pair);
    (before, list.iter().copied().skip(at).find_map(pair))
}

/// Whether two remaining items are next to the same pairs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Neighbours {
    pub before: bool,
    pub after: bool,
}

/// One of the two specs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Side {
    /// As it was.
    Old,
    /// As it is.
    New,
}
