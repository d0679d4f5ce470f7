//! The results of a comparison with descriptions, as lines.

use codegen::{
    spec::Official,
    upstream::{self, Difference, Held, Stranger, Unlisted, Unread, Written},
};

/// How many operations on paths that the spec does not have are listed.
const STRANGERS: usize = 20;

/// How many endpoints of a missing description are named.
const ABSENT: usize = 8;

/// The differences that the spec does not record, what is not in one of the sides, and a summary.
pub(super) fn held(held: &Held, files: usize) -> String {
    let mut lines = unread(&held.unread);
    lines.extend(absent(&held.unmatched));
    let present = held.unmatched.iter().filter(|one| one.absent.is_none());
    lines.extend(present.chain(&held.differences).map(line));
    lines.extend(held.unlisted.iter().map(|one| {
        let theirs = &one.theirs;
        format!("{}\n  official: {theirs}{}", unlisted(one), accounted(one))
    }));
    lines.extend(held.strangers.iter().take(STRANGERS).map(|one| {
        let command = import(&one.file, &one.operation);
        format!("{}\n  {command}", stranger(one))
    }));
    lines.push(summary(held, files));
    lines.join("\n") + "\n"
}

/// An operation that the spec does not mention.
pub(super) fn unlisted(one: &Unlisted) -> String {
    let call = &one.operation.call;
    format!("neither an endpoint nor in {}: {call}", Official::FILE)
}

/// An operation at a path that the spec does not have.
pub(super) fn stranger(one: &Stranger) -> String {
    format!("not in the spec: {}", one.call)
}

/// The files that were not compared.
pub(super) fn unread(files: &[Unread]) -> Vec<String> {
    let files = files.iter();
    files
        .map(|one| format!("not compared: {}: {}", one.file, one.why))
        .collect()
}

/// For each description that is not one of those compared, its endpoints.
pub(super) fn absent(unmatched: &[Difference]) -> Vec<String> {
    let mut files: Vec<(&str, Vec<&Difference>)> = Vec::new();
    for one in unmatched {
        let Some(file) = one.absent.as_deref() else {
            continue;
        };
        match files.iter_mut().find(|(other, _)| *other == file) {
            Some((_, all)) => all.push(one),
            None => files.push((file, vec![one])),
        }
    }
    let lines = files.into_iter().map(|(file, all)| {
        let names = all.iter().flat_map(|one| {
            let endpoints = one.endpoints.iter();
            endpoints.map(|id| format!("{}.{id}", one.group))
        });
        let names: Vec<String> = names.collect();
        let shown: Vec<&str> = names.iter().take(ABSENT).map(String::as_str).collect();
        let more = names.len() - shown.len();
        let more = if more > 0 {
            format!(" and {more} more")
        } else {
            String::new()
        };
        format!(
            "`{file}` is not one of the descriptions, so {} not found: {}{more}",
            counted(
                names.len(),
                "endpoint with it as the source was",
                "endpoints with it as the source were"
            ),
            shown.join(", ")
        )
    });
    lines.collect()
}

/// How to account for an operation that the spec does not mention.
pub(super) fn accounted(one: &Unlisted) -> String {
    let Unlisted {
        operation,
        file,
        line,
        left_out,
        ..
    } = one;
    let list = format!("add `{line}` below `{file}` in {}", Official::FILE);
    match left_out {
        Some(title) => format!("\n  `{file}` is left out ({title}); {list}"),
        None => format!(
            "\n  {}\n  {list}",
            import(&operation.file, &operation.operation)
        ),
    }
}

/// The command that drafts an operation.
pub(super) fn import(file: &str, operation: &str) -> String {
    let (file, operation) = (word(file), word(operation));
    format!("cargo xtask import {file} --operation {operation} --out spec")
}

/// A word of a command, quoted so that a shell neither splits nor runs it.
fn word(text: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "_-./:\\".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// What a person has to do: the remaining differences, and the incomplete edits.
pub(super) fn for_a_person(written: &Written) -> String {
    let parts = [("by hand", &written.left), ("to complete", &written.open)];
    let lines = parts.into_iter().flat_map(|(what, all)| {
        let differences: Vec<Difference> = all.iter().map(|(one, _)| one.clone()).collect();
        let told = upstream::together(&differences).into_iter();
        let told = told.map(|(first, alike)| {
            let why = all.iter().find(|(one, _)| one == first);
            let why = why.map_or("", |(_, why)| why);
            format!("{what}: {}\n  because {why}\n", joined(first, &alike))
        });
        told.collect::<Vec<String>>()
    });
    lines.collect()
}

/// A difference, and where else in the call it occurs.
pub(super) fn joined(difference: &Difference, alike: &[&Difference]) -> String {
    let told = line(difference);
    let (first, places) = told.split_once('\n').unwrap_or((&told, ""));
    format!("{first}{}\n{places}", also(alike))
}

/// Where else in the call a difference occurs.
pub(super) fn also(alike: &[&Difference]) -> String {
    let also = alike.iter().map(|one| {
        let place = one.place_in_call();
        let place = place.unwrap_or_else(|| "the response".to_owned());
        format!(", also in {place} of {}", one.endpoints.join(", "))
    });
    also.collect()
}

fn line(difference: &Difference) -> String {
    let Difference {
        group,
        endpoints,
        text,
        ours,
        theirs,
        ..
    } = difference;
    let endpoints = endpoints.join(", ");
    let theirs = theirs
        .as_ref()
        .map(|theirs| format!("\n  official: {theirs}"));
    let theirs = theirs.unwrap_or_default();
    format!("{group}.{endpoints}: {text}\n  spec: {ours}{theirs}")
}

pub(super) fn summary(held: &Held, files: usize) -> String {
    let Held {
        sought,
        matched,
        unsought,
        theirs,
        elsewhere,
        recorded,
        inbound: (inbound, found),
        ..
    } = held;
    let files = counted(files, "description", "descriptions");
    let mut text = format!("compared {matched} of {sought} endpoints");
    if *inbound > 0 {
        text.push_str(&format!(
            " and {found} of {inbound} calls that BigCommerce makes"
        ));
    }
    text.push_str(&format!(" with {files}"));
    if *unsought > 0 {
        let unsought = counted(
            *unsought,
            "endpoint has another source",
            "endpoints have other sources",
        );
        text.push_str(&format!("; {unsought}"));
    }
    let theirs = counted(*theirs, "official operation is", "official operations are");
    text.push_str(&format!("; {theirs} not in the spec"));
    if *elsewhere > 0 {
        text.push_str(&format!(", and {elsewhere} on other servers"));
    }
    if !held.unlisted.is_empty() {
        let count = held.unlisted.len();
        let count = counted(count, "is neither an endpoint", "are neither endpoints");
        text.push_str(&format!("; {count} nor in {}", Official::FILE));
    }
    let differences = counted(held.differences.len(), "difference", "differences");
    text.push_str(&format!(
        "\n{differences} not recorded, {recorded} recorded"
    ));
    if *sought + *inbound == 0 {
        text.push_str("\nno endpoint of the spec has this source; is it the right file?");
    }
    text
}

pub(super) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
