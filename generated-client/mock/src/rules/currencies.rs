//! The currencies of the store. One is the default, and cannot be removed.

use serde_json::{Value, json};

use crate::refusal::Refusal;
use crate::rules::fields::{amount, get, or, text};
use crate::rules::store_settings::information;
use crate::rules::{Context, Rules, Seeding, Settings, Special, Told, Work, Write, Written};
use crate::state::Record;
use crate::wanted::Wanted;

pub(in crate::rules) struct Currencies;

pub(in crate::rules) const NAME: &str = "currencies";
const FILE: &str = "currencies.rs";
const RATE: &str = "currency_exchange_rate";
/// Where a currency stores its exact rate, because amounts of money have fewer decimal places.
const EXACT_RATE: &str = "exact_rate";

/// The currencies of a new store, the default first: code, country, rate, symbol and name.
const OWN: [(&str, &str, &str, &str, &str); 5] = [
    ("USD", "US", "1.0000000000", "$", "US Dollar"),
    ("EUR", "EU", "0.9100000000", "€", "Euro"),
    ("GBP", "GB", "0.7800000000", "£", "British Pound"),
    ("CAD", "CA", "1.3600000000", "$", "Canadian Dollar"),
    ("AUD", "AU", "1.5200000000", "$", "Australian Dollar"),
];

/// The rate of a currency.
pub(in crate::rules) fn rate(currency: &Record) -> f64 {
    let exact = get(currency, EXACT_RATE);
    amount(&or([exact, get(currency, RATE)]))
}

/// A rate as responses contain it, with ten decimal places.
pub(in crate::rules) fn spelled(rate: f64) -> Value {
    format!("{rate:.10}").into()
}

impl Rules for Currencies {
    fn settings(&self) -> Settings {
        Settings {
            path: "currencies",
            name: NAME,
            file: Some(FILE),
            ..Settings::USUAL
        }
    }

    fn operations(&self) -> &'static [Special] {
        &[Special {
            id: "currencies.delete_everything",
            file: FILE,
            among: Some(|_, own| (*get(own, "is_default") != true).then_some(Value::from(0))),
            ..Special::USUAL
        }]
    }

    fn write(&self, _: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        // Only one currency can be the default.
        if write
            .before
            .is_some_and(|before| *get(before, "is_default") == true)
        {
            write.set("is_default", true);
        }
        // The default currency is always enabled for payments.
        if *get(write.record, "is_default") == true {
            write.set("enabled", true);
            write.set("is_transactional", true);
        }
        if write.sent(RATE) {
            write.set(EXACT_RATE, write.body[RATE].clone());
        }
        // An update may repeat the code, which does not change.
        if let Some(before) = write.before {
            write.set("currency_code", get(before, "currency_code").clone());
        }
        Ok(())
    }

    fn show(&self, _: &Context<'_>, _: &Wanted, record: &Record, field: &str) -> Option<Value> {
        (field == RATE).then(|| spelled(rate(record)))
    }

    fn event(&self, _: &Context<'_>, _: &str, written: &Written) -> Told {
        // The store's information only contains the default currency.
        match get(&written.record, "is_default") == true {
            true => information(),
            false => Told::Nothing,
        }
    }

    fn derive(&self, context: &Context<'_>, record: &mut Record) {
        record.insert("last_updated".to_owned(), context.now.as_str().into());
        let country = text(get(record, "country_iso2")).to_owned();
        if get(record, "default_for_country_codes").is_null() {
            let codes: Vec<&str> = Some(country.as_str())
                .filter(|code| !code.is_empty())
                .into_iter()
                .collect();
            record.insert("default_for_country_codes".to_owned(), json!(codes));
        }
    }

    fn after(&self, work: &mut Work<'_, '_>, written: &Written) -> Result<(), Refusal> {
        if *get(&written.record, "is_default") != true {
            return Ok(());
        }
        let own = get(&written.record, "id");
        for other in work.context().all(NAME, &[("is_default", true.into())]) {
            if get(&other, "id") != own {
                work.amend(NAME, get(&other, "id"), json!({ "is_default": false }))?;
            }
        }
        Ok(())
    }

    fn kept(&self, _: &Context<'_>, record: &Record) -> Option<String> {
        let is_default = *get(record, "is_default") == true;
        is_default.then(|| "The default currency cannot be removed".to_owned())
    }

    fn seed(&self, seeding: &mut Seeding<'_>) -> Result<(), Refusal> {
        let all = OWN.iter().enumerate().map(|(at, (code, country, rate, token, name))| {
            json!({
                "currency_code": code, "country_iso2": country, "currency_exchange_rate": rate,
                "token": token, "name": name, "is_default": at == 0, "token_location": "left",
                "decimal_token": ".", "thousands_token": ",", "decimal_places": 2, "enabled": true,
                "is_transactional": true, "auto_update": false, "use_default_name": true,
                "default_for_country_codes": [country],
            })
        });
        seeding.put("currencies.list", all)
    }
}
