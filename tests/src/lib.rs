//! What the tests share: the repository's location, and the real spec as the pipeline sees it.

pub mod accept;
pub mod cases;
pub mod changes;
pub mod choices;
pub mod exact;
pub mod expand;
pub mod fullest;
#[rustfmt::skip]
pub mod generated;
pub mod judge;
pub mod multiply;
pub mod packaged;
pub mod redis;
pub mod rows;
pub mod samples;
mod sent;
pub mod server;
pub mod shop;
pub mod specs;
pub mod time;
mod trip;
pub mod windows;

use std::{path::PathBuf, sync::LazyLock};

// The first example of the repository is compiled.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
mod readme {}

pub use self::{
    sent::{Sent, sent},
    trip::{Trip, trip},
};

use codegen::{model::Api, pipeline};

/// The root of the repository.
pub fn root() -> PathBuf {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.parent().map(PathBuf::from).unwrap_or(here)
}

/// The text of a file of the repository.
///
/// # Panics
///
/// If it cannot be read: no test can continue without it.
pub fn text(path: &str) -> String {
    match std::fs::read_to_string(root().join(path)) {
        Ok(text) => text,
        Err(error) => fail(&format!("{path}: {error}")),
    }
}

/// The JSON of a file of the repository.
///
/// # Panics
///
/// If it cannot be read.
pub fn json<T: serde::de::DeserializeOwned>(path: &str) -> T {
    match serde_json::from_str(&text(path)) {
        Ok(value) => value,
        Err(error) => fail(&format!("{path}: {error}")),
    }
}

/// The model of the real spec. Reading it takes a second, so a test program reads it once.
///
/// # Panics
///
/// If the spec has errors.
pub fn api() -> Api {
    static READ: LazyLock<Api> = LazyLock::new(read);
    READ.clone()
}

/// The model of the real spec, read again.
///
/// # Panics
///
/// If the spec has errors.
pub fn read() -> Api {
    let checked = pipeline::read(&root().join("spec"));
    match checked.api {
        Some(api) => api,
        None => fail(&codegen::diagnostic::render_plain(
            &checked.diagnostics,
            &checked.sources,
        )),
    }
}

#[allow(clippy::panic)] // A helper of tests: a panic is how a test fails.
fn fail(why: &str) -> ! {
    panic!("{why}")
}
