//! Two lanes. A run starts itself again for the steps that build in their own folders, and shows the
//! output of that process after its own steps.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    process::{Child, Command, ExitCode},
};

use anstream::{eprintln, print};

use super::Taken;
use crate::root;

/// The other process.
pub struct Lane {
    child: Child,
    /// What it says.
    log: PathBuf,
    /// Where it writes the results of its steps.
    told: PathBuf,
}

/// Starts the process that runs the parallel steps.
pub fn start(only: Option<&str>) -> Result<Lane, String> {
    let folder = root().join("target/test");
    let log = folder.join("parallel.txt");
    let told = folder.join("parallel.json");
    let started = || -> io::Result<Child> {
        fs::create_dir_all(&folder)?;
        let said = File::create(&log)?;
        let mut command = Command::new(std::env::current_exe()?);
        command.arg("test").arg("--parallel").arg(&told);
        if let Some(only) = only {
            command.args(["--only", only]);
        }
        // An interrupted run must not leave results for this one.
        if told.exists() {
            fs::remove_file(&told)?;
        }
        command.stdout(said.try_clone()?).stderr(said).spawn()
    };
    match started() {
        Ok(child) => Ok(Lane { child, log, told }),
        Err(error) => Err(format!("the parallel steps did not start: {error}")),
    }
}

/// Waits for the process, shows its output, and returns the results of its steps.
pub fn end(lane: Result<Lane, String>) -> Taken {
    let ended = lane.and_then(|mut lane| {
        let lost =
            |error: io::Error| format!("the results of the parallel steps are lost: {error}");
        lane.child.wait().map_err(lost)?;
        print!(
            "{}",
            String::from_utf8_lossy(&fs::read(&lane.log).map_err(lost)?)
        );
        let told = fs::read(&lane.told).map_err(lost)?;
        serde_json::from_slice(&told).map_err(|error| format!("{}: {error}", lane.told.display()))
    });
    ended.unwrap_or_else(|why| Taken {
        failed: vec![why],
        ..Taken::default()
    })
}

/// Writes the results of the steps for the waiting process.
pub fn tell(taken: &Taken, told: &Path) -> ExitCode {
    let written = serde_json::to_vec(taken)
        .map_err(io::Error::from)
        .and_then(|text| fs::write(told, text));
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}: {error}", told.display());
            ExitCode::FAILURE
        }
    }
}
