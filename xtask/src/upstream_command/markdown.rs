//! The results of a comparison with descriptions as Markdown, for a review.

use std::fmt::Write as _;

use codegen::{
    spec::Official,
    upstream::{self, Difference, Held, Since, Stranger, Unlisted},
};

use super::{
    lines,
    since::{self, Proposed},
};

/// The comparison of the spec with descriptions.
pub(super) fn held(held: &Held, files: usize) -> String {
    let present = held.unmatched.iter().filter(|one| one.absent.is_none());
    let absent = lines::absent(&held.unmatched).into_iter();
    let absent = absent.map(|text| format!("{}.", escaped(&text)));
    let not_found = present.map(|one| difference(one, &[])).chain(absent);
    let strangers = held.strangers.iter();
    let strangers = strangers.map(|one| {
        let import = lines::import(&one.file, &one.operation);
        format!("{}: {}.", escaped(&one.call), code(&import))
    });
    let mut text = String::new();
    let differences = held.differences.iter();
    section(
        &mut text,
        "Not recorded",
        differences.map(|one| difference(one, &[])),
    );
    section(&mut text, "Not found", not_found);
    section(&mut text, "Not listed", held.unlisted.iter().map(unlisted));
    section(&mut text, "Not in the spec", strangers);
    unread(&mut text, lines::unread(&held.unread));
    summary(text, &lines::summary(held, files))
}

/// What changed between two revisions of descriptions.
pub(super) fn since(told: &Since, proposed: &Proposed<'_>) -> String {
    let mut text = String::new();
    for (title, differences) in since::parts(told) {
        let all = upstream::together(differences).into_iter();
        let all = all.map(|(first, alike)| difference(first, &alike));
        section(&mut text, &capital(title), all);
    }
    let others = told.others.iter().map(|one| nested(&since::operation(one)));
    section(&mut text, "Operations", others);
    let reworded = told.reworded.iter();
    let reworded = reworded.map(|one| nested(&since::reworded(one)));
    section(&mut text, "Texts to read", reworded);
    let prose = (!told.prose.is_empty()).then(|| format!("{}.", escaped(&since::prose(told))));
    section(&mut text, "Prose", prose.into_iter());
    unread(&mut text, lines::unread(&told.unread));
    for (title, all) in [("By hand", proposed.left), ("To complete", proposed.open)] {
        let reasons = all.iter().map(|(one, why)| {
            let one = difference(one, &[]);
            format!("{} Because {}.", one, escaped(why))
        });
        section(&mut text, title, reasons);
    }
    for (file, edit) in &proposed.edits {
        let _ = write!(
            text,
            "### {file}\n\n````diff\n{}\n````\n\n",
            edit.trim_end()
        );
    }
    summary(text, &since::summary(told))
}

/// A list with a heading, unless it is empty.
fn section(text: &mut String, title: &str, items: impl Iterator<Item = String>) {
    let items: String = items.map(|item| format!("- {item}\n")).collect();
    if !items.is_empty() {
        let _ = write!(text, "### {title}\n\n{items}\n");
    }
}

fn unread(text: &mut String, files: Vec<String>) {
    let files = files.iter().map(|one| {
        let (_, file) = one.split_once(": ").unwrap_or(("", one));
        format!("{}.", escaped(file))
    });
    section(text, "Not compared", files);
}

fn difference(one: &Difference, alike: &[&Difference]) -> String {
    let names = one.endpoints.iter();
    let names: Vec<String> = names.map(|id| format!("`{}.{id}`", one.group)).collect();
    let official = one.theirs.iter().map(|it| format!("; official: {it}"));
    let official: String = official.collect();
    format!(
        "{}: {}{} (spec: {}{official}).",
        names.join(", "),
        escaped(&one.text),
        lines::also(alike),
        one.ours
    )
}

fn unlisted(one: &Unlisted) -> String {
    let text = format!(
        "{} (official: {}). Add {} below {} in {}",
        escaped(&one.operation.call),
        one.theirs,
        code(&one.line),
        code(&one.file),
        Official::FILE
    );
    match &one.left_out {
        Some(title) => format!("{text}, which leaves it out: {}.", escaped(title)),
        None => {
            let Stranger {
                file, operation, ..
            } = &one.operation;
            let import = lines::import(file, operation);
            format!("{text}, and draft it: {}.", code(&import))
        }
    }
}

/// Lines below the first one as a list of their own.
fn nested(text: &str) -> String {
    let mut lines = text.lines().map(|line| escaped(line.trim()));
    let first = lines.next().unwrap_or_default();
    lines.fold(first, |text, line| {
        let (sign, rest) = line.split_at_checked(2).unwrap_or(("", &line));
        match sign {
            "- " => format!("{text}\n  - before: {rest}"),
            "+ " => format!("{text}\n  - now: {rest}"),
            _ => format!("{text}\n  - {line}"),
        }
    })
}

/// The text with a summary of lines, as sentences.
fn summary(text: String, lines: &str) -> String {
    lines.lines().fold(text, |text, line| {
        let line = capital(&escaped(line));
        match line.ends_with('?') {
            true => format!("{text}{line}\n"),
            false => format!("{text}{line}.\n"),
        }
    })
}

fn code(text: &str) -> String {
    match text.contains('`') {
        true => format!("`` {text} ``"),
        false => format!("`{text}`"),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

/// A text from elsewhere on one line, in which only what is between backticks is markup.
fn escaped(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ");
    let parts = text.split('`').enumerate().map(|(index, part)| {
        if index % 2 == 1 {
            return format!("`{part}`");
        }
        let letters = part.chars().map(|c| match c {
            '<' | '[' | ']' | '*' | '\\' => format!("\\{c}"),
            c => c.to_string(),
        });
        letters.collect()
    });
    parts.collect()
}
