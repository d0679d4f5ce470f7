//! Writes the API in the formats of other tools. Like a renderer, it only prints the model.

mod openapi;

pub use openapi::openapi;
