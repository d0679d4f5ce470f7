//! The program runs to its end.

use std::process::Command;

#[test]
fn a_program_with_one_group_runs() {
    let program = Command::new(env!("CARGO_BIN_EXE_downstream"))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&program.stderr);
    assert!(program.status.success(), "{said}");
}
