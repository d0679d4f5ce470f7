//! A mapping that keeps the order of the file. Duplicate keys have already been reported when it is filled,
//! and the first one counts.

use std::{fmt, marker::PhantomData};

use indexmap::IndexMap;
use serde::{
    Deserialize, Serialize,
    de::{Deserializer, MapAccess, Visitor},
    ser::Serializer,
};

/// An ordered mapping from names to `V`.
#[derive(Clone, Debug)]
pub struct Map<V>(IndexMap<String, V>);

impl<V> Map<V> {
    /// The entry called `name`.
    pub fn get(&self, name: &str) -> Option<&V> {
        self.0.get(name)
    }

    /// The entry called `name`, with the name from the mapping.
    pub fn entry(&self, name: &str) -> Option<(&str, &V)> {
        let (name, value) = self.0.get_key_value(name)?;
        Some((name, value))
    }

    /// The entry at a position that [`Self::position`] returned, with its name.
    pub fn at(&self, position: usize) -> (&str, &V) {
        match self.0.get_index(position) {
            Some((name, value)) => (name, value),
            // Only for a position of another mapping, for which indexing panics.
            None => ("", &self.0[position]),
        }
    }

    /// The position of the entry called `name`.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.0.get_index_of(name)
    }

    /// Whether an entry is called `name`.
    pub fn contains(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// The entries, in the order of the file.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &V)> + DoubleEndedIterator {
        self.0.iter().map(|(key, value)| (key.as_str(), value))
    }

    /// The names, in the order of the file.
    pub fn keys(&self) -> impl ExactSizeIterator<Item = &str> + DoubleEndedIterator {
        self.0.keys().map(String::as_str)
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds an entry at the end, unless the name already exists.
    pub fn push(&mut self, name: impl Into<String>, value: V) {
        self.0.entry(name.into()).or_insert(value);
    }
}

impl<V> Default for Map<V> {
    fn default() -> Self {
        Self(IndexMap::new())
    }
}

impl<V> FromIterator<(String, V)> for Map<V> {
    fn from_iter<I: IntoIterator<Item = (String, V)>>(entries: I) -> Self {
        let mut map = Self::default();
        for (name, value) in entries {
            map.push(name, value);
        }
        map
    }
}

impl<'de, V: Deserialize<'de>> Deserialize<'de> for Map<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries<V>(PhantomData<V>);
        impl<'de, V: Deserialize<'de>> Visitor<'de> for Entries<V> {
            type Value = Map<V>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a mapping")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Map::default();
                while let Some((name, value)) = map.next_entry::<String, V>()? {
                    entries.push(name, value);
                }
                Ok(entries)
            }
        }
        deserializer.deserialize_map(Entries(PhantomData))
    }
}

impl<V: Serialize> Serialize for Map<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<V: schemars::JsonSchema> schemars::JsonSchema for Map<V> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("Map_of_{}", V::schema_name()).into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        <std::collections::BTreeMap<String, V>>::json_schema(generator)
    }
    fn inline_schema() -> bool {
        true
    }
}
