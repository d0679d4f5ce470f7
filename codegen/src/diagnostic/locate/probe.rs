//! Asks the parser for the position of a node, by failing on purpose when it gets there.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::diagnostic::Segment;

#[derive(Clone, Copy)]
pub(super) enum Step<'a> {
    Key(&'a str),
    Index(usize),
    /// The key itself, and which repetition of it.
    KeyItself(&'a str, usize),
}

pub(super) fn steps(segments: &[Segment]) -> Vec<Step<'_>> {
    segments
        .iter()
        .map(|segment| match segment {
            Segment::Key(key) => Step::Key(key),
            Segment::Index(index) => Step::Index(*index),
        })
        .collect()
}

/// The start of the node at the end of the path.
pub(super) fn probe(text: &str, way: &[Step<'_>]) -> Option<usize> {
    let document = serde_yaml::Deserializer::from_str(text).next()?;
    let error = Probe(way).deserialize(document).err()?;
    // Any other error is the parser's own: the node was not reached.
    if !error.to_string().contains(FOUND) {
        return None;
    }
    let start = error.location()?.index();
    text.is_char_boundary(start).then_some(start)
}

const FOUND: &str = "\u{1}found\u{1}";

struct Probe<'a>(&'a [Step<'a>]);

impl<'de> DeserializeSeed<'de> for Probe<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        if self.0.is_empty() {
            deserializer.deserialize_any(Found)
        } else {
            deserializer.deserialize_any(self)
        }
    }
}

impl<'de> Visitor<'de> for Probe<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list or a mapping")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Some((step, rest)) = self.0.split_first() else {
            return Ok(());
        };
        let mut seen = 0;
        loop {
            let key = match *step {
                Step::KeyItself(key, times) => KeyName {
                    fails_at: Some((key, times, &mut seen)),
                },
                _ => KeyName { fails_at: None },
            };
            let Some(key) = map.next_key_seed(key)? else {
                return Ok(());
            };
            match *step {
                Step::Key(wanted) if wanted == key => map.next_value_seed(Probe(rest))?,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let Some((step, rest)) = self.0.split_first() else {
            return Ok(());
        };
        for index in 0.. {
            let more = match *step {
                Step::Index(wanted) if wanted == index => {
                    list.next_element_seed(Probe(rest))?.is_some()
                }
                _ => list.next_element::<IgnoredAny>()?.is_some(),
            };
            if !more {
                break;
            }
        }
        Ok(())
    }
}

/// Fails inside the node's own visitor, which makes the parser record the node's position.
struct Found;

macro_rules! found {
    ($($method:ident($kind:ty),)*) => {$(
        fn $method<E: Error>(self, _: $kind) -> Result<(), E> {
            Err(E::custom(FOUND))
        }
    )*};
}

impl<'de> Visitor<'de> for Found {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a node")
    }

    found! {
        visit_bool(bool), visit_i64(i64), visit_u64(u64), visit_i128(i128), visit_u128(u128),
        visit_f64(f64), visit_str(&str),
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Err(E::custom(FOUND))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, _: A) -> Result<(), A::Error> {
        Err(A::Error::custom(FOUND))
    }
    fn visit_map<A: MapAccess<'de>>(self, _: A) -> Result<(), A::Error> {
        Err(A::Error::custom(FOUND))
    }
    fn visit_enum<A: serde::de::EnumAccess<'de>>(self, _: A) -> Result<(), A::Error> {
        Err(A::Error::custom(FOUND))
    }
}

/// Reads a key, or fails on the requested one.
struct KeyName<'a> {
    fails_at: Option<(&'a str, usize, &'a mut usize)>,
}

impl<'de> DeserializeSeed<'de> for KeyName<'_> {
    type Value = String;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for KeyName<'_> {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<String, E> {
        if let Some((wanted, times, seen)) = self.fails_at
            && key == wanted
        {
            if *seen == times {
                return Err(E::custom(FOUND));
            }
            *seen += 1;
        }
        Ok(key.to_owned())
    }
}
