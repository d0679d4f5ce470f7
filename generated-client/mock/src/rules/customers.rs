//! Customers: their addresses and attributes, the name they are found by, and what events tell.

use serde_json::{Value, json};

use super::fields::{count, get, items, text, with};
use super::{Context, Looking, Rules, Seeding, Settings, Told, Write, Written, refuse};
use crate::refusal::Refusal;
use crate::state::Record;

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
            file: Some("customers.rs"),
            taken: 422,
            zulu: true,
            ..Settings::USUAL
        }
    }

    fn starts(&self, context: &Context<'_>, _: &Record) -> Value {
        json!({
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
        // Null is written for every channel, and never read.
        if write.body.get("channel_ids").is_some_and(Value::is_null) {
            write.set("channel_ids", json!([1]));
        }
        Ok(())
    }

    fn derive(&self, context: &Context<'_>, record: &mut Record) {
        let id = get(record, "id").clone();
        // The password goes no further than this.
        let forced = get(record, "authentication")["force_password_reset"] == true;
        let authentication = json!({ "force_password_reset": forced });
        record.insert("authentication".to_owned(), authentication);
        let addresses: Vec<Value> = items(get(record, "addresses"))
            .iter()
            .map(|address| of_address(context, &id, address))
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

    fn find(&self, _: &Context<'_>, record: &Record, looking: Looking<'_>) -> Option<Value> {
        let (first, last) = (get(record, "first_name"), get(record, "last_name"));
        let (first, last) = (text(first), text(last));
        match looking.parameter {
            "name:in" => Some(format!("{first} {last}").into()),
            "name:like" => Some(format!("{first}{last}").into()),
            _ => None,
        }
    }

    fn event(&self, _: &Context<'_>, scope: &str, written: &Written) -> Told {
        // Changes of addresses and of the values of attributes and form fields are not told.
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

fn of_address(context: &Context<'_>, customer: &Value, address: &Value) -> Value {
    let code = text(&address["country_code"]);
    let country = match code {
        "AU" => "Australia",
        "CA" => "Canada",
        "DE" => "Germany",
        "DK" => "Denmark",
        "FR" => "France",
        "GB" => "United Kingdom",
        "IE" => "Ireland",
        "US" => "United States",
        code => code,
    };
    let usual = json!({
        "company": "", "address2": "", "state_or_province": "", "postal_code": "", "phone": "",
        "address_type": "residential", "form_fields": [],
    });
    let id = context.id(address, "customer_addresses");
    with(
        &with(&usual, address.clone()),
        json!({ "id": id, "customer_id": customer, "country": country }),
    )
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
