//! What the whole API will cost: the spec's groups multiplied under new names to 700 operations, with the
//! field counts of ours, and everything that is made of them. Beside each figure stands what the drafts of
//! the official descriptions took before the client was declared by macros.

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

/// How many endpoints the spec has at least.
const MANY: usize = 700;

fn main() -> Outcome<()> {
    let spec = pipeline::read(&root().join("spec"));
    let document = spec.document.ok_or("the spec has errors")?;
    let endpoints = document.groups.iter().map(|group| group.endpoints.len());
    let times = MANY.div_ceil(endpoints.sum::<usize>().max(1));

    let cpu = ProcessTime::now();
    let api = multiplied(&document, &spec.sources, times)?;
    let rendered = pipeline::render(&api, &Output::ALL)?;
    let cpu = cpu.elapsed().as_secs_f64();
    heading(&format!("{} operations", api.endpoints.len()));
    judged("codegen, processor time", cpu, "s", ..=1.5);
    outputs(&rendered, api.endpoints.len());
    let site = render::docs::site(&api)?;
    row("site", &megabytes(site.iter()));

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
        told("check", check, whole.then_some((9.2, 1024.0)));
        let release = build.clean("build", features, &["--release"])?;
        told(
            "release build",
            release,
            whole.then_some((122.0, f64::INFINITY)),
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

/// The sizes of what is rendered.
fn outputs(rendered: &Rendered, operations: usize) {
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
    judged("api.json", json as f64 / 1e6, "MB", ..=6.0);
    let pages = files().filter(|file| file.path.ends_with(".md"));
    row("Markdown", &megabytes(pages));
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
    let peaks = compilers.filter_map(|process| {
        let status = fs::read_to_string(process.path().join("status")).ok()?;
        let peak = status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))?;
        peak.trim().trim_end_matches(" kB").parse().ok()
    });
    peaks.max()
}
