//! The messages about the orders of a new store.

use serde_json::json;

use crate::refusal::Refusal;
use crate::rules::{Rules, Seeding, Settings};
use crate::values::days_ago;

pub(in crate::rules) struct Messages;

impl Rules for Messages {
    fn settings(&self) -> Settings {
        Settings {
            path: "orders/messages",
            name: "order_messages",
            file: Some("orders/messages.rs"),
            ..Settings::USUAL
        }
    }

    fn seed(&self, seeding: &mut Seeding<'_>) -> Result<(), Refusal> {
        let orders = seeding.every("orders", "id");
        let customers = seeding.every("orders", "customer_id");
        let messages = orders.iter().zip(customers).enumerate().step_by(3);
        let messages = messages.map(|(n, (order, customer))| {
            json!({
                "order_id": order, "staff_id": 1, "customer_id": customer, "type": "admin",
                "subject": format!("Re: Order #{order}"), "message": "Your order is being packed.",
                "status": (["unread", "read"][n % 2]), "is_flagged": n % 4 == 3,
                "date_created": days_ago(i64::try_from(n % 30).unwrap_or_default()), "customer": {},
            })
        });
        seeding.put("order_messages.list", messages)
    }
}
