//! An export of redirects: a job of the store, whose file is saved when it is done.

use std::process::ExitCode;

use bigcommerce_client::{Client, job::JobEnd, redirects::RedirectExportCreate};
use indicatif::{ProgressBar, ProgressStyle};

use super::support::Failure;

pub async fn run(
    store: &Client,
    path: &str,
    site: Option<i64>,
    job: Option<String>,
) -> Result<ExitCode, Failure> {
    let id = match job {
        Some(id) => id,
        None => match start(store, site).await? {
            Some(id) => id,
            None => {
                eprintln!("there are no redirects to export");
                return Ok(ExitCode::SUCCESS);
            }
        },
    };
    let bar = ProgressBar::new(0);
    bar.set_style(ProgressStyle::with_template("{bar:30} {pos} of {len}")?);
    let shown = bar.clone();
    let wait = store.redirects().wait_for_job(&id).on_progress(move |job| {
        let count = |items: Option<i64>| items.and_then(|items| u64::try_from(items).ok());
        shown.set_length(count(job.total_items).unwrap_or_default());
        shown.set_position(count(job.completed_items).unwrap_or_default());
    });
    let end = wait.await?;
    bar.finish_and_clear();
    let job = match end {
        JobEnd::Done(job) => job,
        JobEnd::Failed(job) => {
            let errors = job
                .errors
                .iter()
                .filter_map(|error| error.message.as_deref());
            let errors = errors.collect::<Vec<_>>().join("; ");
            return Err(format!("the export failed: {errors}").into());
        }
        JobEnd::Missing(_) => return Err(format!("the store has no job {id}").into()),
        _ => return Err(format!("the export continues; fetch it later with --job {id}").into()),
    };
    let bar = ProgressBar::new(0);
    bar.set_style(ProgressStyle::with_template(
        "{bar:30} {bytes} of {total_bytes}",
    )?);
    let shown = bar.clone();
    let file = store.redirects().download_export(&id).await?;
    let file = file.on_progress(move |read, total| {
        shown.set_length(total.unwrap_or(read));
        shown.set_position(read);
    });
    let bytes = file.save_to(path).await?;
    bar.finish_and_clear();
    let redirects = job.completed_items.unwrap_or_default();
    eprintln!("{path}: {redirects} redirects, {bytes} bytes");
    Ok(ExitCode::SUCCESS)
}

/// Starts the job; `None` if there is nothing to export.
async fn start(store: &Client, site: Option<i64>) -> Result<Option<String>, Failure> {
    let mut which = RedirectExportCreate::new();
    if let Some(site) = site {
        which = which.site_id(site);
    }
    match store.redirects().start_export(which).await {
        Ok(job) => Ok(Some(job.id.ok_or("the response has no job id")?)),
        Err(error) if error.is_conflict() => Ok(None),
        Err(error) if error.is_rate_limited() => Err(format!(
            "the store is busy with another import or export of redirects: {error}"
        )
        .into()),
        Err(error) => Err(error.into()),
    }
}
