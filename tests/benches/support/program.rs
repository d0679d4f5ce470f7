//! The programs that calls are measured with: a crate below target/bench that has the client next to
//! hand-written code and derived types. Here they are written, built and run.

use std::{
    error::Error,
    fs, io,
    path::PathBuf,
    process::{Command, Stdio},
};

use bigcommerce_tests::root;

pub type Outcome<T> = Result<T, Box<dyn Error>>;

const MANIFEST: &str = r#"[package]
name = "calls"
version = "0.1.0"
edition = "2024"

[dependencies]
bigcommerce-client = { path = "../../../generated-client", default-features = false, features = ["brands", "products", "reqwest"] }
cpu-time = "1"
derived = { path = "../derived" }
futures-util = { version = "0.3", default-features = false, features = ["std"] }
reqwest = { version = "0.13", default-features = false, features = ["rustls-no-provider", "gzip", "http2"] }
rustls = { version = "0.23", default-features = false, features = ["ring"] }
serde = { version = "1", features = ["derive"] }
serde_json = "1"
tokio = { version = "1", features = ["rt-multi-thread", "net", "time"] }

[workspace]
"#;

/// The files of the program.
const FILES: [(&str, &str); 4] = [
    ("Cargo.toml", MANIFEST),
    ("src/main.rs", include_str!("calls_main.rs.txt")),
    ("src/plain.rs", include_str!("calls_plain.rs.txt")),
    ("src/bin/memory.rs", include_str!("calls_memory.rs.txt")),
];

/// How often each way is gone.
const ROUNDS: usize = 15;

/// The built programs.
pub struct Programs {
    calls: PathBuf,
    memory: PathBuf,
}

/// Writes the programs below target/bench and builds them.
pub fn build() -> Outcome<Programs> {
    let bench = root().join("target/bench");
    let folder = bench.join("calls");
    for (path, text) in FILES {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap_or(&folder))?;
        fs::write(path, text)?;
    }
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock"))?;
    let target = bench.join("calls-target");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(["build", "--release", "--target-dir"]);
    said(command.arg(&target).current_dir(&folder))?;
    let release = target.join("release");
    Ok(Programs {
        calls: release.join("calls"),
        memory: release.join("memory"),
    })
}

/// What ways took, in nanoseconds of each round.
#[derive(Default)]
pub struct Ran {
    pub wall: Vec<f64>,
    pub cpu: Vec<f64>,
}

impl Ran {
    /// Its wall and processor time, to the other's. Others use this machine as well, so the least of
    /// all rounds says most.
    pub fn relative_to(&self, other: &Self) -> (f64, f64) {
        (
            least(&self.wall) / least(&other.wall),
            least(&self.cpu) / least(&other.cpu),
        )
    }
}

/// The least of all rounds, in nanoseconds.
pub fn least(times: &[f64]) -> f64 {
    times.iter().copied().fold(f64::INFINITY, f64::min)
}

impl Programs {
    /// Goes the ways in turn, on as many threads of the runtime, until each has made its calls in
    /// every round.
    pub fn times<const N: usize>(
        &self,
        threads: usize,
        url: &str,
        calls: usize,
        ways: [&str; N],
    ) -> Outcome<[Ran; N]> {
        let numbers = [threads, ROUNDS, calls].map(|number| number.to_string());
        let [threads, rounds, calls] = &numbers;
        let arguments = [threads, url, rounds, &ways.join(","), calls];
        let mut ran = [const { None }; N].map(|_: Option<()>| Ran::default());
        for line in said(Command::new(&self.calls).args(arguments))?.0.lines() {
            let mut cells = line.split('\t');
            let at = cells
                .next()
                .and_then(|way| ways.iter().position(|w| *w == way));
            let ran = at.and_then(|at| ran.get_mut(at)).ok_or("an unknown way")?;
            ran.wall.push(cells.next().unwrap_or_default().parse()?);
            ran.cpu.push(cells.next().unwrap_or_default().parse()?);
        }
        Ok(ran)
    }

    /// The most that was allocated at once while a list was read, in MiB.
    pub fn peak(&self, way: &str, url: &str) -> Outcome<f64> {
        let bytes: f64 = said(Command::new(&self.memory).args([way, url]))?
            .0
            .trim()
            .parse()?;
        Ok(bytes / f64::from(1 << 20))
    }

    /// The instructions of one small call without the system's; `None` without valgrind.
    pub fn instructions(&self, way: &str, url: &str) -> Outcome<Option<f64>> {
        // What the start takes is in both runs.
        let (few, many) = (300_u32, 1300);
        let mut counts = [0.0; 2];
        for (count, calls) in counts.iter_mut().zip([few, many]) {
            let mut command = Command::new("valgrind");
            command.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]);
            command.arg(&self.calls);
            command.args(["1", url, "0", way, &calls.to_string()]);
            let output = match said(&mut command) {
                Ok(output) => output,
                Err(error) if error.is::<io::Error>() => return Ok(None),
                Err(error) => return Err(error),
            };
            let collected = |line: &str| line.split_once("Collected :")?.1.trim().parse().ok();
            *count = output
                .1
                .lines()
                .find_map(collected)
                .ok_or("valgrind counted nothing")?;
        }
        Ok(Some((counts[1] - counts[0]) / f64::from(many - few)))
    }
}

/// What a command writes to its outputs, when it succeeds.
fn said(command: &mut Command) -> Outcome<(String, String)> {
    let output = command.stdin(Stdio::null()).output()?;
    let (out, error) = (
        String::from_utf8(output.stdout)?,
        String::from_utf8_lossy(&output.stderr).into_owned(),
    );
    if output.status.success() {
        return Ok((out, error));
    }
    Err(error.into())
}
