//! Scripts. Each API account only has access to its own, and to those on checkout pages only with a further scope.

use http::StatusCode;
use serde_json::{Value, json};

use crate::refusal::Refusal;
use crate::rules::fields::{get, text};
use crate::rules::{Context, Rules, Settings, Write, refuse, refuse_with};
use crate::state::Record;

pub(in crate::rules) struct Scripts;

/// The scope that changes scripts on checkout pages.
const CHANGES: &str = "store_content_checkout";
/// The scope that only reads them.
const READS: &str = "store_content_checkout_read_only";
const FORBIDDEN: &str = "A script on checkout pages also requires store_content_checkout";

impl Rules for Scripts {
    fn settings(&self) -> Settings {
        Settings {
            path: "content/scripts",
            name: "scripts",
            file: Some("content/scripts.rs"),
            kept: 403,
            ..Settings::USUAL
        }
    }

    fn starts(&self, _: &Context<'_>, _: &Record) -> Value {
        json!({ "enabled": true, "channel_id": 1, "consent_category": "unknown" })
    }

    fn write(&self, context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        // The values of the body have been checked; a body without them may change such a script, too.
        let before = write.before;
        if before.is_some_and(|before| is_closed(context, before)) {
            return refuse_with(StatusCode::FORBIDDEN, "visibility", FORBIDDEN);
        }
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

    fn kept(&self, context: &Context<'_>, record: &Record) -> Option<String> {
        is_closed(context, record).then(|| FORBIDDEN.to_owned())
    }

    /// That a script on checkout pages does not exist for a token without the scope is a choice made here.
    fn is_foreign(&self, context: &Context<'_>, record: &Record) -> bool {
        text(get(record, "api_client_id")) != context.caller.client_id
            || (is_on_checkout(record) && !context.caller.has_one_of(&[CHANGES, READS]))
    }
}

/// Whether checkout pages load the script.
fn is_on_checkout(record: &Record) -> bool {
    matches!(text(get(record, "visibility")), "all_pages" | "checkout")
}

/// Whether the caller may not change the script.
fn is_closed(context: &Context<'_>, record: &Record) -> bool {
    is_on_checkout(record) && !context.caller.has_one_of(&[CHANGES])
}
