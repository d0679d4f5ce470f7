//! The order settings of channels: those that say nothing go by the store's.

use serde_json::json;

use crate::refusal::Refusal;
use crate::rules::{Rules, Seeding, Settings};

pub(in crate::rules) struct ChannelSettings;

impl Rules for ChannelSettings {
    fn settings(&self) -> Settings {
        Settings {
            path: "orders/settings/channels",
            name: "channel_order_settings",
            file: Some("orders/settings.rs"),
            ..Settings::USUAL
        }
    }

    fn seed(&self, seeding: &mut Seeding<'_>) -> Result<(), Refusal> {
        let none = json!({ "email_addresses": null });
        let notifications = json!({ "order_placed": none, "forward_invoice": none });
        let own = json!({ "id": 1, "notifications": notifications });
        seeding.put("order_settings.get_channel", [own])
    }
}
