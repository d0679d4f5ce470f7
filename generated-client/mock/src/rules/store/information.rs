//! The profile of the store, which reflects its settings, and the clock.

use serde_json::{Value, json};

use crate::rules::channels::site_of;
use crate::rules::countries::country;
use crate::rules::currencies::NAME as CURRENCIES;
use crate::rules::fields::get;
use crate::rules::{Context, Rules, Settings};
use crate::state::{Key, Record};
use crate::wanted::Wanted;

pub(in crate::rules) struct Information;
pub(in crate::rules) struct Time;

const FILE: &str = "store/information.rs";
/// The numeric id of the store, in addition to its hash.
pub(in crate::rules) const ID: i64 = 10_001;

impl Rules for Information {
    fn settings(&self) -> Settings {
        Settings {
            path: "store",
            name: "store_information",
            file: Some(FILE),
            single: true,
            ..Settings::USUAL
        }
    }

    fn starts(&self, _: &Context<'_>, _: &Record) -> Value {
        serde_json::from_str(include_str!("information.json")).unwrap_or_default()
    }

    fn show(&self, context: &Context<'_>, _: &Wanted, _: &Record, field: &str) -> Option<Value> {
        let of_settings = |path: &str, field: &str| {
            let none = Key::of("").value();
            let own = context.one(path, &none);
            own.map(|own| get(&own, field).clone())
        };
        let of_currency = |field: &str| {
            let own = context.first(CURRENCIES, &[("is_default", true.into())]);
            own.map(|own| get(&own, field).clone())
        };
        match field {
            "id" => Some(context.setting.hash.as_str().into()),
            "store_id" => Some(ID.into()),
            "secure_url" | "control_panel_base_url" => Some(context.setting.url.as_str().into()),
            "domain" => Some(context.setting.url.trim_start_matches("http://").into()),
            "name" => of_settings("settings/store/profile", "store_name"),
            "address" => of_settings("settings/store/profile", "store_address"),
            "phone" => of_settings("settings/store/profile", "store_phone"),
            "order_email" => of_settings("settings/store/profile", "store_email"),
            "country" => of_settings("settings/store/locale", "store_country"),
            "country_code" => {
                let name = of_settings("settings/store/locale", "store_country")?;
                let known = country(context, &name, &Value::Null);
                Some(known.map_or_else(|| "".into(), |(_, code)| code))
            }
            "language" => of_settings("settings/store/locale", "default_shopper_language"),
            "currency" => of_currency("currency_code"),
            "currency_symbol" => of_currency("token"),
            "currency_symbol_location" => of_currency("token_location"),
            "decimal_separator" => of_currency("decimal_token"),
            "thousands_separator" => of_currency("thousands_token"),
            "decimal_places" => of_currency("decimal_places"),
            "is_price_entered_with_tax" => of_settings("tax/settings", "tax_entered_with_prices"),
            "default_site_id" => Some(site_of(context, &json!(1))),
            _ => None,
        }
    }
}

impl Rules for Time {
    fn settings(&self) -> Settings {
        Settings {
            path: "time",
            name: "time",
            file: Some(FILE),
            single: true,
            ..Settings::USUAL
        }
    }

    fn show(&self, context: &Context<'_>, _: &Wanted, _: &Record, _: &str) -> Option<Value> {
        Some(context.now.as_str().into())
    }
}
