//! Abandoned carts: the cart of a link's token. Each cart has one token, the same as in the links that
//! take a shopper to it.

use super::{Rules, Settings};

pub(super) struct AbandonedCarts;

impl Rules for AbandonedCarts {
    fn settings(&self) -> Settings {
        Settings {
            path: "abandoned-carts",
            name: "abandoned_carts",
            file: Some("abandoned_carts.rs"),
            refers: &[("cart_id", "carts")],
            ..Settings::USUAL
        }
    }
}
