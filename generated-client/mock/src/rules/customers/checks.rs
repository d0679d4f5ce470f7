//! Whether credentials are those of a customer. The store keeps a digest of each password, never the
//! password.

use std::hash::{DefaultHasher, Hash, Hasher};

use serde_json::{Value, json};

use crate::refusal::Refusal;
use crate::rules::fields::{get, text};
use crate::rules::{Context, Rules, Settings, Write};

/// The field of a customer with the digest of the password.
pub(super) const MARK: &str = "password_mark";

pub(in crate::rules) struct Credentials;
pub(in crate::rules) struct Passwords;

impl Rules for Credentials {
    fn settings(&self) -> Settings {
        Settings {
            path: "customers/validate-credentials",
            name: "customer_credentials",
            file: Some("customers/checks.rs"),
            holds: Some("customers.CustomerCredentialsResult"),
            fleeting: true,
            ..Settings::USUAL
        }
    }

    fn write(&self, context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        let mark = mark(text(&write.body["password"]));
        let own = context.known("customers", "email", text(&write.body["email"]));
        let own = own.filter(|own| *get(own, MARK) == mark);
        write.set("is_valid", own.is_some());
        write.set(
            "customer_id",
            own.map_or(json!(null), |own| get(&own, "id").clone()),
        );
        Ok(())
    }
}

impl Rules for Passwords {
    fn settings(&self) -> Settings {
        Settings {
            path: "customers/validate",
            name: "customer_passwords",
            file: Some("customers/checks.rs"),
            holds: Some("customers_v2.CustomerV2PasswordResult"),
            fleeting: true,
            ..Settings::USUAL
        }
    }

    fn write(&self, context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        let customer = context.in_path("customers", "customer_id")?;
        let same = *get(&customer, MARK) == mark(text(&write.body["password"]));
        write.set("success", same);
        Ok(())
    }
}

/// A digest that distinguishes passwords well enough for a mock.
pub(super) fn mark(password: &str) -> Value {
    let mut hasher = DefaultHasher::new();
    password.hash(&mut hasher);
    format!("{:x}", hasher.finish()).into()
}
