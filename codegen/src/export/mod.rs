//! Writes the API in the formats of other tools. Like a renderer, it only spells what the model says.

mod openapi;

pub use openapi::openapi;
