//! Themes: the available ones, and the active theme of a storefront.

mod associations;
mod configurations;
mod jobs;

use std::sync::Arc;

use http::StatusCode;
use serde_json::{Value, json};

pub(super) use self::associations::Associations;
pub(super) use self::configurations::Configurations;
pub(super) use self::jobs::Jobs;
use self::jobs::{JOBS, go_on, start};
use super::fields::{get, items, says, text};
use super::{Context, Rules, Seeding, Settings, Special, Verb, Write, refuse, refuse_with};
use crate::refusal::Refusal;
use crate::state::Record;
use crate::values::plain;
use crate::wanted::Wanted;

pub(super) struct Themes;

const NAME: &str = "themes";
/// Which theme each storefront shows.
pub(super) const ACTIVE: &str = "active_themes";
const CONFIGURATIONS: &str = "theme_configurations";
const FILE: &str = "themes/mod.rs";

/// The theme of a new storefront, its version and its configuration.
pub(super) const FIRST: &str = "00000001-0000-4000-8000-000000000001";
pub(super) const FIRST_VERSION: &str = "00000002-0000-4000-8000-000000000001";
pub(super) const FIRST_CONFIGURATION: &str = "00000003-0000-4000-8000-000000000001";

/// An uploaded theme, and its version.
const COPY: &str = "00000001-0000-4000-8000-000000000002";
const COPY_VERSION: &str = "00000002-0000-4000-8000-000000000002";

/// The maximum number of uploaded themes.
const MOST: usize = 20;

const START: Special = Special {
    file: FILE,
    verb: Some(Verb::Create),
    collection: Some(JOBS),
    answer: Some(|_, _, job| json!({ "job_id": plain(get(job, "id")) })),
    ..Special::USUAL
};

impl Rules for Themes {
    fn settings(&self) -> Settings {
        Settings {
            path: "themes",
            name: NAME,
            file: Some(FILE),
            ..Settings::USUAL
        }
    }

    fn operations(&self) -> &'static [Special] {
        &[
            Special {
                id: "themes.upload",
                reads: true,
                too_large: Some(StatusCode::PAYLOAD_TOO_LARGE),
                write: Some(|context, write| {
                    if context.all(NAME, &[("is_private", true.into())]).len() >= MOST {
                        let says = "The store has no room for another theme";
                        return refuse_with(StatusCode::CONFLICT, "file", says);
                    }
                    let is_zip = text(&write.body["file"]["text"]).starts_with("PK");
                    write.set("is_zip", is_zip);
                    start(write, "upload")
                }),
                ..START
            },
            Special {
                id: "themes.download",
                write: Some(|_, write| start(write, "download")),
                ..START
            },
            Special {
                id: "themes.activate",
                file: FILE,
                verb: Some(Verb::Upsert),
                collection: Some(ACTIVE),
                find: Some(storefront),
                write: Some(activate),
                ..Special::USUAL
            },
            Special {
                id: "themes.get_job",
                file: FILE,
                verb: Some(Verb::Update),
                collection: Some(JOBS),
                write: Some(go_on),
                ..Special::USUAL
            },
            Special {
                id: "themes.validate_configuration",
                file: FILE,
                verb: Some(Verb::Get),
                collection: Some(NAME),
                answer: Some(|_, _, _| json!({})),
                ..Special::USUAL
            },
            Special {
                id: "themes.get_custom_templates",
                file: FILE,
                verb: Some(Verb::Get),
                collection: Some(NAME),
                find: Some(|context, _| {
                    let version = context.parameter("version_uuid").ok()?.value();
                    context.first(NAME, &[("version_uuid", version)])
                }),
                answer: Some(|_, _, theme| get(theme, "custom_templates").clone()),
                ..Special::USUAL
            },
        ]
    }

    fn show(&self, context: &Context<'_>, _: &Wanted, own: &Record, field: &str) -> Option<Value> {
        (field == "is_active").then(|| is_shown(context, own).into())
    }

    fn kept(&self, context: &Context<'_>, theme: &Record) -> Option<String> {
        if is_shown(context, theme) {
            return Some("The theme is active on a storefront".to_owned());
        }
        let is_public = *get(theme, "is_private") != true;
        is_public.then(|| "The theme is from the marketplace".to_owned())
    }

    fn seed(&self, seeding: &mut Seeding<'_>) -> Result<(), Refusal> {
        let all = [
            theme((FIRST, FIRST_VERSION), "Cornerstone", false, variation(1)),
            theme((COPY, COPY_VERSION), "Cornerstone copy", true, variation(3)),
        ];
        seeding.put("themes.list", all)
    }
}

/// The variation ids of an initial theme, numbered from `first`.
fn variation(first: u8) -> impl Fn(&str) -> Value {
    move |name| {
        let number = first + u8::from(name != "Light");
        format!("00000004-0000-4000-8000-{number:012}").into()
    }
}

/// A theme with two variations.
fn theme(
    (uuid, version): (&str, &str),
    name: &str,
    is_private: bool,
    variation: impl Fn(&str) -> Value,
) -> Value {
    let variations = ["Light", "Bold"].map(|name| {
        json!({ "uuid": variation(name), "name": name, "description": "", "external_id": name.to_lowercase() })
    });
    json!({
        "uuid": uuid, "version_uuid": version, "name": name, "variations": variations,
        "is_private": is_private,
        "custom_templates": { "product": ["gift-product.html"], "category": [], "brand": [], "page": [] },
    })
}

fn is_shown(context: &Context<'_>, theme: &Record) -> bool {
    let like = [("active_theme_uuid", get(theme, "uuid").clone())];
    context.first(ACTIVE, &like).is_some()
}

/// The active theme of the call's storefront, by its channel or its site; that of the first one by default.
fn storefront(context: &Context<'_>, body: &Value) -> Option<Arc<Record>> {
    let of_site = context.one("sites", &body["site_id"]);
    let asked = context
        .query("channel_id")
        .and_then(|id| id.parse::<i64>().ok());
    let channel = match (&body["channel_id"], asked, of_site) {
        (channel, _, _) if says(channel) => channel.clone(),
        (_, Some(channel), _) => channel.into(),
        (_, _, Some(site)) => get(&site, "channel_id").clone(),
        _ if says(&body["site_id"]) => Value::Null,
        _ => 1.into(),
    };
    context.one(ACTIVE, &channel)
}

fn activate(context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
    if write.before.is_none() {
        return refuse("channel_id", "The channel has no storefront");
    }
    let variation = &write.body["variation_id"];
    let themes = context.all(NAME, &[]);
    let mut themes = themes.iter();
    let has = |theme: &&Arc<Record>| {
        let mut own = items(get(theme, "variations")).iter();
        own.any(|own| own["uuid"] == *variation)
    };
    let Some(theme) = themes.find(has) else {
        return refuse("variation_id", "There is no such variation");
    };
    let like = [("variation_id", variation.clone())];
    let asked = &write.body["configuration_id"];
    let configuration = match says(asked) {
        true => context.one(CONFIGURATIONS, asked),
        false => context.first(CONFIGURATIONS, &like),
    };
    let Some(configuration) = configuration else {
        return refuse("configuration_id", "There is no such configuration");
    };
    write.set("active_theme_uuid", get(theme, "uuid").clone());
    write.set(
        "active_theme_version_uuid",
        get(theme, "version_uuid").clone(),
    );
    for field in [
        "active_theme_configuration_uuid",
        "saved_theme_configuration_uuid",
    ] {
        write.set(field, get(&configuration, "uuid").clone());
    }
    Ok(())
}
