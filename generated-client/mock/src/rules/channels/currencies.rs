//! The currencies of channels. Each channel has some: the store's, until it is given its own.

use std::sync::Arc;

use serde_json::{Value, json};

use super::of_path;
use crate::refusal::Refusal;
use crate::rules::fields::{get, items, says, text};
use crate::rules::sold::is_kept;
use crate::rules::{Context, Rules, Settings, Special, Verb, Write, refuse};
use crate::state::Record;

pub(in crate::rules) struct Currencies;

pub(super) const NAME: &str = "channel_currencies";
const FILE: &str = "channels/currencies.rs";

/// What a new channel has.
pub(super) fn of(channel: &Record) -> Value {
    let id = get(channel, "id");
    json!({ "channel_id": id, "enabled_currencies": ["USD"], "default_currency": "USD" })
}

const ASSIGN: Special = Special {
    file: FILE,
    verb: Some(Verb::Upsert),
    find: Some(own),
    ..Special::USUAL
};

impl Rules for Currencies {
    fn settings(&self) -> Settings {
        Settings {
            path: "channels/currency-assignments",
            name: NAME,
            file: Some(FILE),
            holds: Some("channels.ChannelCurrencies"),
            refers: &[("channel_id", "channels")],
            ..Settings::USUAL
        }
    }

    fn operations(&self) -> &'static [Special] {
        &[
            Special {
                id: "channel_currency_assignments.get",
                verb: Some(Verb::Get),
                ..ASSIGN
            },
            Special {
                id: "channel_currency_assignments.create",
                ..ASSIGN
            },
            Special {
                id: "channel_currency_assignments.update",
                ..ASSIGN
            },
            Special {
                id: "channel_currency_assignments.create_batch",
                ..ASSIGN
            },
            Special {
                id: "channel_currency_assignments.update_batch",
                ..ASSIGN
            },
            Special {
                id: "channel_currency_assignments.delete",
                verb: Some(Verb::Update),
                write: Some(inherit),
                answer: Some(|context, _, _| of_path(context)),
                ..ASSIGN
            },
        ]
    }

    fn write(&self, context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        if write.before.is_none() {
            let channel = write.body["channel_id"].clone();
            write.set("channel_id", channel);
        }
        let enabled = items(&write.body["enabled_currencies"]);
        let unknown = |own: &&Value| !is_kept(context, own);
        match enabled.iter().find(unknown) {
            Some(own) => refuse(
                "enabled_currencies",
                &format!("The store has no {}", text(own)),
            ),
            None => Ok(()),
        }
    }
}

/// The currencies of the channel that an item of a body or the path names.
fn own(context: &Context<'_>, item: &Value) -> Option<Arc<Record>> {
    let named = &item["channel_id"];
    let channel = if says(named) {
        named.clone()
    } else {
        of_path(context)
    };
    context.first(NAME, &[("channel_id", channel)])
}

/// Gives a channel the store's again.
fn inherit(_: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
    write.set("enabled_currencies", json!(["USD"]));
    write.set("default_currency", "USD");
    Ok(())
}
