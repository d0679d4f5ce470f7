//! `cargo xtask new`: begins an endpoint, a group, an event or a conflict of the spec.

use std::{error::Error, process::ExitCode};

use anstream::println;
use clap::ValueEnum;
use codegen::{
    load,
    pipeline::Spec,
    scaffold::{self, Files},
    spec::Official,
};

use crate::{New, Thing, ground::Ground, report};

/// An HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Method {
    /// Reads.
    Get,
    /// Adds, as a rule.
    Post,
    /// Replaces or changes.
    Put,
    /// Changes.
    Patch,
    /// Removes.
    Delete,
}

impl Method {
    /// The key of the path in the spec.
    const fn key(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::Post => "post",
            Self::Put => "put",
            Self::Patch => "patch",
            Self::Delete => "delete",
        }
    }
}

/// Scaffolds it, and prints what a person has to fill in.
pub fn run(options: &New) -> ExitCode {
    match begin(options) {
        Ok(code) => code,
        Err(error) => {
            report::error(error.as_ref());
            ExitCode::from(2)
        }
    }
}

fn begin(options: &New) -> Result<ExitCode, Box<dyn Error>> {
    let folder = options.tree.folder();
    let ground = Ground::take(&folder, report::waiting)?;
    // Without checking the spec: open questions elsewhere do not matter.
    let loaded = load::load(&folder);
    let sound = !loaded.diagnostics.has_errors();
    let Some(document) = loaded.document.filter(|_| sound) else {
        let checked = Spec {
            sources: loaded.sources,
            diagnostics: loaded.diagnostics,
            ..Spec::default()
        };
        report::diagnostics(&checked, report::UNWRITTEN);
        return Ok(ExitCode::from(2));
    };
    let mut files = Files::new();
    for (name, _) in loaded.sources.iter() {
        // As on disk, with its line ends.
        if let Some(text) = ground.read(name)? {
            files.push((name.to_owned(), text));
        }
    }
    let begun = match scaffold::scaffold(&options.thing.wanted(), &document, &files) {
        Ok(begun) => begun,
        Err(error) => {
            let place = error.place(&loaded.sources);
            let place = place.map(|place| format!("{place}: ")).unwrap_or_default();
            return Err(format!("{place}{error}").into());
        }
    };
    for (name, text) in &begun {
        ground.replace(name, text)?;
        let before = files.iter().find(|(known, _)| known == name);
        let before = before.map_or("", |(_, text)| text);
        let shown = loaded.sources.display_path(name);
        let verb = if before.is_empty() { "new" } else { "extended" };
        println!("{verb} {shown}");
        for (line, todo) in todos(before, text) {
            println!("  {shown}:{line}: {todo}");
        }
    }
    if let Some((line, file)) = scaffold::unlisted(&options.thing.wanted(), &document) {
        let below = file.map_or_else(|| "its description".to_owned(), |file| format!("`{file}`"));
        let list = loaded.sources.display_path(Official::FILE);
        println!("Add `{line}` below {below} in {list}.");
    }
    println!("Fill in each \"\", remove its `todo:`, then run `cargo xtask check`.");
    Ok(ExitCode::SUCCESS)
}

impl Thing {
    fn wanted(&self) -> scaffold::New<'_> {
        match self {
            Self::Endpoint { id, method, path } => scaffold::New::Endpoint {
                id,
                method: method.key(),
                path,
            },
            Self::Group {
                name,
                version,
                scope,
                source,
            } => scaffold::New::Group {
                name,
                version: version.as_deref(),
                scope: scope.as_deref(),
                source: source.as_deref(),
            },
            Self::Event { scope } => scaffold::New::Event { scope },
            Self::Conflict { on, about } => scaffold::New::Conflict { on, about },
        }
    }
}

/// The questions in the changed lines, each with its line.
fn todos<'t>(before: &str, after: &'t str) -> Vec<(usize, &'t str)> {
    let (was, is): (Vec<_>, Vec<_>) = (before.lines().collect(), after.lines().collect());
    let same = was.iter().zip(&is).take_while(|(a, b)| a == b).count();
    let ends = was.iter().rev().zip(is.iter().rev());
    let ends = ends.take_while(|(a, b)| a == b).count();
    // A repetition of the end of the text before it counts once.
    let ends = ends.min(was.len() - same);
    let changed = is.len().saturating_sub(ends).max(same);
    let lines = is.iter().enumerate().take(changed).skip(same);
    lines
        .filter_map(|(at, line)| {
            Some((at + 1, line.split_once("todo: ")?.1.trim_end_matches(" }")))
        })
        .collect()
}
