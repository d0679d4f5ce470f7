//! Imports and exports of redirects as CSV. A job is finished as soon as it is started; its events report
//! the result.

use http::StatusCode;
use serde_json::{Value, json};

use super::redirects;
use crate::refusal::Refusal;
use crate::rules::fields::{get, items, text};
use crate::rules::{
    Context, Rules, Settings, Special, Verb, Work, Write, Written, object, refuse_with,
};
use crate::state::{Key, Record};
use crate::wanted::Wanted;

pub(in crate::rules) struct Jobs;

const NAME: &str = "redirect_jobs";
const FILE: &str = "content/jobs.rs";
const REDIRECTS: &str = redirects::NAME;

const COLUMNS: [&str; 5] = [
    "Domain",
    "Old Path",
    "Manual URL/Path",
    "Dynamic Target Type",
    "Dynamic Target ID",
];

const START: Special = Special {
    file: FILE,
    verb: Some(Verb::Create),
    collection: Some(NAME),
    answer: Some(|_, _, job| json!({ "id": get(job, "id") })),
    ..Special::USUAL
};

const FOLLOW: Special = Special {
    file: FILE,
    verb: Some(Verb::Stream),
    collection: Some(NAME),
    answer: Some(events),
    ..Special::USUAL
};

impl Rules for Jobs {
    fn settings(&self) -> Settings {
        Settings {
            path: "storefront/redirects/imex/jobs",
            name: NAME,
            file: Some(FILE),
            holds: Some("redirects.RedirectJob"),
            ..Settings::USUAL
        }
    }

    fn operations(&self) -> &'static [Special] {
        &[
            Special {
                id: "redirects.start_export",
                write: Some(export),
                ..START
            },
            Special {
                id: "redirects.start_import",
                reads: true,
                too_large: Some(StatusCode::PAYLOAD_TOO_LARGE),
                write: Some(import),
                ..START
            },
            Special {
                id: "redirects.export_events",
                ..FOLLOW
            },
            Special {
                id: "redirects.import_events",
                ..FOLLOW
            },
            Special {
                id: "redirects.download_export",
                answer: Some(|_, _, job| get(job, "rows").clone()),
                ..FOLLOW
            },
        ]
    }

    fn after(&self, work: &mut Work<'_, '_>, written: &Written) -> Result<(), Refusal> {
        for own in items(get(&written.record, "redirects")) {
            let (site, path) = (&own["site_id"], &own["from_path"]);
            let like = [("site_id", site.clone()), ("from_path", path.clone())];
            let known = work.context().first(REDIRECTS, &like);
            match known {
                Some(known) => work.amend(REDIRECTS, get(&known, "id"), own.clone())?,
                None => work.make(REDIRECTS, object(own.clone())).map(drop)?,
            }
        }
        Ok(())
    }
}

fn done(context: &Context<'_>, write: &mut Write<'_>, kind: &str, (good, bad): (usize, &[Value])) {
    write.set("type", kind);
    write.set("status", "complete");
    write.set("completed_items", good);
    write.set("failed_items", bad.len());
    write.set("total_items", good + bad.len());
    write.set("errors", bad);
    write.set("completed_at", context.now.as_str());
}

fn export(context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
    let (site, ids) = (&write.body["site_id"], items(&write.body["redirect_ids"]));
    let with_urls = write.body["include_dynamic_target_urls"] == true;
    let all = context.all(REDIRECTS, &[]);
    let meant = all.iter().filter(|own| {
        let of_site = site.is_null() || get(own, "site_id") == site;
        of_site && (ids.is_empty() || ids.contains(get(own, "id")))
    });
    let rows = meant.map(|own| {
        let to = get(own, "to");
        let kind = Some(&to["type"]).filter(|kind| *kind != "url");
        let domain = context.one("sites", get(own, "site_id"));
        let domain = domain.map(|site| get(&site, "url").clone());
        let url = redirects::path(context, own);
        let cells = [
            domain.unwrap_or_default(),
            get(own, "from_path").clone(),
            to["url"].clone(),
            kind.cloned().unwrap_or_default(),
            to["entity_id"].clone(),
        ];
        let cells = COLUMNS.iter().zip(cells);
        let mut row: Record = cells
            .map(|(name, value)| ((*name).to_owned(), value))
            .collect();
        if with_urls {
            row.insert(
                "Dynamic Target URL".to_owned(),
                kind.map_or(Value::Null, |_| url.into()),
            );
        }
        Value::Object(row)
    });
    let rows: Vec<Value> = rows.collect();
    if rows.is_empty() {
        return refuse_with(StatusCode::CONFLICT, "redirect_ids", "No redirect matches");
    }
    done(context, write, "export", (rows.len(), &[]));
    write.set("rows", rows);
    Ok(())
}

fn import(context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    let mut rows = csv::Reader::from_reader(text(&write.body["import_file"]["text"]).as_bytes());
    let has = |name: &&str| {
        rows.headers()
            .is_ok_and(|own| own.iter().any(|own| own == *name))
    };
    if !COLUMNS.iter().all(has) {
        let says = "The file is not a CSV of redirects";
        return refuse_with(StatusCode::BAD_REQUEST, "import_file", says);
    }
    for (at, row) in rows.deserialize::<Record>().enumerate() {
        let read = row.map_err(|error| error.to_string());
        match read.and_then(|row| redirect(context, &row)) {
            Ok(redirect) => good.push(redirect),
            Err(message) => bad.push(json!({ "row": at + 1, "message": message })),
        }
    }
    done(context, write, "import", (good.len(), &bad));
    write.set("redirects", good);
    Ok(())
}

/// The redirect in a row: to a URL, or to a resource by its type and id.
fn redirect(context: &Context<'_>, row: &Record) -> Result<Value, String> {
    let cell = |at: usize| crate::values::plain(get(row, COLUMNS[at]));
    let (domain, path, url, kind) = (cell(0), cell(1), cell(2), cell(3).to_lowercase());
    if path.is_empty() {
        return Err("The row has no old path".to_owned());
    }
    let to = match Key::of(&cell(4)) {
        Key::Number(id) if !kind.is_empty() => json!({ "type": kind, "entity_id": id }),
        _ if url.is_empty() => return Err("The row has no destination".to_owned()),
        _ => json!({ "type": "url", "url": url }),
    };
    let host = |url: &str| {
        let url = url.split_once("://").map_or(url, |(_, rest)| rest);
        url.trim_end_matches('/').to_lowercase()
    };
    let sites = context.all("sites", &[]);
    let mut sites = sites.iter();
    let site = sites.find(|site| host(text(get(site, "url"))) == host(&domain));
    let site = site.ok_or_else(|| format!("The store has no site {domain}"))?;
    Ok(json!({ "site_id": get(site, "id"), "from_path": path, "to": to }))
}

/// The events of a job, from its start to its end.
fn events(_: &Context<'_>, _: &Wanted, job: &Record) -> Value {
    let event = |status: &str, is_done: bool| {
        let mut event = json!({
            "job_id": get(job, "id"), "status": status, "total_items": get(job, "total_items"),
            "completed_items": if is_done { get(job, "completed_items").clone() } else { 0.into() },
        });
        if *get(job, "type") == "import" {
            event["failed_items"] = if is_done {
                get(job, "failed_items").clone()
            } else {
                0.into()
            };
            event["errors"] = if is_done {
                get(job, "errors").clone()
            } else {
                json!([])
            };
        }
        event
    };
    json!([
        event("new", false),
        event("working", false),
        event("complete", true)
    ])
}
