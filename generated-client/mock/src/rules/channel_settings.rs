//! The settings of channels that override those of the store: a new store has those of channel 1, which
//! say nothing.

use serde_json::json;

use super::{Rules, Seeding, Settings};
use crate::refusal::Refusal;

/// The settings of channels in one area.
pub(super) struct ChannelSettings {
    path: &'static str,
    name: &'static str,
    /// The endpoint that reads one.
    read: &'static str,
}

pub(super) static OF_CARTS: ChannelSettings = ChannelSettings {
    path: "carts/settings/channels",
    name: "channel_cart_settings",
    read: "cart_settings.get_channel",
};

pub(super) static OF_CHECKOUTS: ChannelSettings = ChannelSettings {
    path: "checkouts/settings/channels",
    name: "channel_checkout_settings",
    read: "checkout_settings.get_channel",
};

pub(super) static OF_ABANDONED_CARTS: ChannelSettings = ChannelSettings {
    path: "abandoned-carts/settings/channels",
    name: "channel_abandoned_cart_settings",
    read: "abandoned_cart_settings.get_channel",
};

pub(super) static OF_SHIPPING: ChannelSettings = ChannelSettings {
    path: "shipping/settings/channels",
    name: "channel_shipping_settings",
    read: "shipping_settings.get_channel",
};

pub(super) static OF_CUSTOMERS: ChannelSettings = ChannelSettings {
    path: "customers/settings/channels",
    name: "channel_customer_settings",
    read: "customer_settings.get_channel",
};

impl Rules for ChannelSettings {
    fn settings(&self) -> Settings {
        Settings {
            path: self.path,
            name: self.name,
            file: Some("channel_settings.rs"),
            ..Settings::USUAL
        }
    }

    fn seed(&self, seeding: &mut Seeding<'_>) -> Result<(), Refusal> {
        seeding.put(self.read, [json!({ "id": 1 })])
    }
}
