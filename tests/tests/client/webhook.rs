//! What a receiver of webhooks may rely on: only what was signed comes through, and nothing that
//! comes through is lost. The cases are in `tests/data/webhook`.

mod deliveries;
mod seen;
mod server;
mod shown;
mod signatures;
mod topics;
