//! The configurations of themes, one for each variation.

use serde_json::{Value, json};

use super::{ACTIVE, CONFIGURATIONS, COPY, FIRST, NAME, variation};
use crate::refusal::Refusal;
use crate::rules::fields::{get, text};
use crate::rules::{Context, Looking, Rules, Seeding, Settings};
use crate::state::Record;

pub(in crate::rules) struct Configurations;

const FILE: &str = "themes/configurations.rs";

impl Rules for Configurations {
    fn settings(&self) -> Settings {
        Settings {
            path: "themes/configurations",
            name: CONFIGURATIONS,
            file: Some(FILE),
            holds: Some("themes.ThemeConfiguration"),
            refers: &[("theme_uuid", NAME)],
            ..Settings::USUAL
        }
    }

    fn find(&self, context: &Context<'_>, own: &Record, looking: Looking<'_>) -> Option<Value> {
        match looking.field {
            "variation_uuid" => Some(get(own, "variation_id").clone()),
            "channel_id" => {
                let like = [("active_theme_configuration_uuid", get(own, "uuid").clone())];
                let shown = context.all(ACTIVE, &like);
                Some(shown.iter().map(|own| get(own, "id").clone()).collect())
            }
            _ => None,
        }
    }

    fn seed(&self, seeding: &mut Seeding<'_>) -> Result<(), Refusal> {
        let own = |(theme, number): (&str, u8), name: &str| {
            let variation = variation(number)(name);
            json!({
                "uuid": text(&variation).replacen('4', "3", 1), "theme_uuid": theme,
                "variation_id": variation, "settings": { "hide_blog_page_heading": false },
                "site_id": 0, "date_created": "2026-01-02T10:00:00+00:00",
            })
        };
        let all =
            [(FIRST, 1), (COPY, 3)].map(|theme| ["Light", "Bold"].map(|name| own(theme, name)));
        seeding.put("themes.list_configurations", all.into_iter().flatten())
    }
}
