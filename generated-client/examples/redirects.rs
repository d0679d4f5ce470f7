//! Imports redirects from a CSV file into a store, after all of it was checked, and exports those of a
//! store.
//!
//! ```sh
//! STORE_HASH=abc123 ACCESS_TOKEN=... cargo run --example redirects import redirects.csv --dry-run
//! ```
//!
//! `--help` says what the file looks like. Rows that the store already has are skipped, so an interrupted
//! run can be repeated. Every other row gets a line with its result; the exit code is 0 if the store then
//! has the whole file. The token needs the scopes `store_v2_content` (Content: modify) and
//! `store_sites_read_only` (Sites & Routes: read-only), for an export the read-only ones. `BASE_URL`
//! points to a mock store.

#[path = "support/redirects_export.rs"]
mod export;
#[path = "support/redirects_file.rs"]
mod redirects_file;
#[path = "support/sites.rs"]
mod sites;
mod support;

use std::{
    collections::{HashMap, HashSet},
    process::ExitCode,
};

use bigcommerce_client::{Client, bulk::Fate};
use indicatif::{ProgressBar, ProgressStyle};
use redirects_file::{Row, Site, Target};
use sites::Sites;
use support::Failure;

/// Results are printed after this many rows.
const STEP: usize = 500;

const USAGE: &str = "\
redirects import FILE [--site ID] [--dry-run]
redirects export FILE [--site ID] [--job ID]

  FILE       a CSV file
  --site ID  the site whose redirects they are; not needed for a store with one site
  --dry-run  check the file against the store and print what would change, and change nothing
  --job ID   continue an export that was already started

A file to import has the columns from and to, and may have site_id. The first is an old path, such as
/spring-sale/. The other is a path, a URL, or a resource of the store: product:118, brand:2,
category:23, page:5, post:7. An exported file works as well.

Variables: STORE_HASH, ACCESS_TOKEN (with the scopes store_v2_content and store_sites_read_only),
BASE_URL for a mock store.";

#[tokio::main]
async fn main() -> ExitCode {
    support::ended(run().await)
}

async fn run() -> Result<ExitCode, Failure> {
    let (dry, arguments) = support::flag(support::arguments(USAGE), "--dry-run");
    let (site, arguments) = support::option(arguments, "--site")?;
    let (job, arguments) = support::option(arguments, "--job")?;
    let site = site.map(|id| {
        id.parse::<i64>()
            .map_err(|_| format!("{id} is not the id of a site"))
    });
    let site = site.transpose()?;
    let named: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match named.as_slice() {
        ["import", path] if !path.starts_with('-') && job.is_none() => {
            let rows = redirects_file::read(path)?;
            import(&support::connect()?, path, rows, site, dry).await
        }
        ["export", path] if !path.starts_with('-') && !dry => {
            export::run(&support::connect()?, path, site, job).await
        }
        _ => Err("use import or export with one CSV file; see --help".into()),
    }
}

async fn import(
    store: &Client,
    path: &str,
    mut rows: Vec<Row>,
    site: Option<i64>,
    dry: bool,
) -> Result<ExitCode, Failure> {
    let sites = Sites::of(store).await?;
    sites.place(path, &mut rows, site)?;
    let now = there(store, &rows, &sites).await?;
    let wrong = redirects_file::wrong_ways(&rows, |row| sites.path(row), &now);
    if !wrong.is_empty() {
        return Err(redirects_file::told(path, &wrong));
    }
    let of = |row: &Row| now.get(&(row.site.clone(), row.from.clone()));
    let all = rows.len();
    rows.retain(|row| of(row) != Some(&row.to));
    let (same, mut refused) = (all - rows.len(), 0);
    if dry {
        for row in &rows {
            match of(row) {
                Some(now) => println!("{}: {now} would become {}", row.from, row.to),
                None => println!("{}: would be added, to {}", row.from, row.to),
            }
        }
    } else {
        let style = ProgressStyle::with_template("{bar:30} {pos} of {len}")?;
        let bar = ProgressBar::new(u64::try_from(rows.len())?).with_style(style);
        for step in rows.chunks(STEP) {
            refused += bring(store, step, &now, &bar).await?;
            bar.inc(u64::try_from(step.len())?);
        }
        bar.finish_and_clear();
    }
    let (changed, verb) = (
        rows.len() - refused,
        if dry { "would change" } else { "changed" },
    );
    eprintln!("{all} rows: {changed} {verb}, {same} already correct, {refused} refused");
    Ok(support::exit(refused == 0))
}

/// The store's redirects that affect the rows: those with the same old paths, and those that continue
/// from a row's target.
async fn there(
    store: &Client,
    rows: &[Row],
    sites: &Sites,
) -> Result<HashMap<(Site, String), Target>, Failure> {
    let mut paths: HashSet<String> = rows.iter().map(|row| row.from.clone()).collect();
    paths.extend(rows.iter().filter_map(|row| sites.path(row)));
    let of_rows: HashSet<&Site> = rows.iter().map(|row| &row.site).collect();
    let mut found = HashMap::new();
    for site in of_rows {
        let Site::Id(id) = *site else { continue };
        let mut list = store.redirects().list().site_id(id).limit(250).stream();
        while let Some(redirect) = list.try_next().await? {
            let Some(from) = redirect.from_path.filter(|from| paths.contains(from)) else {
                continue;
            };
            if let Some(to) = redirect.to.as_ref().and_then(Target::of) {
                found.insert((site.clone(), from), to);
            }
        }
    }
    Ok(found)
}

/// Sends some rows, and returns how many were rejected. Writing a redirect twice does no harm, so rows
/// with an unknown result are simply sent again by the next run.
async fn bring(
    store: &Client,
    rows: &[Row],
    now: &HashMap<(Site, String), Target>,
    bar: &ProgressBar,
) -> Result<usize, Failure> {
    let all = rows.iter().filter_map(|row| match row.site {
        Site::Id(site) => Some(row.redirect(site)),
        _ => None,
    });
    let report = store.redirects().upsert_all(all).await?;
    let mut refused = 0;
    for (row, (_, fate)) in rows.iter().zip(report.iter()) {
        let why = match fate {
            Fate::Done(_) => {
                let was = now.get(&(row.site.clone(), row.from.clone()));
                let was = was.map_or_else(String::new, |was| format!(", no longer to {was}"));
                bar.suspend(|| println!("{}: redirects to {}{was}", row.from, row.to));
                continue;
            }
            Fate::Refused(problem) => {
                let title = problem.title.as_deref();
                title.unwrap_or("no reason was given").to_owned()
            }
            Fate::Failed(error) => support::told(error),
            // The error that ended the call is reported.
            Fate::NotAttempted => continue,
            _ => "the reason is unknown".to_owned(),
        };
        refused += 1;
        bar.suspend(|| println!("line {}: {}: refused: {why}", row.line, row.from));
    }
    match report.stopped() {
        // Every other row would fail in the same way.
        Some(error) => {
            Err(format!("it stopped early; run it again: {}", support::told(error)).into())
        }
        None => Ok(refused),
    }
}
