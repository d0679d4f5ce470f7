//! Redirects. V2 returns the same ones under other names: a `path` and its target `forward`.

use serde_json::{Value, json};

use crate::refusal::Refusal;
use crate::rules::channels::site_of;
use crate::rules::fields::{get, text};
use crate::rules::{Context, Looking, Rules, Seeding, Settings, Special, Told, Write, Written};
use crate::state::Record;
use crate::values::{key_of, plain};
use crate::wanted::Wanted;

pub(in crate::rules) struct Redirects;

pub(super) const NAME: &str = "redirects";
const FILE: &str = "content/redirects.rs";

const OLDER: Special = Special {
    file: FILE,
    write: Some(write_older),
    answer: Some(shown_older),
    ..Special::USUAL
};

impl Rules for Redirects {
    fn settings(&self) -> Settings {
        Settings {
            path: "storefront/redirects",
            also: &["redirects"],
            name: NAME,
            file: Some(FILE),
            ..Settings::USUAL
        }
    }

    fn operations(&self) -> &'static [Special] {
        &[
            Special {
                id: "redirects_v2.list",
                ..OLDER
            },
            Special {
                id: "redirects_v2.get",
                ..OLDER
            },
            Special {
                id: "redirects_v2.create",
                ..OLDER
            },
            Special {
                id: "redirects_v2.update",
                ..OLDER
            },
        ]
    }

    fn show(&self, context: &Context<'_>, _: &Wanted, own: &Record, field: &str) -> Option<Value> {
        (field == "to_url").then(|| address(context, own))
    }

    fn event(&self, _: &Context<'_>, _: &str, written: &Written) -> Told {
        let own = |field: &str| get(&written.record, field).clone();
        Told::Data(json!({
            "id": own("id"), "site_id": own("site_id"), "from_path": own("from_path"),
            "to": own("to"),
        }))
    }

    /// The old address of every eighth product.
    fn seed(&self, seeding: &mut Seeding<'_>) -> Result<(), Refusal> {
        let sites = seeding.every("sites", "id");
        let Some(site) = sites.first() else {
            return Ok(());
        };
        let products = seeding.every("products", "id");
        let skus = seeding.every("products", "sku");
        let moved = products.iter().zip(&skus).skip(7).step_by(8);
        let moved = moved.map(|(product, sku)| {
            json!({
                "site_id": site, "from_path": format!("/{}.html", plain(sku).to_lowercase()),
                "to": { "type": "product", "entity_id": product },
            })
        });
        seeding.put("redirects.list", moved)
    }

    fn find(&self, context: &Context<'_>, record: &Record, looking: Looking<'_>) -> Option<Value> {
        match (looking.parameter, looking.field) {
            // A keyword matches the paths that begin with it, with or without their slash.
            ("keyword", _) => {
                let path = |text: &str| text.trim_start_matches('/').to_lowercase();
                let asked = context.query("keyword").unwrap_or_default();
                let begins = path(text(get(record, "from_path"))).starts_with(&path(asked));
                Some(if begins { asked.into() } else { Value::Null })
            }
            (_, "type") => Some(get(record, "to")["type"].clone()),
            _ => None,
        }
    }
}

/// The collections of redirect targets.
const THINGS: [(&str, &str); 5] = [
    ("product", "products"),
    ("brand", "brands"),
    ("category", "categories"),
    ("page", "pages"),
    ("post", "blog_posts"),
];

/// The path of a redirect's target resource, or its target URL.
pub(super) fn path(context: &Context<'_>, redirect: &Record) -> String {
    let to = get(redirect, "to");
    let known = THINGS.iter().find(|(kind, _)| *kind == text(&to["type"]));
    let Some((_, collection)) = known else {
        return text(&to["url"]).to_owned();
    };
    let thing = context
        .one(collection, &to["entity_id"])
        .unwrap_or_default();
    let urls = [
        &get(&thing, "custom_url")["url"],
        &get(&thing, "url")["path"],
        get(&thing, "url"),
    ];
    let url = urls.into_iter().find(|url| !text(url).is_empty());
    url.map_or("/", text).to_owned()
}

fn address(context: &Context<'_>, redirect: &Record) -> Value {
    let path = path(context, redirect);
    match path.starts_with('/') {
        true => format!("{}{path}", context.setting.url).into(),
        false => path.into(),
    }
}

fn write_older(context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
    write.set("from_path", write.body["path"].clone());
    let forward = &write.body["forward"];
    let target = match text(&forward["type"]) {
        "manual" => json!({ "type": "url", "url": plain(&forward["ref"]) }),
        kind => {
            let id = key_of(&forward["ref"]).map_or(Value::Null, |key| key.value());
            json!({ "type": kind, "entity_id": id })
        }
    };
    write.set("to", target);
    if write.before.is_none() {
        write.set("site_id", site_of(context, &json!(1)));
    }
    Ok(())
}

fn shown_older(context: &Context<'_>, _: &Wanted, record: &Record) -> Value {
    let to = get(record, "to");
    let forward = match text(&to["type"]) {
        "url" => json!({ "type": "manual", "ref": to["url"] }),
        kind => json!({ "type": kind, "ref": to["entity_id"] }),
    };
    json!({
        "id": get(record, "id"), "path": get(record, "from_path"), "forward": forward,
        "url": address(context, record),
    })
}
