//! Customers: their addresses and attributes, searching by name, and the data of their events.

use serde_json::{Value, json};

mod addresses;
mod attributes;
mod checks;
mod form_fields;
mod groups;
mod segments;
mod subscribers;
mod values;
mod wishlists;

pub(super) use self::addresses::Addresses;
pub(super) use self::attributes::Attributes;
pub(super) use self::checks::{Credentials, Passwords};
pub(super) use self::form_fields::FormFields;
pub(super) use self::groups::Groups;
pub(super) use self::segments::{Members, OfProfile};
pub(super) use self::subscribers::Subscribers;
pub(super) use self::values::Values;
pub(super) use self::wishlists::{Items, Wishlists};
use super::fields::{amount, count, get, items, text, with, without};
use super::{
    Context, Looking, Rules, Seeding, Settings, Special, Told, Work, Write, Written, object, refuse,
};
use crate::refusal::Refusal;
use crate::state::Record;
use crate::wanted::Wanted;

const FILE: &str = "customers/mod.rs";

pub(super) struct Customers;

const FIRST: [&str; 10] = [
    "Ida", "Rafe", "Maren", "Tomas", "Wilma", "Abel", "Signe", "Osric", "Lene", "Piet",
];
const LAST: [&str; 7] = [
    "Ashdown", "Brandt", "Carrow", "Dahl", "Eckert", "Fenwick", "Grau",
];

impl Rules for Customers {
    fn settings(&self) -> Settings {
        Settings {
            path: "customers",
            name: "customers",
            file: Some(FILE),
            taken: 422,
            idles: true,
            zulu: true,
            ..Settings::USUAL
        }
    }

    fn operations(&self) -> &'static [Special] {
        const {
            &[
                of_v2("customers_v2.list"),
                of_v2("customers_v2.get"),
                of_v2("customers_v2.create"),
                of_v2("customers_v2.update"),
            ]
        }
    }

    fn starts(&self, context: &Context<'_>, _: &Record) -> Value {
        json!({
            "customer_group_id": groups::usual(context),
            "store_credit_amounts": [{ "amount": 0 }],
            "origin_channel_id": 1,
            "channel_ids": [1],
            "shopper_profile_id": context.uuid(),
        })
    }

    fn write(&self, _: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        let channels = write.body["channel_ids"].as_array();
        if channels.is_some_and(Vec::is_empty) {
            return refuse("channel_ids", "A list of channels cannot be empty");
        }
        // Null means every channel when written, and is never returned.
        if write.body.get("channel_ids").is_some_and(Value::is_null) {
            write.set("channel_ids", json!([1]));
        }
        // V2 uses another name for it.
        for sent in ["authentication", "_authentication"].map(|name| &write.body[name]) {
            let password = [&sent["new_password"], &sent["password"]];
            if let Some(password) = password.iter().find_map(|password| password.as_str()) {
                write
                    .record
                    .insert(checks::MARK.to_owned(), checks::mark(password));
            }
        }
        if write.sent("store_credit") {
            let amount = write.body["store_credit"].clone();
            write.set("store_credit_amounts", json!([{ "amount": amount }]));
        }
        Ok(())
    }

    fn derive(&self, context: &Context<'_>, record: &mut Record) {
        let id = get(record, "id").clone();
        // The password itself is not stored.
        let forced = get(record, "authentication")["force_password_reset"] == true;
        let authentication = json!({ "force_password_reset": forced });
        record.insert("authentication".to_owned(), authentication);
        let addresses: Vec<Value> = items(get(record, "addresses"))
            .iter()
            .map(|address| addresses::of(context, &id, address))
            .collect();
        let attributes: Vec<Value> = items(get(record, "attributes"))
            .iter()
            .map(|attribute| {
                let own = context.id(attribute, "customer_attributes");
                let made = json!({ "date_created": context.now, "date_modified": context.now });
                let made = with(&made, attribute.clone());
                with(&made, json!({ "id": own, "customer_id": id }))
            })
            .collect();
        record.insert("address_count".to_owned(), count(&addresses));
        record.insert("attribute_count".to_owned(), count(&attributes));
        record.insert("addresses".to_owned(), addresses.into());
        record.insert("attributes".to_owned(), attributes.into());
    }

    fn after(&self, work: &mut Work<'_, '_>, written: &Written) -> Result<(), Refusal> {
        let (id, sent) = (get(&written.record, "id"), &written.body["form_fields"]);
        form_fields::keep(work, form_fields::CUSTOMER, id, sent)?;
        // The addresses and attributes of a new customer have their own calls from then on.
        if written.before.is_some() {
            return Ok(());
        }
        for (collection, list) in [(ADDRESSES, "addresses"), (VALUES, "attributes")] {
            for own in items(get(&written.record, list)) {
                let made = work.make(collection, object(without(own, &["id"])))?;
                if collection == ADDRESSES {
                    let sent = &own["form_fields"];
                    form_fields::keep(work, form_fields::ADDRESS, &made.value(), sent)?;
                }
            }
        }
        Ok(())
    }

    fn show(
        &self,
        context: &Context<'_>,
        _: &Wanted,
        record: &Record,
        field: &str,
    ) -> Option<Value> {
        let id = get(record, "id");
        match field {
            "addresses" => {
                let all = below(context, ADDRESSES, id).into_iter();
                let filled = |own: Value| {
                    let fields = form_fields::of(context, form_fields::ADDRESS, &own["id"]);
                    with(&own, json!({ "form_fields": fields }))
                };
                Some(all.map(filled).collect())
            }
            "form_fields" => Some(form_fields::of(context, form_fields::CUSTOMER, id)),
            "attributes" => Some(below(context, VALUES, id).into()),
            "address_count" => Some(count(&below(context, ADDRESSES, id))),
            "attribute_count" => Some(count(&below(context, VALUES, id))),
            "shopper_profile_id" => segments::profile(context, id),
            "segment_ids" => Some(segments::of_customer(context, id)),
            _ => None,
        }
    }

    fn find(&self, context: &Context<'_>, record: &Record, looking: Looking<'_>) -> Option<Value> {
        let (first, last) = (get(record, "first_name"), get(record, "last_name"));
        let (first, last) = (text(first), text(last));
        match looking.parameter {
            "name:in" => Some(format!("{first} {last}").into()),
            "store_credit" => Some(v2(context, &Wanted::default(), record)["store_credit"].clone()),
            "name:like" => Some(format!("{first}{last}").into()),
            _ => None,
        }
    }

    fn event(&self, _: &Context<'_>, scope: &str, written: &Written) -> Told {
        if scope == "store/customer/channel/login/access/updated" {
            let channels = get(&written.record, "channel_ids");
            return match written.body.get("channel_ids") {
                Some(_) => Told::Data(json!({
                    "customer_id": get(&written.record, "id"),
                    "channel_ids": channels,
                })),
                None => Told::Nothing,
            };
        }
        // Changes to addresses and to the values of attributes and form fields fire no event.
        const UNTOLD: [&str; 4] = ["id", "addresses", "attributes", "form_fields"];
        let told = written.body.as_object().is_some_and(|body| {
            let mut fields = body.keys();
            fields.any(|field| !UNTOLD.contains(&field.as_str()))
        });
        if scope == "store/customer/updated" && !told {
            return Told::Nothing;
        }
        let record = &*written.record;
        Told::Data(json!({
            "type": "customer",
            "id": get(record, "id"),
            "origin_channel_id": get(record, "origin_channel_id"),
            "channel_ids": get(record, "channel_ids"),
        }))
    }

    fn seed(&self, seeding: &mut Seeding<'_>) -> Result<(), Refusal> {
        let number = match seeding.products {
            0 => 0,
            products => (products * 2 / 5).clamp(3, 200),
        };
        seeding.make("customers.create", (1..=number).map(seed))
    }
}

const ADDRESSES: &str = "customer_addresses";
const VALUES: &str = "customer_attribute_values";

/// The sub-resources of a customer that have their own collection.
fn below(context: &Context<'_>, collection: &str, customer: &Value) -> Vec<Value> {
    let own = context.all(collection, &[("customer_id", customer.clone())]);
    own.iter()
        .map(|own| Value::Object(Record::clone(own)))
        .collect()
}

/// A V2 operation, which returns the same customers in another format.
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
    let credit = items(own("store_credit_amounts")).first();
    let credit = credit.map_or(0.0, |credit| amount(&credit["amount"]));
    json!({
        "id": own("id"),
        "first_name": own("first_name"),
        "last_name": own("last_name"),
        "email": own("email"),
        "company": own("company"),
        "phone": own("phone"),
        "store_credit": format!("{credit:.4}"),
        "registration_ip_address": own("registration_ip_address"),
        "customer_group_id": own("customer_group_id"),
        "notes": own("notes"),
        "tax_exempt_category": own("tax_exempt_category"),
        "reset_pass_on_login": own("authentication")["force_password_reset"],
        "accepts_marketing": own("accepts_product_review_abandoned_cart_emails"),
        "form_fields": null,
        "addresses": {
            "url": format!("/customers/{}/addresses", own("id")),
            "resource": format!("/customers/{}/addresses", own("id")),
        },
        "date_created": own("date_created"),
        "date_modified": own("date_modified"),
    })
}

fn seed(n: usize) -> Value {
    let (first, last) = (FIRST[n % FIRST.len()], LAST[n % LAST.len()]);
    let street = ["Harbour Street", "Mill Lane", "Orchard Road"][n % 3];
    json!({
        "first_name": first,
        "last_name": last,
        "email": format!("{}.{n}@example.com", first.to_lowercase()),
        "company": if n % 7 == 6 { "Grau & Daughters" } else { "" },
        "phone": format!("555-01{}", 10 + n % 90),
        "addresses": [{
            "first_name": first,
            "last_name": last,
            "address1": format!("{} {street}", n * 3 % 120 + 1),
            "city": (["Austin", "Portland", "Burlington"][n % 3]),
            "state_or_province": (["Texas", "Oregon", "Vermont"][n % 3]),
            "postal_code": (["78701", "97201", "05401"][n % 3]),
            "country_code": "US",
        }],
    })
}
