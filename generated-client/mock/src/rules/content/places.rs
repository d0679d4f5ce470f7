//! Where widgets are shown: the regions of templates, the placements in them, and everything on a page.

use std::sync::Arc;

use serde_json::{Value, json};

use super::widgets::{WIDGETS, whole};
use crate::refusal::Refusal;
use crate::rules::channels::site_of;
use crate::rules::fields::{get, or};
use crate::rules::{Context, Looking, Rules, Seeding, Settings, Special, Verb, Write, refuse};
use crate::state::Record;
use crate::values::plain;
use crate::wanted::Wanted;

pub(in crate::rules) struct Placements;
pub(in crate::rules) struct Regions;
pub(in crate::rules) struct PageWidgets;

const FILE: &str = "content/places.rs";
const PAGES: &str = "page_widgets";

/// The regions of the theme, by template; those that end in `--global` are on every page.
const REGIONS: [(&str, &str); 7] = [
    ("pages/home", "home_below_menu"),
    ("pages/home", "home_below_featured_products"),
    ("pages/product", "product_below_content"),
    ("pages/product", "product_below_price"),
    ("pages/category", "category_below_header"),
    ("pages/", "header_bottom--global"),
    ("pages/", "footer_top--global"),
];

impl Rules for Regions {
    fn settings(&self) -> Settings {
        Settings {
            path: "content/regions",
            name: "widget_regions",
            file: Some(FILE),
            ..Settings::USUAL
        }
    }

    fn operations(&self) -> &'static [Special] {
        &[Special {
            id: "widget_regions.list",
            file: FILE,
            among: Some(|context, region| {
                let asked = context.query("template_file").unwrap_or_default();
                let own = plain(get(region, "template_file"));
                let fits = own == asked || (own.ends_with('/') && asked.starts_with(&own));
                fits.then(|| get(region, "id").clone())
            }),
            ..Special::USUAL
        }]
    }

    fn seed(&self, seeding: &mut Seeding<'_>) -> Result<(), Refusal> {
        let all = REGIONS
            .iter()
            .map(|(file, name)| json!({ "template_file": file, "name": name }));
        seeding.put("widget_regions.list", all)
    }
}

impl Rules for Placements {
    fn settings(&self) -> Settings {
        Settings {
            path: "content/placements",
            name: "widget_placements",
            file: Some(FILE),
            ..Settings::USUAL
        }
    }

    fn starts(&self, _: &Context<'_>, _: &Record) -> Value {
        json!({ "channel_id": 1, "status": "inactive" })
    }

    fn write(&self, context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        if write.sent("widget_uuid") {
            let widget = write.body["widget_uuid"].clone();
            if context.one(WIDGETS, &widget).is_none() {
                return refuse("widget_uuid", "There is no such widget");
            }
            write.set("widget_uuid", widget);
        }
        Ok(())
    }

    fn show(&self, context: &Context<'_>, _: &Wanted, own: &Record, field: &str) -> Option<Value> {
        (field == "widget").then(|| placed(context, own))
    }

    fn find(&self, context: &Context<'_>, own: &Record, looking: Looking<'_>) -> Option<Value> {
        let template = |field: &str| placed(context, own)["widget_template"][field].clone();
        match (looking.parameter, looking.field) {
            ("widget_template_kind", _) => Some(template("kind")),
            ("widget_template_uuid", _) => Some(template("uuid")),
            (_, "site_id") => Some(site_of(context, get(own, "channel_id"))),
            _ => None,
        }
    }
}

/// The complete widget of a placement.
fn placed(context: &Context<'_>, placement: &Record) -> Value {
    let widget = context.one(WIDGETS, get(placement, "widget_uuid"));
    widget.map_or(Value::Null, |own| whole(context, &own))
}

impl Rules for PageWidgets {
    fn settings(&self) -> Settings {
        Settings {
            path: "content/page-widgets",
            name: PAGES,
            file: Some(FILE),
            holds: Some("page_widgets.PageContent"),
            indexed: &["page"],
            ..Settings::USUAL
        }
    }

    fn operations(&self) -> &'static [Special] {
        &[
            Special {
                id: "page_widgets.get",
                file: FILE,
                verb: Some(Verb::List),
                answer_all: Some(|context, _, _| {
                    let asked = |name: &str| context.query(name).map_or(Value::Null, Value::from);
                    let own = of_page(context, &asked);
                    let regions = own.map(|own| get(&own, "regions").clone());
                    json!({ "regions": regions.unwrap_or_else(|| json!([])) })
                }),
                ..Special::USUAL
            },
            Special {
                id: "page_widgets.replace",
                file: FILE,
                verb: Some(Verb::Upsert),
                find: Some(|context, page| of_page(context, &|name| page[name].clone())),
                ..Special::USUAL
            },
        ]
    }

    fn write(&self, _: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        let page = page(&|name| write.body[name].clone());
        write.set("page", page);
        Ok(())
    }
}

/// The identity of a page: its channel, its template and its resource.
fn page(told: &dyn Fn(&str) -> Value) -> String {
    let channel = or([&told("channel_id"), &json!(1)]);
    format!(
        "{} {} {}",
        plain(&channel),
        plain(&told("template_file")),
        plain(&told("entity_id"))
    )
}

fn of_page(context: &Context<'_>, told: &dyn Fn(&str) -> Value) -> Option<Arc<Record>> {
    context.first(PAGES, &[("page", page(told).into())])
}
