//! `cargo xtask docs`: builds the docs site, which is not committed.

use std::{path::Path, process::ExitCode, time::Instant};

use codegen::{pipeline, render};

use crate::{Docs, ground::Ground, plan::Plan, report, root};

/// The folder of the site in the renderer's result.
const SITE: &str = "target/site/";

/// Builds the site.
pub fn run(options: &Docs) -> ExitCode {
    let started = Instant::now();
    let checked = pipeline::read(&options.tree.folder());
    report::diagnostics(&checked, report::UNWRITTEN);
    let Some(api) = &checked.api else {
        return ExitCode::from(2);
    };
    let out = options
        .out
        .clone()
        .unwrap_or_else(|| root().join("target/site"));
    // The default folder belongs to this command; a folder chosen by the user may have other contents.
    let alone = options.out.is_none();
    match build(api, &out, alone) {
        Ok(plan) => {
            report::site(&plan, &out, started.elapsed());
            if options.open {
                open(&out.join("index.html"))
            } else {
                ExitCode::SUCCESS
            }
        }
        Err(error) => {
            report::error(error.as_ref());
            ExitCode::from(2)
        }
    }
}

fn build(
    api: &codegen::model::Api,
    out: &Path,
    alone: bool,
) -> Result<Plan, Box<dyn std::error::Error>> {
    let mut files = render::docs::site(api)?;
    for file in &mut files {
        if let Some(path) = file.path.strip_prefix(SITE) {
            file.path = path.to_owned();
        }
    }
    // The default folder must not be a link, or files behind it would be removed.
    if alone && out.is_symlink() {
        return Err(format!(
            "{} is a link: move it, or pass its target with `--out`",
            out.display()
        )
        .into());
    }
    let ground = Ground::take(out, report::waiting)?;
    let plan = Plan::compare(&ground, &files, &std::collections::BTreeSet::new(), &[])?;
    plan.apply(&ground)?;
    if alone {
        sweep(&ground, &files)?;
    }
    Ok(plan)
}

/// Removes what an earlier run built and this one no longer makes.
fn sweep(ground: &Ground, files: &[render::File]) -> std::io::Result<()> {
    for (path, kind) in ground.entries("")? {
        if kind.is_file() && !files.iter().any(|file| file.path == path) {
            ground.remove(&path)?;
        }
    }
    Ok(())
}

/// Opens a page with the desktop's default program.
fn open(page: &Path) -> ExitCode {
    match opener::open(page) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let text = format!("cannot open {}: {error}", page.display());
            report::error(&std::io::Error::other(text));
            ExitCode::from(2)
        }
    }
}
