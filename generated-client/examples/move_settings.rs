//! Copies the settings of a store to another one, or of a channel to another one: prints what differs,
//! then writes it.
//!
//! ```sh
//! FROM_STORE_HASH=abc123 FROM_ACCESS_TOKEN=... STORE_HASH=def456 ACCESS_TOKEN=... \
//!     cargo run --example move_settings -- --dry-run
//! ```
//!
//! The source is only read, by a client that can do nothing else. Without `FROM_STORE_HASH` the settings are
//! copied between channels of one store. What cannot be copied is reported with the reason; neither that nor
//! an equal setting is a failure, so a second run has nothing to do. The exit code is 0 if nothing was
//! rejected. The tokens need the scopes `store_v2_information` and, for analytics, `store_v2_content`
//! (Information & Settings, Content: modify), and for the source the read-only ones. `BASE_URL` and
//! `FROM_BASE_URL` point to mock stores.

#[path = "support/analytics.rs"]
mod analytics;
#[path = "support/comparison.rs"]
mod comparison;
#[path = "support/filters.rs"]
mod filters;
#[path = "support/leaves.rs"]
mod leaves;
#[path = "support/moving.rs"]
mod moving;
#[path = "support/pictures.rs"]
mod pictures;
#[path = "support/settings.rs"]
mod settings;
mod support;

use std::{env, process::ExitCode};

use bigcommerce_client::Client;
use indicatif::{ProgressBar, ProgressStyle};
use moving::{Move, Places};
use settings::AREAS;
use support::Failure;

const USAGE: &str = "\
move_settings [AREA...] [--channel FROM:TO]... [--dry-run]

  AREA               copy only these: analytics, catalog, category, email_statuses, inventory,
                     inventory_notifications, locale, logo, product, profile, robots, search,
                     search_filters, security, seo, status, units
  --channel FROM:TO  copy the settings by which a channel overrides the store's, by the ids of both
                     channels; without it the settings of the store are copied
  --dry-run          print what would change, and change nothing

Variables: STORE_HASH, ACCESS_TOKEN of the target (with the scopes store_v2_information and
store_v2_content), FROM_STORE_HASH, FROM_ACCESS_TOKEN of the source (read-only scopes are sufficient);
without these two, source and target are the same store. BASE_URL, FROM_BASE_URL for mock stores.";

#[tokio::main]
async fn main() -> ExitCode {
    support::ended(run().await)
}

async fn run() -> Result<ExitCode, Failure> {
    let (dry, arguments) = support::flag(support::arguments(USAGE), "--dry-run");
    let (mut areas, mut places) = (Vec::new(), Vec::new());
    let mut arguments = arguments.into_iter();
    while let Some(given) = arguments.next() {
        match given.as_str() {
            "--channel" => places.push(channels(arguments.next().as_deref())?),
            name => match AREAS.iter().find(|area| area.name == name) {
                Some(area) => areas.push(area),
                None => return Err(format!("there is no area {name}; --help lists them").into()),
            },
        }
    }
    if areas.is_empty() {
        areas.extend(&AREAS);
    }
    let between_channels = !places.is_empty();
    if !between_channels {
        places.push((None, None));
    }
    let to = support::connect()?;
    let from = source(&to)?;
    let is_same_store = from.base_url() == to.base_url();
    if is_same_store && places.iter().any(|(from, to)| from == to) {
        return Err(match between_channels {
            false => "source and target are the same store; set FROM_STORE_HASH, or use --channel",
            true => "source and target are the same channel; name two channels or two stores",
        }
        .into());
    }
    let steps = u64::try_from(areas.len() * places.len())?;
    let style = ProgressStyle::with_template("{bar:30} {pos} of {len}, {msg}")?;
    let bar = ProgressBar::new(steps).with_style(style);
    let mut work = Move::new(from.read_only(), to, dry, bar);
    for place in places {
        for area in &areas {
            work.bar.set_message(area.name);
            work.area_or_why(area, place).await?;
            work.bar.inc(1);
        }
    }
    work.bar.finish_and_clear();
    Ok(work.end())
}

/// The channels of `1:2`.
fn channels(given: Option<&str>) -> Result<Places, Failure> {
    let ids = given.and_then(|given| given.split_once(':'));
    let ids = ids.and_then(|(from, to)| Some((from.parse().ok()?, to.parse().ok()?)));
    let (from, to) = ids.ok_or("--channel needs the ids of two channels, such as 1:2")?;
    Ok((Some(from), Some(to)))
}

/// The store that is read.
fn source(target: &Client) -> Result<Client, Failure> {
    let Ok(hash) = env::var("FROM_STORE_HASH") else {
        return Ok(target.clone());
    };
    let mut store = Client::builder(hash, support::variable("FROM_ACCESS_TOKEN")?);
    if let Ok(url) = env::var("FROM_BASE_URL") {
        store = store.base_url(url);
    }
    Ok(store.build()?)
}
