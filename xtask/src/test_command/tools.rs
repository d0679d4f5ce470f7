//! Tools in other languages that steps need. They are installed below `target/tools`, in the versions
//! that a step names.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use super::{
    command::{base, shown},
    step::Outcome,
};
use crate::root;

/// A step that cannot run without the tool. If `CI` is set, that is a failure.
pub fn skipped(tool: &str) -> Result<Outcome, String> {
    let why = format!("{tool} cannot be installed here, for the reason above");
    if std::env::var_os("CI").is_some() {
        return Err(why);
    }
    Ok(Outcome::Skipped(why))
}

/// The programs of a Python environment with these packages; `None` if there cannot be one.
pub fn pip(name: &str, packages: &[&str]) -> Result<Option<PathBuf>, String> {
    let home = root().join("target/tools").join(name);
    let bin = home.join("bin");
    installed(&home, packages, || {
        let mut make = Command::new("python3");
        make.args(["-m", "venv"]).arg(&home);
        let mut install = Command::new(bin.join("pip"));
        install.args(["install", "--quiet"]).args(packages);
        succeeds(&mut make) && succeeds(&mut install)
    })
    .map(|there| there.then_some(bin))
}

/// The programs of npm packages; `None` if they cannot be installed.
pub fn npm(name: &str, packages: &[&str]) -> Result<Option<PathBuf>, String> {
    let home = root().join("target/tools").join(name);
    installed(&home, packages, || {
        let mut install = Command::new("npm");
        install.args(["install", "--no-audit", "--no-fund", "--prefix"]);
        succeeds(install.arg(&home).args(packages))
    })
    .map(|there| there.then(|| home.join("node_modules/.bin")))
}

/// The programs of a crate.
pub fn crates(name: &str, version: &str) -> Result<Option<PathBuf>, String> {
    let home = root().join("target/tools").join(name);
    let wanted = format!("{name}@{version}");
    installed(&home, &[&wanted], || {
        let mut install = base(&["install", "--locked", "--quiet", &wanted, "--root"]);
        succeeds(install.arg(&home))
    })
    .map(|there| there.then(|| home.join("bin")))
}

/// Installs the packages unless a marker file says that they are installed.
fn installed(
    home: &Path,
    packages: &[&str],
    install: impl FnOnce() -> bool,
) -> Result<bool, String> {
    let mark = home.join("installed");
    let wanted = packages.join("\n");
    if fs::read_to_string(&mark).is_ok_and(|there| there == wanted) {
        return Ok(true);
    }
    anstream::println!("installing {} below target/tools", packages.join(" and "));
    let failed = |error| format!("{}: {error}", home.display());
    fs::create_dir_all(home).map_err(failed)?;
    let done = install();
    if done {
        fs::write(&mark, wanted).map_err(failed)?;
    }
    Ok(done)
}

/// Runs an installation command; the reason of a failure is printed.
fn succeeds(command: &mut Command) -> bool {
    let why = match command.output() {
        Ok(output) if output.status.success() => return true,
        Ok(output) => [output.stdout, output.stderr].concat(),
        Err(error) => error.to_string().into_bytes(),
    };
    let why = String::from_utf8_lossy(&why);
    anstream::println!("`{}` failed: {}", shown(command), why.trim());
    false
}

/// Runs a tool; its output is the reason of a failure.
pub fn passes(command: &mut Command) -> Result<Outcome, String> {
    match command.output() {
        Ok(output) if output.status.success() => Ok(Outcome::Passed),
        Ok(output) => {
            let said = [output.stdout, output.stderr].concat();
            let said = String::from_utf8_lossy(&said).into_owned();
            Err(format!("`{}`: {}", shown(command), said.trim()))
        }
        Err(error) => Err(format!("`{}` did not start: {error}", shown(command))),
    }
}
