//! The round trip of a JSON text through a type of the client.

use std::fmt::Debug;

use bigcommerce_client::{Decode, Encode, json};

/// What came of decoding a string, encoding the value and decoding that.
#[derive(Debug)]
pub enum Trip {
    /// The text is no value of the type: why.
    Refused(String),
    /// The text is a value of the type.
    Done {
        /// What the value encodes to.
        encoded: Vec<u8>,
        /// Whether decoding that gives an equal value.
        same: bool,
        /// What is told of values that their fields cannot hold.
        oddities: Vec<String>,
        /// The value as `Debug` shows it.
        debug: String,
    },
}

/// Decodes `text`, encodes what came of it, and decodes that.
pub fn trip<T: Decode + Encode + PartialEq + Debug>(text: &[u8]) -> Trip {
    let (value, oddities) = match json::from_slice_with_oddities::<T>(text) {
        Ok((value, oddities)) => (value, oddities.iter().map(ToString::to_string).collect()),
        Err(error) => return Trip::Refused(error.to_string()),
    };
    let encoded = json::to_vec(&value);
    let same = json::from_slice::<T>(&encoded).is_ok_and(|again| again == value);
    Trip::Done {
        encoded,
        same,
        oddities,
        debug: format!("{value:?}"),
    }
}
