//! The customer settings of channels: null goes by the store's.

use serde_json::json;

use crate::refusal::Refusal;
use crate::rules::{Rules, Seeding, Settings};

pub(in crate::rules) struct ChannelSettings;

impl Rules for ChannelSettings {
    fn settings(&self) -> Settings {
        Settings {
            path: "customers/settings/channels",
            name: "channel_customer_settings",
            file: Some("customers/settings.rs"),
            ..Settings::USUAL
        }
    }

    fn seed(&self, seeding: &mut Seeding<'_>) -> Result<(), Refusal> {
        let own = json!({
            "id": 1, "privacy_settings": null, "customer_group_settings": null, "allow_global_logins": true,
        });
        seeding.put("customer_settings.get_channel", [own])
    }
}
