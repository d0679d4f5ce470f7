//! A stand-in until the generator writes this folder.

pub mod catalogue;
