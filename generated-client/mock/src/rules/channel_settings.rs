//! The settings of channels that override those of the store. Every channel has a record, which is initially
//! empty.

use serde_json::Value;

use super::fields::get;
use super::{Context, Rules, Settings, Written};

/// The settings of channels in one area.
pub(super) struct ChannelSettings {
    path: &'static str,
    pub(super) name: &'static str,
}

/// The settings of every area, which a new channel gets.
pub(super) static ALL: [&ChannelSettings; 5] = [
    &OF_CARTS,
    &OF_CHECKOUTS,
    &OF_ABANDONED_CARTS,
    &OF_SHIPPING,
    &OF_CUSTOMERS,
];

pub(super) static OF_CARTS: ChannelSettings = ChannelSettings {
    path: "carts/settings/channels",
    name: "channel_cart_settings",
};

pub(super) static OF_CHECKOUTS: ChannelSettings = ChannelSettings {
    path: "checkouts/settings/channels",
    name: "channel_checkout_settings",
};

pub(super) static OF_ABANDONED_CARTS: ChannelSettings = ChannelSettings {
    path: "abandoned-carts/settings/channels",
    name: "channel_abandoned_cart_settings",
};

pub(super) static OF_SHIPPING: ChannelSettings = ChannelSettings {
    path: "shipping/settings/channels",
    name: "channel_shipping_settings",
};

pub(super) static OF_CUSTOMERS: ChannelSettings = ChannelSettings {
    path: "customers/settings/channels",
    name: "channel_customer_settings",
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

    fn channel_event(&self, _: &Context<'_>, scope: &str, written: &Written) -> Option<Vec<Value>> {
        // Each is about one part of the settings of customers.
        let part = match scope {
            "store/channel/*/settings/customerPrivacy/updated" => "privacy_settings",
            "store/channel/*/settings/defaultCustomerGroup/updated" => "customer_group_settings",
            _ => return None,
        };
        let before = written.before.as_deref().map(|before| get(before, part));
        (before == Some(get(&written.record, part))).then(Vec::new)
    }
}
