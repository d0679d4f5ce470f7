//! The identity of a list item: its id, or its whole JSON if it has none.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::json::{self, Decode, DecodeError, Item, Reader, Shape};

/// The identity of an item, from its JSON.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Identity {
    hash: u64,
    own: bool,
}

impl Identity {
    fn of(raw: &str, own: bool) -> Self {
        let mut hasher = DefaultHasher::new();
        raw.hash(&mut hasher);
        let hash = hasher.finish();
        Self { hash, own }
    }

    /// The identity of a decoded item.
    fn of_item(raw: &str) -> Self {
        match first_id(raw) {
            Some(id) => Self::of(id, true),
            None => json::from_str(raw).unwrap_or_else(|_| Self::of(raw, false)),
        }
    }

    /// Whether it is an id. Two items without an id may be equal and still be different.
    pub(crate) const fn is_own(self) -> bool {
        self.own
    }
}

impl Decode for Identity {
    const KIND: &'static str = "value";
    const SHAPE: Shape = Shape::Any;

    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let start = r.mark();
        let mut id = None;
        if r.peek()? == b'{' {
            r.begin()?;
            while let Some(key) = r.key()? {
                let value = r.raw()?;
                // An item without an id is identified by its whole JSON.
                if key == "id" && value != "null" {
                    id = Some(Self::of(value, true));
                }
            }
            r.end();
        }
        match id {
            Some(id) => Ok(id),
            None => {
                r.back(&start);
                r.raw().map(|raw| Self::of(raw, false))
            }
        }
    }
}

/// The id of an object that begins with it, as the API's objects do, so that the rest is not read
/// again.
fn first_id(raw: &str) -> Option<&str> {
    let raw = raw.strip_prefix('{')?.trim_ascii_start();
    let value = raw.strip_prefix("\"id\"")?.trim_ascii_start();
    let value = value.strip_prefix(':')?.trim_ascii_start();
    let end = match value.strip_prefix('"') {
        Some(string) => string.find('"')? + 2,
        None => value.find(|c: char| !c.is_ascii_digit())?,
    };
    let (value, after) = value.split_at_checked(end)?;
    let ends = after.trim_ascii_start().starts_with([',', '}']);
    (ends && !value.is_empty() && !value.contains('\\')).then_some(value)
}

/// A list with the identities of its items.
pub(crate) struct Listed<T> {
    pub(crate) items: Vec<T>,
    pub(crate) known: Vec<Identity>,
    /// How many entries are not items, such as `null`. They count towards a full page.
    pub(crate) passed: usize,
}

impl<T> Listed<T> {
    /// How many entries it was received with.
    pub(crate) const fn came(&self) -> usize {
        self.known.len() + self.passed
    }
}

impl<T> Default for Listed<T> {
    fn default() -> Self {
        let (items, known, passed) = Default::default();
        Self {
            items,
            known,
            passed,
        }
    }
}

impl<T: Decode> Decode for Listed<T> {
    const KIND: &'static str = Vec::<T>::KIND;
    const SHAPE: Shape = Vec::<T>::SHAPE;

    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut list = Self::default();
        let passed = r.items(&Item::of::<T>(), &mut |r| {
            r.peek()?;
            let start = r.mark();
            list.items.push(T::decode(r)?);
            list.known.push(Identity::of_item(r.since(&start)));
            Ok(())
        })?;
        list.passed = passed;
        Ok(list)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_the_same_wherever_it_stands_and_whatever_it_is() {
        for raw in [
            r#"{"id":1}"#,
            r#"{ "id" : 12 , "name":"x"}"#,
            r#"{"name":"x","id":12}"#,
            r#"{"id":"a-1","x":1}"#,
            r#"{"id":""}"#,
            r#"{"id":"a\"b"}"#,
            r#"{"id":-1}"#,
            r#"{"id":1.5}"#,
            r#"{"id":null}"#,
            r#"{"id":[1],"x":2}"#,
            r#"{"id":{"id":1}}"#,
            r#"{"idle":1}"#,
            "{}",
            "1",
            r#""text""#,
        ] {
            let whole: Identity = json::from_str(raw).unwrap();
            let found = Identity::of_item(raw);
            assert!(found == whole && found.is_own() == whole.is_own(), "{raw}");
        }
        assert_eq!(first_id(r#"{"id":7,"x":"y"}"#), Some("7"));
        assert_eq!(first_id(r#"{ "id": "q", "x": 1}"#), Some(r#""q""#));
        assert_eq!(first_id(r#"{"x":1,"id":7}"#), None);
    }
}
