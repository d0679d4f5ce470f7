//! The addresses of an order: all their fields, and the country by its name and its code, of which one is
//! sufficient.

use serde_json::{Value, json};

use crate::rules::Context;
use crate::rules::countries::country;
use crate::rules::fields::{amount, get, items, money, with};
use crate::state::Record;

/// An address with the fields derived from the given ones.
pub(super) fn whole(context: &Context<'_>, given: &Value) -> Value {
    let all = with(&empty(), given.clone());
    match country(context, &all["country"], &all["country_iso2"]) {
        Some((name, code)) => with(&all, json!({ "country": name, "country_iso2": code })),
        None => all,
    }
}

/// An update of an address: the name of a country replaces its code, and vice versa.
pub(super) fn sent(body: &Value) -> Value {
    let has = |name: &str| body.get(name).is_some();
    match (has("country"), has("country_iso2")) {
        (true, false) => with(body, json!({ "country_iso2": "" })),
        (false, true) => with(body, json!({ "country": "" })),
        _ => body.clone(),
    }
}

/// Counts the items for each address of an order.
pub(super) fn count(record: &mut Record) {
    let lines = items(get(record, "lines"));
    let all = items(get(record, "shipping_addresses")).iter();
    let all: Vec<Value> = all
        .map(|own| {
            let here = lines
                .iter()
                .filter(|line| line["order_address_id"] == own["id"]);
            let here: f64 = here.map(|line| amount(&line["quantity"])).sum();
            with(own, json!({ "items_total": money(here) }))
        })
        .collect();
    record.insert("shipping_addresses".to_owned(), all.into());
}

fn empty() -> Value {
    json!({
        "first_name": "", "last_name": "", "company": "", "street_1": "", "street_2": "", "city": "",
        "state": "", "zip": "", "country": "", "country_iso2": "", "phone": "", "email": "",
        "form_fields": [],
    })
}
