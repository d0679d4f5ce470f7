//! What it costs to build the client, compared with the same types and fields with serde's derive.
//!
//! Compared is one crate with the other, the crates they depend on being built already. The client is
//! taken with all its groups and the usual transport, and without what is no part of calling the API:
//! apps, webhooks. Besides the types it has constructors and setters, requests, handles, catalogue,
//! runtime and docs. The derived crates have the types and the docs of their fields alone, so all that
//! they lack counts against the client; the client without its groups shows how much of that is the
//! runtime. One derived crate is as plain as it can be, the other takes what the API sends, as the
//! client does.

mod support {
    pub mod children;
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
    children::children,
    derived::{self, Derived},
    report::{figure, heading, judged, median, row},
};

const ROUNDS: usize = 3;

/// A crate that is built.
struct Side {
    name: &'static str,
    package: &'static str,
    features: &'static [&'static str],
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
    let bench = root().join("target/bench");
    let client = Side {
        name: "client",
        package: "bigcommerce-client",
        features: &["--no-default-features", "--features", "all,reqwest"],
        workspace: root(),
        target: bench.join("client-target"),
    };
    let derive = |name, derived, target| -> Result<Side, Box<dyn Error>> {
        Ok(Side {
            name,
            package: "derived",
            features: &[],
            workspace: derived::write(&api(), derived)?,
            target: bench.join(target),
        })
    };
    let able = derive(
        "derived types that can what the client can",
        Derived::Able,
        "derived-able-target",
    )?;
    let plain = derive("plain derived types", Derived::Plain, "derived-target")?;
    let runtime = Side {
        name: "client without its groups",
        features: &["--no-default-features", "--features", "reqwest"],
        workspace: root(),
        target: client.target.clone(),
        ..client
    };

    heading("Clean `cargo check` of the client, compared with its types with serde's derive");
    let [whole, able_types, plain_types, bare] =
        compare([&client, &able, &plain, &runtime], "check", ROUNDS)?;
    let label = "wall time of the client, to that of types that can the same";
    judged(label, whole.wall / able_types.wall, "", ..=0.25);
    row(
        "  to that of the plain ones",
        &figure(whole.wall / plain_types.wall),
    );
    if let (Some(whole), Some(bare)) = (whole.cpu, bare.cpu) {
        for (name, types) in [
            ("types that can the same", able_types),
            ("plain ones", plain_types),
        ] {
            let Some(types) = types.cpu else { continue };
            row(
                &format!("  processor time, to that of the {name}"),
                &figure(whole / types),
            );
            let groups = (whole - bare) / types;
            row("  processor time of its groups alone", &figure(groups));
        }
    }
    heading("Clean debug build of the same");
    compare([&client, &able, &plain], "build", 1)?;
    heading("Release build of the same, as a library");
    for side in [&client, &able, &plain] {
        let mut arguments = vec!["--release"];
        arguments.extend(side.features);
        side.cargo("build", &arguments)?;
        let name = format!("release/lib{}.rlib", side.package.replace('-', "_"));
        let size = fs::metadata(side.target.join(name))?.len();
        row(side.name, &format!("{} MB", figure(size as f64 / 1e6)));
    }
    Ok(())
}

/// The medians of building them in turn, what they depend on being built.
fn compare<const N: usize>(
    sides: [&Side; N],
    command: &str,
    rounds: usize,
) -> Result<[Cost; N], Box<dyn Error>> {
    for side in sides {
        side.cargo(command, side.features)?;
    }
    let mut costs = [const { Vec::new() }; N];
    for _ in 0..rounds {
        for (side, costs) in sides.iter().zip(&mut costs) {
            costs.push(side.clean(command)?);
        }
    }
    let medians = costs.map(|costs| {
        let cpu: Option<Vec<f64>> = costs.iter().map(|cost| cost.cpu).collect();
        Cost {
            wall: median(costs.iter().map(|cost| cost.wall).collect()),
            cpu: cpu.map(median),
        }
    });
    for (side, Cost { wall, cpu }) in sides.iter().zip(&medians) {
        let cpu = cpu.map_or_else(String::new, |cpu| format!(", {} s", figure(cpu)));
        row(
            &format!("{}: wall time, processor time", side.name),
            &format!("{} s{cpu}", figure(*wall)),
        );
    }
    Ok(medians)
}

impl Side {
    /// Builds the crate anew.
    fn clean(&self, command: &str) -> Result<Cost, Box<dyn Error>> {
        self.cargo("clean", &[])?;
        let (clock, cpu) = (Instant::now(), children());
        self.cargo(command, self.features)?;
        Ok(Cost {
            wall: clock.elapsed().as_secs_f64(),
            cpu: children().zip(cpu).map(|(after, before)| after - before),
        })
    }

    fn cargo(&self, command: &str, arguments: &[&str]) -> Result<(), Box<dyn Error>> {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let output = Command::new(cargo)
            .args([command, "--package", self.package])
            .args(arguments)
            .arg("--target-dir")
            .arg(&self.target)
            .current_dir(&self.workspace)
            .env("CARGO_INCREMENTAL", "0")
            .stdin(Stdio::null())
            .output()?;
        if output.status.success() {
            return Ok(());
        }
        let said = String::from_utf8_lossy(&output.stderr);
        Err(format!("cargo {command} of {}: {said}", self.name).into())
    }
}
