//! What the whole API costs, some 700 operations: the spec, multiplied under new names where it has far fewer, and
//! everything that is made of it. The targets are those of 700 operations, in proportion to how many there are.

mod support {
    pub mod children;
    pub mod report;
}

use std::{
    error::Error,
    fs, io,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use bigcommerce_mock::{Engine, EngineOptions, catalogue::Catalogue};
use bigcommerce_tests::{multiply::multiplied, packaged::packaged, root};
use codegen::{
    pipeline::{self, Output, Rendered},
    render::{self, File},
};
use cpu_time::ProcessTime;
use support::{
    children::children,
    report::{figure, heading, judged, row},
};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// How many endpoints the targets are for, which the spec has about.
const MANY: usize = 700;
/// How often the mock store is started.
const STARTS: usize = 5;

fn main() -> Outcome<()> {
    let spec = pipeline::read(&root().join("spec"));
    let document = spec.document.ok_or("the spec has errors")?;
    let endpoints = document.groups.iter().map(|group| group.endpoints.len());
    let ours = endpoints.sum::<usize>().max(1);
    let times = ((MANY + ours / 2) / ours).max(1);

    let (clock, cpu) = (Instant::now(), ProcessTime::now());
    let api = multiplied(&document, &spec.sources, times)?;
    let rendered = pipeline::render(&api, &Output::ALL)?;
    let (wall, cpu) = (clock.elapsed().as_secs_f64(), cpu.elapsed().as_secs_f64());
    let peak = peak_of("self");
    let operations = api.endpoints.len();
    // What 700 operations may cost, for as many as there are.
    let share = operations as f64 / MANY as f64;
    let most = |most: f64| (most * share * 100.0).round() / 100.0;
    heading(&format!("{operations} operations"));
    row("codegen, wall time", &format!("{} s", figure(wall)));
    judged("codegen, processor time", cpu, "s", ..=most(1.5));
    if let Some(peak) = peak {
        let peak = figure(peak as f64 / 1024.0);
        row("codegen, peak memory", &format!("{peak} MiB"));
    }
    outputs(&rendered, operations, most(6.0));
    let site = render::docs::site(&api)?;
    row("site", &megabytes(site.iter()));
    let index = site
        .iter()
        .find(|file| file.path.ends_with("search-index.js"));
    let index = index.map_or(0, |file| file.text.len());
    row(
        "  its search index",
        &format!("{} MB", figure(index as f64 / 1e6)),
    );
    mock(&rendered)?;

    let scratch = root().join("target/bench/scale");
    let package = scratch.join("package");
    if package.exists() {
        fs::remove_dir_all(&package)?;
    }
    packaged(&rendered, &package);
    let build = Build {
        manifest: package.join("Cargo.toml"),
        target: scratch.join("target"),
    };
    let one = api.groups.first().map_or("", |group| &group.feature);
    for (name, features) in [("everything", "all,reqwest"), ("one feature", one)] {
        heading(&format!("Building {name}"));
        let check = build.clean("check", features, &[])?;
        let whole = name == "everything";
        told("check", check, whole.then_some((most(9.2), 1024.0)));
        let release = build.clean("build", features, &["--release"])?;
        told(
            "release build",
            release,
            whole.then_some((most(122.0), f64::INFINITY)),
        );
        let size = fs::metadata(build.target.join("release/libbigcommerce_client.rlib"))?.len();
        row("rlib", &format!("{} MB", figure(size as f64 / 1e6)));
    }
    heading("Documentation of everything");
    told(
        "rustdoc",
        build.clean("doc", "all,reqwest", &["--no-deps"])?,
        None,
    );
    Ok(())
}

/// The sizes of what is rendered, and how large the catalogue may be.
fn outputs(rendered: &Rendered, operations: usize, megabytes_of_json: f64) {
    let files = || rendered.files.iter().map(|(_, file)| file);
    let generated = |file: &&File| file.path.starts_with("generated-client/src/generated/");
    let lines: usize = files()
        .filter(generated)
        .map(|file| file.text.lines().count())
        .sum();
    row("generated Rust", &format!("{lines} lines"));
    let each = lines as f64 / operations as f64;
    judged("generated lines for an operation", each, "", ..=400.0);
    let json = files().find(|file| file.path.ends_with("docs/api.json"));
    let json = json.map_or(0, |file| file.text.len());
    judged("api.json", json as f64 / 1e6, "MB", ..=megabytes_of_json);
    let pages = files().filter(|file| file.path.ends_with(".md"));
    row("Markdown", &megabytes(pages));
}

/// The start of the mock store that serves all of it, its catalogue read: the least of several.
fn mock(rendered: &Rendered) -> Outcome<()> {
    let mut files = rendered.files.iter().map(|(_, file)| file);
    let catalogue = files.find(|file| file.path.ends_with("docs/api.json"));
    let catalogue = &catalogue.ok_or("there is no catalogue")?.text;
    let mut least = f64::INFINITY;
    for _ in 0..STARTS {
        let options = EngineOptions {
            seed: 1,
            products: 0,
            strict: false,
            hash: "abc123".to_owned(),
            url: "http://127.0.0.1:1".to_owned(),
        };
        let cpu = ProcessTime::now();
        Engine::new(Catalogue::another(catalogue)?, options)?;
        least = least.min(cpu.elapsed().as_secs_f64() * 1e3);
    }
    let least = figure(least);
    row(
        "start of the mock store, processor time",
        &format!("{least} ms"),
    );
    Ok(())
}

fn megabytes<'a>(files: impl Iterator<Item = &'a File>) -> String {
    let (mut count, mut bytes) = (0, 0);
    for file in files {
        count += 1;
        bytes += file.text.len();
    }
    format!("{count} files, {} MB", figure(bytes as f64 / 1e6))
}

/// Processor time in seconds and memory in MiB, where the system says.
fn told(what: &str, cost: Cost, most: Option<(f64, f64)>) {
    row(
        &format!("{what}, wall time"),
        &format!("{} s", figure(cost.wall)),
    );
    if let Some(cpu) = cost.cpu {
        let label = format!("{what}, processor time");
        match most {
            Some((most, _)) => judged(&label, cpu, "s", ..=most),
            None => row(&label, &format!("{} s", figure(cpu))),
        }
    }
    if let Some(peak) = cost.peak {
        let label = format!("{what}, peak memory");
        match most {
            Some((_, most)) if most.is_finite() => judged(&label, peak, "MiB", ..=most),
            _ => row(&label, &format!("{} MiB", figure(peak))),
        }
    }
}

/// What one build of the client alone costs.
struct Cost {
    wall: f64,
    cpu: Option<f64>,
    peak: Option<f64>,
}

struct Build {
    manifest: PathBuf,
    target: PathBuf,
}

impl Build {
    /// Builds the client anew, the crates it depends on being built.
    fn clean(&self, command: &str, features: &str, more: &[&str]) -> Outcome<Cost> {
        self.wait(self.cargo(command, features, more).spawn()?, command)?;
        let profile: &[&str] = if more.contains(&"--release") {
            &["--release"]
        } else {
            &[]
        };
        let mut clean = Command::new(cargo());
        clean
            .args(["clean", "--quiet", "--package", "bigcommerce-client"])
            .args(profile);
        self.at(&mut clean);
        self.wait(clean.spawn()?, "clean")?;
        let (clock, cpu) = (Instant::now(), children());
        let mut child = self.cargo(command, features, more).spawn()?;
        let mut peak = None;
        while child.try_wait()?.is_none() {
            peak = peak.max(resident());
            thread::sleep(Duration::from_millis(20));
        }
        let wall = clock.elapsed().as_secs_f64();
        self.wait(child, command)?;
        Ok(Cost {
            wall,
            cpu: children().zip(cpu).map(|(after, before)| after - before),
            peak: peak.map(|kibibytes| kibibytes as f64 / 1024.0),
        })
    }

    fn cargo(&self, command: &str, features: &str, more: &[&str]) -> Command {
        let mut run = Command::new(cargo());
        run.args([
            command,
            "--quiet",
            "--no-default-features",
            "--features",
            features,
        ]);
        run.args(more);
        self.at(&mut run);
        run
    }

    fn at(&self, command: &mut Command) {
        command.arg("--manifest-path").arg(&self.manifest);
        command.arg("--target-dir").arg(&self.target);
        command.env("CARGO_INCREMENTAL", "0").stdin(Stdio::null());
    }

    fn wait(&self, mut child: Child, command: &str) -> Outcome<()> {
        let status = child.wait()?;
        if status.success() {
            return Ok(());
        }
        let folder = self.manifest.parent().unwrap_or(Path::new("."));
        Err(io::Error::other(format!("cargo {command} failed in {}", folder.display())).into())
    }
}

fn cargo() -> std::ffi::OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// The most memory that a compiler of the client has held so far, in KiB.
fn resident() -> Option<u64> {
    let processes = fs::read_dir("/proc").ok()?;
    let compilers = processes.flatten().filter(|process| {
        let arguments = fs::read(process.path().join("cmdline")).unwrap_or_default();
        let arguments = String::from_utf8_lossy(&arguments);
        arguments.contains("\0bigcommerce_client\0") && arguments.contains("bench/scale")
    });
    let peaks = compilers.filter_map(|process| peak_of(&process.file_name().to_string_lossy()));
    peaks.max()
}

/// The most memory that a process has held, in KiB, where the system says.
fn peak_of(process: &str) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let mut lines = status.lines();
    let peak = lines.find_map(|line| line.strip_prefix("VmHWM:"))?;
    peak.trim().trim_end_matches(" kB").parse().ok()
}
