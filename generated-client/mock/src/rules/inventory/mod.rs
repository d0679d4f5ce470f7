//! Stock at locations.

mod locations;
mod stock;
mod writes;

pub(super) use self::locations::Locations;
pub(super) use self::stock::{Items, Stock};
pub(super) use self::writes::Writes;
