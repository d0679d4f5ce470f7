//! Which custom template of a theme a product, a category, a brand or a page has.

use serde_json::{Value, json};

use super::{ACTIVE, NAME};
use crate::rules::fields::{get, items, says, text};
use crate::rules::{Context, Looking, Rules, Settings, Special, refuse};
use crate::state::Record;
use crate::wanted::Wanted;

pub(in crate::rules) struct Associations;

const FILE: &str = "themes/associations.rs";

impl Rules for Associations {
    fn settings(&self) -> Settings {
        Settings {
            path: "storefront/custom-template-associations",
            name: "custom_template_associations",
            file: Some(FILE),
            ..Settings::USUAL
        }
    }

    fn operations(&self) -> &'static [Special] {
        const LIST: Special = Special {
            id: "custom_template_associations.list",
            file: FILE,
            // Resources of different types may share an id.
            asks: Some(|context| {
                match context.query("entity_id:in").is_some() && context.query("type").is_none() {
                    true => refuse("type", "The ids require their type"),
                    false => Ok(()),
                }
            }),
            ..Special::USUAL
        };
        const DELETE: Special = Special {
            id: "custom_template_associations.delete",
            ..LIST
        };
        const UPSERT: Special = Special {
            id: "custom_template_associations.upsert",
            file: FILE,
            answer_all: Some(|_, _, _| json!({})),
            ..Special::USUAL
        };
        &[LIST, DELETE, UPSERT]
    }

    fn derive(&self, context: &Context<'_>, record: &mut Record) {
        let now = || Value::from(context.now.as_str());
        if !says(get(record, "date_created")) {
            record.insert("date_created".to_owned(), now());
        }
        record.insert("date_modified".to_owned(), now());
    }

    fn show(&self, context: &Context<'_>, _: &Wanted, own: &Record, field: &str) -> Option<Value> {
        (field == "is_valid").then(|| is_there(context, own).into())
    }

    fn find(&self, context: &Context<'_>, own: &Record, looking: Looking<'_>) -> Option<Value> {
        match looking.field {
            "type" => Some(get(own, "entity_type").clone()),
            "is_valid" => Some(is_there(context, own).into()),
            _ => None,
        }
    }
}

/// Whether the channel's active theme contains the file.
fn is_there(context: &Context<'_>, own: &Record) -> bool {
    let active = context.one(ACTIVE, get(own, "channel_id"));
    let theme = active.and_then(|active| context.one(NAME, get(&active, "active_theme_uuid")));
    let kind = text(get(own, "entity_type")).to_owned();
    theme.is_some_and(|theme| {
        items(&get(&theme, "custom_templates")[kind.as_str()]).contains(get(own, "file_name"))
    })
}
