//! Webhooks: an account only sees its own, and has at most one for the same event and destination.

use std::sync::Arc;

use serde_json::{Value, json};

use super::fields::{get, text};
use super::{Context, Quirk, Rules, Sends, Settings, Special, Verb, Write, refuse};
use crate::events::SWITCHED_OFF;
use crate::refusal::Refusal;
use crate::state::{Key, Record};
use crate::values::unix;

pub(super) struct Webhooks;

/// The event about failing hooks. Each account has at most one hook for it.
const EXCEPTION: &str = "store/hook/deliveryException";
/// The maximum number of an account's hooks for one event.
const MOST: usize = 10;

impl Rules for Webhooks {
    fn settings(&self) -> Settings {
        Settings {
            path: "hooks",
            name: "hooks",
            file: Some("webhooks.rs"),
            first: 18_048_287,
            unique: &[&["client_id", "scope", "destination"]],
            exact: true,
            taken: 422,
            ..Settings::USUAL
        }
    }

    fn operations(&self) -> &'static [Special] {
        &[Special {
            id: "webhooks.get_admin",
            file: "webhooks.rs",
            verb: Some(Verb::List),
            answer_all: Some(administration),
            ..Special::USUAL
        }]
    }

    fn starts(&self, _: &Context<'_>, _: &Record) -> Value {
        json!({ "is_active": true })
    }

    fn write(&self, context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        if write.sent("destination") {
            reachable(text(&write.body["destination"]))?;
        }
        if write.sent("scope") && !text(&write.body["scope"]).starts_with("store/") {
            return refuse("scope", "There is no such event");
        }
        let mine = match write.before {
            Some(before) => get(before, "client_id").clone(),
            None => context.caller.client_id.as_str().into(),
        };
        // The other hooks of the account.
        let id = get(write.record, "id").clone();
        let others = |like: &[(&str, &Value)]| {
            let mut like: Vec<(&str, Value)> = like
                .iter()
                .map(|(name, value)| (*name, (*value).clone()))
                .collect();
            like.push(("client_id", mine.clone()));
            let mut found = context.all("hooks", &like);
            found.retain(|hook| *get(hook, "id") != id);
            found
        };
        let (scope, destination) = (get(write.record, "scope"), get(write.record, "destination"));
        let was = |field: &str| write.before.map(|before| get(before, field));
        let moved = was("scope") != Some(scope);
        let redirected = was("destination") != Some(destination);
        if moved && scope == EXCEPTION && !others(&[("scope", scope)]).is_empty() {
            return refuse("scope", "An account has at most one hook for this event");
        }
        if scope == EXCEPTION && !others(&[("destination", destination)]).is_empty() {
            return refuse("destination", "Another hook has this destination");
        }
        let heard = [("scope", &json!(EXCEPTION)), ("destination", destination)];
        if redirected && !others(&heard).is_empty() {
            return refuse("destination", "The destination is reserved for exceptions");
        }
        let same = [("scope", scope), ("destination", destination)];
        if write.before.is_none() && !others(&same).is_empty() {
            return refuse(
                "destination",
                "The account already has a hook for this event and destination",
            );
        }
        if moved && others(&[("scope", scope)]).len() >= MOST {
            return refuse("scope", "An account has at most 10 hooks for an event");
        }
        if write.sent("is_active") {
            write.record.shift_remove(SWITCHED_OFF);
        }
        if write.before.is_none() {
            write.set("client_id", mine.clone());
            write.set("store_hash", context.setting.hash.as_str());
        }
        Ok(())
    }

    fn is_foreign(&self, context: &Context<'_>, record: &Record) -> bool {
        text(get(record, "client_id")) != context.caller.client_id
    }

    fn quirks(&self) -> Vec<Quirk> {
        // It was removed from the description in 2024, but is still returned.
        let sends = Sends::Value(json!(false));
        vec![Quirk::added("events_history_enabled", sends)]
    }
}

/// Rejects a destination that is neither HTTPS on port 443 nor on this machine.
fn reachable(destination: &str) -> Result<(), Refusal> {
    const HERE: [&str; 3] = ["http://127.0.0.1:", "http://localhost:", "http://[::1]:"];
    if HERE.iter().any(|here| destination.starts_with(here)) {
        return Ok(());
    }
    let Some(rest) = destination.strip_prefix("https://") else {
        return refuse("destination", "The destination is not an HTTPS address");
    };
    let host = rest.split('/').next().unwrap_or_default();
    if host.contains(':') && !host.ends_with(":443") {
        return refuse("destination", "The destination is not on port 443");
    }
    Ok(())
}

/// The notification settings of the caller's hooks, and their state. Nothing is blocked here.
fn administration(
    context: &Context<'_>,
    kept: &[(Key, Arc<Record>)],
    asked: &[(&'static str, String)],
) -> Value {
    let emails = kept.first().map(|(_, own)| get(own, "emails").clone());
    let active = asked.iter().find(|(name, _)| *name == "is_active");
    let mine = context.caller.client_id.as_str();
    let hooks = context.all("hooks", &[("client_id", mine.into())]);
    let hooks = hooks.iter().filter_map(|hook| {
        let is_active = *get(hook, "is_active") == true;
        let asked =
            active.is_none_or(|(_, asked)| matches!(asked.as_str(), "true" | "1") == is_active);
        let status = match (is_active, *get(hook, SWITCHED_OFF) == true) {
            (true, _) => "active",
            (false, true) => "deactivated",
            (false, false) => "inactive",
        };
        let names = [
            "id",
            "client_id",
            "scope",
            "destination",
            "headers",
            "is_active",
        ];
        let own = names
            .iter()
            .map(|name| ((*name).to_owned(), get(hook, name).clone()));
        let mut shown: Value = own.collect::<Record>().into();
        shown["store_hash"] = context.setting.hash.as_str().into();
        shown["status"] = status.into();
        for time in ["created_at", "updated_at"] {
            shown[time] = json!(unix(text(get(hook, time))));
        }
        asked.then_some(shown)
    });
    let blocked = context.setting.blocked(mine).into_iter();
    let blocked = blocked.map(|(block, left)| {
        let why = json!({
            "failure_description": block.why, "count": block.failed, "timestamp": block.began,
        });
        json!({ "destination": block.host, "time_left": left, "reasons": [why] })
    });
    json!({
        "emails": emails.unwrap_or_else(|| json!([])),
        "hooks_list": hooks.collect::<Vec<_>>(),
        "blocked_domains": blocked.collect::<Vec<_>>(),
    })
}
