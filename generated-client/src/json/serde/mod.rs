//! The bridge to `serde`: what this crate reads and writes can stand in types of the caller's own. It
//! goes through the one codec in [`json`](super), so a model means the same on either way.
//!
//! Values come from any format that describes itself, and go to any. In JSON nothing is lost but the
//! spelling of numbers: `7.00` goes out as `7.0`. A number that a float does not hold, for its digits or
//! its size, goes out as a string, which this crate reads as the same number. A record that keeps a string
//! with half a character in it, as one that was cut off in an emoji has, does not go out: no serializer takes it.

mod from;
mod own;
mod to;

pub use own::Json;

pub(crate) use from::deserialize;
pub(crate) use to::serialize;

/// Implements `serde`'s traits for a type of the codec.
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
