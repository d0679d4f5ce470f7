//! What an object contains beyond its known fields. It makes decoding lossless, and costs one
//! pointer if there is nothing to keep.

use std::fmt;

use super::RawJson;
use super::redacted::sounds_secret;

/// What an object contains beyond the values of its fields: unknown fields, in the order of the
/// body; then, for known fields, values of the wrong type ([`oddities`](Self::oddities)) and
/// unusual spellings (such as `""` for a date).
///
/// Encoding the value again writes all of them back: an oddity if its field is still empty, and a list or a map
/// with invalid items if its other items are unchanged.
///
/// Two are equal if they have the same unknown fields in the same order and the same oddities. The spelling
/// of known fields is ignored: `"7"` and 7 are the same.
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
    pub(super) why: Why,
}

/// Why an entry is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// The field is unknown.
    Unknown,
    /// The field is unknown, and its name contains half a character, so it is kept in its original
    /// spelling.
    OddKey,
    /// The field is known, but its value has an unusual spelling.
    Spelling,
    /// The field is known, a list or a map, and cannot represent some of its items.
    Part,
    /// The field is known, and cannot represent the value.
    Oddity,
    /// The field is known, and there is an oddity somewhere inside the value. Nothing is kept here.
    Around,
    /// The field is known and required, but missing. Nothing is kept here.
    Missing,
}

/// With more entries than this, a set finds the duplicates.
const FEW: usize = 24;

impl Rest {
    pub(crate) const NONE: Self = Self(None);

    /// Whether nothing was kept.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many fields were kept.
    pub fn len(&self) -> usize {
        self.iter().count()
    }

    /// The fields by name, each with its original JSON.
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
        self.kept().map(|entry| (&*entry.key, &entry.raw))
    }

    /// The names of the known fields with a value of the wrong type, such as 3.2 for an integer. Such a field
    /// is empty, and its original JSON is kept here. A list or a map keeps its valid items, and its whole JSON is
    /// here. A name without JSON is that of a field with a nested oddity, which the `rest` of the nested record
    /// names, or of a required field that is missing. An unknown field is included if its name contains half a
    /// surrogate pair, which is shown as spelled in JSON, such as `\ud83d`.
    ///
    /// A field that the API always returns, such as an `id`, is not an `Option`. If it is null, missing or of
    /// the wrong type anyway, it is 0, `""`, false or empty, and only this method distinguishes that from a
    /// real value:
    ///
    /// ```
    /// # #[cfg(feature = "products")] {
    /// use bigcommerce_client::{json, products::Product};
    ///
    /// let product: Product = json::from_str(r#"{"id":null,"name":"Cedar tray"}"#)?;
    /// assert_eq!(product.id, 0);
    /// assert!(product.rest.oddities().any(|field| field == "id"), "the store did not say which");
    /// # }
    /// # Ok::<(), bigcommerce_client::DecodeError>(())
    /// ```
    ///
    /// It reflects how the object was decoded; a field that was set since then is still included.
    ///
    /// ```
    /// # #[cfg(feature = "products")] {
    /// use bigcommerce_client::{json, products::Product};
    ///
    /// let body = r#"{"id":158,"sort_order":3.2,"custom_url":{"url":[1]}}"#;
    /// let product: Product = json::from_str(body)?;
    /// assert_eq!(product.sort_order, None);
    /// assert!(product.rest.oddities().eq(["custom_url", "sort_order"]));
    /// assert_eq!(product.rest.get("sort_order").map(|raw| raw.get()), Some("3.2"));
    /// let url = product.custom_url.as_ref().map(|url| &url.rest);
    /// assert!(url.is_some_and(|rest| rest.oddities().eq(["url"])));
    /// assert_eq!(json::to_string(&product), body, "nothing is lost");
    /// # }
    /// # Ok::<(), bigcommerce_client::DecodeError>(())
    /// ```
    pub fn oddities(&self) -> impl Iterator<Item = &str> {
        let odd = |entry: &&Entry| !matches!(entry.why, Why::Unknown | Why::Spelling | Why::Part);
        self.entries().iter().filter(odd).map(|entry| &*entry.key)
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
        self.kept()
            .find(|entry| &*entry.key == key)
            .map(|entry| &entry.raw)
    }

    /// Its contents as shown for an object with these secrets.
    pub(super) const fn shown<'r>(&'r self, secrets: &'r [&'r str]) -> Shown<'r> {
        Shown {
            rest: self,
            secrets: Some(secrets),
        }
    }

    /// The entries that contain something.
    fn kept(&self) -> impl Iterator<Item = &Entry> {
        let entries = self.entries().iter();
        entries.filter(|entry| !matches!(entry.why, Why::Around | Why::Missing))
    }

    #[inline]
    pub(super) fn entries(&self) -> &[Entry] {
        match &self.0 {
            Some(entries) => entries,
            None => &[],
        }
    }

    /// Whether there is no entry at all.
    #[inline]
    pub(super) const fn is_none(&self) -> bool {
        self.0.is_none()
    }

    #[cold]
    pub(super) fn push(&mut self, key: &str, raw: RawJson, why: Why) {
        let key = key.into();
        self.0.get_or_insert_default().push(Entry { key, raw, why });
    }

    /// Records an oddity somewhere inside the value of a field, once.
    #[cold]
    pub(super) fn around(&mut self, key: &str) {
        let last = self.entries().last();
        if !last.is_some_and(|last| last.why == Why::Around && &*last.key == key) {
            self.push(key, RawJson::trusted("null"), Why::Around);
        }
    }

    /// Drops a field that is repeated.
    #[cold]
    pub(super) fn forget(&mut self, key: &str) {
        if let Some(entries) = &mut self.0 {
            entries.retain(|entry| &*entry.key != key);
            if entries.is_empty() {
                self.0 = None;
            }
        }
    }

    /// Adds what was kept of known fields, in a deterministic order.
    #[cold]
    pub(super) fn with_known(mut self, known: Self) -> Self {
        if let Some(mut known) = known.0 {
            known.sort_by(|a, b| a.key.cmp(&b.key));
            self.0.get_or_insert_default().append(&mut known);
        }
        self
    }

    /// Keeps the last entry of each name.
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
        let counts = |entry: &&Entry| !matches!(entry.why, Why::Spelling | Why::Around);
        self.entries()
            .iter()
            .filter(counts)
            .eq(other.entries().iter().filter(counts))
    }
}

impl Eq for Rest {}

/// Omits the JSON of known fields, some of which may be secret.
impl fmt::Debug for Rest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (rest, secrets) = (self, None);
        Shown { rest, secrets }.fmt(f)
    }
}

/// The contents of an object, for `Debug`.
pub(super) struct Shown<'r> {
    rest: &'r Rest,
    /// The known fields that are secret, if known.
    secrets: Option<&'r [&'r str]>,
}

impl Shown<'_> {
    /// Whether an entry contains no secret. A list or an object of a known field may contain records
    /// with their own secrets.
    fn is_open(&self, entry: &Entry) -> bool {
        let holds_more = |raw: &str| {
            let mut inside = raw.bytes().filter(|byte| !b"[]{} \t\r\n".contains(byte));
            raw.starts_with(['[', '{']) && inside.next().is_some()
        };
        matches!(entry.why, Why::Unknown | Why::OddKey)
            || self
                .secrets
                .is_some_and(|secrets| !secrets.contains(&&*entry.key))
                && !holds_more(entry.raw.get())
    }
}

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut map = f.debug_map();
        for entry in self.rest.kept() {
            let key = &*entry.key;
            if self.is_open(entry) && !sounds_secret(key) {
                map.entry(&key, &entry.raw);
            } else {
                map.entry(&key, &format_args!("[hidden]"));
            }
        }
        map.finish()
    }
}
