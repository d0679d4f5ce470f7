//! What it costs to build the client, beside the same types and fields with serde's derive.
//!
//! Compared is one crate with the other, the crates they depend on being built already. The client is
//! taken whole: besides the types its constructors and setters, requests, handles, catalogue, runtime
//! and docs. The derived crate has the types and the docs of their fields alone, so whatever the ratio
//! leaves out counts against the client. Both are built in turn, several times.

mod support {
    pub mod derived;
    pub mod report;
}

use std::{
    error::Error,
    fs,
    path::PathBuf,
    process::{Command, Stdio},
    time::Instant,
};

use bigcommerce_tests::{api, root};
use support::{
    derived,
    report::{figure, heading, judged, median, row},
};

const ROUNDS: usize = 3;

/// One of the two crates.
struct Side {
    package: &'static str,
    workspace: PathBuf,
    target: PathBuf,
}

/// What one build costs, in seconds.
#[derive(Clone, Copy)]
struct Cost {
    wall: f64,
    /// The processor time of the processes that took part, where the system says.
    cpu: Option<f64>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let derived = derived::write(&api())?;
    let bench = root().join("target/bench");
    let sides = [
        Side {
            package: "bigcommerce-client",
            workspace: root(),
            target: bench.join("client-target"),
        },
        Side {
            package: "derived",
            workspace: derived,
            target: bench.join("derived-target"),
        },
    ];
    for side in &sides {
        side.cargo(&["check"])?;
    }
    heading("Clean `cargo check` of the client, beside its types with serde's derive");
    let [client, derive] = compare(&sides, &["check"], ROUNDS)?;
    judged(
        "wall time, to that of the derived types",
        client.wall / derive.wall,
        "",
        ..=0.25,
    );
    if let (Some(client), Some(derive)) = (client.cpu, derive.cpu) {
        row(
            "processor time, to that of the derived types",
            &figure(client / derive),
        );
    }
    for side in &sides {
        side.cargo(&["build"])?;
    }
    heading("Clean debug build of the same");
    compare(&sides, &["build"], 1)?;
    heading("Release build of the same, as a library");
    for side in &sides {
        side.cargo(&["build", "--release"])?;
        let name = format!("release/lib{}.rlib", side.package.replace('-', "_"));
        let size = fs::metadata(side.target.join(name))?.len();
        row(side.package, &format!("{} MB", figure(size as f64 / 1e6)));
    }
    Ok(())
}

/// The medians of building both in turn.
fn compare(
    sides: &[Side; 2],
    command: &[&str],
    rounds: usize,
) -> Result<[Cost; 2], Box<dyn Error>> {
    let mut costs = [Vec::new(), Vec::new()];
    for _ in 0..rounds {
        for (side, costs) in sides.iter().zip(&mut costs) {
            costs.push(side.clean(command)?);
        }
    }
    let medians = costs.map(|costs| Cost {
        wall: median(costs.iter().map(|cost| cost.wall).collect()),
        cpu: costs
            .iter()
            .map(|cost| cost.cpu)
            .collect::<Option<Vec<f64>>>()
            .map(median),
    });
    for (side, Cost { wall, cpu }) in sides.iter().zip(&medians) {
        let cpu = cpu.map_or_else(String::new, |cpu| {
            format!(", {} s of processor", figure(cpu))
        });
        row(side.package, &format!("{} s{cpu}", figure(*wall)));
    }
    Ok(medians)
}

impl Side {
    /// Builds the crate anew, its dependencies being built.
    fn clean(&self, command: &[&str]) -> Result<Cost, Box<dyn Error>> {
        self.cargo(&["clean"])?;
        let (clock, cpu) = (Instant::now(), children());
        self.cargo(command)?;
        Ok(Cost {
            wall: clock.elapsed().as_secs_f64(),
            cpu: children().zip(cpu).map(|(after, before)| after - before),
        })
    }

    fn cargo(&self, arguments: &[&str]) -> Result<(), Box<dyn Error>> {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let output = Command::new(cargo)
            .args(arguments)
            .args(["--package", self.package, "--target-dir"])
            .arg(&self.target)
            .current_dir(&self.workspace)
            .env("CARGO_INCREMENTAL", "0")
            .stdin(Stdio::null())
            .output()?;
        if output.status.success() {
            return Ok(());
        }
        let said = String::from_utf8_lossy(&output.stderr);
        Err(format!("cargo {arguments:?} of {}: {said}", self.package).into())
    }
}

/// The seconds that the processors have spent on processes this one has waited for.
fn children() -> Option<f64> {
    /// What the kernel counts such times in, on every architecture that Rust builds on.
    const TICKS_PER_SECOND: f64 = 100.0;
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // Behind the name, which may hold spaces: the state is field 3, the two times are 16 and 17.
    let (_, fields) = stat.rsplit_once(')')?;
    let mut fields = fields.split_whitespace().skip(13);
    let user: f64 = fields.next()?.parse().ok()?;
    let system: f64 = fields.next()?.parse().ok()?;
    Some((user + system) / TICKS_PER_SECOND)
}
