//! Prints what changed between two revisions of descriptions, and writes the resulting edit of the spec if
//! requested.

use std::{error::Error, process::ExitCode};

use anstream::eprintln;
use codegen::{
    source::Sources,
    upstream::{self, Difference, Since},
};

use super::{
    Write, json,
    lines::joined,
    markdown, show,
    since::{self, Proposed},
    write, written,
};
use crate::{Upstream, common::Printed, report::visible};

/// Prints the result, and writes the edit if requested.
pub fn tell(
    told: &Since,
    sources: &Sources,
    options: &Upstream,
) -> Result<ExitCode, Box<dyn Error>> {
    let side = options.write.unwrap_or(Write::Theirs);
    let mut all = told.changed.clone();
    // A conflict records only differences from what a description has in its schemas.
    if side == Write::Theirs {
        all.extend(told.stated.iter().cloned());
    }
    let written = written(&all, sources, side);
    // What is written is not proposed.
    let proposed = match options.write {
        Some(_) => Proposed::default(),
        None => Proposed::of(&written, sources),
    };
    show(&match options.format {
        Printed::Text => since::text(told, &proposed),
        Printed::Json => json::printed(&json::since(told, &proposed)),
        Printed::Md => markdown::since(told, &proposed),
    });
    let is_unread = told.unread.iter().any(|one| one.is_broken);
    if options.write.is_some() {
        let code = write(&written, sources, &options.tree.folder())?;
        let rest: &[Difference] = match side {
            Write::Conflict => &told.stated,
            Write::Theirs => &[],
        };
        for (first, alike) in upstream::together(rest) {
            let one = visible(&joined(first, &alike));
            eprintln!("by hand: {one}\n  because a conflict cannot record what only a text states");
        }
        // A person has to handle added and removed operations.
        let asks = told.asks_for_operations() || !rest.is_empty();
        return Ok(match asks || is_unread {
            true => ExitCode::FAILURE,
            false => code,
        });
    }
    Ok(match told.asks() || is_unread {
        true => ExitCode::FAILURE,
        false => ExitCode::SUCCESS,
    })
}
