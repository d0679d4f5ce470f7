//! The templates of the store's e-mails, which a channel may override.

use serde_json::{Value, json};

use crate::refusal::Refusal;
use crate::rules::fields::get;
use crate::rules::{Context, Rules, Seeding, Settings, Written};

pub(in crate::rules) struct EmailTemplates;

/// The store's templates, with their subjects.
const TEMPLATES: [(&str, &str); 12] = [
    ("abandoned_cart_email", "You left something behind"),
    ("account_details_changed_email", "Your account has changed"),
    ("combined_order_status_email", "Your order has a new status"),
    ("createaccount_email", "Welcome"),
    ("createguestaccount_email", "Finish your account"),
    ("giftcertificate_email", "A gift for you"),
    ("invoice_email", "Your order"),
    ("ordermessage_notification", "A message about your order"),
    ("return_confirmation_email", "Your return"),
    ("return_statuschange_email", "Your return has a new status"),
    ("product_review_email", "How do you like it?"),
    ("account_reset_password_email", "Choose a new password"),
];

impl Rules for EmailTemplates {
    fn settings(&self) -> Settings {
        Settings {
            path: "marketing/email-templates",
            name: "email_templates",
            file: Some("store_settings/emails.rs"),
            given: true,
            per_channel: true,
            forgives: true,
            ..Settings::USUAL
        }
    }

    fn channel_event(&self, _: &Context<'_>, _: &str, written: &Written) -> Option<Vec<Value>> {
        let kind = get(&written.record, "type_id");
        Some(vec![json!({ "template_kind": kind })])
    }

    fn seed(&self, seeding: &mut Seeding<'_>) -> Result<(), Refusal> {
        let all = TEMPLATES.iter().map(|(id, subject)| {
            json!({
                "type_id": id, "subject": format!("{subject} at {{{{store.name}}}}"),
                "body": "<p>{{lang 'hello'}}</p>",
                "translations": [{ "locale": "en", "keys": { "hello": subject } }],
            })
        });
        seeding.put("email_templates.list", all)
    }
}
