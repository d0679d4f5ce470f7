//! From the codec to a serializer: a value is written as JSON, and that is told in serde's terms.

use ::serde::ser::{Error as _, Serialize, SerializeMap as _, Serializer};

use crate::json::{self, Encode, Tree};

/// How many digits a float keeps, whatever they are.
const EXACT: usize = 15;

pub(crate) fn serialize<T: Encode + ?Sized, S: Serializer>(
    value: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let tree: Tree = json::from_str(&json::to_string(value)).map_err(S::Error::custom)?;
    tree.serialize(serializer)
}

impl Serialize for Tree {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_none(),
            Self::Plain(text) => plain(text, serializer),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(items) => serializer.collect_seq(items),
            Self::Object(fields) => {
                let mut map = serializer.serialize_map(Some(fields.len()))?;
                for (key, value) in fields {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }
    }
}

/// A boolean or a number, as it is spelled.
fn plain<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    if let Ok(value) = text.parse::<bool>() {
        return serializer.serialize_bool(value);
    }
    if let Ok(value) = text.parse::<i64>() {
        return serializer.serialize_i64(value);
    }
    if let Ok(value) = text.parse::<u64>() {
        return serializer.serialize_u64(value);
    }
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    match text.parse::<f64>() {
        Ok(value) if digits <= EXACT && value.is_finite() => serializer.serialize_f64(value),
        _ => serializer.serialize_str(text),
    }
}
