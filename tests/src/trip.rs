//! The round trip of a JSON text through a type of the client.

use std::fmt::Debug;

use bigcommerce_client::{Decode, DecodeError, Encode, Reader, json};

/// What came of decoding a text, encoding the value and decoding that.
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
    let read = || {
        let mut reader = Reader::new(text)?;
        let value = T::decode(&mut reader)?;
        reader.finish()?;
        let oddities = reader.oddities().iter().map(ToString::to_string).collect();
        Ok((value, oddities))
    };
    let (value, oddities) = match read() {
        Ok(read) => read,
        Err(error) => {
            let error: DecodeError = error;
            return Trip::Refused(error.to_string());
        }
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
