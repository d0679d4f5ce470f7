//! Guarantees for webhook receivers: only signed deliveries are accepted, and nothing of an accepted
//! one is lost. The cases are in `tests/data/webhook`.

mod deliveries;
mod seen;
mod server;
mod shown;
mod signatures;
mod topics;
