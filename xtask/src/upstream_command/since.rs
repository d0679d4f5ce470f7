//! Prints what changed between two revisions of descriptions, and the resulting edit of the spec.

use std::{error::Error, process::ExitCode};

use codegen::{
    source::Sources,
    spec::Official,
    upstream::{self, Became, Difference, Other, Reworded, Since},
};
use similar::TextDiff;

use super::{Write, counted, for_a_person, import, joined, unread, write, written};
use crate::Upstream;

/// How many operations with edited prose are listed.
const PROSE: usize = 20;

/// How many operations of one text are named.
const NAMED: usize = 4;

/// Prints the result, and writes the edit if requested.
pub fn tell(
    told: &Since,
    sources: &Sources,
    options: &Upstream,
) -> Result<ExitCode, Box<dyn Error>> {
    unread(&told.unread);
    part("the API changed", &told.changed);
    part("a text states another limit", &told.stated);
    part("a description was corrected", &told.corrected);
    for other in &told.others {
        let Other {
            call, ours, became, ..
        } = other;
        let (name, place) = match ours {
            Some((name, place)) => (format!("endpoint {name}"), format!("\n  spec: {place}")),
            None => ("not in the spec".to_owned(), String::new()),
        };
        match became {
            Became::New if ours.is_some() => println!("new: {call}, {name}{place}"),
            Became::New => println!("new: {call}{}", accounted(other)),
            Became::Gone if ours.is_some() => println!(
                "removed: {call}, {name}{place}\n  remove the endpoint and its line in {}, or keep it as `deprecated:`",
                Official::FILE
            ),
            Became::Gone => println!("removed: {call}, {name}"),
            Became::Moved(from) => println!("moved: {call}, previously {from}, {name}{place}"),
            Became::Changed(places) => {
                let how = match ours {
                    Some(_) => "changed, without an effect on the spec",
                    None => "changed",
                };
                println!("{how}: {call}, {name}\n  {}", places.join("\n  "));
            }
        }
    }
    for one in &told.reworded {
        println!("{}", reworded(one));
    }
    if !told.prose.is_empty() {
        let shown: Vec<&str> = told.prose.iter().take(PROSE).map(String::as_str).collect();
        let more = told.prose.len() - shown.len();
        let more = if more > 0 {
            format!(" and {more} more")
        } else {
            String::new()
        };
        println!("prose: {}{more}", shown.join(", "));
    }
    println!("{}", summary(told));
    let side = options.write.unwrap_or(Write::Theirs);
    let mut all = told.changed.clone();
    // A conflict records only differences from what a description has in its schemas.
    if side == Write::Theirs {
        all.extend(told.stated.iter().cloned());
    }
    let proposed = written(&all, sources, side);
    let is_unread = told.unread.iter().any(|one| one.is_broken);
    if options.write.is_some() {
        let code = write(&proposed, sources, &options.tree.folder())?;
        let rest: &[Difference] = match side {
            Write::Conflict => &told.stated,
            Write::Theirs => &[],
        };
        for (first, alike) in upstream::together(rest) {
            let one = joined(first, &alike);
            eprintln!("by hand: {one}\n  because a conflict cannot record what only a text states");
        }
        // A person has to handle added and removed operations.
        let asks = told.asks_for_operations() || !rest.is_empty();
        return Ok(match asks || is_unread {
            true => ExitCode::FAILURE,
            false => code,
        });
    }
    for line in for_a_person(&proposed) {
        println!("{line}");
    }
    for (name, text) in &proposed.files {
        let shown = sources.display_path(name);
        let diff = TextDiff::from_lines(sources.text(name).unwrap_or_default(), text);
        println!(
            "{}",
            diff.unified_diff().context_radius(1).header(&shown, &shown)
        );
    }
    Ok(match told.asks() || is_unread {
        true => ExitCode::FAILURE,
        false => ExitCode::SUCCESS,
    })
}

/// A text with changed numbers, which a person has to read.
fn reworded(one: &Reworded) -> String {
    let shown: Vec<&str> = one
        .operations
        .iter()
        .take(NAMED)
        .map(String::as_str)
        .collect();
    let more = one.operations.len() - shown.len();
    let mut text = format!("read: numbers changed in a text of {}", shown.join(", "));
    if more > 0 {
        text.push_str(&format!(" and {more} more"));
    }
    if !one.about.is_empty() {
        text.push_str(&format!(" ({})", one.about.join(", ")));
    }
    for (sign, said) in [('-', &one.was), ('+', &one.is)] {
        if !said.is_empty() {
            text.push_str(&format!("\n  {sign} {said}"));
        }
    }
    for (name, place) in one.ours.iter().take(NAMED) {
        text.push_str(&format!("\n  spec: {place} ({name})"));
    }
    text
}

/// How to account for a new operation, if it is not accounted for yet.
fn accounted(other: &Other) -> String {
    match (&other.unlisted, other.is_accounted_for) {
        (Some(unlisted), _) => super::accounted(unlisted),
        (None, true) => format!(", which is in {}", Official::FILE),
        (None, false) => format!("\n  {}", import(&other.file, &other.operation)),
    }
}

fn summary(told: &Since) -> String {
    let count = |is: fn(&Became) -> bool| {
        let others = told.others.iter();
        others.filter(|one| is(&one.became)).count()
    };
    let new = count(|became| matches!(became, Became::New));
    let gone = count(|became| matches!(became, Became::Gone));
    let recorded = match told.recorded {
        0 => String::new(),
        count => format!(
            "; {} already recorded",
            counted(count, "difference is", "differences are")
        ),
    };
    let unseen = match told.unseen {
        0 => String::new(),
        count => format!(
            "; {} of operations that the older side lacks, which `upstream` without `--since` shows",
            counted(count, "difference", "differences")
        ),
    };
    let things = |all: &[Difference]| upstream::together(all).len();
    format!(
        "{} of the API for the spec, {new} new and {gone} removed, {} of descriptions, {} outside the spec, \
         {} to read, {} of prose{recorded}{unseen}",
        counted(
            things(&told.changed) + things(&told.stated),
            "change",
            "changes"
        ),
        counted(things(&told.corrected), "correction", "corrections"),
        told.others.len() - new - gone,
        counted(told.reworded.len(), "text", "texts"),
        counted(told.prose.len(), "change", "changes")
    )
}

fn part(title: &str, differences: &[Difference]) {
    for (difference, alike) in upstream::together(differences) {
        println!("{title}: {}", joined(difference, &alike));
    }
}
