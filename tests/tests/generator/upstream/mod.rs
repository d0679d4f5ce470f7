//! What `cargo xtask upstream` says, as data in `tests/data/upstream`.

mod changes;
mod differences;
mod templates;
