//! The order settings of channels: unset ones follow the store's.

use serde_json::{Value, json};

use crate::rules::{Context, Rules, Settings};
use crate::state::Record;

pub(in crate::rules) struct ChannelSettings;

pub(in crate::rules) const NAME: &str = "channel_order_settings";

impl Rules for ChannelSettings {
    fn settings(&self) -> Settings {
        Settings {
            path: "orders/settings/channels",
            name: NAME,
            file: Some("orders/settings.rs"),
            ..Settings::USUAL
        }
    }

    fn starts(&self, _: &Context<'_>, _: &Record) -> Value {
        let none = json!({ "email_addresses": null });
        json!({ "notifications": { "order_placed": none, "forward_invoice": none } })
    }
}
