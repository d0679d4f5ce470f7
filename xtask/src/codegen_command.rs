//! `cargo xtask codegen` and `cargo xtask check`: reads the spec, renders, then compares or writes.

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
    path::Path,
    process::ExitCode,
    time::Instant,
};

use codegen::{
    diff,
    pipeline::{self, Output, Spec},
    render::{File, Region},
};

use crate::{
    Check, Codegen, Format,
    diff_command::Compared,
    ground::Ground,
    last,
    manifest::{self, Manifest},
    plan::Plan,
    progress::Progress,
    report, root,
    watch::watch,
};

/// Nothing to do.
const FINE: u8 = 0;
/// `--check` found something to do.
const STALE: u8 = 1;
/// The spec, the command line or the disk is at fault; nothing was written.
const FAILED: u8 = 2;

/// Checks the spec and renders nothing.
pub fn check(options: &Check) -> ExitCode {
    let started = Instant::now();
    let format = options.format.get();
    let checked = pipeline::read(&options.tree.folder());
    report::problems(&checked, format, "");
    let Some(api) = &checked.api else {
        return ExitCode::from(FAILED);
    };
    if format != Format::Json {
        report::fine(api, started.elapsed());
    }
    ExitCode::from(FINE)
}

/// Renders the requested outputs, and compares them with the disk or writes them.
pub fn run(options: &Codegen) -> ExitCode {
    if !options.watch {
        return ExitCode::from(once(options));
    }
    let folder = options.tree.folder();
    let state = || codegen::load::texts(&folder).0.hash();
    watch(&folder, state, || {
        // The problem has been reported, and the next save may fix it.
        let _ = once(options);
    })
}

fn once(options: &Codegen) -> u8 {
    let started = Instant::now();
    let progress = Progress::start();
    let outputs = options
        .output
        .map_or(Output::ALL.to_vec(), |output| vec![output.into()]);
    let out = options.out.clone().unwrap_or_else(root);
    let run = Run {
        out: &out,
        outputs: &outputs,
        format: options.format.get(),
        started,
    };
    match run.generate(
        &options.tree.folder(),
        progress,
        options.check,
        options.verbose,
    ) {
        Ok(code) => code,
        Err(error) => {
            report::error(error.as_ref());
            FAILED
        }
    }
}

/// A run: its target, its input, and its start.
struct Run<'a> {
    out: &'a Path,
    outputs: &'a [Output],
    format: Format,
    started: Instant,
}

impl Run<'_> {
    fn generate(
        &self,
        spec: &Path,
        progress: Progress,
        check: bool,
        verbose: bool,
    ) -> Result<u8, Box<dyn std::error::Error>> {
        let Self {
            out,
            outputs,
            format,
            started,
        } = *self;
        let (spec, rendered) = pipeline::run(spec, outputs, |stage| progress.say(stage))?;
        progress.aside(|| report::problems(&spec, format, report::UNWRITTEN));
        if spec.api.is_none() {
            return Ok(FAILED);
        }
        if let Some((output, file)) = rendered
            .files
            .iter()
            .find(|(output, file)| !manifest::owns(output.name(), &file.path))
        {
            let output = output.name();
            return Err(format!("{} is in no folder of the output `{output}`", file.path).into());
        }
        progress.say("comparing with the disk");
        let ground = &Ground::take(out, || progress.aside(report::waiting))?;
        let before = Manifest::read(ground)?;
        let after = manifest_of(&before, &rendered.files, outputs, &spec.sources.hash());

        let mut files: Vec<File> = rendered
            .files
            .iter()
            .map(|(_, file)| file.clone())
            .collect();
        for (_, region) in &rendered.regions {
            files.extend(splice(ground, region)?);
        }
        files.push(File {
            path: manifest::PATH.to_owned(),
            text: after.text(),
        });

        let written: BTreeSet<String> = outputs
            .iter()
            .filter_map(|output| before.files.get(output.name()))
            .flatten()
            .cloned()
            .collect();
        let owned: Vec<&str> = manifest::FOLDERS
            .iter()
            .filter(|(output, _, alone)| *alone && outputs.contains(output))
            .map(|(_, folder, _)| *folder)
            .collect();
        if check {
            let plan = Plan::compare(ground, &files, &written, &owned)?;
            drop(progress);
            if format != Format::Json || !plan.is_empty() {
                report::check(&plan, outputs, started.elapsed());
            }
            return Ok(if plan.is_empty() { FINE } else { STALE });
        }
        let rendered = before
            .spec
            .values()
            .find(|hash| **hash != spec.sources.hash());
        let changes = changes(&spec, rendered, verbose);
        // Only files of an earlier run are pruned; a person has to judge any other file in an owned
        // folder.
        let plan = Plan::compare(ground, &files, &written, &[])?;
        progress.say("writing");
        sweep(ground, &files, &before)?;
        if !plan.is_empty() {
            // Until the end, the manifest names the files of both runs, so an interrupted run leaves no
            // file behind that no manifest knows.
            let both = union(&before, &after);
            ground.replace(manifest::PATH, &both.text())?;
        }
        plan.apply(ground)?;
        drop(progress);
        last::keep(&spec.sources)?;
        if format != Format::Json {
            report::written(&plan, changes.as_deref(), started.elapsed());
        }
        Ok(FINE)
    }
}

/// Removes the temporary files of an interrupted run: next to these files, and next to those in its manifest,
/// which may be in folders that this run does not know.
fn sweep(ground: &Ground, files: &[File], before: &Manifest) -> io::Result<()> {
    let named = before.files.values().flatten();
    let folders: BTreeSet<&str> = files
        .iter()
        .map(|file| &file.path)
        .chain(named)
        .filter_map(|path| Some(path.rsplit_once('/')?.0))
        .collect();
    folders
        .into_iter()
        .try_for_each(|folder| ground.sweep(folder))
}

/// How many changes are listed before the rest is only counted.
const TOLD: usize = 20;

/// What the run means for programs that use the client: what changed since the spec of this hash.
fn changes(spec: &Spec, before: Option<&String>, verbose: bool) -> Option<String> {
    let hash = before?;
    if *hash == spec.sources.hash() {
        return None;
    }
    let Some(old) = last::spec(hash) else {
        return Some("the previously rendered spec is not available here: `cargo xtask diff` compares with any other".to_owned());
    };
    let compared = Compared::of(&old, spec)?;
    let mut view = compared.view("HEAD", verbose);
    view.most = (!verbose).then_some(TOLD);
    Some(view.print(diff::Format::Text))
}

fn manifest_of(
    before: &Manifest,
    files: &[(Output, File)],
    outputs: &[Output],
    hash: &str,
) -> Manifest {
    let mut after = before.clone();
    for output in outputs {
        after.spec.insert(output.name().to_owned(), hash.to_owned());
        after
            .files
            .insert(output.name().to_owned(), BTreeSet::new());
    }
    for (output, file) in files {
        after
            .files
            .entry(output.name().to_owned())
            .or_default()
            .insert(file.path.clone());
    }
    after
}

fn union(before: &Manifest, after: &Manifest) -> Manifest {
    let mut files: BTreeMap<String, BTreeSet<String>> = before.files.clone();
    for (output, paths) in &after.files {
        files
            .entry(output.clone())
            .or_default()
            .extend(paths.iter().cloned());
    }
    Manifest {
        spec: before.spec.clone(),
        files,
    }
}

/// The file of a region, with the region's new text; `None` if the file does not exist, as in a tree with
/// only output.
fn splice(ground: &Ground, region: &Region) -> io::Result<Option<File>> {
    let Some(text) = ground.read(&region.path)? else {
        return Ok(None);
    };
    let text = text.replace("\r\n", "\n");
    let (begin, end) = (
        format!("# codegen:begin {}\n", region.name),
        format!("# codegen:end {}\n", region.name),
    );
    let parts = text
        .split_once(&begin)
        .and_then(|(head, rest)| rest.split_once(&end).map(|(_, tail)| (head, tail)));
    let Some((head, tail)) = parts else {
        return Err(io::Error::new(
            io::ErrorKind::InvalidData,
            format!(
                "{}: the lines `{}` and `{}` are missing. Restore them where the features of the \
                 groups belong",
                region.path,
                begin.trim_end(),
                end.trim_end()
            ),
        ));
    };
    let text = format!("{head}{begin}{}{end}{tail}", region.text);
    Ok(Some(File {
        path: region.path.clone(),
        text,
    }))
}
