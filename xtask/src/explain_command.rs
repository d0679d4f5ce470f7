//! `cargo xtask explain`: the meaning of a diagnostic code.

use std::process::ExitCode;

use anstream::{print, println};
use codegen::{explain, pipeline};

use crate::report;

/// Explains the code, or lists them all.
pub fn run(code: Option<&str>) -> ExitCode {
    let Some(code) = code else {
        for code in explain::codes() {
            println!("{} {:<24} {}", code.number, code.name, code.explains);
        }
        return ExitCode::SUCCESS;
    };
    match explain::explain(code) {
        Ok(explanation) => {
            print!("{explanation}");
            if let Some(said) = pipeline::said(&explanation) {
                print!("\nThe diagnostic:\n\n{said}");
            }
            if !explanation.others.is_empty() {
                println!("\nOther cases:\n");
            }
            for about in &explanation.others {
                println!("- {about}");
            }
            ExitCode::SUCCESS
        }
        Err(error) => {
            report::error(&error);
            ExitCode::from(2)
        }
    }
}
