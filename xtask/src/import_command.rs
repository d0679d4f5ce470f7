//! `cargo xtask import`: drafts the spec of a group from an OpenAPI description.

use std::{fs, process::ExitCode};

use anstream::{eprintln, println};
use codegen::import::{self, ImportOptions};

use crate::{Import, plan::at, report, write};

/// Drafts, and prints or writes the drafts.
pub fn run(options: &Import) -> ExitCode {
    match draft(options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            report::error(error.as_ref());
            ExitCode::from(2)
        }
    }
}

fn draft(options: &Import) -> Result<(), Box<dyn std::error::Error>> {
    let shown = options.file.display().to_string();
    let text = fs::read_to_string(&options.file).map_err(|error| at(error, &shown))?;
    let stem = options
        .file
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let files = import::import(
        &text,
        &ImportOptions {
            source: stem,
            operations: options.operations.clone(),
            tags: options.tags.clone(),
            group: options.group.clone(),
        },
    )?;
    let Some(out) = &options.out else {
        for file in files {
            println!("{}", file.text);
        }
        return Ok(());
    };
    for file in files {
        let path = out.join(&file.name);
        if path.exists() {
            let text = format!(
                "{} is there already; a draft never replaces a file",
                path.display()
            );
            return Err(text.into());
        }
        write::replace(&path, &file.text).map_err(|error| at(error, &file.name))?;
        eprintln!("drafted {}", path.display());
    }
    Ok(())
}
