//! Commands of cargo's, and how a command is shown.

use std::{path::Path, process::Command};

use crate::root;

/// A command of cargo's, at the root.
pub fn base(arguments: &[&str]) -> Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(arguments).current_dir(root());
    // Set by cargo for this program; a nested cargo must find its own.
    command.env_remove("CARGO_MANIFEST_DIR");
    command
}

/// The target folder of builds outside the workspace's folder.
pub const OUTSIDE: &str = "target/outside";

/// A cargo command that builds outside the workspace's folder: for crates outside the workspace, and for
/// builds that would only wait there. All of them share one folder, because they have most dependencies in
/// common.
pub fn outside(arguments: &[&str]) -> Command {
    let mut command = base(arguments);
    command.env("CARGO_TARGET_DIR", root().join(OUTSIDE));
    // The workspace's profile does not apply to them, and nobody debugs these builds.
    command.env("CARGO_PROFILE_DEV_DEBUG", "0");
    command
}

/// A command as one would type it.
pub fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program())
        .file_stem()
        .unwrap_or_default();
    std::iter::once(program)
        .chain(command.get_args())
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}
