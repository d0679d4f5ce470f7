//! From the codec to a serializer: a value is written as JSON, and passed on in serde's data model.

use ::serde::ser::{Error as _, Serialize, SerializeMap as _, Serializer};

use crate::json::{self, Decode as _, Encode, Reader, Tree};

/// How many digits a float always preserves.
const EXACT: usize = 15;

pub(crate) fn serialize<T: Encode + ?Sized, S: Serializer>(
    value: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let text = json::to_string(value);
    // A string or key with half a character cannot be represented in serde, and replacing it by its
    // escapes would change it.
    let tree = Tree::decode(&mut Reader::over(&text).strict());
    let only_here =
        |error: json::DecodeError| format!("{error}, which only `json::to_string` writes");
    let tree = tree.map_err(|error| S::Error::custom(only_here(error)))?;
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

/// A boolean or a number, in its original spelling.
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
        Ok(value) if digits <= EXACT && fits(value, text) => serializer.serialize_f64(value),
        _ => serializer.serialize_str(text),
    }
}

/// Whether a float with this few digits equals its text: one too close to zero has lost some or all of
/// its digits.
fn fits(value: f64, text: &str) -> bool {
    let mantissa = text.split(['e', 'E']).next().unwrap_or(text);
    let is_zero = !mantissa.contains(|c: char| matches!(c, '1'..='9'));
    value.is_normal() || is_zero
}

#[cfg(test)]
mod tests {
    use crate::json::tests::Brand;
    use crate::{Number, json};

    #[test]
    fn half_a_character_is_an_error_that_names_the_field_and_never_another_string() {
        for (body, place) in [
            (r#"{"id":7,"name":"\ud83d"}"#, "name"),
            (r#"{"id":7,"new":["\ud83d"]}"#, "new[0]"),
            (r#"{"id":7,"\ud83d":1}"#, r"\ud83d"),
        ] {
            let brand: Brand = json::from_str(body).unwrap();
            let error = serde_json::to_string(&brand).unwrap_err().to_string();
            assert!(error.starts_with(&format!("at {place}: ")), "{error}");
            assert!(error.ends_with("only `json::to_string` writes"), "{error}");
            assert_eq!(json::to_string(&brand), body);
        }
    }

    #[test]
    fn a_number_that_no_float_holds_goes_out_as_a_string_and_none_as_zero() {
        for (number, written) in [
            ("1e-400", r#""1e-400""#),
            ("-2.5E-999", r#""-2.5E-999""#),
            ("1.2345e-310", r#""1.2345e-310""#),
            ("1e400", r#""1e400""#),
            ("0.1234567890123456789", r#""0.1234567890123456789""#),
            ("0e5", "0.0"),
            ("0.00", "0.0"),
            ("-0.5", "-0.5"),
            ("1e-300", "1e-300"),
        ] {
            let number: Number = number.parse().unwrap();
            let text = serde_json::to_string(&number).unwrap();
            assert_eq!(text, written);
            let back: Number = serde_json::from_str(&text).unwrap();
            assert_eq!(back.value(), number.value(), "{text}");
        }
    }
}
