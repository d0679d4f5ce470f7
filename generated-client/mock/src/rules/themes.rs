//! Themes: the available ones, the jobs that upload and download them, and the active theme of a
//! storefront.

use std::sync::Arc;

use http::StatusCode;
use serde_json::{Value, json};

use super::fields::{get, items, says, text};
use super::{
    Context, Looking, Rules, Seeding, Settings, Special, Verb, Work, Write, Written, object,
    refuse, refuse_with,
};
use crate::refusal::Refusal;
use crate::state::Record;
use crate::values::plain;
use crate::wanted::Wanted;

pub(super) struct Themes;
pub(super) struct Configurations;
pub(super) struct Jobs;
pub(super) struct Associations;

const NAME: &str = "themes";
/// Which theme each storefront shows.
pub(super) const ACTIVE: &str = "active_themes";
const CONFIGURATIONS: &str = "theme_configurations";
const JOBS: &str = "theme_jobs";
const FILE: &str = "themes.rs";

/// The theme of a new storefront, its version and its configuration.
pub(super) const FIRST: &str = "00000001-0000-4000-8000-000000000001";
pub(super) const FIRST_VERSION: &str = "00000002-0000-4000-8000-000000000001";
pub(super) const FIRST_CONFIGURATION: &str = "00000003-0000-4000-8000-000000000001";

/// An uploaded theme, and its version.
const COPY: &str = "00000001-0000-4000-8000-000000000002";
const COPY_VERSION: &str = "00000002-0000-4000-8000-000000000002";

/// The maximum number of uploaded themes.
const MOST: usize = 20;

/// How many times a job is read until it is finished.
const POLLS: i64 = 2;

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

fn start(write: &mut Write<'_>, kind: &str) -> Result<(), Refusal> {
    write.set("kind", kind);
    write.set("polls", 0);
    write.set("status", "QUEUED");
    Ok(())
}

/// A job advances one step each time it is read.
fn go_on(context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
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

impl Rules for Associations {
    fn settings(&self) -> Settings {
        Settings {
            path: "storefront/custom-template-associations",
            name: "custom_template_associations",
            file: Some(FILE),
            ..Settings::USUAL
        }
    }

    fn operations(&self) -> &'static [Special] {
        const LIST: Special = Special {
            id: "custom_template_associations.list",
            file: FILE,
            // Resources of different types may share an id.
            asks: Some(|context| {
                match context.query("entity_id:in").is_some() && context.query("type").is_none() {
                    true => refuse("type", "The ids require their type"),
                    false => Ok(()),
                }
            }),
            ..Special::USUAL
        };
        const DELETE: Special = Special {
            id: "custom_template_associations.delete",
            ..LIST
        };
        const UPSERT: Special = Special {
            id: "custom_template_associations.upsert",
            file: FILE,
            answer_all: Some(|_, _, _| json!({})),
            ..Special::USUAL
        };
        &[LIST, DELETE, UPSERT]
    }

    fn derive(&self, context: &Context<'_>, record: &mut Record) {
        let now = || Value::from(context.now.as_str());
        if !says(get(record, "date_created")) {
            record.insert("date_created".to_owned(), now());
        }
        record.insert("date_modified".to_owned(), now());
    }

    fn show(&self, context: &Context<'_>, _: &Wanted, own: &Record, field: &str) -> Option<Value> {
        (field == "is_valid").then(|| is_there(context, own).into())
    }

    fn find(&self, context: &Context<'_>, own: &Record, looking: Looking<'_>) -> Option<Value> {
        match looking.field {
            "type" => Some(get(own, "entity_type").clone()),
            "is_valid" => Some(is_there(context, own).into()),
            _ => None,
        }
    }
}

/// Whether the channel's active theme contains the file.
fn is_there(context: &Context<'_>, own: &Record) -> bool {
    let active = context.one(ACTIVE, get(own, "channel_id"));
    let theme = active.and_then(|active| context.one(NAME, get(&active, "active_theme_uuid")));
    let kind = text(get(own, "entity_type")).to_owned();
    theme.is_some_and(|theme| {
        items(&get(&theme, "custom_templates")[kind.as_str()]).contains(get(own, "file_name"))
    })
}
