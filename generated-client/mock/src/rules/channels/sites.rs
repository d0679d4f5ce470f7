//! Sites: the URLs of channels, their certificates and their routes. A site has one primary URL; its
//! checkout is at one of its own URLs or at the primary URL of the store's own storefront.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{OWN, of_path};
use crate::refusal::Refusal;
use crate::rules::fields::{get, says, text};
use crate::rules::{Context, Looking, Rules, Seeding, Settings, Special, Verb, Write, refuse};
use crate::state::Record;
use crate::wanted::Wanted;

pub(in crate::rules) struct Sites;
pub(in crate::rules) struct Routes;

const NAME: &str = "sites";
const FILE: &str = "channels/sites.rs";
/// The site of the store's own storefront.
const FIRST: i64 = 1000;
const CERTIFICATES: &str = "sites/certificate";

/// The field of a site with its own checkout URL.
const CHECKOUT: &str = "checkout_url";

const OF_CHANNEL: Special = Special {
    file: FILE,
    find: Some(of_channel),
    ..Special::USUAL
};

impl Rules for Sites {
    fn settings(&self) -> Settings {
        Settings {
            path: "sites",
            also: &["channels/site"],
            name: NAME,
            file: Some(FILE),
            first: FIRST,
            zulu: true,
            ..Settings::USUAL
        }
    }

    fn operations(&self) -> &'static [Special] {
        &[
            Special {
                id: "channel_sites.get",
                verb: Some(Verb::Get),
                ..OF_CHANNEL
            },
            Special {
                id: "channel_sites.update",
                verb: Some(Verb::Update),
                ..OF_CHANNEL
            },
            Special {
                id: "channel_sites.delete",
                answer_all: Some(|_, _, _| json!({})),
                ..OF_CHANNEL
            },
            Special {
                id: "channel_sites.set_checkout_url",
                verb: Some(Verb::Update),
                collection: Some(NAME),
                write: Some(set_checkout),
                ..OF_CHANNEL
            },
            Special {
                id: "channel_sites.delete_checkout_url",
                verb: Some(Verb::Update),
                collection: Some(NAME),
                write: Some(|_, write| {
                    write.record.shift_remove(CHECKOUT);
                    Ok(())
                }),
                answer: Some(|_, _, _| json!({})),
                ..OF_CHANNEL
            },
            Special {
                id: "site_certificates.install",
                file: FILE,
                write: Some(install),
                answer: Some(|_, _, _| json!({})),
                ..Special::USUAL
            },
            Special {
                id: "site_certificates.list_across",
                file: FILE,
                verb: Some(Verb::List),
                collection: Some(CERTIFICATES),
                answer_all: Some(|_, found, _| {
                    let installed = found
                        .iter()
                        .map(|(_, own)| get(own, "installed_certificate"));
                    installed.filter(|own| says(own)).cloned().collect()
                }),
                ..Special::USUAL
            },
        ]
    }

    fn starts(&self, _: &Context<'_>, _: &Record) -> Value {
        json!({ "ssl_status": "shared" })
    }

    fn show(&self, context: &Context<'_>, _: &Wanted, own: &Record, field: &str) -> Option<Value> {
        match field {
            "urls" => Some(urls(context, own)),
            "is_checkout_url_customized" => Some(own.contains_key(CHECKOUT).into()),
            _ => None,
        }
    }

    fn find(&self, _: &Context<'_>, _: &Record, looking: Looking<'_>) -> Option<Value> {
        let all = json!(["primary", "canonical", "checkout"]);
        (looking.field == "url_type").then_some(all)
    }

    fn kept(&self, _: &Context<'_>, record: &Record) -> Option<String> {
        let is_first = *get(record, "id") == FIRST;
        is_first.then(|| "The default site cannot be removed".to_owned())
    }

    fn seed(&self, seeding: &mut Seeding<'_>) -> Result<(), Refusal> {
        let own = json!({ "url": "https://store.example.com", "channel_id": OWN });
        seeding.make("sites.create", [own])
    }
}

impl Rules for Routes {
    fn settings(&self) -> Settings {
        Settings {
            path: "sites/routes",
            name: "site_routes",
            file: Some(FILE),
            unique: &[&["site_id", "type", "matching"]],
            exact: true,
            taken: 422,
            ..Settings::USUAL
        }
    }

    fn channel(&self, context: &Context<'_>, record: &Record) -> Option<(i64, Value)> {
        let site = context.one(NAME, get(record, "site_id"))?;
        Some((get(&site, "channel_id").as_i64()?, Value::Null))
    }
}

/// The site of the channel in the path.
fn of_channel(context: &Context<'_>, _: &Value) -> Option<Arc<Record>> {
    of(context, &of_path(context))
}

/// The site of a channel.
fn of(context: &Context<'_>, channel: &Value) -> Option<Arc<Record>> {
    context.first(NAME, &[("channel_id", channel.clone())])
}

/// The id of a channel's site; null if the channel has none.
pub(in crate::rules) fn site_of(context: &Context<'_>, channel: &Value) -> Value {
    of(context, channel).map_or(Value::Null, |site| get(&site, "id").clone())
}

/// All URLs of a site.
fn urls(context: &Context<'_>, site: &Record) -> Value {
    let default = of(context, &OWN.into());
    let default = default.map_or(Value::Null, |own| get(&own, "url").clone());
    let (hash, channel) = (&context.setting.hash, get(site, "channel_id"));
    let canonical = format!("https://store-{hash}-{channel}.mybigcommerce.example");
    let checkout = site.get(CHECKOUT).cloned().unwrap_or(default);
    let address = |url: Value, kind: &str| {
        json!({
            "url": url, "type": kind,
            "created_at": get(site, "created_at"), "updated_at": get(site, "updated_at"),
        })
    };
    json!([
        address(get(site, "url").clone(), "primary"),
        address(canonical.into(), "canonical"),
        address(checkout, "checkout"),
    ])
}

/// Accepts a checkout URL within the domain of the primary one.
fn set_checkout(_: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
    // The `url` in the body is not that of the site.
    let primary = write.before.map(|before| get(before, "url").clone());
    let primary = primary.unwrap_or_default();
    let checkout = host(text(&write.body["url"]));
    if domain(checkout) != domain(host(text(&primary))) {
        let says = "The checkout URL is not within the domain of the primary URL";
        return refuse("url", says);
    }
    write.set("url", primary);
    write.set(CHECKOUT, format!("https://{checkout}"));
    Ok(())
}

/// Installs a certificate; its key is not stored.
fn install(context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
    let site = context.in_path(NAME, "site_id")?;
    let sent = [&write.body["url"], get(&site, "url")];
    let own = host(
        sent.into_iter()
            .map(text)
            .find(|url| !url.is_empty())
            .unwrap_or_default(),
    );
    let (own, files) = (own.to_owned(), write.body["certificate"].clone());
    write.set("status", "dedicated");
    write.set("urls", json!([own]));
    let installed = json!({
        "common_name": own, "subject_alternative_names": [own],
        "certificate": files["certificate"],
        "intermediate_certificates": text(&files["intermediate_certificates"]),
    });
    write.set("installed_certificate", installed);
    Ok(())
}

/// The host of a URL, with or without a scheme.
fn host(url: &str) -> &str {
    let url = url.split_once("://").map_or(url, |(_, rest)| rest);
    url.split(['/', ':', '?']).next().unwrap_or_default()
}

/// The last two labels of a host.
fn domain(host: &str) -> String {
    let mut words: Vec<&str> = host.rsplit('.').take(2).collect();
    words.reverse();
    words.join(".").to_lowercase()
}
