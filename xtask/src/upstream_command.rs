//! `cargo xtask upstream`: compares the spec with official descriptions.

/// Prints texts from elsewhere, which must not control the terminal.
macro_rules! println {
    ($($shown:tt)*) => {
        anstream::println!("{}", crate::report::visible(&format!($($shown)*)))
    };
}

mod since;

use std::{
    error::Error,
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anstream::eprintln;
use clap::ValueEnum;
use codegen::{
    load,
    pipeline::Spec,
    source::Sources,
    spec::Official,
    upstream::{self, Description, Difference, Expected, Held, Take, Unlisted, Unread, Written},
};

use crate::{
    Upstream, from_here,
    ground::{Ground, at},
    report,
};

/// How many operations on paths that the spec does not have are listed.
const STRANGERS: usize = 20;

/// How many endpoints of a missing description are named.
const ABSENT: usize = 8;

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
        return since::tell(&told, &loaded.sources, options);
    }
    let all = options.paths.iter().any(|path| path.is_dir());
    let expected = if all {
        Expected::All
    } else {
        Expected::FromThese
    };
    let held = upstream::hold(&descriptions, &document, &loaded.sources, expected)
        .map_err(|(file, error)| format!("{file}: {error}"))?;
    unread(&held.unread);
    absent(&held.unmatched);
    let present = held.unmatched.iter().filter(|one| one.absent.is_none());
    for difference in present.chain(&held.differences) {
        println!("{}", line(difference));
    }
    for one in &held.unlisted {
        println!(
            "neither an endpoint nor in {}: {}\n  official: {}{}",
            Official::FILE,
            one.operation.call,
            one.theirs,
            accounted(one)
        );
    }
    for stranger in held.strangers.iter().take(STRANGERS) {
        println!(
            "not in the spec: {}\n  {}",
            stranger.call,
            import(&stranger.file, &stranger.operation)
        );
    }
    println!("{}", summary(&held, texts.len() - held.unread.len()));
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

/// Lists the files that were not compared.
fn unread(files: &[Unread]) {
    for one in files {
        println!("not compared: {}: {}", one.file, one.why);
    }
}

/// For each description that is not one of those compared, lists its endpoints.
fn absent(unmatched: &[Difference]) {
    let mut files: Vec<(&str, Vec<&Difference>)> = Vec::new();
    for one in unmatched {
        let Some(file) = one.absent.as_deref() else {
            continue;
        };
        match files.iter_mut().find(|(other, _)| *other == file) {
            Some((_, all)) => all.push(one),
            None => files.push((file, vec![one])),
        }
    }
    for (file, all) in files {
        let names = all.iter().flat_map(|one| {
            let endpoints = one.endpoints.iter();
            endpoints.map(|id| format!("{}.{id}", one.group))
        });
        let names: Vec<String> = names.collect();
        let shown: Vec<&str> = names.iter().take(ABSENT).map(String::as_str).collect();
        let more = names.len() - shown.len();
        let more = if more > 0 {
            format!(" and {more} more")
        } else {
            String::new()
        };
        println!(
            "`{file}` is not one of the descriptions, so {} not found: {}{more}",
            counted(
                names.len(),
                "endpoint with it as the source was",
                "endpoints with it as the source were"
            ),
            shown.join(", ")
        );
    }
}

/// How to account for an operation that the spec does not mention.
fn accounted(one: &Unlisted) -> String {
    let Unlisted {
        operation,
        file,
        line,
        left_out,
        ..
    } = one;
    let list = format!("add `{line}` below `{file}` in {}", Official::FILE);
    match left_out {
        Some(title) => format!("\n  `{file}` is left out ({title}); {list}"),
        None => format!(
            "\n  {}\n  {list}",
            import(&operation.file, &operation.operation)
        ),
    }
}

/// The command that drafts an operation.
fn import(file: &str, operation: &str) -> String {
    let (file, operation) = (word(file), word(operation));
    format!("cargo xtask import {file} --operation {operation} --out spec")
}

/// A word of a command, quoted so that a shell neither splits nor runs it.
fn word(text: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "_-./:\\".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
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
    for line in for_a_person(written) {
        eprintln!("{line}");
    }
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

/// What a person has to do: the remaining differences, and the incomplete edits.
fn for_a_person(written: &Written) -> Vec<String> {
    let parts = [("by hand", &written.left), ("to complete", &written.open)];
    let lines = parts.into_iter().flat_map(|(what, all)| {
        let differences: Vec<Difference> = all.iter().map(|(one, _)| one.clone()).collect();
        let told = upstream::together(&differences).into_iter();
        let told = told.map(|(first, alike)| {
            let why = all.iter().find(|(one, _)| one == first);
            let why = why.map_or("", |(_, why)| why);
            format!("{what}: {}\n  because {why}", joined(first, &alike))
        });
        told.collect::<Vec<String>>()
    });
    lines.collect()
}

/// A difference, and where else in the call it occurs.
fn joined(difference: &Difference, alike: &[&Difference]) -> String {
    let told = line(difference);
    let (first, places) = told.split_once('\n').unwrap_or((&told, ""));
    let also = alike.iter().map(|one| {
        let place = one.place_in_call();
        let place = place.unwrap_or_else(|| "the response".to_owned());
        format!(", also in {place} of {}", one.endpoints.join(", "))
    });
    let also: String = also.collect();
    format!("{first}{also}\n{places}")
}

fn line(difference: &Difference) -> String {
    let Difference {
        group,
        endpoints,
        text,
        ours,
        theirs,
        ..
    } = difference;
    let endpoints = endpoints.join(", ");
    let theirs = theirs
        .as_ref()
        .map(|theirs| format!("\n  official: {theirs}"));
    let theirs = theirs.unwrap_or_default();
    format!("{group}.{endpoints}: {text}\n  spec: {ours}{theirs}")
}

fn summary(held: &Held, files: usize) -> String {
    let Held {
        sought,
        matched,
        unsought,
        theirs,
        elsewhere,
        recorded,
        inbound: (inbound, found),
        ..
    } = held;
    let files = counted(files, "description", "descriptions");
    let mut text = format!("compared {matched} of {sought} endpoints");
    if *inbound > 0 {
        text.push_str(&format!(
            " and {found} of {inbound} calls that BigCommerce makes"
        ));
    }
    text.push_str(&format!(" with {files}"));
    if *unsought > 0 {
        let unsought = counted(
            *unsought,
            "endpoint has another source",
            "endpoints have other sources",
        );
        text.push_str(&format!("; {unsought}"));
    }
    let theirs = counted(*theirs, "official operation is", "official operations are");
    text.push_str(&format!("; {theirs} not in the spec"));
    if *elsewhere > 0 {
        text.push_str(&format!(", and {elsewhere} on other servers"));
    }
    if !held.unlisted.is_empty() {
        let count = held.unlisted.len();
        let count = counted(count, "is neither an endpoint", "are neither endpoints");
        text.push_str(&format!("; {count} nor in {}", Official::FILE));
    }
    let differences = counted(held.differences.len(), "difference", "differences");
    text.push_str(&format!(
        "\n{differences} not recorded, {recorded} recorded"
    ));
    if *sought + *inbound == 0 {
        text.push_str("\nno endpoint of the spec has this source; is it the right file?");
    }
    text
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// The descriptions, each with its name in messages.
fn texts_of(paths: &[PathBuf]) -> Result<Vec<(String, String)>, Box<dyn Error>> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            below(path, &mut files)?;
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
