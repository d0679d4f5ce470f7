//! The addresses of customers: the country's name, and the different field names of V2.

use serde_json::{Value, json};

use super::form_fields;
use crate::refusal::Refusal;
use crate::rules::countries::country;
use crate::rules::fields::{get, or, says, text, with};
use crate::rules::{Context, Looking, Rules, Settings, Special, Told, Work, Write, Written};
use crate::state::Record;
use crate::wanted::Wanted;

const FILE: &str = "customers/addresses.rs";

/// The names in V2 and V3.
const NAMES: [(&str, &str); 4] = [
    ("street_1", "address1"),
    ("street_2", "address2"),
    ("state", "state_or_province"),
    ("zip", "postal_code"),
];

/// The fields that distinguish addresses, in addition to their customer and type.
const CORE: [&str; 10] = [
    "first_name",
    "last_name",
    "company",
    "phone",
    "address1",
    "address2",
    "city",
    "country_code",
    "state_or_province",
    "postal_code",
];

pub(in crate::rules) struct Addresses;

impl Rules for Addresses {
    fn settings(&self) -> Settings {
        Settings {
            path: "customers/addresses",
            name: super::ADDRESSES,
            file: Some(FILE),
            holds: Some("customers.CustomerAddress"),
            refers: &[("customer_id", "customers")],
            ..Settings::USUAL
        }
    }

    fn operations(&self) -> &'static [Special] {
        const {
            &[
                of_v3("customer_addresses.create"),
                of_v3("customer_addresses.update"),
                of_v2("customer_addresses_v2.list"),
                of_v2("customer_addresses_v2.get"),
                of_v2("customer_addresses_v2.create"),
                of_v2("customer_addresses_v2.update"),
            ]
        }
    }

    fn starts(&self, _: &Context<'_>, _: &Record) -> Value {
        json!({ "address_type": "residential" })
    }

    fn write(&self, context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        if write.before.is_none() && write.sent("customer_id") {
            write.set("customer_id", write.body["customer_id"].clone());
        }
        for (v2, v3) in NAMES {
            if write.sent(v2) {
                write.set(v3, write.body[v2].clone());
            }
        }
        // V2 sends the name of the country; its code is derived, if it is known.
        if let Some(sent) = write.body["country"].as_str() {
            let known = country(context, &sent.into(), &Value::Null);
            let (name, code) = known.unwrap_or_else(|| (sent.into(), "".into()));
            write.set("country_code", code);
            write.set("country", name);
        }
        Ok(())
    }

    fn derive(&self, context: &Context<'_>, record: &mut Record) {
        let code = get(record, "country_code").clone();
        if says(&code) {
            let (name, code) = named(context, &code);
            record.insert("country".to_owned(), name);
            record.insert("country_code".to_owned(), code);
        }
    }

    fn after(&self, work: &mut Work<'_, '_>, written: &Written) -> Result<(), Refusal> {
        let (id, sent) = (get(&written.record, "id"), &written.body["form_fields"]);
        form_fields::keep(work, form_fields::ADDRESS, id, sent)
    }

    fn show(
        &self,
        context: &Context<'_>,
        _: &Wanted,
        record: &Record,
        field: &str,
    ) -> Option<Value> {
        let id = get(record, "id");
        (field == "form_fields").then(|| form_fields::of(context, form_fields::ADDRESS, id))
    }

    fn find(&self, _: &Context<'_>, record: &Record, looking: Looking<'_>) -> Option<Value> {
        (looking.field == "name").then(|| {
            let (first, last) = (get(record, "first_name"), get(record, "last_name"));
            format!("{} {}", text(first), text(last)).into()
        })
    }

    fn event(&self, _: &Context<'_>, _: &str, written: &Written) -> Told {
        let own = |name: &str| get(&written.record, name);
        let of = json!({ "customer_id": own("customer_id") });
        Told::Data(json!({ "type": "customer", "id": own("id"), "address": of }))
    }
}

/// An address in the body of a new customer.
pub(super) fn of(context: &Context<'_>, customer: &Value, address: &Value) -> Value {
    let usual = json!({
        "company": "", "address2": "", "state_or_province": "", "postal_code": "", "phone": "",
        "address_type": "residential", "form_fields": [],
    });
    let id = context.id(address, "inline_addresses");
    let (name, code) = named(context, &address["country_code"]);
    let facts = json!({
        "id": id, "customer_id": customer, "country": name, "country_code": code,
    });
    with(&with(&usual, address.clone()), facts)
}

/// The name and the code of the country with this code; the code for both if it is unknown.
fn named(context: &Context<'_>, code: &Value) -> (Value, Value) {
    let known = country(context, &Value::Null, code);
    known.unwrap_or_else(|| (code.clone(), code.clone()))
}

/// A batch that skips addresses which a customer already has.
const fn of_v3(id: &'static str) -> Special {
    Special {
        id,
        file: FILE,
        skips: Some(is_known),
        ..Special::USUAL
    }
}

/// Whether another address of the customer is equal, or would be.
fn is_known(context: &Context<'_>, item: &Value) -> bool {
    let id = &item["id"];
    let before = context.one(super::ADDRESSES, id).unwrap_or_default();
    let value = |name: &str| {
        let own = item.get(name).unwrap_or(get(&before, name));
        match name {
            "country_code" => named(context, own).1,
            _ => own.clone(),
        }
    };
    let kind = or([&value("address_type"), &json!("residential")]);
    let all = context.all(super::ADDRESSES, &[("customer_id", value("customer_id"))]);
    let mut others = all.iter().filter(|other| get(other, "id") != id);
    others.any(|other| {
        let mut core = CORE.iter();
        let is_same = core.all(|name| text(get(other, name)) == text(&value(name)));
        is_same && *get(other, "address_type") == kind
    })
}

/// A V2 operation, which returns the same addresses in another format.
const fn of_v2(id: &'static str) -> Special {
    Special {
        id,
        file: FILE,
        answer: Some(v2),
        ..Special::USUAL
    }
}

fn v2(_: &Context<'_>, _: &Wanted, record: &Record) -> Value {
    let own = |name: &str| get(record, name);
    let mut shown = json!({
        "id": own("id"),
        "customer_id": own("customer_id"),
        "first_name": own("first_name"),
        "last_name": own("last_name"),
        "company": own("company"),
        "city": own("city"),
        "country": own("country"),
        "country_iso2": own("country_code"),
        "phone": own("phone"),
        "address_type": own("address_type"),
    });
    for (v2, v3) in NAMES {
        shown[v2] = own(v3).clone();
    }
    shown
}
