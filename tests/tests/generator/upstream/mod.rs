//! What `cargo xtask upstream` reports, as data in `tests/data/upstream`.

mod changes;
mod differences;
mod records;
mod since;
mod templates;
