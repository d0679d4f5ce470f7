//! A list that remembers whether it was present.

use std::fmt;
use std::ops::{Deref, DerefMut};

/// The items of a list field.
///
/// It can be used like a slice. A missing field and `[]` both result in an empty list;
/// [`is_present`](Self::is_present) distinguishes them, and encoding preserves the difference.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct List<T>(Option<Vec<T>>);

impl<T> List<T> {
    /// Whether the field was in the body.
    ///
    /// ```
    /// use bigcommerce_client::value::List;
    ///
    /// let sent: List<i64> = List::from(vec![]);
    /// let left_out: List<i64> = List::default();
    /// assert!(sent.is_empty() && left_out.is_empty());
    /// assert!(sent.is_present() && !left_out.is_present());
    /// ```
    pub const fn is_present(&self) -> bool {
        self.0.is_some()
    }

    /// The items as a slice.
    pub fn as_slice(&self) -> &[T] {
        self.0.as_deref().unwrap_or_default()
    }

    /// The items as a vector.
    pub fn into_vec(self) -> Vec<T> {
        self.0.unwrap_or_default()
    }

    /// Appends an item.
    pub fn push(&mut self, item: T) {
        self.0.get_or_insert_default().push(item);
    }

    /// Keeps only the items for which the function returns true. A list without items that was present
    /// stays present, and a missing one stays missing.
    ///
    /// ```
    /// use bigcommerce_client::value::List;
    ///
    /// let mut categories = List::from([23, 24]);
    /// categories.retain(|id| *id != 23);
    /// assert_eq!(categories.as_slice(), [24]);
    /// ```
    pub fn retain(&mut self, keep: impl FnMut(&T) -> bool) {
        if let Some(items) = &mut self.0 {
            items.retain(keep);
        }
    }
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: fmt::Debug> fmt::Debug for List<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Some(items) => items.fmt(f),
            None => f.write_str("Absent"),
        }
    }
}

impl<T> Deref for List<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        self.as_slice()
    }
}

impl<T> DerefMut for List<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        self.0.as_deref_mut().unwrap_or_default()
    }
}

impl<T> From<Vec<T>> for List<T> {
    fn from(items: Vec<T>) -> Self {
        Self(Some(items))
    }
}

impl<T, const N: usize> From<[T; N]> for List<T> {
    fn from(items: [T; N]) -> Self {
        Self(Some(items.into()))
    }
}

/// A missing list to which nothing is added stays missing.
impl<T> Extend<T> for List<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, items: I) {
        for item in items {
            self.push(item);
        }
    }
}

impl<T> FromIterator<T> for List<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self(Some(items.into_iter().collect()))
    }
}

impl<T> IntoIterator for List<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.into_vec().into_iter()
    }
}

impl<'a, T> IntoIterator for &'a List<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'a, T> IntoIterator for &'a mut List<T> {
    type Item = &'a mut T;
    type IntoIter = std::slice::IterMut<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter_mut()
    }
}
