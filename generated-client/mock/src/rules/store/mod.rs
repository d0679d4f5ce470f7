//! The store as a whole: its profile and its clock, and what it has logged.

mod information;
mod logs;

pub(super) use self::information::{ID, Information, Time};
pub(super) use self::logs::Logs;
