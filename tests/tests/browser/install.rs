//! Installs Chromium as a system package, as root on Debian, if whoever runs the tests allows it.

use std::{env, fs, process::Command};

/// The command for people.
pub const COMMAND: &str = "apt-get install chromium";

/// Allows the installation. `cargo xtask test` sets this; running the test program alone must not change
/// the machine.
const ALLOWED: &str = "BROWSER_INSTALL";

/// Whether it may and can be installed.
pub fn is_allowed() -> bool {
    env::var_os(ALLOWED).is_some() && on_debian() && as_root()
}

fn on_debian() -> bool {
    let about = fs::read_to_string("/etc/os-release").unwrap_or_default();
    about.lines().any(|line| line == "ID=debian")
}

fn as_root() -> bool {
    let output = Command::new("id").arg("-u").output();
    output.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

/// Installs it.
pub fn chromium() -> Result<(), String> {
    println!("installing chromium by apt-get");
    // Without package lists, as on a new machine, nothing can be installed.
    apt_get(&["update"])?;
    apt_get(&["install", "--yes", "--no-install-recommends", "chromium"])
}

fn apt_get(arguments: &[&str]) -> Result<(), String> {
    let what = format!("apt-get {}", arguments.join(" "));
    let output = Command::new("apt-get")
        .args(arguments)
        .arg("--quiet")
        .env("DEBIAN_FRONTEND", "noninteractive")
        .output()
        .map_err(|error| format!("`{what}` did not start: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let last = said.lines().last().unwrap_or("no reason is given");
    Err(format!("`{what}` failed: {last}"))
}
