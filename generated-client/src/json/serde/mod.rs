//! The bridge to `serde`: types of this crate can be fields of the caller's own types. It uses the codec in
//! [`json`](super), so a model has the same meaning either way.
//!
//! Values can come from any self-describing format, and be written to any. In JSON only the spelling of
//! numbers may be lost: `7.00` is written as `7.0`. A number that a float cannot represent, because of its
//! digits or its size, is written as a string, which this crate reads as the same number. A record with a
//! string that was cut off inside a character, such as an emoji, cannot be written: no serializer accepts it.

mod from;
mod own;
mod to;

pub use own::Json;

pub(crate) use from::deserialize;
pub(crate) use to::serialize;

/// Implements the `serde` traits for a type of the codec.
macro_rules! bridge {
    ($name:ident) => {
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::json::serde::serialize(self, serializer)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::json::serde::deserialize(deserializer)
            }
        }
    };
}

pub(crate) use bridge;

use super::{Link, RawJson};
use crate::value::{Date, DateTime, Id, Number};

bridge!(Date);
bridge!(DateTime);
bridge!(Id);
bridge!(Link);
bridge!(Number);
bridge!(RawJson);
