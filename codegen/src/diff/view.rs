//! The output of changes: as lines, as Markdown, as JSON.

use std::{borrow::Cow, fmt::Write as _};

use serde_json::{Value, json};

use super::{
    Bump, Change, Diff, Places, Side, Verdict,
    kinds::{self, Kind},
    line::{self, Line},
    next,
    section::{SECTIONS, Section},
};

/// Changes that require another scope.
static SCOPES: [&Kind; 3] = [
    &kinds::SCOPE_NEEDED,
    &kinds::SCOPE_NO_LONGER_GRANTS,
    &kinds::SCOPE_ALSO_NEEDED,
];

/// A form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Lines for a person.
    Text,
    /// For a program.
    Json,
    /// A list for a review, with the kind and the place of each change.
    Markdown,
    /// A list for a changelog, for readers without the spec.
    Changelog,
}

/// Changes with their places.
pub struct View<'a> {
    /// The changes.
    pub diff: &'a Diff,
    /// Their places.
    pub places: Places<'a>,
    /// The version before the changes.
    pub version: Cow<'a, str>,
    /// Whether changes without an effect on programs are listed.
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
            Format::Markdown => self.markdown(true),
            Format::Changelog => self.markdown(false),
        }
    }
}

impl<'a> View<'a> {
    /// The changes as lines.
    fn lines(&self) -> Vec<Line<'a>> {
        line::lines(self.diff, &self.places)
    }
}

impl View<'_> {
    fn text(&mut self) -> String {
        let mut text = String::new();
        let lines = self.lines();
        let (told, quiet) = told(&lines, self.all);
        // If only one line was left out, the count would take as much space.
        let most = self.most.filter(|most| told.len() > most + 1);
        let most = most.unwrap_or(told.len());
        for line in told.iter().take(most) {
            let change = line.change;
            let place = self.place(line);
            let _ = writeln!(
                text,
                "{} {} {} [{}] ({place})",
                sign(change),
                line.subject(),
                line.says(),
                meaning(change.kind),
            );
        }
        if told.len() > most {
            let _ = writeln!(
                text,
                "  and {} more: `cargo xtask diff` shows all",
                told.len() - most
            );
        }
        if quiet > 0 {
            let _ = writeln!(text, "  and {} in the docs only", count(quiet, "change"));
        }
        text + &verdict_of(&lines, self.diff.bump(), &self.version) + "\n"
    }

    /// The place of a line, with its side and how often it occurs.
    fn place(&mut self, line: &Line<'_>) -> String {
        let place = self.places.locate(&line.change.place);
        let mut text = place.to_string();
        if place.side == Side::Old {
            text += " in the old spec";
        }
        if let Some(also) = line.also() {
            let _ = write!(text, ", {also}");
        }
        text
    }

    /// The overall effect, in a sentence.
    #[must_use]
    pub fn verdict(&self) -> String {
        verdict_of(&self.lines(), self.diff.bump(), &self.version)
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

    fn markdown(&mut self, review: bool) -> String {
        let mut text = String::new();
        let lines = self.lines();
        let (told, quiet) = told(&lines, self.all);
        for section in SECTIONS {
            let belonging: Vec<_> = told
                .iter()
                .filter(|it| Section::of(it.change.kind) == section)
                .collect();
            if belonging.is_empty() {
                continue;
            }
            let _ = write!(text, "### {}\n\n", section.title());
            for line in belonging {
                let (subject, says) = (line.subject(), line.says());
                let more = if review {
                    let place = self.place(line);
                    format!(" ({}; {place})", meaning(line.change.kind))
                } else if let Some(also) = line.also() {
                    format!(" ({also})")
                } else if section == Section::Scopes && line.change.kind.verdict == Verdict::Rust {
                    " (breaks Rust code)".to_owned()
                } else {
                    String::new()
                };
                let _ = writeln!(text, "- `{subject}` {says}{more}.");
            }
            text.push('\n');
        }
        if quiet > 0 {
            let _ = write!(text, "{} in the docs only.\n\n", count(quiet, "change"));
        }
        text + &verdict_of(&lines, self.diff.bump(), &self.version) + ".\n"
    }
}

/// The reported lines, and how many are only counted.
fn told<'l, 'a>(lines: &'l [Line<'a>], all: bool) -> (Vec<&'l Line<'a>>, usize) {
    let told = lines.iter().filter(|it| all || !is_quiet(it.change));
    let told: Vec<_> = told.collect();
    let quiet = lines.len() - told.len();
    (told, quiet)
}

/// The effect of all lines, in a sentence.
fn verdict_of(lines: &[Line<'_>], asked: Bump, version: &str) -> String {
    if lines.is_empty() {
        return "nothing changed".to_owned();
    }
    let number = |belongs: &dyn Fn(&Kind) -> bool| {
        let kinds = lines.iter().map(|line| line.change.kind);
        kinds.filter(|kind| belongs(kind)).count()
    };
    let is_scope = |kind: &Kind| SCOPES.contains(&kind);
    let live = |kind: &Kind| kind.verdict == Verdict::Live && !is_scope(kind);
    let breaking = |kind: &Kind| kind.bump == Bump::Breaking;
    // How many, and the verb phrase for one and for several.
    let parts = [
        (
            number(&is_scope),
            "requires another scope",
            "require another scope",
        ),
        (
            number(&|kind: &Kind| kind.verdict == Verdict::Rust),
            "breaks Rust code that uses it",
            "break Rust code that uses them",
        ),
        (
            number(&|kind: &Kind| live(kind) && breaking(kind)),
            "breaks programs at run time",
            "break programs at run time",
        ),
        (
            number(&|kind: &Kind| live(kind) && !breaking(kind)),
            "changes live behaviour",
            "change live behaviour",
        ),
    ];
    let mut parts = parts.into_iter().filter(|(number, ..)| *number > 0);
    let reached = if lines.len() == 1 {
        let does = parts
            .next()
            .map_or("affects no program", |(_, does, _)| does);
        format!("1 change, which {does}. It requires")
    } else {
        let parts = parts.map(|(number, one, several)| match number {
            1 => format!("1 {one}"),
            _ => format!("{number} {several}"),
        });
        let parts: Vec<_> = parts.collect();
        let reached = match parts.is_empty() {
            true => "no program is affected".to_owned(),
            false => parts.join(", "),
        };
        format!("{} changes: {reached}. They require", lines.len())
    };
    let release = match asked {
        Bump::None => "no release",
        Bump::Patch => "a patch",
        Bump::Addition => "an addition",
        Bump::Breaking => "a breaking release",
    };
    let version =
        next(version, asked).map_or_else(String::new, |it| format!(", {version} -> {it}"));
    format!("{reached} {release}{version}")
}

fn is_quiet(change: &Change) -> bool {
    change.kind.verdict == Verdict::Nothing && change.kind.bump == Bump::Patch
}

/// The version bump that a change requires; `~` if it only requires a patch, but affects programs.
fn sign(change: &Change) -> char {
    match (change.kind.bump, change.kind.verdict) {
        (Bump::Breaking, _) => '!',
        (Bump::Addition, _) => '+',
        (_, Verdict::Nothing) => ' ',
        _ => '~',
    }
}

/// The id of a kind with whom it affects and what it requires, in the words of `--deny` and JSON.
fn meaning(kind: &Kind) -> String {
    match (kind.verdict, kind.bump) {
        (Verdict::Nothing, Bump::None | Bump::Patch) => kind.id.to_owned(),
        (Verdict::Nothing, asked) => format!("{}: {}", kind.id, bump(asked)),
        (reached, asked) => format!("{}: {}, {}", kind.id, verdict(reached), bump(asked)),
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
