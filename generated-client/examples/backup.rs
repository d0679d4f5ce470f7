//! Backs up all that a token can read, as JSON lines in a folder, and resumes where an earlier run was
//! interrupted.
//!
//! ```sh
//! STORE_HASH=abc123 ACCESS_TOKEN=... cargo run --example backup folder
//! ```
//!
//! Every call that lists something becomes a file, named after it: `products.list.jsonl`. Sub-resources of
//! single records, such as the lines of each order, take a call for each record; `--no-nested` skips them.
//! Names of groups limit the backup to these groups. The minimum scopes are printed first, or alone with
//! `--scopes`; what the token lacks a scope for is skipped and reported. The exit code is 0 if no other call was
//! refused. The folder belongs to one store, which `store.jsonl` names. Changes in the store during the run may be
//! missed. `BASE_URL` points to a mock store.

#[path = "support/folder.rs"]
mod folder;
#[path = "support/lists.rs"]
mod lists;
mod support;

use std::{path::Path, process::ExitCode};

use bigcommerce_client::{Client, Endpoint, Error, Group, scopes};
use folder::{Folder, Part};
use indicatif::ProgressBar;
use lists::Place;
use support::Failure;

const USAGE: &str = "\
backup FOLDER [GROUP...] [--no-nested] [--scopes]

  FOLDER       where the files are written; an unfinished backup is continued
  GROUP        back up only these groups of calls, such as products and orders
  --no-nested  skip sub-resources, such as the lines of orders, which take a call for each record
  --scopes     print the minimum scopes, and read nothing

Variables: STORE_HASH, ACCESS_TOKEN, BASE_URL for a mock store.";

#[tokio::main]
async fn main() -> ExitCode {
    support::ended(run().await)
}

async fn run() -> Result<ExitCode, Failure> {
    let (flat, arguments) = support::flag(support::arguments(USAGE), "--no-nested");
    let (only_scopes, arguments) = support::flag(arguments, "--scopes");
    if let Some(unknown) = arguments.iter().find(|given| given.starts_with('-')) {
        return Err(format!("there is no option {unknown}; see --help").into());
    }
    let Some((path, groups)) = arguments.split_first() else {
        return Err("name the folder for the backup".into());
    };
    let groups: Vec<Group> = groups
        .iter()
        .map(|name| lists::group(name))
        .collect::<Result<_, _>>()?;
    let of_group = |endpoint: &Endpoint| groups.is_empty() || groups.contains(&endpoint.group());
    let whole: Vec<Endpoint> = lists::whole().filter(of_group).collect();
    let mut below: Vec<(Endpoint, Endpoint)> = lists::nested().collect();
    below.retain(|(parent, _)| !flat && whole.contains(parent));

    let all = whole
        .iter()
        .chain(below.iter().map(|(_, endpoint)| endpoint));
    eprintln!("The minimum scopes for all of it:");
    for scope in scopes::required_by(all.copied()).iter() {
        eprintln!(
            "  {:<40} {}: {}",
            scope.as_str(),
            scope.label(),
            scope.level()
        );
    }
    if only_scopes {
        return Ok(ExitCode::SUCCESS);
    }
    let store = support::connect()?;
    let backup = Backup {
        folder: Folder::open(path, store.store_hash())?,
        store,
        bar: ProgressBar::new_spinner(),
    };
    let mut all_taken = true;
    for endpoint in whole {
        all_taken &= backup.file(endpoint, None).await?;
    }
    for (parent, endpoint) in below {
        // A list that was skipped for a missing scope or an error has no nested ones.
        if backup.folder.has(&lists::name(parent, None)) {
            all_taken &= backup.file(endpoint, Some(parent)).await?;
        }
    }
    Ok(support::exit(all_taken))
}

struct Backup {
    store: Client,
    folder: Folder,
    bar: ProgressBar,
}

impl Backup {
    /// Writes the file of a call, and returns whether everything was saved that the token may read.
    async fn file(&self, endpoint: Endpoint, parent: Option<Endpoint>) -> Result<bool, Failure> {
        let id = &lists::name(endpoint, parent);
        if self.folder.has(id) {
            eprintln!("{id}: already backed up");
            return Ok(true);
        }
        let mut part = self.folder.part(id)?;
        let read = match parent {
            None => self.whole(endpoint, &mut part).await,
            Some(parent) => {
                let records = self.folder.path(&lists::name(parent, None));
                self.nested(endpoint, &records, &mut part).await
            }
        };
        let Err(failure) = read else {
            let records = part.records;
            part.finish()?;
            eprintln!("{id}: {records} records");
            return Ok(true);
        };
        let records = part.records;
        part.leave()?;
        let error = failure.downcast_ref::<Error>();
        match error.and_then(Error::status).map(|status| status.as_u16()) {
            Some(403) => {
                let facts = endpoint.facts();
                let scopes = [Some(facts.scope), facts.or_scope].into_iter().flatten();
                let scopes = scopes.map(|scope| format!("{}: {}", scope.label(), scope.level()));
                let scopes: Vec<String> = scopes.collect();
                let scopes = scopes.join(" or ");
                eprintln!("{id}: skipped, because it needs the scope {scopes}");
                Ok(true)
            }
            // Some areas have to be enabled, or depend on the plan.
            Some(400 | 404 | 405 | 409 | 422) => {
                eprintln!("{id}: refused: {failure}");
                Ok(false)
            }
            _ => {
                eprintln!("{id}: interrupted after {records} records; run it again to continue");
                Err(failure)
            }
        }
    }

    /// Reads a list page by page.
    async fn whole(&self, endpoint: Endpoint, part: &mut Part) -> Result<(), Failure> {
        let (place, mut page) = (Place::of(endpoint), part.next.max(1));
        loop {
            let read = lists::page(&self.store, endpoint, &place, page).await?;
            let lines: Vec<String> = read.records.iter().map(lists::line).collect();
            page += 1;
            part.add(&lines, page)?;
            self.tell(endpoint, part);
            if read.is_last {
                return Ok(());
            }
        }
    }

    /// Reads the sub-resources of each record in a file.
    async fn nested(
        &self,
        endpoint: Endpoint,
        records: &Path,
        part: &mut Part,
    ) -> Result<(), Failure> {
        for (at, record) in (0..).zip(folder::lines(records)?) {
            if at < part.next {
                continue;
            }
            let parent = lists::id(&record?)?;
            let mut lines = Vec::new();
            for read in lists::all_pages(&self.store, endpoint, &parent).await? {
                lines.push(lists::below(&parent, &read));
            }
            part.add(&lines, at + 1)?;
            self.tell(endpoint, part);
        }
        Ok(())
    }

    fn tell(&self, endpoint: Endpoint, part: &Part) {
        let id = endpoint.id();
        self.bar
            .set_message(format!("{id}: {} records", part.records));
        self.bar.tick();
    }
}
