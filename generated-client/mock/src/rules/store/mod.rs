//! The store as a whole: its profile and its clock, its currencies, the countries of the world, and what it
//! has logged.

mod countries;
mod currencies;
mod information;
mod logs;

pub(super) use self::countries::{Countries, States, country, state};
pub(super) use self::currencies::{Currencies, NAME as CURRENCIES, rate, spelled};
pub(super) use self::information::{ID, Information, Time};
pub(super) use self::logs::Logs;
