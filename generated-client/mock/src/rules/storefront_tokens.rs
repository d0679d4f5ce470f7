//! Tokens for the GraphQL Storefront API: they are invented, and can only be revoked.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{Context, Rules, Settings, Special, Verb, Write, refuse};
use crate::refusal::Refusal;
use crate::secret::draw;
use crate::state::Record;

pub(super) struct Tokens;

const NAME: &str = "storefront_tokens";
const FILE: &str = "storefront_tokens.rs";

const MADE: Special = Special {
    file: FILE,
    verb: Some(Verb::Create),
    collection: Some(NAME),
    ..Special::USUAL
};

impl Rules for Tokens {
    fn settings(&self) -> Settings {
        Settings {
            path: "storefront/api-token",
            name: NAME,
            file: Some(FILE),
            holds: Some("storefront_tokens.StorefrontToken"),
            missing: Some(422),
            ..Settings::USUAL
        }
    }

    fn operations(&self) -> &'static [Special] {
        &[
            Special {
                id: "storefront_tokens.create_private",
                ..MADE
            },
            Special {
                id: "storefront_tokens.create_impersonation",
                ..MADE
            },
            Special {
                id: "storefront_tokens.revoke",
                file: FILE,
                find: Some(named),
                ..Special::USUAL
            },
        ]
    }

    fn write(&self, _: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        match (write.sent("channel_id"), write.sent("channel_ids")) {
            (false, false) => refuse("channel_id", "Set either one channel or several"),
            (true, true) => refuse("channel_ids", "Set either one channel or several"),
            _ => Ok(()),
        }
    }

    fn starts(&self, _: &Context<'_>, _: &Record) -> Value {
        json!({ "token": jwt() })
    }
}

/// Looks like a JSON Web Token.
pub(super) fn jwt() -> String {
    format!("eyJ0eXAiOiJKV1QifQ.{}.{}", draw(48), draw(64))
}

/// The token in the header.
fn named(context: &Context<'_>, _: &Value) -> Option<Arc<Record>> {
    let token = context.header("sf-api-token")?;
    context.first(NAME, &[("token", token.into())])
}
