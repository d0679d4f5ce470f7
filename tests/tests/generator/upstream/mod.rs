//! What `cargo xtask upstream` reports, as data in `tests/data/upstream`.

mod alternatives;
mod changes;
mod differences;
mod records;
mod since;
mod templates;
