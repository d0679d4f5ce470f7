//! Scripts. Each API account only has access to its own.

use serde_json::{Value, json};

use crate::refusal::Refusal;
use crate::rules::fields::{get, text};
use crate::rules::{Context, Rules, Settings, Write, refuse};
use crate::state::Record;

pub(in crate::rules) struct Scripts;

impl Rules for Scripts {
    fn settings(&self) -> Settings {
        Settings {
            path: "content/scripts",
            name: "scripts",
            file: Some("content/scripts.rs"),
            ..Settings::USUAL
        }
    }

    fn starts(&self, _: &Context<'_>, _: &Record) -> Value {
        json!({ "enabled": true, "channel_id": 1, "consent_category": "unknown" })
    }

    fn write(&self, context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        let own = |field: &str| text(get(write.record, field));
        let (needed, other) = match own("kind") {
            "src" => ("src", "html"),
            "script_tag" => ("html", "src"),
            _ => ("", ""),
        };
        if !needed.is_empty() && own(needed).is_empty() {
            return refuse(needed, "A script of this kind requires it");
        }
        if !own(other).is_empty() {
            return refuse(other, "A script of this kind must not have it");
        }
        if own("kind") == "script_tag" && !matches!(own("load_method"), "" | "default") {
            return refuse("load_method", "A script tag itself determines how it loads");
        }
        write.set("api_client_id", context.caller.client_id.as_str());
        Ok(())
    }

    fn is_foreign(&self, context: &Context<'_>, record: &Record) -> bool {
        text(get(record, "api_client_id")) != context.caller.client_id
    }
}
