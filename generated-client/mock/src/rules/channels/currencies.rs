//! The currencies of channels. Every channel has the store's until it is given its own.

use std::sync::Arc;

use http::StatusCode;
use serde_json::{Value, json};

use super::of_path;
use crate::refusal::Refusal;
use crate::rules::fields::{get, items, says, text};
use crate::rules::sold::{currency, default_code};
use crate::rules::{Context, Rules, Settings, Special, Verb, Write};
use crate::state::Record;

pub(in crate::rules) struct Currencies;

pub(super) const NAME: &str = "channel_currencies";
const FILE: &str = "channels/currencies.rs";

/// The currencies of a new channel.
pub(super) fn of(context: &Context<'_>, channel: &Record) -> Value {
    let (id, code) = (get(channel, "id"), default_code(context));
    json!({ "channel_id": id, "enabled_currencies": [code], "default_currency": code })
}

/// Whether shoppers can choose between several currencies in a channel.
pub(in crate::rules) fn has_several(context: &Context<'_>, channel: &Value) -> bool {
    let own = context.first(NAME, &[("channel_id", channel.clone())]);
    own.is_some_and(|own| items(get(&own, "enabled_currencies")).len() > 1)
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
        let is_off = |own: &&Value| {
            let own = currency(context, own);
            own.is_none_or(|own| *get(&own, "enabled") != true)
        };
        let enabled = items(&write.body["enabled_currencies"]);
        disabled("enabled_currencies", enabled.iter().filter(is_off))?;
        let default = Some(&write.body["default_currency"]).into_iter();
        disabled("default_currency", default.filter(is_off))
    }
}

/// Rejects a field with currencies that the store does not have or has disabled.
fn disabled<'a>(field: &str, codes: impl Iterator<Item = &'a Value>) -> Result<(), Refusal> {
    let codes: Vec<&str> = codes.map(text).collect();
    if codes.is_empty() {
        return Ok(());
    }
    let codes = codes.join(", ");
    let title = format!("The following fields are invalid: `{field}`");
    let says = format!(
        "The field `{field}` contains the following currencies that have not been enabled [{codes}]"
    );
    Err(Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, title).about(field, says))
}

/// The currencies of the channel in an item of a body or in the path.
fn own(context: &Context<'_>, item: &Value) -> Option<Arc<Record>> {
    let named = &item["channel_id"];
    let channel = if says(named) {
        named.clone()
    } else {
        of_path(context)
    };
    context.first(NAME, &[("channel_id", channel)])
}

/// Resets a channel to the store's currencies.
fn inherit(context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
    let code = default_code(context);
    write.set("enabled_currencies", json!([code]));
    write.set("default_currency", code);
    Ok(())
}
