//! Stock at locations, and how sales and pickups use it.

mod locations;
mod pickups;
mod sales;
mod stock;
mod writes;

pub(super) use self::locations::Locations;
pub(super) use self::pickups::{Methods, Options, Pickups};
pub(super) use self::sales::Item;
pub(super) use self::stock::{Items, Stock};
pub(super) use self::writes::{
    CUTS, MOST_STOCK, STOCK_CHANGED, Writes, restock, restock_sum, restocked, restocked_there,
};
