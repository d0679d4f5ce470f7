//! Web pages. V2 returns the same pages, with some additional fields.

use serde_json::{Value, json};

use crate::refusal::Refusal;
use crate::rules::fields::{get, says, slug, text, with};
use crate::rules::{Context, Rules, Settings, Special, Verb, Work, Write, refuse};
use crate::state::Record;
use crate::wanted::Wanted;

pub(in crate::rules) struct Pages;

const NAME: &str = "pages";
const FILE: &str = "content/pages.rs";

/// The fields that only V2 has, with their values before they are written.
fn older() -> Value {
    json!({
        "is_homepage": false, "layout_file": "page.html", "has_mobile_version": false, "mobile_body": "",
    })
}

const OLDER: Special = Special {
    file: FILE,
    write: Some(write_older),
    answer: Some(shown_older),
    ..Special::USUAL
};

impl Rules for Pages {
    fn settings(&self) -> Settings {
        Settings {
            path: "content/pages",
            also: &["pages"],
            name: NAME,
            file: Some(FILE),
            gone: Some(404),
            ..Settings::USUAL
        }
    }

    fn operations(&self) -> &'static [Special] {
        &[
            Special {
                id: "pages_v2.list",
                ..OLDER
            },
            Special {
                id: "pages_v2.get",
                ..OLDER
            },
            Special {
                id: "pages_v2.create",
                ..OLDER
            },
            Special {
                id: "pages_v2.update",
                ..OLDER
            },
            Special {
                id: "pages.update_batch",
                file: FILE,
                verb: Some(Verb::Update),
                ..Special::USUAL
            },
        ]
    }

    fn write(&self, _: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        let kind = text(get(write.record, "type"));
        if kind == "blog" && write.before.is_none() {
            return refuse("type", "A blog page can only be added in the control panel");
        }
        for (own, field) in [("raw", "body"), ("link", "link")] {
            if kind == own && !says(get(write.record, field)) {
                return refuse(field, &format!("missing the required field: {field}"));
            }
        }
        Ok(())
    }

    fn starts(&self, _: &Context<'_>, record: &Record) -> Value {
        json!({
            "url": format!("/{}/", slug(text(get(record, "name")))),
            "content_type": "text/html", "channel_id": 1,
        })
    }

    fn removed(&self, work: &mut Work<'_, '_>, record: &Record) -> Result<(), Refusal> {
        let with_children = matches!(work.context().query("delete_children"), Some("true" | "1"));
        let below = work
            .context()
            .all(NAME, &[("parent_id", get(record, "id").clone())]);
        for page in below {
            let id = get(&page, "id");
            if with_children {
                work.remove(NAME, id)?;
                self.removed(work, &page)?;
            } else {
                // They move to the top level, and menus do not show them.
                work.amend(NAME, id, json!({ "parent_id": 0, "is_visible": false }))?;
            }
        }
        Ok(())
    }
}

/// Stores the fields that only V2 has.
fn write_older(_: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
    for (name, value) in older().as_object().into_iter().flatten() {
        if let Some(sent) = write.body.get(name) {
            write.set(name, sent.clone());
        } else if write.before.is_none() {
            write.set(name, value.clone());
        }
    }
    Ok(())
}

fn shown_older(_: &Context<'_>, _: &Wanted, record: &Record) -> Value {
    let mut shown = with(&older(), Value::Object(record.clone()));
    // A value that was never written is empty in V2, and null in V3.
    for value in shown
        .as_object_mut()
        .into_iter()
        .flat_map(|all| all.values_mut())
    {
        if value.is_null() {
            *value = json!("");
        }
    }
    shown
}
