//! The jobs that upload and download themes.

use serde_json::{Value, json};

use super::{CONFIGURATIONS, NAME, theme};
use crate::refusal::Refusal;
use crate::rules::fields::{get, items, text};
use crate::rules::{Context, Rules, Settings, Work, Write, Written, object};
use crate::state::Record;
use crate::values::plain;
use crate::wanted::Wanted;

pub(in crate::rules) struct Jobs;

pub(super) const JOBS: &str = "theme_jobs";
const FILE: &str = "themes/jobs.rs";

/// How many times a job is read until it is finished.
const POLLS: i64 = 2;

impl Rules for Jobs {
    fn settings(&self) -> Settings {
        Settings {
            path: "themes/jobs",
            name: JOBS,
            file: Some(FILE),
            holds: Some("themes.ThemeJob"),
            ..Settings::USUAL
        }
    }

    fn show(&self, _: &Context<'_>, _: &Wanted, own: &Record, field: &str) -> Option<Value> {
        // A number in a string.
        (field == "id").then(|| plain(get(own, "id")).into())
    }

    fn after(&self, work: &mut Work<'_, '_>, written: &Written) -> Result<(), Refusal> {
        let job = &written.record;
        let is_new =
            !get(&written.before.clone().unwrap_or_default(), "result")["theme_id"].is_string();
        let (made, uuid) = (&get(job, "result")["theme_id"], || work.context().uuid());
        let Some(made) = made.as_str().filter(|_| is_new) else {
            return Ok(());
        };
        let version = text(&uuid()).to_owned();
        let theme = theme((made, &version), "Uploaded", true, |_| uuid());
        let variations = items(&theme["variations"]).to_vec();
        work.make(NAME, object(theme))?;
        for variation in variations {
            let own = json!({
                "theme_uuid": made, "variation_id": variation["uuid"], "settings": {}, "site_id": 0,
                "date_created": work.context().now,
            });
            work.make(CONFIGURATIONS, object(own))?;
        }
        Ok(())
    }
}

pub(super) fn start(write: &mut Write<'_>, kind: &str) -> Result<(), Refusal> {
    write.set("kind", kind);
    write.set("polls", 0);
    write.set("status", "QUEUED");
    Ok(())
}

/// A job advances one step each time it is read.
pub(super) fn go_on(context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
    let polls = get(write.record, "polls").as_i64().unwrap_or_default() + 1;
    let is_first = polls == POLLS;
    write.set("polls", polls);
    write.set("time", context.now.as_str());
    if polls < POLLS {
        write.set("status", "WORKING");
        write.set("percent_complete", 50);
    } else if is_first && *get(write.record, "is_zip") == false {
        let error = json!({ "error": "invalid", "message": "The file is not a zip file" });
        write.set("status", "FAILED");
        write.set("errors", [error].to_vec());
    } else if is_first {
        let id = plain(get(write.record, "id"));
        let result = match *get(write.record, "kind") == "upload" {
            true => json!({ "theme_id": context.uuid() }),
            false => json!({ "download_url": format!("{}/files/{id}.zip", context.setting.url) }),
        };
        write.set("status", "COMPLETED");
        write.set("percent_complete", 100);
        write.set("result", result);
    }
    Ok(())
}
