//! The settings of a store by area. Each area is read and written by its typed calls and is JSON in
//! between, so that all of them can be compared in the same way.

use std::pin::Pin;

use bigcommerce_client::{
    Decode, Encode, RawJson,
    settings::{
        CatalogSettingsUpdate, EmailStatusesUpdate, InventoryNotificationsUpdate,
        InventorySettingsUpdate, MeasurementUnitsUpdate, Settings, SettingsReader,
        StoreLocaleUpdate, StoreProfileUpdate,
    },
    settings_logo::LogoSettingsUpdate,
    settings_storefront::{
        RobotsTxtSettingsUpdate, SeoSettingsUpdate, StorefrontCategorySettingsUpdate,
        StorefrontProductSettingsUpdate, StorefrontSearchSettingsUpdate,
        StorefrontSecuritySettingsUpdate, StorefrontStatusUpdate,
    },
};
use serde_json::Value;

use super::{analytics, filters, support::Failure};

type Work<T> = Pin<Box<dyn Future<Output = Result<T, Failure>> + Send>>;
pub type Reading = Work<Value>;
pub type Writing = Work<()>;

/// Settings that are read and written by one call each, of the store or of a channel.
pub struct Area {
    pub name: &'static str,
    /// Fields that are only set for the store as a whole.
    pub of_store: &'static [&'static str],
    /// Fields that a write must include, if only without a value.
    pub required: &'static [&'static str],
    pub has_channels: bool,
    /// Reads the settings of the store, or of the given channel.
    pub read: fn(&SettingsReader, Option<i64>) -> Reading,
    /// Makes the settings of two stores comparable, and reports which of the first cannot be set in the
    /// second.
    pub fit: fn(&mut Value, &mut Value) -> Vec<String>,
    /// The part of a value that is written.
    pub taken: fn(&Value) -> Result<Value, Failure>,
    pub write: fn(&Settings, Option<i64>, Value) -> Writing,
}

/// An area whose calls take a channel: its nested handle, and the two calls.
macro_rules! area {
    ($name:literal, [$($handle:tt)*], $read:ident, $write:ident($model:ty)) => {
        Area {
            name: $name,
            of_store: &[],
            required: &[],
            has_channels: true,
            read: |settings, _| {
                let request = settings$($handle)*.$read();
                Box::pin(async move { json(&request.await?) })
            },
            fit: |_, _| Vec::new(),
            taken: taken::<$model>,
            write: |settings, _, value| {
                let handle = settings$($handle)*.clone();
                Box::pin(async move {
                    handle.$write(typed::<$model>(&value)?).await?;
                    Ok(())
                })
            },
        }
    };
}

/// Every area, in the order of the control panel.
pub static AREAS: [Area; 17] = [
    Area {
        of_store: &["store_address_type"],
        ..area!(
            "profile",
            [],
            get_profile,
            update_profile(StoreProfileUpdate)
        )
    },
    Area {
        name: "locale",
        of_store: &[],
        required: &[],
        // A channel's can be read; writing them is not documented.
        has_channels: false,
        read: |settings, _| {
            let request = settings.get_locale();
            Box::pin(async move { json(&request.await?) })
        },
        fit: |_, _| Vec::new(),
        taken: taken::<StoreLocaleUpdate>,
        write: |settings, _, value| {
            let settings = settings.clone();
            Box::pin(async move {
                settings.update_locale(typed(&value)?).await?;
                Ok(())
            })
        },
    },
    area!(
        "units",
        [],
        get_units_of_measurement,
        update_units_of_measurement(MeasurementUnitsUpdate)
    ),
    area!(
        "catalog",
        [],
        get_catalog,
        update_catalog(CatalogSettingsUpdate)
    ),
    area!(
        "inventory",
        [],
        get_inventory,
        update_inventory(InventorySettingsUpdate)
    ),
    area!(
        "inventory_notifications",
        [],
        get_inventory_notifications,
        update_inventory_notifications(InventoryNotificationsUpdate)
    ),
    Area {
        fit: |from, to| {
            one_name_each(from);
            one_name_each(to);
            Vec::new()
        },
        write: |settings, _, value| {
            let settings = settings.clone();
            Box::pin(async move {
                let statuses = typed(&both_names(value))?;
                settings.update_email_statuses(statuses).await?;
                Ok(())
            })
        },
        ..area!(
            "email_statuses",
            [],
            get_email_statuses,
            update_email_statuses(EmailStatusesUpdate)
        )
    },
    Area {
        // They are files, and copied as such.
        fit: |from, to| without(from, to, &["logo_image_url", "favicon_url"]),
        ..area!("logo", [.logo()], get, update(LogoSettingsUpdate))
    },
    area!(
        "category",
        [.storefront()],
        get_category,
        update_category(StorefrontCategorySettingsUpdate)
    ),
    area!("product", [.storefront()], get_product, update_product(StorefrontProductSettingsUpdate)),
    area!("robots", [.storefront()], get_robots, update_robots(RobotsTxtSettingsUpdate)),
    Area {
        of_store: &["product_filtering_enabled"],
        required: &[
            "content_product_sort",
            "default_product_sort",
            "product_filtering_enabled",
            "search_suggest",
        ],
        ..area!("search", [.storefront()], get_search, update_search(StorefrontSearchSettingsUpdate))
    },
    area!(
        "security",
        [.storefront()],
        get_security,
        update_security(StorefrontSecuritySettingsUpdate)
    ),
    area!("seo", [.storefront()], get_seo, update_seo(SeoSettingsUpdate)),
    area!("status", [.storefront()], get_status, update_status(StorefrontStatusUpdate)),
    filters::AREA,
    analytics::AREA,
];

/// Why a field that is read cannot be written.
pub fn why_not(field: &str) -> &'static str {
    match field {
        "prelaunch_password" => "each store generates its own",
        "api_secret" => "no call writes it; set it in the control panel",
        "is_oauth_connected" => "connect the store in its control panel",
        _ => "no known call writes it",
    }
}

pub fn json<T: Encode + ?Sized>(value: &T) -> Result<Value, Failure> {
    Ok(serde_json::from_str(RawJson::of(value).get())?)
}

pub fn typed<T: Decode>(value: &Value) -> Result<T, Failure> {
    Ok(RawJson::new(&value.to_string())?.parse()?)
}

/// The fields of a model that is written: it rejects all others, which are removed.
pub fn taken<T: Decode + Encode>(value: &Value) -> Result<Value, Failure> {
    let mut known = value.clone();
    loop {
        let error = match RawJson::new(&known.to_string())?.parse::<T>() {
            Ok(model) => return json(&model),
            Err(error) => error,
        };
        let mut names = error.path().split('.').filter(|name| !name.is_empty());
        let object = names.try_fold(&mut known, |object, name| object.get_mut(name));
        let fields = object.and_then(Value::as_object_mut);
        if fields
            .and_then(|fields| fields.remove(error.found()))
            .is_none()
        {
            return Err(error.into());
        }
    }
}

fn without(from: &mut Value, to: &mut Value, fields: &[&str]) -> Vec<String> {
    for side in [from, to].into_iter().filter_map(Value::as_object_mut) {
        side.retain(|name, _| !fields.contains(&name.as_str()));
    }
    Vec::new()
}

/// Four e-mails have two names, of which a store may know only one.
const NAMES: [(&str, &str); 4] = [
    ("create_account_email", "createaccount_email"),
    ("create_guest_account_email", "createguestaccount_email"),
    ("gift_certificate_email", "giftcertificate_email"),
    (
        "order_message_notification_email",
        "ordermessage_notification",
    ),
];

fn one_name_each(statuses: &mut Value) {
    let Some(statuses) = statuses.as_object_mut() else {
        return;
    };
    for (name, other) in NAMES {
        if let Some(status) = statuses.remove(other) {
            statuses.entry(name).or_insert(status);
        }
    }
}

fn both_names(mut statuses: Value) -> Value {
    for (name, other) in NAMES {
        if let Some(status) = statuses.get(name).cloned() {
            statuses[other] = status;
        }
    }
    statuses
}
