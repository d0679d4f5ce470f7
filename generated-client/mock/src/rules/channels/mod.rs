//! Channels: the platforms and statuses of each type, and what each channel starts with.

use http::StatusCode;
use serde_json::{Value, json};

mod currencies;
mod listings;
mod sites;

pub(super) use self::currencies::{Currencies, has_several};
pub(super) use self::listings::Listings;
pub(super) use self::sites::{Routes, Sites, site_of};
use super::channel_settings;
use super::fields::{get, text};
use super::themes;
use super::{
    Context, Looking, Rules, Seeding, Settings, Special, Told, Verb, Work, Write, Written, object,
    refuse,
};
use crate::refusal::Refusal;
use crate::state::Record;
use crate::wanted::Wanted;

pub(super) struct Channels;
pub(super) struct ActiveThemes;

const FILE: &str = "channels/mod.rs";

/// The channel that every store has from the beginning.
pub(super) const OWN: i64 = 1;

/// The types of channels, with their platforms other than `custom`.
const PLATFORMS: [(&str, &[&str]); 4] = [
    (
        "storefront",
        &[
            "acquia",
            "bigcommerce",
            "bloomreach",
            "catalyst",
            "deity",
            "drupal",
            "gatsby",
            "next",
            "vue",
            "wordpress",
        ],
    ),
    (
        "marketplace",
        &[
            "amazon",
            "belk",
            "catch",
            "ebay",
            "etsy",
            "facebook",
            "google",
            "hudsons_bay",
            "instagram",
            "macys",
            "meta",
            "mirakl",
            "overstock",
            "pinterest",
            "target_plus",
            "tiktok",
            "walmart",
            "wayfair",
            "wish",
        ],
    ),
    (
        "marketing",
        &[
            "facebook",
            "google",
            "google_shopping",
            "instagram",
            "meta",
            "microsoft",
        ],
    ),
    ("pos", &["clover", "square", "stripe", "talech", "vend"]),
];

/// The allowed statuses of a channel of this type.
fn statuses(kind: &str) -> [&'static str; 5] {
    if kind == "storefront" {
        ["prelaunch", "active", "inactive", "archived", "deleted"]
    } else {
        ["connected", "disconnected", "archived", "deleted", ""]
    }
}

impl Rules for Channels {
    fn settings(&self) -> Settings {
        Settings {
            path: "channels",
            name: "channels",
            file: Some(FILE),
            zulu: true,
            ..Settings::USUAL
        }
    }

    fn operations(&self) -> &'static [Special] {
        &[
            Special {
                id: "channels.get_active_theme",
                file: FILE,
                verb: Some(Verb::Get),
                collection: Some(themes::ACTIVE),
                ..Special::USUAL
            },
            Special {
                id: "channel_menus.delete",
                file: FILE,
                answer_all: Some(|context, _, _| of_path(context)),
                ..Special::USUAL
            },
        ]
    }

    fn starts(&self, _: &Context<'_>, record: &Record) -> Value {
        let status = match text(get(record, "type")) {
            "storefront" => "active",
            _ => "connected",
        };
        let platform = text(get(record, "platform"));
        json!({
            "status": status, "is_listable_from_ui": true, "is_visible": true,
            "icon_url": format!("https://cdn.example.com/icons/{platform}.svg"),
        })
    }

    fn write(&self, _: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        let own = |name: &str| text(get(write.record, name)).to_owned();
        let (name, kind, platform) = (own("name"), own("type"), own("platform"));
        let status = own("status");
        if write.sent("name") && !name.chars().all(is_of_name) {
            let says = "Only latin alphabet letters, arabic numerals, dash and underscore are allowed to be \
                used as channel name.";
            return refuse("name", says);
        }
        let Some(before) = write.before else {
            let fits = PLATFORMS.iter().any(|(own, platforms)| {
                *own == kind && (platform == "custom" || platforms.contains(&platform.as_str()))
            });
            if !fits {
                return refuse("platform", "The platform does not match the type");
            }
            return judge(&kind, &status, "deleted");
        };
        let gone = ["deleted", "terminated"];
        if gone.contains(&text(get(before, "status"))) {
            let says = "A deleted channel cannot be updated. Channel can be restored within 90 days after \
                deleting by contacting BigCommerce support team";
            return Err(Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, says));
        }
        fixed(write)?;
        if write.sent("status") && *get(before, "status") != *status {
            return judge(&kind, &status, "prelaunch");
        }
        Ok(())
    }

    fn derive(&self, _: &Context<'_>, record: &mut Record) {
        let enabled = ["prelaunch", "active", "connected"];
        let enabled = enabled.contains(&text(get(record, "status")));
        record.insert("is_enabled".to_owned(), enabled.into());
    }

    fn after(&self, work: &mut Work<'_, '_>, written: &Written) -> Result<(), Refusal> {
        if written.before.is_some() {
            return Ok(());
        }
        let currencies = currencies::of(work.context(), &written.record);
        work.make(currencies::NAME, object(currencies))?;
        let settings = channel_settings::ALL.iter().map(|settings| settings.name);
        for name in settings.chain([super::orders::CHANNEL_SETTINGS]) {
            let own = json!({ "id": get(&written.record, "id") });
            work.make(name, object(own))?;
        }
        if *get(&written.record, "platform") == "bigcommerce" {
            work.make(themes::ACTIVE, object(theme(get(&written.record, "id"))))?;
        }
        Ok(())
    }

    fn show(&self, context: &Context<'_>, _: &Wanted, own: &Record, field: &str) -> Option<Value> {
        let id = get(own, "id").clone();
        let currencies = || context.first(currencies::NAME, &[("channel_id", id)]);
        let shown = |own: &Record| crate::rules::fields::without(&json!(own), &["id"]);
        (field == "currencies").then(|| currencies().as_deref().map_or(Value::Null, shown))
    }

    fn find(&self, _: &Context<'_>, record: &Record, looking: Looking<'_>) -> Option<Value> {
        let available = ["prelaunch", "active", "inactive", "connected"];
        let available = available.contains(&text(get(record, "status")));
        (looking.parameter == "available").then_some(available.into())
    }

    fn event(&self, _: &Context<'_>, _: &str, written: &Written) -> Told {
        let told = [
            "name",
            "external_id",
            "status",
            "is_listable_from_ui",
            "is_visible",
        ];
        let changes = |before: &Record| {
            let mut told = told.iter();
            told.any(|field| get(before, field) != get(&written.record, field))
        };
        match written.before.as_deref() {
            Some(before) if !changes(before) => Told::Nothing,
            _ => Told::Usual,
        }
    }

    fn seed(&self, seeding: &mut Seeding<'_>) -> Result<(), Refusal> {
        let own = json!({ "name": "Storefront", "type": "storefront", "platform": "bigcommerce" });
        seeding.make("channels.create", [own])
    }
}

impl Rules for ActiveThemes {
    fn settings(&self) -> Settings {
        Settings {
            path: "channels/active-theme",
            name: themes::ACTIVE,
            file: Some(FILE),
            holds: Some("channels.ActiveTheme"),
            ..Settings::USUAL
        }
    }

    fn channel(&self, _: &Context<'_>, record: &Record) -> Option<(i64, Value)> {
        Some((get(record, "id").as_i64()?, Value::Null))
    }

    fn channel_event(&self, _: &Context<'_>, _: &str, written: &Written) -> Option<Vec<Value>> {
        let own = |field: &str| get(&written.record, field);
        Some(vec![json!({
            "theme_id": own("active_theme_uuid"), "variation_id": written.body["variation_id"],
            "version_id": own("active_theme_version_uuid"),
            "configuration_id": own("active_theme_configuration_uuid"),
        })])
    }
}

/// Whether a character is allowed in the name of a channel.
fn is_of_name(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_')
}

/// Rejects changes to fields that are fixed when the channel is created.
fn fixed(write: &Write<'_>) -> Result<(), Refusal> {
    let mut names = ["type", "platform"].to_vec();
    names.retain(|name| write.sent(name));
    if names.is_empty() {
        return Ok(());
    }
    let all = names.join(", ");
    let title = format!("The following fields are invalid: {all}");
    let refusal = Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, title);
    Err(names.into_iter().fold(refusal, |refusal, name| {
        let says = format!("The field '{name}' can not be updated after channel is created.");
        refusal.about(name, says)
    }))
}

/// Rejects a status that does not match the type, or that cannot be set now.
fn judge(kind: &str, status: &str, never: &str) -> Result<(), Refusal> {
    if status.is_empty() || (statuses(kind).contains(&status) && status != never) {
        return Ok(());
    }
    refuse("status", "The channel cannot have this status")
}

/// The theme of a new storefront, before anybody has edited it.
fn theme(channel: &Value) -> Value {
    json!({
        "id": channel,
        "active_theme_uuid": themes::FIRST, "active_theme_version_uuid": themes::FIRST_VERSION,
        "active_theme_configuration_uuid": themes::FIRST_CONFIGURATION,
        "saved_theme_configuration_uuid": themes::FIRST_CONFIGURATION,
    })
}

/// The channel in the path.
fn of_path(context: &Context<'_>) -> Value {
    let channel = context.parameter("channel_id");
    channel.map_or(Value::Null, |channel| channel.value())
}
