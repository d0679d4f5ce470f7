//! Compares JSON by its spelling: numbers digit by digit, strings by their contents, objects in any
//! order. It shares nothing with the codec that it checks.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::value::RawValue;

/// A JSON value whose numbers keep their spelling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Json {
    /// `null`, `true` or `false`.
    Word(String),
    /// A number, as its digits.
    Number(String),
    /// A string, without its escapes.
    Text(String),
    /// An array.
    List(Vec<Json>),
    /// An object; if a key is repeated, with the last value.
    Object(BTreeMap<String, Json>),
}

/// Which spellings are considered equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Merging {
    /// None.
    Nothing,
    /// A key that is null and one that is absent; a number and a string of the same digits.
    Allowed,
}

impl Json {
    /// Reads a string.
    ///
    /// # Errors
    ///
    /// If it is not JSON.
    pub fn read(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str::<&RawValue>(text).and_then(Self::of)
    }

    fn of(raw: &RawValue) -> Result<Self, serde_json::Error> {
        let text = raw.get();
        Ok(match text.as_bytes().first() {
            Some(b'{') => {
                let fields: BTreeMap<String, &RawValue> = serde_json::from_str(text)?;
                let read = |(key, raw)| Ok((key, Self::of(raw)?));
                Self::Object(fields.into_iter().map(read).collect::<Result<_, _>>()?)
            }
            Some(b'[') => {
                let items: Vec<&RawValue> = serde_json::from_str(text)?;
                Self::List(items.into_iter().map(Self::of).collect::<Result<_, _>>()?)
            }
            Some(b'"') => Self::Text(serde_json::from_str(text)?),
            Some(b't' | b'f' | b'n') => Self::Word(text.to_owned()),
            _ => Self::Number(text.to_owned()),
        })
    }

    fn is_null(&self) -> bool {
        matches!(self, Self::Word(word) if word == "null")
    }
}

/// The first difference of two JSON texts; `None` if they are equal.
///
/// # Errors
///
/// If one of them is not JSON.
pub fn difference(
    one: &str,
    other: &str,
    merging: Merging,
) -> Result<Option<String>, serde_json::Error> {
    Ok(differ(&Json::read(one)?, &Json::read(other)?, merging, "$"))
}

fn differ(one: &Json, other: &Json, merging: Merging, path: &str) -> Option<String> {
    match (one, other) {
        (Json::Object(one), Json::Object(other)) => {
            let keys: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
            keys.into_iter().find_map(|key| {
                let path = format!("{path}.{key}");
                match (one.get(key), other.get(key)) {
                    (Some(one), Some(other)) => differ(one, other, merging, &path),
                    (Some(only), None) => alone(only, merging).then(|| format!("{path} is gone")),
                    (None, Some(only)) => alone(only, merging).then(|| format!("{path} is new")),
                    (None, None) => None,
                }
            })
        }
        (Json::List(one), Json::List(other)) if one.len() == other.len() => {
            let mut pairs = one.iter().zip(other).enumerate();
            pairs.find_map(|(at, (a, b))| differ(a, b, merging, &format!("{path}[{at}]")))
        }
        (Json::Number(one), Json::Text(other)) | (Json::Text(other), Json::Number(one))
            if merging == Merging::Allowed && one == other =>
        {
            None
        }
        _ if one == other => None,
        _ => Some(format!("{path} is {other:?} and was {one:?}")),
    }
}

/// Whether a value matters if its key is absent in the other text.
fn alone(value: &Json, merging: Merging) -> bool {
    merging == Merging::Nothing || !value.is_null()
}

#[cfg(test)]
mod tests {
    use super::{Merging, difference};

    #[test]
    fn only_what_may_merge_does() {
        let says = |one, other, merging| difference(one, other, merging).unwrap();
        for (one, other) in [
            (r#"{"a":1,"b":null}"#, r#"{"a":1}"#),
            (r#"{"a":"7.00"}"#, r#"{"a":7.00}"#),
        ] {
            assert_eq!(says(one, other, Merging::Allowed), None, "{one}");
            assert!(says(one, other, Merging::Nothing).is_some(), "{one}");
        }
        for (one, other) in [
            (r#"{"a":7.0}"#, r#"{"a":7.00}"#),
            (r#"{"a":""}"#, "{}"),
            (r#"{"a":[]}"#, r#"{"a":{}}"#),
            ("[null]", "[]"),
            ("1e2", "100"),
        ] {
            assert!(says(one, other, Merging::Allowed).is_some(), "{one}");
        }
        assert_eq!(
            says(
                r#"{"b":1,"a":"é"}"#,
                r#"{"a":"\u00e9","b":1}"#,
                Merging::Nothing
            ),
            None
        );
    }
}
