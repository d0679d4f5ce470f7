//! Widgets and their versioned templates.

use serde_json::{Value, json};

use crate::refusal::Refusal;
use crate::rules::channels::site_of;
use crate::rules::fields::{get, or, says};
use crate::rules::{Context, Looking, Rules, Settings, Special, Verb, Write, refuse};
use crate::state::Record;
use crate::wanted::Wanted;

pub(in crate::rules) struct Templates;
pub(in crate::rules) struct Widgets;

const TEMPLATES: &str = "widget_templates";
pub(super) const WIDGETS: &str = "widgets";
const FILE: &str = "content/widgets.rs";

impl Rules for Templates {
    fn settings(&self) -> Settings {
        Settings {
            path: "content/widget-templates",
            name: TEMPLATES,
            file: Some(FILE),
            ..Settings::USUAL
        }
    }

    fn operations(&self) -> &'static [Special] {
        // It is not rendered: the template's text is returned.
        &[Special {
            id: "widget_templates.preview",
            file: FILE,
            verb: Some(Verb::Get),
            collection: Some(TEMPLATES),
            answer: Some(|_, _, own| json!({ "html": get(own, "template") })),
            ..Special::USUAL
        }]
    }

    fn write(&self, context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        if write.before.is_none() || write.body["create_new_version"] == true {
            write.set("current_version_uuid", context.uuid());
        }
        let channel = &write.body["channel_id"];
        if write.before.is_none() || says(channel) {
            write.set("channel_id", or([channel, &json!(1)]));
        }
        Ok(())
    }

    fn starts(&self, _: &Context<'_>, _: &Record) -> Value {
        json!({ "kind": "custom", "icon_name": "default" })
    }

    fn find(&self, _: &Context<'_>, record: &Record, looking: Looking<'_>) -> Option<Value> {
        (looking.parameter == "widget_template_kind").then(|| get(record, "kind").clone())
    }
}

impl Rules for Widgets {
    fn settings(&self) -> Settings {
        Settings {
            path: "content/widgets",
            name: WIDGETS,
            file: Some(FILE),
            ..Settings::USUAL
        }
    }

    fn starts(&self, _: &Context<'_>, _: &Record) -> Value {
        json!({ "channel_id": 1, "widget_configuration": {} })
    }

    fn write(&self, context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        let (named, upgrades) = (
            write.sent("widget_template_uuid"),
            write.body["upgrade"] == true,
        );
        if named {
            write.set(
                "widget_template_uuid",
                write.body["widget_template_uuid"].clone(),
            );
        }
        let template = context.one(TEMPLATES, get(write.record, "widget_template_uuid"));
        match template {
            Some(template) if named || upgrades => {
                write.set(
                    "version_uuid",
                    get(&template, "current_version_uuid").clone(),
                );
                Ok(())
            }
            None if named => refuse("widget_template_uuid", "There is no such template"),
            _ => Ok(()),
        }
    }

    fn show(&self, context: &Context<'_>, _: &Wanted, own: &Record, field: &str) -> Option<Value> {
        (field == "widget_template").then(|| template(context, own))
    }

    fn find(&self, context: &Context<'_>, own: &Record, looking: Looking<'_>) -> Option<Value> {
        match (looking.parameter, looking.field) {
            ("widget_template_kind", _) => Some(template(context, own)["kind"].clone()),
            (_, "site_id") => Some(site_of(context, get(own, "channel_id"))),
            _ => None,
        }
    }
}

/// The template of a widget.
fn template(context: &Context<'_>, widget: &Record) -> Value {
    let own = context.one(TEMPLATES, get(widget, "widget_template_uuid"));
    own.map_or(Value::Null, |own| Value::Object(Record::clone(&own)))
}

/// A widget with its template.
pub(super) fn whole(context: &Context<'_>, widget: &Record) -> Value {
    let mut own = widget.clone();
    own.insert("widget_template".to_owned(), template(context, widget));
    Value::Object(own)
}
