//! How changes read: as lines, as Markdown, as JSON.

use std::{borrow::Cow, fmt::Write as _};

use serde_json::{Value, json};

use super::{
    Bump, Change, Diff, Places, Side, Verdict,
    kinds::{self, Kind},
    next,
};

/// What asks programs for another scope.
static SCOPES: [&Kind; 2] = [&kinds::SCOPE_NEEDED, &kinds::SCOPE_NO_LONGER_GRANTS];

/// A form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Lines for a person.
    Text,
    /// For a program.
    Json,
    /// A list for a review or a changelog.
    Markdown,
}

/// Changes with their places.
pub struct View<'a> {
    /// The changes.
    pub diff: &'a Diff,
    /// Where they stand.
    pub places: Places<'a>,
    /// The version that they are changes of.
    pub version: Cow<'a, str>,
    /// Whether changes are told that reach no program.
    pub all: bool,
    /// How many lines of text are printed before the rest is only counted.
    pub most: Option<usize>,
}

impl View<'_> {
    /// As changes of this version.
    #[must_use]
    pub fn since(mut self, version: &str) -> Self {
        self.version = Cow::Owned(version.to_owned());
        self
    }

    /// The changes in this form.
    pub fn print(&mut self, format: Format) -> String {
        match format {
            Format::Text => self.text(),
            Format::Json => format!("{:#}\n", self.json()),
            Format::Markdown => self.markdown(),
        }
    }

    /// How many changes are told, and how many are only counted.
    fn shown(&self) -> (usize, usize) {
        let all = self.diff.changes.len();
        let quiet = self.diff.changes.iter().filter(|it| is_quiet(it)).count();
        if self.all {
            (all, 0)
        } else {
            (all - quiet, quiet)
        }
    }

    fn text(&mut self) -> String {
        let mut text = String::new();
        let diff = self.diff;
        let (told, quiet) = self.shown();
        // One line more than is shown would only be counted, in just as many lines.
        let most = self.most.filter(|most| told > most + 1).unwrap_or(told);
        let changes = diff.changes.iter();
        for change in changes.filter(|it| self.all || !is_quiet(it)).take(most) {
            let place = self.places.locate(&change.place);
            let before = if place.side == Side::Old {
                ", before"
            } else {
                ""
            };
            let _ = writeln!(
                text,
                "{} {} {} [{}] ({place}{before})",
                sign(change),
                change.subject,
                change.text,
                change.kind.id
            );
        }
        if told > most {
            let _ = writeln!(
                text,
                "  and {} more: `cargo xtask diff` tells all",
                told - most
            );
        }
        if quiet > 0 {
            let _ = writeln!(text, "  and {} of the docs alone", count(quiet, "change"));
        }
        text + &self.verdict() + "\n"
    }

    /// What all of it means, in a sentence.
    #[must_use]
    pub fn verdict(&self) -> String {
        let diff = self.diff;
        if diff.changes.is_empty() {
            return "nothing changed".to_owned();
        }
        let scopes = diff
            .changes
            .iter()
            .filter(|it| SCOPES.contains(&it.kind))
            .count();
        let rust = diff.count(Verdict::Rust);
        let live = diff.count(Verdict::Live) - scopes;
        let mut parts = Vec::new();
        if scopes > 0 {
            parts.push(format!(
                "{scopes} {} programs another scope",
                if scopes == 1 { "asks of" } else { "ask of" }
            ));
        }
        if rust > 0 {
            parts.push(format!(
                "{rust} {} Rust code that uses it",
                if rust == 1 { "breaks" } else { "break" }
            ));
        }
        if live > 0 {
            parts.push(format!(
                "{live} {} live behaviour only",
                if live == 1 { "changes" } else { "change" }
            ));
        }
        let reached = if parts.is_empty() {
            "no program is reached".to_owned()
        } else {
            parts.join(", ")
        };
        let bump = match diff.bump() {
            Bump::None => "no release",
            Bump::Patch => "a patch",
            Bump::Addition => "an addition",
            Bump::Breaking => "a breaking release",
        };
        let version = next(&self.version, diff.bump())
            .map_or_else(String::new, |next| format!(", {} -> {next}", self.version));
        format!(
            "{}: {reached}. It asks for {bump}{version}",
            count(diff.changes.len(), "change")
        )
    }

    fn json(&mut self) -> Value {
        let mut changes = Vec::new();
        for change in &self.diff.changes {
            let place = self.places.locate(&change.place);
            changes.push(json!({
                "kind": change.kind.id,
                "verdict": verdict(change.kind.verdict),
                "bump": bump(change.kind.bump),
                "subject": change.subject,
                "text": change.text,
                "explains": change.kind.explains,
                "place": {
                    "spec": if place.side == Side::Old { "old" } else { "new" },
                    "file": place.file,
                    "line": place.at.map(|at| at.0),
                    "column": place.at.map(|at| at.1),
                },
            }));
        }
        json!({
            "changes": changes,
            "bump": bump(self.diff.bump()),
            "version": self.version,
            "next_version": next(&self.version, self.diff.bump()),
        })
    }

    fn markdown(&self) -> String {
        let mut text = String::new();
        let (_, left) = self.shown();
        let changes = || {
            self.diff
                .changes
                .iter()
                .filter(|it| self.all || !is_quiet(it))
        };
        let is_scope = |change: &Change| change.kind.id.starts_with("scope-");
        type Belongs<'a> = &'a dyn Fn(&Change) -> bool;
        let sections: [(&str, Belongs<'_>); 4] = [
            ("Scopes", &is_scope),
            ("Breaking", &|it| {
                !is_scope(it) && it.kind.bump == Bump::Breaking
            }),
            ("Added", &|it| {
                !is_scope(it) && it.kind.bump == Bump::Addition
            }),
            ("Changed", &|it| {
                !is_scope(it) && it.kind.bump < Bump::Addition
            }),
        ];
        for (title, belongs) in sections {
            let belonging: Vec<_> = changes().filter(|it| belongs(it)).collect();
            if belonging.is_empty() {
                continue;
            }
            let _ = write!(text, "### {title}\n\n");
            for change in belonging {
                let _ = writeln!(text, "- `{}` {}.", change.subject, change.text);
            }
            text.push('\n');
        }
        if left > 0 {
            let _ = write!(text, "{} of the docs alone.\n\n", count(left, "change"));
        }
        text + &self.verdict() + ".\n"
    }
}

fn is_quiet(change: &Change) -> bool {
    change.kind.verdict == Verdict::Nothing && change.kind.bump == Bump::Patch
}

fn sign(change: &Change) -> char {
    match (change.kind.bump, change.kind.verdict) {
        (Bump::Breaking, _) => '!',
        (Bump::Addition, Verdict::Nothing) => '+',
        (_, Verdict::Nothing) => ' ',
        _ => '~',
    }
}

const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Rust => "rust",
        Verdict::Live => "live",
        Verdict::Nothing => "nothing",
    }
}

const fn bump(bump: Bump) -> &'static str {
    match bump {
        Bump::None => "none",
        Bump::Patch => "patch",
        Bump::Addition => "addition",
        Bump::Breaking => "breaking",
    }
}

fn count(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}
