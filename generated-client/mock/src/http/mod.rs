//! The server: connections on loopback, and the path of a request through the store.

mod body;
mod call;
mod files;
mod guard;
mod read;
mod server;
mod service;
#[cfg(test)]
mod tests;
mod wire;

pub(crate) use server::{Server, Serving};
