//! The round trip of a JSON text through a type of the client.

use std::fmt::Debug;

use bigcommerce_client::{Decode, Encode, json};

/// The result of decoding a string, encoding the value and decoding that.
#[derive(Debug)]
pub enum Trip {
    /// The text is not a value of the type, for this reason.
    Refused(String),
    /// The text is a value of the type.
    Done {
        /// What the value encodes to.
        encoded: Vec<u8>,
        /// Whether decoding that gives an equal value.
        same: bool,
        /// What is reported about values that their fields cannot represent.
        oddities: Vec<String>,
        /// The value in `Debug` format.
        debug: String,
    },
}

/// Decodes `text`, encodes the result, and decodes that.
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
