//! From a deserializer to the codec: whatever it provides is written as JSON, and decoded from that.

use std::fmt;

use ::serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor,
};

use crate::json::{self, Decode, Encode, Writer};
use crate::value::Number;

/// The only key of a number that `serde_json` passes on as it is spelled, as an object: with its feature
/// `arbitrary_precision`, which any crate of a program may enable for all of them.
const NUMBER: &str = "$serde_json::private::Number";

/// The same for the date or time of `toml`, which is no string there.
const DATETIME: &str = "$__toml_private_datetime";

pub(crate) fn deserialize<'de, T: Decode, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    let mut writer = Writer::new();
    Written(&mut writer).deserialize(deserializer)?;
    json::from_str(&writer.into_string()).map_err(D::Error::custom)
}

/// Writes what the deserializer provides.
struct Written<'w>(&'w mut Writer);

impl<'de> DeserializeSeed<'de> for Written<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Written<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value that JSON has")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.0.display(&value);
        Ok(())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.0.display(&value);
        Ok(())
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<(), E> {
        self.0.display(&value);
        Ok(())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.0.display(&value);
        Ok(())
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<(), E> {
        self.0.display(&value);
        Ok(())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        if !value.is_finite() {
            return Err(E::custom(format!("{value} is not a JSON number")));
        }
        self.0.display(&value);
        Ok(())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.0.text(text);
        Ok(())
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.0.raw("null");
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.visit_none()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        self.0.raw("[");
        let mut first = true;
        while items
            .next_element_seed(Next {
                writer: self.0,
                first,
            })?
            .is_some()
        {
            first = false;
        }
        self.0.raw("]");
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<(), A::Error> {
        let mut next: Option<Key> = fields.next_key()?;
        match &next {
            Some(Key(key)) if key == NUMBER => {
                let number = fields.next_value::<String>()?.parse::<Number>();
                number.map_err(A::Error::custom)?.encode(self.0);
                return Ok(());
            }
            Some(Key(key)) if key == DATETIME => {
                self.0.text(&fields.next_value::<String>()?);
                return Ok(());
            }
            _ => {}
        }
        self.0.raw("{");
        let mut first = true;
        while let Some(Key(key)) = next {
            if !first {
                self.0.raw(",");
            }
            first = false;
            self.0.text(&key);
            self.0.raw(":");
            fields.next_value_seed(Written(self.0))?;
            next = fields.next_key()?;
        }
        self.0.raw("}");
        Ok(())
    }
}

/// A list item. It is unknown whether there is another one until it arrives.
struct Next<'w> {
    writer: &'w mut Writer,
    first: bool,
}

impl<'de> DeserializeSeed<'de> for Next<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        if !self.first {
            self.writer.raw(",");
        }
        Written(self.writer).deserialize(deserializer)
    }
}

/// A key: a string, or something written as one. Formats other than JSON have integers and booleans as
/// keys.
struct Key(String);

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(KeyText).map(Self)
    }
}

/// Converts a key into a string. A float has lost its original spelling, so it is not accepted.
struct KeyText;

impl<'de> Visitor<'de> for KeyText {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key that is a string, an integer or a boolean")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<String, E> {
        Ok(text.to_owned())
    }

    fn visit_string<E: Error>(self, text: String) -> Result<String, E> {
        Ok(text)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<String, E> {
        Ok(value.to_string())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<String, E> {
        Ok(value.to_string())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<String, E> {
        Ok(value.to_string())
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, name: D) -> Result<String, D::Error> {
        name.deserialize_any(self)
    }
}

#[cfg(test)]
mod tests {
    use ::serde::de::IntoDeserializer;
    use ::serde::de::value::{Error, MapDeserializer};

    use super::*;
    use crate::RawJson;

    fn of_map<'de, K: IntoDeserializer<'de, Error>>(key: K) -> Result<RawJson, Error> {
        deserialize(MapDeserializer::<_, Error>::new([(key, 1)].into_iter()))
    }

    #[test]
    fn a_key_may_be_an_integer_or_a_boolean_and_no_float() {
        assert_eq!(of_map("a").unwrap().get(), r#"{"a":1}"#);
        assert_eq!(of_map(118_u64).unwrap().get(), r#"{"118":1}"#);
        assert_eq!(of_map(-7_i32).unwrap().get(), r#"{"-7":1}"#);
        assert_eq!(of_map(true).unwrap().get(), r#"{"true":1}"#);
        assert!(of_map(1.5).is_err());
    }

    fn of_one(key: &'static str, value: &'static str) -> Result<RawJson, Error> {
        deserialize(MapDeserializer::<_, Error>::new([(key, value)].into_iter()))
    }

    #[test]
    fn a_number_that_serde_json_passes_on_as_an_object_is_the_number_as_spelled() {
        for number in [
            "24.9500",
            "-0.0",
            "1e400",
            "0.1234567890123456789012345678901",
        ] {
            assert_eq!(of_one(NUMBER, number).unwrap().get(), number);
        }
        for text in ["", "1,2", r#"1,"id":2"#] {
            assert!(of_one(NUMBER, text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_date_that_toml_passes_on_as_an_object_is_a_string() {
        let moment = of_one(DATETIME, "2026-01-31T10:00:00Z").unwrap();
        assert_eq!(moment.get(), r#""2026-01-31T10:00:00Z""#);
    }
}
