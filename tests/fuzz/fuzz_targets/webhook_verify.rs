//! The fuzz target of `checks/webhook_verify.rs`.

#![no_main]

#[path = "../checks/webhook_verify.rs"]
mod check;

libfuzzer_sys::fuzz_target!(|data: &[u8]| check::check(data));
