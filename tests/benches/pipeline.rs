//! What the way from the spec to files costs: on the real spec, and on the same groups multiplied
//! under new names to the size the API has in full. Time is that of the processors where it is not
//! said otherwise, which holds on a busy machine too.

mod support {
    pub mod report;
}

use std::{error::Error, fs, time::Instant};

use bigcommerce_tests::{multiply::multiply, root};
use codegen::{
    load,
    model::{Api, Kind},
    pipeline::{self, Output},
    render::{self, File},
    schema_json,
    source::Sources,
    spec::Document,
};
use cpu_time::ProcessTime;
use proc_macro2::TokenStream;
use support::report::{figure, heading, judged, median, row};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// How many endpoints the larger spec has at least.
const MANY: usize = 700;

/// The argument with which this program runs the pipeline once and says how much memory it took.
const PEAK: &str = "--peak";

fn main() -> Outcome<()> {
    let checked = pipeline::read(&root().join("spec"));
    let document = checked.document.ok_or("the spec has errors")?;
    let sources = checked.sources;
    let mut arguments = std::env::args().skip_while(|argument| argument != PEAK);
    if let Some(times) = arguments.nth(1) {
        return peak(multiply(&document, &sources, times.parse()?));
    }
    let endpoints = document.groups.iter().map(|group| group.endpoints.len());
    let times = MANY.div_ceil(endpoints.sum::<usize>().max(1));

    let (real, api) = measure(9, &sources)?;
    heading(&format!("The real spec: {}", size(&api)));
    row("files", &real.files);
    judged("processor time", real.cpu, "ms", ..=250.0);
    row("wall time", &format!("{} ms", figure(real.wall)));
    stages(9, &sources)?;

    let large = multiply(&document, &sources, times);
    let (many, api) = measure(3, &large)?;
    heading(&format!("{times} times the spec: {}", size(&api)));
    row("files", &many.files);
    judged("wall time", many.wall / 1e3, "s", ..=3.0);
    row("processor time", &format!("{} s", figure(many.cpu / 1e3)));
    match peak_of(times)? {
        Some(peak) => judged("peak memory", peak, "MiB", ..=500.0),
        None => row("peak memory", "is measured on Linux only"),
    }
    stages(3, &large)?;
    growth(&document, &sources, times, &many, &api)
}

/// What one run costs, in milliseconds.
struct Run {
    wall: f64,
    cpu: f64,
    files: String,
}

/// The median of several runs on all processors, and the model.
fn measure(runs: usize, sources: &Sources) -> Outcome<(Run, Api)> {
    let (mut wall, mut cpu) = (Vec::new(), Vec::new());
    let (mut api, files) = whole(sources)?;
    for _ in 0..runs {
        let sources = sources.clone();
        let (clock, processors) = (Instant::now(), ProcessTime::now());
        api = whole(&sources)?.0;
        cpu.push(processors.elapsed().as_secs_f64() * 1e3);
        wall.push(clock.elapsed().as_secs_f64() * 1e3);
    }
    let bytes: usize = files.iter().map(|file| file.text.len()).sum();
    let run = Run {
        wall: median(wall),
        cpu: median(cpu),
        files: format!("{}, {} MB", files.len(), figure(bytes as f64 / 1e6)),
    };
    Ok((run, api))
}

/// From texts to files, as `cargo xtask codegen` goes.
fn whole(sources: &Sources) -> Outcome<(Api, Vec<File>)> {
    let checked = pipeline::of(sources.clone());
    let Some(api) = checked.api else {
        let found = codegen::diagnostic::render_plain(&checked.diagnostics, &checked.sources);
        return Err(found.into());
    };
    let rendered = pipeline::render(&api, &Output::ALL)?;
    let files = rendered.files.into_iter().map(|(_, file)| file).collect();
    Ok((api, files))
}

/// Where the time goes, on one thread: the median of several runs.
fn stages(runs: usize, sources: &Sources) -> Outcome<()> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build()?;
    let mut seen: Vec<(&str, Vec<f64>)> = Vec::new();
    for _ in 0..runs {
        let sources = sources.clone();
        let laps = pool.install(|| laps(sources).map_err(|error| error.to_string()))?;
        if seen.is_empty() {
            seen = laps.iter().map(|(stage, _)| (*stage, Vec::new())).collect();
        }
        for ((_, times), (_, lap)) in seen.iter_mut().zip(laps) {
            times.push(lap);
        }
    }
    let medians: Vec<_> = seen
        .into_iter()
        .map(|(stage, times)| (stage, median(times)))
        .collect();
    let sum: f64 = medians.iter().map(|(_, time)| time).sum();
    row("on one thread", &format!("{} ms", figure(sum)));
    for (stage, time) in medians {
        let share = time * 100.0 / sum;
        row(
            &format!("  {stage}"),
            &format!("{} ms, {share:.0} %", figure(time)),
        );
    }
    Ok(())
}

/// The stages of a run, each with its milliseconds.
fn laps(sources: Sources) -> Outcome<Vec<(&'static str, f64)>> {
    let mut clock = ProcessTime::now();
    let mut lap = || {
        let lap = clock.elapsed().as_secs_f64() * 1e3;
        clock = ProcessTime::now();
        lap
    };
    let loaded = load::load_sources(sources);
    let load = lap();
    let document = loaded.document.ok_or("the spec has errors")?;
    let (api, diagnostics) = pipeline::resolve(&document, &loaded.sources);
    let api = api.ok_or("the spec has errors")?;
    let resolve = lap();
    let client = render::rust::render(&api)?;
    let rust = lap();
    let scopes = render::scopes::render(&api)?;
    let matrix = lap();
    let catalogue = render::catalogue::render(&api)?;
    let json = lap();
    let pages = render::docs::markdown(&api)?;
    let markdown = lap();
    let format = schema_json::files();
    let schemas = lap();
    drop((diagnostics, scopes, catalogue, pages, format));
    // What of the client's time is not making tokens shows when its text goes the way again.
    let (mut parse, mut print) = (0.0, 0.0);
    for file in &client {
        let tokens: TokenStream = file.text.parse()?;
        lap();
        let syntax = syn::parse2(tokens)?;
        parse += lap();
        let text = prettyplease::unparse(&syntax);
        print += lap();
        drop(text);
    }
    Ok(vec![
        ("load", load),
        ("resolve", resolve),
        ("client: make tokens", rust - parse - print),
        ("client: parse tokens", parse),
        ("client: print", print),
        ("scope matrix", matrix),
        ("catalogue (JSON)", json),
        ("reference (Markdown)", markdown),
        ("format (JSON Schema)", schemas),
    ])
}

/// Whether the cost grows with the fields and no faster.
fn growth(
    document: &Document,
    sources: &Sources,
    times: usize,
    many: &Run,
    api: &Api,
) -> Outcome<()> {
    heading("Growth: processor time per field");
    let mut least = f64::INFINITY;
    for (times, runs) in [(1, 9), (4, 5)] {
        let (run, api) = measure(runs, &multiply(document, sources, times))?;
        let each = run.cpu * 1e3 / fields(&api) as f64;
        row(
            &format!("{} fields", fields(&api)),
            &format!("{} us", figure(each)),
        );
        least = least.min(each);
    }
    let each = many.cpu * 1e3 / fields(api) as f64;
    row(
        &format!("{} fields", fields(api)),
        &format!("{} us", figure(each)),
    );
    let label = format!("a field at {times} times the spec, to one at the cheapest size below");
    judged(&label, each / least, "", ..=1.2);
    Ok(())
}

/// The fields of all objects, each view's counted.
fn fields(api: &Api) -> usize {
    let of = |kind: &Kind| match kind {
        Kind::Object { fields, .. } => fields.len(),
        _ => 0,
    };
    api.types.iter().map(|def| of(&def.kind)).sum()
}

fn size(api: &Api) -> String {
    format!(
        "{} endpoints, {} types, {} fields",
        api.endpoints.len(),
        api.types.len(),
        fields(api)
    )
}

/// Runs the pipeline once and prints the most memory this process ever held, in KiB.
fn peak(sources: Sources) -> Outcome<()> {
    let made = whole(&sources)?;
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    drop(made);
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    println!(
        "{}",
        peak.map_or("", |peak| peak.trim().trim_end_matches(" kB"))
    );
    Ok(())
}

/// The most memory that a process of its own holds, in MiB, where the system says.
fn peak_of(times: usize) -> Outcome<Option<f64>> {
    let output = std::process::Command::new(std::env::current_exe()?)
        .args([PEAK, &times.to_string()])
        .output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    let kibibytes: Option<f64> = String::from_utf8(output.stdout)?.trim().parse().ok();
    Ok(kibibytes.map(|kibibytes| kibibytes / 1024.0))
}
