//! Which changes are one line of a report: a person edits a template, or the scope of a group, in one place, and
//! it changes every call made or covered by it.

use std::{
    borrow::Cow,
    collections::{BTreeSet, HashMap},
};

use super::{Change, Diff, Places, Requires, Side};
use crate::diagnostic::{Segment, SpecPath};

/// What is reported in one line: a change, or the same one wherever it occurs.
pub(super) struct Line<'a> {
    pub(super) change: &'a Change,
    /// The other calls of the group that have the change, since it is the group's scope.
    calls: Vec<&'a str>,
    /// The groups that it is in.
    groups: BTreeSet<&'a str>,
    /// How often it occurs.
    times: usize,
}

impl<'a> Line<'a> {
    fn new(change: &'a Change) -> Self {
        Self {
            change,
            calls: Vec::new(),
            groups: change.place.group().into_iter().collect(),
            times: 1,
        }
    }

    /// What changed: `products.Product.price`, or every call with the change: `products.list, get`.
    pub(super) fn subject(&self) -> Cow<'a, str> {
        let subject = self.change.subject.as_str();
        if self.calls.is_empty() {
            return Cow::Borrowed(subject);
        }
        let more = self.calls.iter().map(|call| {
            let id = call.split_once('.').map_or(*call, |(_, id)| id);
            format!(", {id}")
        });
        Cow::Owned(subject.to_owned() + &more.collect::<String>())
    }

    /// The change, as the rest of a sentence about the subject.
    pub(super) fn says(&self) -> Cow<'a, str> {
        match &self.change.requires {
            Some(requires) if !self.calls.is_empty() => Cow::Owned(requires.says(true)),
            _ => Cow::Borrowed(self.change.text.as_str()),
        }
    }

    /// Where else it occurs, if it does and the subject does not say so.
    pub(super) fn also(&self) -> Option<String> {
        match (self.times, self.groups.len()) {
            (..=1, _) => None,
            (times, groups) if times == groups => Some(format!("in {groups} groups")),
            (times, _) => Some(format!("in {times} places")),
        }
    }
}

/// What the same line has in common in a template: the kind, the side, the place, the number among those with the
/// same place, and the text if only uses were edited.
type InTemplate<'a> = (&'static str, Side, SpecPath, usize, Option<&'a str>);

/// What the same line has in common in a group: the kind, the group and the scopes.
type InGroup<'a> = (&'static str, Option<&'a str>, &'a Requires);

/// The changes as lines, each edit once.
pub(super) fn lines<'a>(diff: &'a Diff, places: &Places<'_>) -> Vec<Line<'a>> {
    let mut lines: Vec<Line<'a>> = Vec::new();
    let mut in_groups: HashMap<InGroup<'a>, usize> = HashMap::new();
    let mut in_templates: HashMap<InTemplate<'a>, usize> = HashMap::new();
    let mut times: HashMap<_, usize> = HashMap::new();
    for change in &diff.changes {
        if let Some(requires) = &change.requires
            && places.is_scope_of_group(&change.place)
        {
            let key = (change.kind.id, change.place.group(), requires);
            let at = *in_groups.entry(key).or_insert(lines.len());
            match lines.get_mut(at) {
                Some(known) => known.calls.push(&change.subject),
                None => lines.push(Line::new(change)),
            }
            continue;
        }
        let Some((path, edited)) = places.template(&change.place) else {
            lines.push(Line::new(change));
            continue;
        };
        // Several changes of one group, or of one endpoint, can have the same place.
        let side = change.place.side();
        let first = path.segments.first();
        let holder = match first == Some(&Segment::Key("endpoints".to_owned())) {
            true => change.place.holder(),
            false => change.place.group(),
        };
        let here = (change.kind.id, side, path, holder);
        let time = times.entry(here.clone()).or_default();
        *time += 1;
        // A use of the template is edited separately in each group.
        let text = (!edited).then_some(change.text.as_str());
        let (kind, side, path, _) = here;
        let at = *in_templates
            .entry((kind, side, path, *time, text))
            .or_insert(lines.len());
        match lines.get_mut(at) {
            Some(known) => {
                known.groups.extend(change.place.group());
                known.times += 1;
            }
            None => lines.push(Line::new(change)),
        }
    }
    lines
}
