//! The store as a whole: its profile and its clock, its currencies, and what it has logged.

mod currencies;
mod information;
mod logs;

pub(super) use self::currencies::{Currencies, NAME as CURRENCIES, rate, spelled};
pub(super) use self::information::{ID, Information, Time};
pub(super) use self::logs::Logs;
