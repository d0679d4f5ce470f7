//! The countries of the world, and the states of some of them.
//!
//! Countries and states in other collections are looked up here. The ids are those of the API where its
//! reference shows them.

use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::refusal::Refusal;
use crate::rules::fields::{get, says, text};
use crate::rules::{Context, Rules, Seeding, Settings};
use crate::state::Record;

pub(in crate::rules) struct Countries;
pub(in crate::rules) struct States;

const COUNTRIES: &str = "countries";
const STATES: &str = "states";
const FILE: &str = "countries/mod.rs";

/// A country: its id, its name and its two-letter and three-letter codes.
type Country = (i64, String, String, String);
/// The code of a country, and the abbreviations and the names of its states.
type StatesOf = (String, Vec<(String, String)>);

/// The name and the code of a country of which one is given; `None` if both are, or if it is unknown.
pub(in crate::rules) fn country(
    context: &Context<'_>,
    name: &Value,
    code: &Value,
) -> Option<(Value, Value)> {
    let known = match (says(name), says(code)) {
        (true, false) => context.known(COUNTRIES, "country", text(name)),
        (_, true) => by_code(context, code),
        (false, false) => None,
    }?;
    let own = |field: &str| get(&known, field).clone();
    let name = match says(name) && says(code) {
        true => name.clone(),
        false => own("country"),
    };
    Some((name, own("country_iso2")))
}

/// The name and the abbreviation of a state of which one is given, in the country with this code; `None` if
/// both are, or if it is unknown.
pub(in crate::rules) fn state(
    context: &Context<'_>,
    country: &Value,
    name: &Value,
    code: &Value,
) -> Option<(Value, Value)> {
    let (field, given) = match (says(name), says(code)) {
        (true, false) => ("state", text(name)),
        (false, true) => ("state_abbreviation", text(code)),
        _ => return None,
    };
    let country = by_code(context, country)?;
    let country = get(&country, "id").clone();
    let all = context.all(STATES, &[("country_id", country)]);
    let known = all
        .iter()
        .find(|own| text(get(own, field)).eq_ignore_ascii_case(given))?;
    let own = |field: &str| get(known, field).clone();
    Some((own("state"), own("state_abbreviation")))
}

fn by_code(context: &Context<'_>, code: &Value) -> Option<Arc<Record>> {
    context.known(COUNTRIES, "country_iso2", text(code))
}

fn countries() -> Result<Vec<Country>, Refusal> {
    of_file(include_str!("countries.json"))
}

fn states() -> Result<Vec<StatesOf>, Refusal> {
    of_file(include_str!("states.json"))
}

fn of_file<T: DeserializeOwned>(file: &str) -> Result<T, Refusal> {
    serde_json::from_str(file).map_err(|error| Refusal::defect(error.to_string()))
}

impl Rules for Countries {
    fn settings(&self) -> Settings {
        Settings {
            path: COUNTRIES,
            name: COUNTRIES,
            file: Some(FILE),
            links: &[("states", "/countries/{id}/states")],
            unique: &[&["country"], &["country_iso2"]],
            ..Settings::USUAL
        }
    }

    fn seed(&self, seeding: &mut Seeding<'_>) -> Result<(), Refusal> {
        let all = countries()?.into_iter().map(|(id, name, two, three)| {
            json!({ "id": id, "country": name, "country_iso2": two, "country_iso3": three })
        });
        seeding.put("countries.list", all)
    }
}

impl Rules for States {
    fn settings(&self) -> Settings {
        Settings {
            path: "countries/states",
            name: STATES,
            file: Some(FILE),
            ..Settings::USUAL
        }
    }

    fn seed(&self, seeding: &mut Seeding<'_>) -> Result<(), Refusal> {
        let countries = countries()?;
        let mut all = Vec::new();
        for (country, states) in states()? {
            let own = countries.iter().find(|(_, _, code, _)| *code == country);
            let id = own.map(|(id, ..)| *id);
            all.extend(states.into_iter().map(|(code, name)| {
                json!({ "country_id": id, "state": name, "state_abbreviation": code })
            }));
        }
        seeding.put("countries.list_states", all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_is_of_a_country() {
        let countries = countries().unwrap();
        for (country, _) in states().unwrap() {
            assert!(countries.iter().any(|(_, _, code, _)| *code == country));
        }
    }
}
