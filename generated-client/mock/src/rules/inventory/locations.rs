//! Locations with stock. Writes only return the id of a transaction.

use serde_json::{Value, json};

use crate::refusal::Refusal;
use crate::rules::fields::{get, text};
use crate::rules::open_orders::open_at;
use crate::rules::{Context, Looking, Rules, Seeding, Settings, Special, Told, Written};
use crate::state::Record;

pub(in crate::rules) struct Locations;

/// The store's own location, from which it ships.
pub(super) const OWN: i64 = 1;

const FILE: &str = "inventory/locations.rs";
/// How many of the orders that keep a location are named.
const TOLD: usize = 5;

/// The response to every write of stock or locations.
pub(super) fn transaction(context: &Context<'_>) -> Value {
    json!({ "transaction_id": context.uuid() })
}

const WRITE: Special = Special {
    file: FILE,
    answer: Some(|context, _, _| transaction(context)),
    answer_all: Some(|context, _, _| transaction(context)),
    ..Special::USUAL
};

impl Rules for Locations {
    fn settings(&self) -> Settings {
        Settings {
            path: "inventory/locations",
            name: "locations",
            file: Some(FILE),
            zulu: true,
            ..Settings::USUAL
        }
    }

    fn operations(&self) -> &'static [Special] {
        &[
            Special {
                id: "locations.create",
                ..WRITE
            },
            Special {
                id: "locations.update",
                ..WRITE
            },
            Special {
                id: "locations.delete",
                ..WRITE
            },
        ]
    }

    fn starts(&self, _: &Context<'_>, _: &Record) -> Value {
        let day = json!({ "open": false, "opening": "00:00", "closing": "00:00" });
        let days = [
            "sunday",
            "monday",
            "tuesday",
            "wednesday",
            "thursday",
            "friday",
            "saturday",
        ];
        let hours: Value = days
            .iter()
            .map(|name| ((*name).to_owned(), day.clone()))
            .collect();
        json!({
            "enabled": true, "storefront_visibility": true, "managed_by_external_source": false,
            "type_id": "PHYSICAL", "operating_hours": hours, "special_hours": [],
        })
    }

    fn find(&self, _: &Context<'_>, record: &Record, looking: Looking<'_>) -> Option<Value> {
        match (looking.field, looking.parameter) {
            ("location_id", _) => Some(get(record, "id").clone()),
            ("location_code", _) => Some(get(record, "code").clone()),
            (_, "is_default") => Some(Value::from(*get(record, "id") == OWN)),
            (_, "is_active") => Some(get(record, "enabled").clone()),
            _ => None,
        }
    }

    /// Which orders keep a location, and with which status and words it is refused, is not documented: both are a
    /// choice made here.
    fn kept(&self, context: &Context<'_>, record: &Record) -> Option<String> {
        let (id, label) = (get(record, "id"), text(get(record, "label")));
        if *id == OWN {
            return Some("Shipments start from this location".to_owned());
        }
        let open = open_at(context, id);
        if open.is_empty() {
            return None;
        }
        let mut orders: Vec<String> = open.iter().take(TOLD).map(i64::to_string).collect();
        if open.len() > TOLD {
            orders.push(format!("{} more", open.len() - TOLD));
        }
        let orders = orders.join(", ");
        Some(format!(
            "Location with associated orders can't be deleted. Open orders of {label} ({id}): {orders}"
        ))
    }

    fn event(&self, _: &Context<'_>, _: &str, written: &Written) -> Told {
        Told::Data(json!({ "location_id": written.key.value() }))
    }

    fn seed(&self, seeding: &mut Seeding<'_>) -> Result<(), Refusal> {
        let location = json!({
            "code": "BC-LOCATION-1", "label": "Default location", "description": "",
            "time_zone": "Etc/UTC",
            "address": {
                "address1": "1 Harbour Road", "address2": "", "city": "Austin", "state": "Texas",
                "zip": "78701", "email": "stock@example.com", "phone": "", "country_code": "US",
                "geo_coordinates": { "latitude": 30.2672, "longitude": -97.7431 },
            },
        });
        seeding.put("locations.list", [location])
    }
}
