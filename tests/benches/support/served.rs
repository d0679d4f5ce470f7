//! The mock store as a program: built as it is installed, started, and ended with this value.

use std::{
    error::Error,
    io::{BufRead as _, BufReader},
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use bigcommerce_tests::root;
use serde_json::Value;

pub type Outcome<T> = Result<T, Box<dyn Error>>;

/// The built program.
pub struct Program(PathBuf);

/// A store that runs.
pub struct Served {
    child: Child,
    /// How long it took until it said where it is.
    pub took: Duration,
    /// `127.0.0.1:8080`.
    pub address: String,
    /// `/stores/abc123`.
    pub root: String,
    pub token: String,
}

impl Program {
    pub fn build() -> Outcome<Self> {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command.args([
            "build",
            "--release",
            "--package",
            "bigcommerce-mock",
            "--quiet",
        ]);
        command.args(["--bin", "bigcommerce-mock", "--message-format", "json"]);
        let output = command
            .current_dir(root())
            .stderr(Stdio::inherit())
            .output()?;
        for line in output.stdout.split(|byte| *byte == b'\n') {
            let said: Value = serde_json::from_slice(line).unwrap_or_default();
            if let Some(executable) = said["executable"].as_str() {
                return Ok(Self(executable.into()));
            }
        }
        Err("the mock store could not be built".into())
    }

    /// Starts a store on any port, without a quota.
    pub fn start(&self, products: usize) -> Outcome<Served> {
        let mut command = Command::new(&self.0);
        command.args(["--port", "0", "--plan", "enterprise", "--products"]);
        command.arg(products.to_string()).stdout(Stdio::piped());
        let started = Instant::now();
        let child = command.spawn()?;
        let mut served = Served {
            child,
            took: Duration::ZERO,
            address: String::new(),
            root: String::new(),
            token: String::new(),
        };
        let stdout = served.child.stdout.take().ok_or("it has no output")?;
        for line in BufReader::new(stdout).lines() {
            let line = line?;
            if served.took.is_zero() {
                served.took = started.elapsed();
            }
            match line.split_once('=') {
                Some(("export STORE_HASH", hash)) => served.root = format!("/stores/{hash}"),
                Some(("export ACCESS_TOKEN", token)) => token.clone_into(&mut served.token),
                Some(("export BASE_URL", url)) => {
                    let address = url.trim_start_matches("http://");
                    address.clone_into(&mut served.address);
                }
                // The end: were it read no further before, the program could not say it.
                None if line.starts_with("Ctrl-C") => return Ok(served),
                _ => {}
            }
        }
        Err("the mock store did not say where it is".into())
    }
}

impl Served {
    /// The processor time that it has taken, where the system tells.
    pub fn processor(&self) -> Option<Duration> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).ok()?;
        // Behind the name, which may have anything in it; a hundred to the second.
        let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
        let mut next = || fields.next()?.parse::<u64>().ok();
        Some(Duration::from_millis(10 * (next()? + next()?)))
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // Where it has ended by itself there is nothing to do.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
