//! `cargo xtask import`: drafts the spec of a group from an OpenAPI description, or holds the spec
//! against descriptions.

use std::{error::Error, fs, path::Path, process::ExitCode};

use anstream::{eprintln, print, println};
use codegen::{
    import::{self, ImportOptions, ImportedFile, Missing},
    pipeline,
};

use crate::{
    Import,
    ground::{Ground, at},
    report,
};

/// Where schemas stand that several groups need.
const SHARED: &str = "shared.yaml";

/// Drafts, and prints or writes the drafts; or compares, and prints the differences.
pub fn run(options: &Import) -> ExitCode {
    let done = if options.coverage {
        coverage(options)
    } else if options.paths {
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

fn coverage(options: &Import) -> Result<ExitCode, Box<dyn Error>> {
    let checked = pipeline::read(&options.tree.folder());
    report::diagnostics(&checked);
    let Some(document) = &checked.document else {
        return Ok(ExitCode::from(2));
    };
    let mut texts = Vec::new();
    for file in &options.files {
        texts.push(read(file)?);
    }
    let found = import::coverage_of(texts.iter().map(String::as_str), document)?;
    for (at, one) in found.iter().enumerate() {
        if at == 0 || found[at - 1].group != one.group {
            println!("{}", one.group);
        }
        println!("  {}", line(one));
    }
    let recorded = found.iter().filter(|one| one.recorded).count();
    let differences = if found.len() == 1 {
        "difference"
    } else {
        "differences"
    };
    println!(
        "{} {differences}, of which the spec records {recorded}",
        found.len()
    );
    Ok(ExitCode::SUCCESS)
}

fn paths(options: &Import) -> Result<ExitCode, Box<dyn Error>> {
    let mut texts = Vec::new();
    for file in &options.files {
        texts.push(read(file)?);
    }
    print!("{}", import::paths_of(texts.iter().map(String::as_str))?);
    Ok(ExitCode::SUCCESS)
}

/// A difference, without the group that stands above it.
fn line(one: &Missing) -> String {
    let text = one.to_string();
    match text.strip_prefix(&format!("{}.", one.group)) {
        Some(rest) => rest.to_owned(),
        None => text,
    }
}

fn read(file: &Path) -> Result<String, Box<dyn Error>> {
    let shown = file.display().to_string();
    Ok(fs::read_to_string(file).map_err(|error| at(error, &shown))?)
}

fn draft(options: &Import) -> Result<ExitCode, Box<dyn Error>> {
    let [file] = options.files.as_slice() else {
        return Err(
            "a draft is made of one description; only `--coverage` and `--paths` take several"
                .into(),
        );
    };
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let files = import::import(
        &read(file)?,
        &ImportOptions {
            source: stem.into_owned(),
            operations: options.operations.clone(),
            tags: options.tags.clone(),
            group: options.group.clone(),
        },
    )?;
    let Some(out) = &options.out else {
        for file in files {
            println!("{}", file.text);
        }
        return Ok(ExitCode::SUCCESS);
    };
    let ground = Ground::take(out, report::waiting)?;
    // Nothing is written when one of them cannot be.
    let mut texts = Vec::new();
    for file in &files {
        texts.push(text(file, &ground, &out.join(&file.name))?);
    }
    for (file, text) in files.iter().zip(texts) {
        ground.replace(&file.name, &text)?;
        eprintln!("drafted {}", out.join(&file.name).display());
    }
    Ok(ExitCode::SUCCESS)
}

/// What a drafted file should hold at its place, where there may be one already.
fn text(file: &ImportedFile, ground: &Ground, path: &Path) -> Result<String, Box<dyn Error>> {
    let Some(there) = ground.read(&file.name)? else {
        return Ok(file.text.clone());
    };
    if file.name != SHARED {
        let text = format!(
            "{} is there already; a draft never replaces a file",
            path.display()
        );
        return Err(text.into());
    }
    let extended = import::onto_shared(&there, &file.text)?;
    for name in &extended.kept {
        eprintln!(
            "kept `{name}` of {} as it is; compare it with the draft",
            path.display()
        );
    }
    Ok(extended.text)
}
