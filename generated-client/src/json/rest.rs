//! What an object holds beyond its known fields. It is what makes decoding lossless, and costs one
//! pointer while there is nothing to keep.

use std::fmt;

use crate::value::RawJson;

/// The fields of an object that its type does not know, and the spelling of known fields that is
/// not the usual one (such as `""` where a date would stand), in the order of the body.
///
/// Encoding the value again writes all of them back.
///
/// Two are equal when they hold the same unknown fields in the same order. How a known field was
/// spelled does not count: `"7"` and 7 mean the same.
#[derive(Clone, Default)]
#[allow(
    clippy::box_collection,
    reason = "a model pays one word for it, where a vector is three"
)]
pub struct Rest(Option<Box<Vec<Entry>>>);

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Entry {
    pub(super) key: Box<str>,
    pub(super) raw: RawJson,
    /// A known field, kept for its spelling.
    pub(super) odd: bool,
}

/// Above this many entries a set finds the duplicates.
const FEW: usize = 24;

impl Rest {
    pub(crate) const NONE: Self = Self(None);

    /// Whether nothing was kept.
    ///
    /// ```
    /// use bigcommerce_client::{Meta, json};
    ///
    /// let meta: Meta = json::from_str(r#"{"total": 2}"#)?;
    /// assert!(meta.rest.is_empty(), "all of it was known");
    /// # Ok::<(), bigcommerce_client::DecodeError>(())
    /// ```
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// How many fields were kept.
    ///
    /// ```
    /// use bigcommerce_client::{Meta, json};
    ///
    /// let meta: Meta = json::from_str(r#"{"total": 2, "trace": "a1", "cost": 3}"#)?;
    /// assert_eq!(meta.rest.len(), 2);
    /// # Ok::<(), bigcommerce_client::DecodeError>(())
    /// ```
    pub fn len(&self) -> usize {
        self.entries().len()
    }

    /// The fields by name, each with its JSON as it came.
    ///
    /// ```
    /// use bigcommerce_client::{Meta, json};
    ///
    /// let meta: Meta = json::from_str(r#"{"total": 2, "trace": "a1", "cost": 3}"#)?;
    /// let names: Vec<_> = meta.rest.iter().map(|(name, _)| name).collect();
    /// assert_eq!(names, ["trace", "cost"]);
    /// # Ok::<(), bigcommerce_client::DecodeError>(())
    /// ```
    pub fn iter(&self) -> impl Iterator<Item = (&str, &RawJson)> {
        self.entries().iter().map(|entry| (&*entry.key, &entry.raw))
    }

    /// The JSON of one field.
    ///
    /// ```
    /// use bigcommerce_client::{Meta, json};
    ///
    /// let meta: Meta = json::from_str(r#"{"total": 2, "trace": "a1", "cost": 3}"#)?;
    /// let cost = meta.rest.get("cost").map(|cost| cost.parse::<i64>()).transpose()?;
    /// assert_eq!(cost, Some(3));
    /// # Ok::<(), bigcommerce_client::DecodeError>(())
    /// ```
    pub fn get(&self, key: &str) -> Option<&RawJson> {
        self.entries()
            .iter()
            .rev()
            .find(|entry| &*entry.key == key)
            .map(|entry| &entry.raw)
    }

    #[inline]
    pub(super) fn entries(&self) -> &[Entry] {
        match &self.0 {
            Some(entries) => entries,
            None => &[],
        }
    }

    #[cold]
    pub(super) fn push(&mut self, key: &str, raw: RawJson, odd: bool) {
        self.0.get_or_insert_default().push(Entry {
            key: key.into(),
            raw,
            odd,
        });
    }

    /// Forgets the spelling of a known field that came a second time.
    #[cold]
    pub(super) fn forget(&mut self, key: &str) {
        if let Some(entries) = &mut self.0 {
            entries.retain(|entry| !(entry.odd && &*entry.key == key));
            if entries.is_empty() {
                self.0 = None;
            }
        }
    }

    /// Keeps the last of each name.
    pub(super) fn settled(mut self) -> Self {
        if let Some(entries) = &mut self.0
            && entries.len() > 1
        {
            settle(entries);
        }
        self
    }
}

#[cold]
fn settle(entries: &mut Vec<Entry>) {
    let last: Vec<bool> = if entries.len() <= FEW {
        (0..entries.len())
            .map(|at| {
                entries[at + 1..]
                    .iter()
                    .all(|later| later.key != entries[at].key)
            })
            .collect()
    } else {
        let mut seen = std::collections::HashSet::with_capacity(entries.len());
        let mut last: Vec<bool> = entries
            .iter()
            .rev()
            .map(|entry| seen.insert(&*entry.key))
            .collect();
        last.reverse();
        last
    };
    let mut last = last.into_iter();
    entries.retain(|_| last.next().unwrap_or(true));
}

impl PartialEq for Rest {
    fn eq(&self, other: &Self) -> bool {
        let unknown = |entry: &&Entry| !entry.odd;
        self.entries()
            .iter()
            .filter(unknown)
            .eq(other.entries().iter().filter(unknown))
    }
}

impl Eq for Rest {}

impl fmt::Debug for Rest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}
