//! `cargo xtask export`: writes the spec in the format of other tools.

use std::{error::Error, fs, process::ExitCode};

use anstream::println;
use clap::ValueEnum;
use codegen::{export, pipeline};

use crate::{Export, ground::at, report};

/// A format of other tools.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// An OpenAPI 3.1 document, as JSON.
    Openapi,
}

/// Prints or writes the document.
pub fn run(options: &Export) -> ExitCode {
    match write(options) {
        Ok(code) => code,
        Err(error) => {
            report::error(error.as_ref());
            ExitCode::from(2)
        }
    }
}

fn write(options: &Export) -> Result<ExitCode, Box<dyn Error>> {
    let checked = pipeline::read(&options.tree.folder());
    report::diagnostics(&checked, report::UNWRITTEN);
    let Some(api) = &checked.api else {
        return Ok(ExitCode::from(2));
    };
    let document = match options.format {
        Format::Openapi => export::openapi(api),
    };
    let text = serde_json::to_string_pretty(&document)?;
    match &options.out {
        None => println!("{text}"),
        Some(file) => {
            let shown = file.display().to_string();
            fs::write(file, text + "\n").map_err(|error| at(error, &shown))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
