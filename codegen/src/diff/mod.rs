//! What changed between two specs, compared as models and never as text: whom each change affects, and
//! which version it requires. Two [`Api`]s go in and changes come out; their places are found afterwards, in
//! the documents that the models were resolved from.

mod alike;
mod also_needs;
mod behaviour;
mod calls;
mod client;
mod endpoints;
mod field;
mod fields;
mod inbound;
pub mod kinds;
mod line;
mod members;
mod or_scope;
mod pairs;
mod parameters;
mod places;
mod scopes;
mod section;
mod service;
mod sets;
mod spell;
mod types;
mod units;
mod version;
mod view;

use self::spell::{Renamed, Speller};
pub use self::{
    kinds::{Bump, Kind, Verdict},
    pairs::Side,
    places::{Place, Places},
    version::next,
    view::{Format, View},
};
use crate::model::{Api, EventId};

#[derive(Clone, Debug)]
pub struct Change {
    /// The kind of change.
    pub kind: &'static Kind,
    /// What changed, such as `products.list` or `products.Product.price`.
    pub subject: String,
    /// The change, as the rest of a sentence about the subject.
    pub text: String,
    /// Its place.
    pub place: Place,
    /// The scope that a call requires instead of another, if that is the change.
    requires: Option<Requires>,
}

impl Change {
    fn new(
        kind: &'static Kind,
        subject: impl Into<String>,
        text: impl Into<String>,
        place: Place,
    ) -> Self {
        Self {
            kind,
            subject: subject.into(),
            text: text.into(),
            place,
            requires: None,
        }
    }
}

/// A scope that a call requires instead of another, both as in tokens.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Requires {
    scope: String,
    before: String,
}

impl Requires {
    /// The rest of a sentence about one call, or about several.
    fn says(&self, several: bool) -> String {
        let verb = if several { "require" } else { "requires" };
        format!("{verb} {} instead of {}", self.scope, self.before)
    }
}

/// All that changed.
#[derive(Clone, Debug, Default)]
pub struct Diff {
    /// The changes: those of scopes first, then by whom they affect.
    pub changes: Vec<Change>,
}

impl Diff {
    /// The version bump that the changes require together.
    #[must_use]
    pub fn bump(&self) -> Bump {
        let bumps = self.changes.iter().map(|change| change.kind.bump);
        bumps.max().unwrap_or(Bump::None)
    }

    /// How many changes have this verdict.
    #[must_use]
    pub fn count(&self, verdict: Verdict) -> usize {
        let changes = self.changes.iter();
        changes
            .filter(|change| change.kind.verdict == verdict)
            .count()
    }

    /// How many changes break a program, whether or not it compiles.
    #[must_use]
    pub fn breaking(&self) -> usize {
        let changes = self.changes.iter();
        changes
            .filter(|change| change.kind.bump == Bump::Breaking)
            .count()
    }
}

/// Compares two APIs.
#[must_use]
pub fn compare(old: &Api, new: &Api) -> Diff {
    let renamed = units::renamed(old, new);
    let events = service::renamed_events(old, new, &renamed);
    let mut comparison = Comparison {
        old,
        new,
        renamed: &renamed,
        events: &events,
        changes: Vec::new(),
    };
    scopes::compare(&mut comparison);
    service::compare(&mut comparison);
    endpoints::compare(&mut comparison);
    types::compare(&mut comparison);
    let mut changes = comparison.changes;
    inbound::compare(old, new, &mut changes);
    // Within a rank, the order of the spec is kept.
    changes.sort_by_key(|change| rank(change.kind));
    Diff { changes }
}

/// Scopes first, changes without an effect on programs last.
fn rank(kind: &Kind) -> (bool, std::cmp::Reverse<Bump>, Verdict) {
    (
        !kind.is_of_scopes(),
        std::cmp::Reverse(kind.bump),
        kind.verdict,
    )
}

/// A comparison in progress.
struct Comparison<'a> {
    old: &'a Api,
    new: &'a Api,
    renamed: &'a Renamed,
    /// Renamed events: old scope to new scope.
    events: &'a Renamed,
    changes: Vec<Change>,
}

impl<'a> Comparison<'a> {
    fn tell(
        &mut self,
        kind: &'static Kind,
        subject: impl Into<String>,
        text: impl Into<String>,
        place: Place,
    ) {
        self.changes.push(Change::new(kind, subject, text, place));
    }

    /// Reports another scope of a call.
    fn tell_scope(&mut self, kind: &'static Kind, call: &str, requires: Requires, place: Place) {
        let change = Change::new(kind, call, requires.says(false), place);
        self.changes.push(Change {
            requires: Some(requires),
            ..change
        });
    }

    /// The scope of an event, the new one if it has been renamed.
    fn event(&self, side: Side, id: EventId) -> String {
        match side {
            Side::Old => {
                let scope = &self.old.event(id).scope;
                self.events.get(scope).unwrap_or(scope).clone()
            }
            Side::New => self.new.event(id).scope.clone(),
        }
    }

    const fn speller(&self, side: Side) -> Speller<'a> {
        match side {
            Side::Old => Speller {
                api: self.old,
                renamed: Some(self.renamed),
            },
            Side::New => Speller {
                api: self.new,
                renamed: None,
            },
        }
    }
}
