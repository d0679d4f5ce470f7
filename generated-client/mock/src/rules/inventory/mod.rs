//! Stock at locations, and what is picked up there.

mod locations;
mod pickups;
mod stock;
mod writes;

pub(super) use self::locations::Locations;
pub(super) use self::pickups::{Methods, Options, Pickups};
pub(super) use self::stock::{Items, Stock};
pub(super) use self::writes::{Writes, restock};
