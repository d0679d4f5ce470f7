//! What became of each item of a bulk call.

use std::sync::Arc;

use crate::error::{Error, Problem};

/// What became of one item.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Fate<T> {
    /// It was taken. The value is what the API answered about it, where it answers by item and named
    /// them all.
    Done(Option<T>),
    /// It was refused, and the API said of this very item why.
    Refused(Problem),
    /// The batch that it was in failed. Unless [`Error::may_have_happened`] says otherwise, the API
    /// took none of it.
    Failed(Arc<Error>),
    /// The API said that some items of the batch failed, and not which: this one may be among them.
    Unclear(Vec<Problem>),
    /// It was never sent, since an error before it would have met every item.
    NotAttempted,
}

impl<T> Fate<T> {
    /// Whether the item was taken.
    pub const fn is_done(&self) -> bool {
        matches!(self, Self::Done(_))
    }

    /// Whether the item was never sent.
    pub const fn is_not_attempted(&self) -> bool {
        matches!(self, Self::NotAttempted)
    }
}

/// What became of each item of a bulk call, in the order in which they were given.
///
/// Every item is here once. Give those that [`left`](Self::into_left) names to another call to try
/// them again.
#[derive(Clone, Debug)]
#[must_use = "an item may have failed; see `is_complete`"]
pub struct Report<I, T> {
    items: Vec<(I, Fate<T>)>,
    stopped: Option<Arc<Error>>,
}

impl<I, T> Report<I, T> {
    pub(super) const fn new(items: Vec<(I, Fate<T>)>, stopped: Option<Arc<Error>>) -> Self {
        Self { items, stopped }
    }

    /// Each item with what became of it.
    pub fn iter(&self) -> impl Iterator<Item = &(I, Fate<T>)> {
        self.items.iter()
    }

    /// How many items there were.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there were none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Whether every item was taken.
    pub fn is_complete(&self) -> bool {
        self.items.iter().all(|(_, fate)| fate.is_done())
    }

    /// How many items were taken.
    pub fn done(&self) -> usize {
        self.items.iter().filter(|(_, fate)| fate.is_done()).count()
    }

    /// The items that were not taken, each with its fate.
    pub fn failures(&self) -> impl Iterator<Item = &(I, Fate<T>)> {
        self.items.iter().filter(|(_, fate)| !fate.is_done())
    }

    /// The error that ended the call before all items were sent.
    pub fn stopped(&self) -> Option<&Error> {
        self.stopped.as_deref()
    }

    /// The items that were not taken, to be given to another call. Look at their fates first:
    /// creating again what is only [`Unclear`](Fate::Unclear) may make it twice.
    pub fn into_left(self) -> Vec<I> {
        let left = self.items.into_iter().filter(|(_, fate)| !fate.is_done());
        left.map(|(item, _)| item).collect()
    }
}

impl<I, T> IntoIterator for Report<I, T> {
    type Item = (I, Fate<T>);
    type IntoIter = std::vec::IntoIter<(I, Fate<T>)>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}
