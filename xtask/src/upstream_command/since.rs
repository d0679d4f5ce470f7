//! What changed between two revisions of descriptions, and the resulting edit of the spec, as lines.

use codegen::{
    source::Sources,
    spec::Official,
    upstream::{self, Became, Difference, Other, Reworded, Since, Written},
};
use similar::TextDiff;

use super::lines::{self, counted, for_a_person, import, joined};

/// How many operations with edited prose are listed.
const PROSE: usize = 20;

/// How many operations of one text are named.
const NAMED: usize = 4;

/// The edit of the spec that the changes require, which is not made.
#[derive(Default)]
pub(super) struct Proposed<'a> {
    /// The differences that a person has to edit, each with the reason.
    pub left: &'a [(Difference, String)],
    /// Those that a person has to complete after the edit, each with the question.
    pub open: &'a [(Difference, String)],
    /// The same for people.
    for_a_person: String,
    /// The files that change, each with its difference.
    pub edits: Vec<(String, String)>,
}

impl<'a> Proposed<'a> {
    pub(super) fn of(written: &'a Written, sources: &Sources) -> Self {
        let edits = written.files.iter().map(|(name, text)| {
            let shown = sources.display_path(name);
            let diff = TextDiff::from_lines(sources.text(name).unwrap_or_default(), text);
            let mut unified = diff.unified_diff();
            let edit = unified.context_radius(1).header(&shown, &shown).to_string();
            (shown, edit)
        });
        Self {
            left: &written.left,
            open: &written.open,
            for_a_person: for_a_person(written),
            edits: edits.collect(),
        }
    }
}

pub(super) fn text(told: &Since, proposed: &Proposed<'_>) -> String {
    let mut lines = lines::unread(&told.unread);
    for (title, differences) in parts(told) {
        let all = upstream::together(differences).into_iter();
        lines.extend(all.map(|(first, alike)| format!("{title}: {}", joined(first, &alike))));
    }
    lines.extend(told.others.iter().map(operation));
    lines.extend(told.reworded.iter().map(reworded));
    if !told.prose.is_empty() {
        lines.push(format!("prose: {}", prose(told)));
    }
    lines.push(summary(told));
    let mut text = lines.join("\n") + "\n" + &proposed.for_a_person;
    for (_, edit) in &proposed.edits {
        text += edit;
        text.push('\n');
    }
    text
}

/// The differences, each kind with its title.
pub(super) fn parts(told: &Since) -> [(&'static str, &[Difference]); 3] {
    [
        ("the API changed", &told.changed),
        ("a text states another limit", &told.stated),
        ("a description was corrected", &told.corrected),
    ]
}

/// What happened to an operation.
pub(super) fn operation(other: &Other) -> String {
    let Other {
        call, ours, became, ..
    } = other;
    let (name, place) = match ours {
        Some((name, place)) => (format!("endpoint {name}"), format!("\n  spec: {place}")),
        None => ("not in the spec".to_owned(), String::new()),
    };
    match became {
        Became::New if ours.is_some() => format!("new: {call}, {name}{place}"),
        Became::New => format!("new: {call}{}", accounted(other)),
        Became::Gone if ours.is_some() => format!(
            "removed: {call}, {name}{place}\n  remove the endpoint and its line in {}, or keep it as `deprecated:`",
            Official::FILE
        ),
        Became::Gone => format!("removed: {call}, {name}"),
        Became::Moved(from) => format!("moved: {call}, previously {from}, {name}{place}"),
        Became::Changed(places) => {
            let how = match ours {
                Some(_) => "changed, without an effect on the spec",
                None => "changed",
            };
            format!("{how}: {call}, {name}\n  {}", places.join("\n  "))
        }
    }
}

/// The operations with edited prose.
pub(super) fn prose(told: &Since) -> String {
    let shown: Vec<&str> = told.prose.iter().take(PROSE).map(String::as_str).collect();
    let more = told.prose.len() - shown.len();
    let more = if more > 0 {
        format!(" and {more} more")
    } else {
        String::new()
    };
    format!("{}{more}", shown.join(", "))
}

/// A text with changed numbers, which a person has to read.
pub(super) fn reworded(one: &Reworded) -> String {
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
        (Some(unlisted), _) => lines::accounted(unlisted),
        (None, true) => format!(", which is in {}", Official::FILE),
        (None, false) => format!("\n  {}", import(&other.file, &other.operation)),
    }
}

pub(super) fn summary(told: &Since) -> String {
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
