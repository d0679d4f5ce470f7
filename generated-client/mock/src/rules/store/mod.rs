//! The store as a whole: its profile, its clock and its logs.

mod information;
mod logs;

pub(super) use self::information::{ID, Information, Time};
pub(super) use self::logs::Logs;
