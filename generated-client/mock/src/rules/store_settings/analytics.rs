//! Web analytics providers: a fixed list, whose settings a channel may override.

use serde_json::json;

use crate::refusal::Refusal;
use crate::rules::{Rules, Seeding, Settings};

pub(in crate::rules) struct Analytics;

const PROVIDERS: [(i64, &str); 6] = [
    (1, "Google Analytics"),
    (2, "Visual Website Optimizer"),
    (3, "Facebook Pixel"),
    (4, "Segment"),
    (6, "Site Verification Tags"),
    (7, "Affiliate Conversion Tracking"),
];

impl Rules for Analytics {
    fn settings(&self) -> Settings {
        Settings {
            path: "settings/analytics",
            name: "analytics_providers",
            file: Some("store_settings/analytics.rs"),
            given: true,
            per_channel: true,
            absent: &["channel_id"],
            ..Settings::USUAL
        }
    }

    fn seed(&self, seeding: &mut Seeding<'_>) -> Result<(), Refusal> {
        let all = PROVIDERS
            .iter()
            .map(|(id, name)| json!({ "id": id, "name": name, "version": 1 }));
        seeding.put("settings_analytics.list", all)
    }
}
