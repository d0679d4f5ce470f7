//! The subscribers of the store's newsletter.

use crate::rules::{Rules, Settings};

pub(in crate::rules) struct Subscribers;

impl Rules for Subscribers {
    fn settings(&self) -> Settings {
        Settings {
            path: "customers/subscribers",
            file: Some("customers/subscribers.rs"),
            sweeps: true,
            ..Settings::USUAL
        }
    }
}
