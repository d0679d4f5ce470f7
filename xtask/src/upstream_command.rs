//! `cargo xtask upstream`: compares the spec with official descriptions.

mod json;
mod lines;
mod markdown;
mod revisions;
mod since;

use std::{
    error::Error,
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anstream::{eprint, eprintln, print};
use clap::ValueEnum;
use codegen::{
    load,
    pipeline::Spec,
    source::Sources,
    upstream::{self, Description, Difference, Expected, Held, Take, Written},
};

use self::lines::counted;
use crate::{
    Upstream,
    common::Printed,
    from_here,
    ground::{Ground, at},
    report,
};

/// How differences are put into the spec.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Write {
    /// As conflicts, each with a `todo:`.
    Conflict,
    /// By adopting theirs.
    Theirs,
}

/// Compares, and prints what the spec does not record.
pub fn run(options: &Upstream) -> ExitCode {
    match hold(options) {
        Ok(code) => code,
        Err(error) => {
            report::error(error.as_ref());
            ExitCode::from(2)
        }
    }
}

fn hold(options: &Upstream) -> Result<ExitCode, Box<dyn Error>> {
    // Without checking the spec: open questions do not prevent the comparison of the rest.
    let loaded = load::load(&options.tree.folder());
    let sound = !loaded.diagnostics.has_errors();
    let Some(document) = loaded.document.filter(|_| sound) else {
        let checked = Spec {
            sources: loaded.sources,
            diagnostics: loaded.diagnostics,
            ..Spec::default()
        };
        report::diagnostics(&checked, report::UNCOMPARED);
        return Ok(ExitCode::from(2));
    };
    let texts = texts_of(&options.paths)?;
    let descriptions = described(&texts);
    if let Some(old) = &options.since {
        let old = texts_of(std::slice::from_ref(old))?;
        let old = described(&old);
        let told = upstream::since(&old, &descriptions, &document, &loaded.sources)
            .map_err(|(file, error)| format!("{file}: {error}"))?;
        return revisions::tell(&told, &loaded.sources, options);
    }
    let all = options.paths.iter().any(|path| path.is_dir());
    let expected = if all {
        Expected::All
    } else {
        Expected::FromThese
    };
    let held = upstream::hold(&descriptions, &document, &loaded.sources, expected)
        .map_err(|(file, error)| format!("{file}: {error}"))?;
    let files = texts.len() - held.unread.len();
    show(&match options.format {
        Printed::Text => lines::held(&held, files),
        Printed::Json => json::printed(&json::held(&held, files)),
        Printed::Md => markdown::held(&held, files),
    });
    if let Some(side) = options.write {
        let written = written(&held.differences, &loaded.sources, side);
        let code = write(&written, &loaded.sources, &options.tree.folder())?;
        // What has no place in the spec yet is not written.
        let rest = Held {
            differences: Vec::new(),
            ..held
        };
        return Ok(if rest.holds() {
            code
        } else {
            ExitCode::FAILURE
        });
    }
    Ok(if held.holds() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Prints texts from elsewhere, which must not control the terminal.
fn show(text: &str) {
    print!("{}", report::visible(text));
}

fn written(differences: &[Difference], sources: &Sources, side: Write) -> Written {
    let take = match side {
        Write::Conflict => Take::Conflict,
        Write::Theirs => Take::Theirs,
    };
    upstream::write(differences, sources, take)
}

/// Writes the changed files of the spec, and lists what is left to do by hand.
fn write(written: &Written, sources: &Sources, folder: &Path) -> Result<ExitCode, Box<dyn Error>> {
    let ground = Ground::take(folder, report::waiting)?;
    for (name, text) in &written.files {
        ground.replace(name, text)?;
        eprintln!("changed {}", sources.display_path(name));
    }
    eprint!("{}", report::visible(&lines::for_a_person(written)));
    let done = counted(written.done, "difference", "differences");
    let left = written.left.len();
    match written.open.len() {
        0 => eprintln!("{done} written to the spec, {left} left"),
        open => eprintln!(
            "{done} written to the spec, {left} left; {open} to complete, which `check` requires"
        ),
    }
    Ok(match written.left.is_empty() {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    })
}

/// The descriptions, each with its name in messages.
fn texts_of(paths: &[PathBuf]) -> Result<Vec<(String, String)>, Box<dyn Error>> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            let count = files.len();
            below(path, &mut files)?;
            if files.len() == count {
                let shown = from_here(path).display().to_string();
                return Err(format!("{shown}: the folder contains no JSON or YAML file").into());
            }
        } else {
            files.push(path.clone());
        }
    }
    let mut texts = Vec::new();
    for file in files {
        let shown = from_here(&file).display().to_string();
        let text = fs::read_to_string(&file).map_err(|error| at(error, &shown))?;
        texts.push((shown, text));
    }
    Ok(texts)
}

fn described(texts: &[(String, String)]) -> Vec<Description<'_>> {
    let all = texts.iter();
    all.map(|(file, text)| Description { file, text }).collect()
}

/// Every description below a folder, in the order of their names.
fn below(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    let shown = folder.display().to_string();
    let entries = fs::read_dir(folder).map_err(|error| at(error, &shown))?;
    let mut entries: Vec<PathBuf> = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    entries.sort();
    for path in entries {
        // Settings of tools, such as a linter's.
        let hidden = path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with('.'));
        let ending = path.extension().unwrap_or_default();
        if path.is_dir() {
            below(&path, files)?;
        } else if !hidden && ["json", "yaml", "yml"].iter().any(|known| ending == *known) {
            files.push(path);
        }
    }
    Ok(())
}
