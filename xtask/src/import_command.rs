//! `cargo xtask import`: drafts the spec of a group from an OpenAPI description.

use std::{error::Error, fs, path::Path, process::ExitCode};

use anstream::{eprint, eprintln, print, println};
use codegen::import::{self, Description, ImportOptions, ImportedFile};

use crate::{
    Import,
    ground::{Ground, at},
    report,
};

/// Drafts, and prints or writes the drafts; or prints the paths.
pub fn run(options: &Import) -> ExitCode {
    let done = if options.paths {
        paths(options)
    } else {
        draft(options)
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            report::error(error.as_ref());
            ExitCode::from(2)
        }
    }
}

fn paths(options: &Import) -> Result<ExitCode, Box<dyn Error>> {
    let mut texts = Vec::new();
    for file in &options.files {
        texts.push((file.display().to_string(), read(file)?));
    }
    let descriptions = texts.iter().map(|(file, text)| (&**file, &**text));
    print!("{}", import::paths_of(descriptions)?);
    Ok(ExitCode::SUCCESS)
}

fn read(file: &Path) -> Result<String, Box<dyn Error>> {
    let shown = file.display().to_string();
    if file.is_dir() {
        return Err(format!("{shown}: this is a folder; name the descriptions in it").into());
    }
    let text = fs::read_to_string(file).map_err(|error| at(error, &shown))?;
    import::is_readable(&text).map_err(|error| format!("{shown}: {error}"))?;
    Ok(text)
}

fn draft(options: &Import) -> Result<ExitCode, Box<dyn Error>> {
    let mut texts = Vec::new();
    for file in &options.files {
        let stem = file.file_stem().unwrap_or_default().to_string_lossy();
        texts.push((stem.into_owned(), read(file)?));
    }
    let descriptions: Vec<Description<'_>> = texts
        .iter()
        .map(|(source, json)| Description { source, json })
        .collect();
    let wanted = ImportOptions {
        operations: options.operations.clone(),
        tags: options.tags.clone(),
        group: options.group.clone(),
    };
    let Some(out) = &options.out else {
        let drafted = import::import(&descriptions, &[], &wanted)?;
        for file in drafted.files {
            println!("{}", file.text);
        }
        eprint!("{}", drafted.report);
        return Ok(ExitCode::SUCCESS);
    };
    let ground = Ground::take(out, report::waiting)?;
    let there = there(out, &ground)?;
    let drafted = import::import(&descriptions, &there, &wanted)?;
    for file in &drafted.files {
        ground.replace(&file.name, &file.text)?;
        let known = there.iter().any(|known| known.name == file.name);
        let verb = if known { "extended" } else { "drafted" };
        eprintln!("{verb} {}", out.join(&file.name).display());
    }
    eprint!("{}", drafted.report);
    Ok(ExitCode::SUCCESS)
}

/// The files of the spec that a draft has to match.
fn there(out: &Path, ground: &Ground) -> Result<Vec<ImportedFile>, Box<dyn Error>> {
    let mut names = ["service.yaml", "shared.yaml", "scopes.yaml"]
        .map(str::to_owned)
        .to_vec();
    for folder in ["groups", "inbound", "templates"] {
        for entry in fs::read_dir(out.join(folder)).into_iter().flatten() {
            let name = entry?.file_name().to_string_lossy().into_owned();
            if name.ends_with(".yaml") {
                names.push(format!("{folder}/{name}"));
            }
        }
    }
    names.sort();
    let mut files = Vec::new();
    for name in names {
        if let Some(text) = ground.read(&name)? {
            files.push(ImportedFile { name, text });
        }
    }
    Ok(files)
}
