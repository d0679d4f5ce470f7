//! The store's logs.

use serde_json::{Value, json};

use crate::refusal::Refusal;
use crate::rules::fields::{get, text};
use crate::rules::{Context, Looking, Rules, Seeding, Settings};
use crate::state::Record;
use crate::values::days_ago;

pub(in crate::rules) struct Logs;

/// The severities of entries, and their numbers in filters.
const SEVERITIES: [(&str, i64); 4] = [
    ("success", 1),
    ("notices", 2),
    ("warnings", 3),
    ("errors", 4),
];

/// The log of a new store, the oldest entry first: days ago, type, module, severity and summary.
const ENTRIES: [(i64, &str, &str, &str, &str); 4] = [
    (
        9,
        "general",
        "Email Message",
        "success",
        "An e-mail was sent",
    ),
    (6, "shipping", "FedEx", "errors", "No rates were returned"),
    (
        3,
        "payment",
        "testgateway",
        "success",
        "A payment was captured",
    ),
    (
        1,
        "design",
        "Theme Download",
        "notices",
        "A theme was downloaded",
    ),
];

impl Rules for Logs {
    fn settings(&self) -> Settings {
        Settings {
            path: "store/systemlogs",
            name: "store_logs",
            file: Some("store/logs.rs"),
            // Carriers and apps of a store log here as well, each under its own name.
            open: &["module"],
            ..Settings::USUAL
        }
    }

    fn find(&self, _: &Context<'_>, record: &Record, looking: Looking<'_>) -> Option<Value> {
        let own = text(get(record, "severity"));
        let known = SEVERITIES.iter().find(|(name, _)| *name == own);
        known
            .filter(|_| looking.field == "severity")
            .map(|(_, number)| (*number).into())
    }

    fn seed(&self, seeding: &mut Seeding<'_>) -> Result<(), Refusal> {
        let all = ENTRIES
            .iter()
            .map(|(days, kind, module, severity, summary)| {
                json!({
                    "type": kind, "module": module, "severity": severity, "summary": summary,
                    "message": summary, "date_created": days_ago(*days),
                })
            });
        seeding.put("store_logs.list", all)
    }
}
