//! The wire quirks, as cases in data files: how a body with a quirk is read, and that nothing of it is
//! lost when it is written again.

use std::{collections::BTreeSet, fmt::Write as _};

use bigcommerce_client::{
    DateTime,
    coupons::{CouponAppliesToInput, CouponEntity, CouponType, CouponUpdate},
    json, number,
    products::ProductUpdate,
};
use bigcommerce_tests::{
    Trip, api,
    exact::{Merging, difference},
    generated::types::round_trip,
    root, text,
};
use serde::Deserialize;
use serde_json::{Value, value::RawValue};

const FOLDER: &str = "tests/data/quirks";
const ELSEWHERE: &str = "elsewhere.json";

/// A file: what the API does, and bodies in which it does so.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Quirk {
    quirk: Vec<usize>,
    behaviour: String,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// The type, by its path.
    #[serde(rename = "type")]
    path: String,
    /// The body.
    json: Box<RawValue>,
    /// Parts of the value's `Debug` output.
    #[serde(default)]
    shows: Vec<String>,
    /// The exact JSON that the value is written as; if omitted, the body itself, apart from permitted
    /// differences.
    #[serde(default)]
    encodes_to: Option<Box<RawValue>>,
    /// The exact reports about values that their fields cannot represent.
    #[serde(default)]
    odd: Vec<String>,
    /// For a body that is not a value of the type: a part of the error.
    #[serde(default)]
    refused: Option<String>,
}

/// Quirks that are not about the types of the client.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Elsewhere {
    quirk: usize,
    why: String,
    /// The file that tests it, unless nothing here can.
    tested: Option<String>,
}

fn quirks() -> Vec<(String, Quirk)> {
    let entries = std::fs::read_dir(root().join(FOLDER)).unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names.retain(|name| name.ends_with(".json") && name != ELSEWHERE);
    let read = |name: String| {
        let quirk = serde_json::from_str(&text(&format!("{FOLDER}/{name}")));
        let quirk = quirk.unwrap_or_else(|error| panic!("{name}: {error}"));
        (name, quirk)
    };
    names.into_iter().map(read).collect()
}

fn elsewhere() -> Vec<Elsewhere> {
    serde_json::from_str(&text(&format!("{FOLDER}/{ELSEWHERE}"))).unwrap()
}

/// What is wrong with a case, if anything is.
fn judge(case: &Case) -> Result<(), String> {
    let body = case.json.get();
    let trip = round_trip(&case.path, body.as_bytes()).ok_or("there is no such type")?;
    let (encoded, same, oddities, debug) = match (trip, &case.refused) {
        (Trip::Refused(error), Some(part)) if error.contains(part.as_str()) => return Ok(()),
        (Trip::Refused(error), _) => return Err(format!("refused: {error}")),
        (Trip::Done { debug, .. }, Some(_)) => return Err(format!("not refused: {debug}")),
        (
            Trip::Done {
                encoded,
                same,
                oddities,
                debug,
            },
            None,
        ) => (encoded, same, oddities, debug),
    };
    if oddities != case.odd {
        return Err(format!("these are told: {oddities:?}"));
    }
    for part in &case.shows {
        if !debug.contains(part.as_str()) {
            return Err(format!("`{part}` is not in {debug}"));
        }
    }
    let encoded = String::from_utf8(encoded).map_err(|error| error.to_string())?;
    let (expected, merging) = match &case.encodes_to {
        Some(expected) => (expected.get(), Merging::Nothing),
        None => (body, Merging::Allowed),
    };
    match difference(expected, &encoded, merging).map_err(|error| error.to_string())? {
        Some(difference) => Err(format!("written as {encoded}: {difference}")),
        None if !same => Err(format!(
            "reading {encoded} again gives another value than {debug}"
        )),
        None => Ok(()),
    }
}

#[test]
fn every_quirk_is_read_as_its_case_says_and_never_lost() {
    let mut wrong = String::new();
    for (name, quirk) in quirks() {
        for (at, case) in quirk.cases.iter().enumerate() {
            if let Err(why) = judge(case) {
                let _ = writeln!(wrong, "{name}, case {}, {}:\n  {why}", at + 1, case.path);
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn each_of_the_68_quirks_is_a_case_or_is_tested_elsewhere() {
    let mut covered = BTreeSet::new();
    for (name, quirk) in quirks() {
        let first = quirk.quirk.first().map(|number| format!("{number:02}-"));
        assert!(
            first.is_some_and(|first| name.starts_with(&first)),
            "{name} has another number"
        );
        assert!(
            quirk.behaviour.ends_with('.'),
            "{name}: the behaviour is a sentence"
        );
        assert!(!quirk.cases.is_empty(), "{name} has no case");
        covered.extend(quirk.quirk);
    }
    for entry in elsewhere() {
        assert!(
            entry.why.ends_with('.'),
            "{}: the reason is a sentence",
            entry.quirk
        );
        if let Some(file) = &entry.tested {
            assert!(
                root().join(file).is_file(),
                "{}: there is no file {file}",
                entry.quirk
            );
        }
        assert!(
            covered.insert(entry.quirk),
            "{} is here and elsewhere",
            entry.quirk
        );
    }
    assert_eq!(covered, (1..=68).collect());
}

/// Quirk 9.
#[test]
fn a_number_goes_out_in_quotes_where_the_api_takes_a_string() {
    let coupon = CouponUpdate::new()
        .name("Quarter off")
        .code("QUARTER")
        .kind(CouponType::PercentageDiscount)
        .amount(25)
        .applies_to(CouponAppliesToInput::new(CouponEntity::Categories, [0]))
        .min_purchase(number!(9.90));
    let sent: Value = serde_json::from_slice(&json::to_vec(&coupon)).unwrap();
    assert_eq!(sent["amount"], "25");
    assert_eq!(sent["min_purchase"], "9.90");
    // A V3 price is a JSON number.
    let product = json::to_vec(&ProductUpdate::new().price(number!(9.90)));
    assert_eq!(product, br#"{"price":9.90}"#);
}

#[test]
fn dates_are_ordered_by_their_moment_and_not_by_their_spelling() {
    let read = |body: &str| json::from_slice::<DateTime>(body.as_bytes()).unwrap();
    let march = read(r#""Tue, 05 Mar 2019 21:40:11 +0000""#);
    let april = read(r#""Mon, 01 Apr 2019 08:00:00 +0000""#);
    assert!(april.as_str() < march.as_str());
    assert!(april.timestamp().unwrap() > march.timestamp().unwrap());
}

/// Quirk 62.
#[test]
fn an_operation_id_that_two_files_share_makes_two_endpoints() {
    let api = api();
    let mut clash: Vec<_> = api
        .endpoints
        .iter()
        .filter(|endpoint| endpoint.operation == "createOrder")
        .map(|endpoint| (endpoint.id.as_str(), endpoint.variant.as_str()))
        .collect();
    clash.sort_unstable();
    assert_eq!(
        clash,
        [
            ("checkouts.create_order", "CheckoutsCreateOrder"),
            ("orders.create", "OrdersCreate")
        ]
    );
}
