//! Prints what happened between two revisions of descriptions, and the edit of the spec that follows.

use std::{error::Error, process::ExitCode};

use anstream::println;
use codegen::{
    source::Sources,
    upstream::{Became, Difference, Since},
};
use similar::TextDiff;

use super::{Write, counted, import, line, write, written};
use crate::Upstream;

/// How many operations are listed of which only prose was edited.
const PROSE: usize = 20;

/// Prints it; writes the edit where that is asked for.
pub fn tell(
    told: &Since,
    sources: &Sources,
    options: &Upstream,
) -> Result<ExitCode, Box<dyn Error>> {
    part("the API changed", &told.changed);
    part("a description was corrected", &told.corrected);
    for other in &told.others {
        let ours = other.endpoint.as_ref();
        let ours = ours.map_or_else(|| "not ours".to_owned(), |name| format!("our {name}"));
        match &other.became {
            Became::New => {
                println!(
                    "new: {}\n  {}",
                    other.call,
                    import(&other.file, &other.operation)
                );
            }
            Became::Gone => println!("gone: {}, {ours}", other.call),
            Became::Changed(places) => {
                let how = match &other.endpoint {
                    Some(_) => "changed, and the spec says as much of it as before",
                    None => "changed",
                };
                println!("{how}: {}, {ours}\n  {}", other.call, places.join("\n  "));
            }
        }
    }
    if !told.prose.is_empty() {
        let shown: Vec<&str> = told.prose.iter().take(PROSE).map(String::as_str).collect();
        let more = told.prose.len() - shown.len();
        let more = if more > 0 {
            format!(" and {more} more")
        } else {
            String::new()
        };
        println!("prose only: {}{more}", shown.join(", "));
    }
    println!(
        "{} of the API for the spec, {} of descriptions, {} beyond the spec, {} of prose alone",
        counted(told.changed.len(), "change", "changes"),
        counted(told.corrected.len(), "correction", "corrections"),
        told.others.len(),
        told.prose.len()
    );
    let proposed = written(
        &told.changed,
        sources,
        options.write.unwrap_or(Write::Theirs),
    );
    if options.write.is_some() {
        return write(&proposed, sources, &options.tree.folder());
    }
    for (name, text) in &proposed.files {
        let shown = sources.display_path(name);
        let diff = TextDiff::from_lines(sources.text(name).unwrap_or_default(), text);
        println!(
            "{}",
            diff.unified_diff().context_radius(1).header(&shown, &shown)
        );
    }
    Ok(match told.changed.is_empty() {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    })
}

fn part(title: &str, differences: &[Difference]) {
    for difference in differences {
        println!("{title}: {}", line(difference));
    }
}
