//! The settings of the store. A channel has none of its own until they are written: null means that it
//! inherits the store's.

mod analytics;
mod emails;
mod filters;

use serde_json::{Value, json};

pub(super) use self::analytics::Analytics;
pub(super) use self::emails::EmailTemplates;
pub(super) use self::filters::{Contexts, Filters};
use super::fields::{get, says, text};
use super::pictures::ENDINGS;
use super::{
    Context, Rules, Seeding, Settings, Special, Told, Verb, Write, Written, object, refuse,
};
use crate::refusal::Refusal;
use crate::state::Record;

const FILE: &str = "store_settings/mod.rs";

/// The settings of one area.
pub(super) struct StoreSettings {
    path: &'static str,
    /// The endpoint that reads them.
    read: &'static str,
    specials: &'static [Special],
}

const fn of(path: &'static str, read: &'static str) -> StoreSettings {
    StoreSettings {
        path,
        read,
        specials: &[],
    }
}

const STOREFRONT: [&str; 7] = [
    "settings/storefront/category",
    "settings/storefront/product",
    "settings/storefront/robotstxt",
    "settings/storefront/search",
    "settings/storefront/security",
    "settings/storefront/seo",
    "settings/storefront/status",
];

pub(super) static PROFILE: StoreSettings = of("settings/store/profile", "settings.get_profile");
pub(super) static LOCALE: StoreSettings = of("settings/store/locale", "settings.get_locale");
pub(super) static UNITS: StoreSettings = of(
    "settings/store/units-of-measurement",
    "settings.get_units_of_measurement",
);
pub(super) static CATALOG: StoreSettings = of("settings/catalog", "settings.get_catalog");
pub(super) static EMAILS: StoreSettings =
    of("settings/email-statuses", "settings.get_email_statuses");
pub(super) static INVENTORY: StoreSettings = of("settings/inventory", "settings.get_inventory");
pub(super) static NOTIFICATIONS: StoreSettings = of(
    "settings/inventory/notifications",
    "settings.get_inventory_notifications",
);
pub(super) static CATEGORY: StoreSettings = of(STOREFRONT[0], "settings_storefront.get_category");
pub(super) static PRODUCT: StoreSettings = of(STOREFRONT[1], "settings_storefront.get_product");
pub(super) static ROBOTS: StoreSettings = of(STOREFRONT[2], "settings_storefront.get_robots");
pub(super) static SEARCH: StoreSettings = of(STOREFRONT[3], "settings_storefront.get_search");
pub(super) static SECURITY: StoreSettings = of(STOREFRONT[4], "settings_storefront.get_security");
pub(super) static SEO: StoreSettings = of(STOREFRONT[5], "settings_storefront.get_seo");
pub(super) static STATUS: StoreSettings = of(STOREFRONT[6], "settings_storefront.get_status");
pub(super) static TAX: StoreSettings = of("tax/settings", "tax_settings.get");
pub(super) static SHIPPING: StoreSettings = of("shipping/settings", "shipping_settings.get");

pub(super) static LOGO: StoreSettings = StoreSettings {
    path: "settings/logo",
    read: "settings_logo.get",
    specials: &[
        Special {
            id: "settings_logo.upload",
            write: Some(|context, write| upload(context, write, "LogoFile", "logo_image_url")),
            ..UPLOAD
        },
        Special {
            id: "settings_logo.upload_favicon",
            write: Some(|context, write| upload(context, write, "FaviconFile", "favicon_url")),
            ..UPLOAD
        },
    ],
};

const UPLOAD: Special = Special {
    file: FILE,
    verb: Some(Verb::Update),
    collection: Some("settings/logo"),
    reads: true,
    endings: ENDINGS,
    ..Special::USUAL
};

/// The image is at the file server's URL.
fn upload(
    context: &Context<'_>,
    write: &mut Write<'_>,
    part: &str,
    field: &str,
) -> Result<(), Refusal> {
    let name = text(&write.body[part]["name"]).to_owned();
    write.set(field, format!("{}/files/{name}", context.setting.url));
    Ok(())
}

/// The data of the event about the store's information, which has no record.
pub(super) fn information() -> Told {
    Told::Data(json!({ "type": "store" }))
}

impl StoreSettings {
    /// Those of a new store.
    fn defaults(&self) -> Value {
        let all: Value = serde_json::from_str(include_str!("defaults.json")).unwrap_or_default();
        all[self.path].clone()
    }
}

impl Rules for StoreSettings {
    fn settings(&self) -> Settings {
        Settings {
            path: self.path,
            name: self.path,
            file: Some(FILE),
            single: true,
            ..Settings::USUAL
        }
    }

    fn operations(&self) -> &'static [Special] {
        self.specials
    }

    fn starts(&self, _: &Context<'_>, record: &Record) -> Value {
        if get(record, "channel_id").is_null() {
            return self.defaults();
        }
        // Fields with a default are null as well.
        let own = object(self.defaults()).into_iter();
        own.map(|(name, _)| (name, Value::Null)).collect()
    }

    fn write(&self, _: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        if says(get(write.record, "channel_id")) {
            return Ok(());
        }
        // Null inherits a setting from the store, which itself cannot inherit.
        for (name, default) in object(self.defaults()) {
            let is_null = write.body.get(&name).is_some_and(Value::is_null);
            if is_null && !default.is_null() {
                return refuse(
                    &name,
                    "Only a channel can inherit the setting from the store",
                );
            }
        }
        Ok(())
    }

    fn channel_event(&self, _: &Context<'_>, scope: &str, written: &Written) -> Option<Vec<Value>> {
        // Each is about one e-mail, which is switched or follows the store's switch again.
        let inherits = match scope {
            "store/channel/*/settings/emailStatus/updated" => false,
            "store/channel/*/settings/emailStatus/deleted" => true,
            _ => return None,
        };
        let sent = written.body.as_object()?.keys().filter(|name| {
            let before = written
                .before
                .as_deref()
                .and_then(|before| before.get(*name));
            let now = get(&written.record, name);
            before.unwrap_or(&Value::Null) != now && now.is_null() == inherits
        });
        Some(sent.map(|name| json!({ "template_kind": name })).collect())
    }

    fn seed(&self, seeding: &mut Seeding<'_>) -> Result<(), Refusal> {
        seeding.put(self.read, [json!({ "$place": "", "id": "" })])
    }

    fn event(&self, _: &Context<'_>, _: &str, written: &Written) -> Told {
        // A channel's own settings do not affect the store's information.
        match says(get(&written.record, "channel_id")) {
            true => Told::Nothing,
            false => information(),
        }
    }
}
