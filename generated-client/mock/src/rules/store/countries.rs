//! Some countries of the world, and some of their states.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::refusal::Refusal;
use crate::rules::fields::{get, says};
use crate::rules::{Context, Rules, Seeding, Settings};

pub(in crate::rules) struct Countries;
pub(in crate::rules) struct States;

const COUNTRIES: &str = "countries";
const FILE: &str = "store/countries.rs";

/// A country, as the file beside has it.
#[derive(Deserialize)]
struct Country {
    id: i64,
    country: String,
    country_iso2: String,
    country_iso3: String,
    /// Their abbreviations and names.
    states: Vec<(String, String)>,
}

/// The name and the code of a country of which one is given; none where both are, or where nobody knows it.
pub(in crate::rules) fn country(
    context: &Context<'_>,
    name: &Value,
    code: &Value,
) -> Option<(Value, Value)> {
    let known = match (says(name), says(code)) {
        (true, false) => context.first(COUNTRIES, &[("country", name.clone())]),
        (false, true) => context.first(COUNTRIES, &[("country_iso2", code.clone())]),
        _ => None,
    }?;
    let own = |field: &str| get(&known, field).clone();
    Some((own("country"), own("country_iso2")))
}

fn all() -> Result<Vec<Country>, Refusal> {
    serde_json::from_str(include_str!("countries.json"))
        .map_err(|error| Refusal::defect(error.to_string()))
}

impl Rules for Countries {
    fn settings(&self) -> Settings {
        Settings {
            path: COUNTRIES,
            name: COUNTRIES,
            file: Some(FILE),
            links: &[("states", "/countries/{id}/states")],
            ..Settings::USUAL
        }
    }

    fn seed(&self, seeding: &mut Seeding<'_>) -> Result<(), Refusal> {
        let all = all()?.into_iter().map(|own| {
            json!({
                "id": own.id, "country": own.country,
                "country_iso2": own.country_iso2, "country_iso3": own.country_iso3,
            })
        });
        seeding.put("countries.list", all)
    }
}

impl Rules for States {
    fn settings(&self) -> Settings {
        Settings {
            path: "countries/states",
            name: "states",
            file: Some(FILE),
            ..Settings::USUAL
        }
    }

    fn seed(&self, seeding: &mut Seeding<'_>) -> Result<(), Refusal> {
        let states = all()?.into_iter().flat_map(|own| {
            let states = own.states.into_iter();
            let states = states.map(move |(code, name)| {
                json!({ "country_id": own.id, "state": name, "state_abbreviation": code })
            });
            states.collect::<Vec<Value>>()
        });
        seeding.put("countries.list_states", states.collect::<Vec<_>>())
    }
}
