//! Sets of names that exclude each other, or of which one is required: they are compared by what they
//! allow, so the order of sets and names does not matter.

use std::collections::HashSet;

/// What a set requires of its names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    /// At most one of them is present.
    AtMostOne,
    /// At least one of them is present.
    AtLeastOne,
}

/// The sets of one side, and all names that it has. Renamed items have their new name on both sides.
pub(super) struct Sets {
    pub sets: Vec<Vec<String>>,
    pub names: HashSet<String>,
}

/// A set that was added, removed or changed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Changed {
    /// Whether it rejects what was accepted, and not the reverse.
    pub tightened: bool,
    was: Option<String>,
    is: Option<String>,
}

impl Changed {
    /// The change, after words such as `requires one of`; `gone` returns the text for a removed set.
    pub fn text(&self, says: &str, gone: impl Fn(&str) -> String) -> String {
        match (&self.was, &self.is) {
            (Some(was), Some(is)) => format!("{says} {is}, previously of {was}"),
            (None, Some(is)) => format!("{says} {is}"),
            (was, None) => gone(was.as_deref().unwrap_or_default()),
        }
    }
}

/// Compares the sets of two sides. A restriction that only concerns an added or removed name is not a change:
/// it affects nobody who did not use that name.
pub(super) fn compare(rule: Rule, old: &Sets, new: &Sets) -> Vec<Changed> {
    let mut changed = Vec::new();
    for set in &new.sets {
        if !rule.follows(set, old) {
            changed.push(Changed {
                tightened: true,
                was: rule.nearest(set, old, new),
                is: Some(set.join(", ")),
            });
        }
    }
    for set in &old.sets {
        if !rule.follows(set, new) {
            changed.push(Changed {
                tightened: false,
                was: Some(set.join(", ")),
                is: rule.nearest(set, new, old),
            });
        }
    }
    changed
}

impl Rule {
    /// Whether the requirement of a set already follows from the sets of a side.
    fn follows(self, set: &[String], side: &Sets) -> bool {
        match self {
            Self::AtMostOne => {
                let known: Vec<_> = set.iter().filter(|it| side.names.contains(*it)).collect();
                let apart = |one: &String, other: &String| {
                    let mut sets = side.sets.iter();
                    sets.any(|it| it.contains(one) && it.contains(other))
                };
                let mut pairs = known.iter().enumerate();
                pairs.all(|(at, one)| known[at + 1..].iter().all(|other| apart(one, other)))
            }
            Self::AtLeastOne => {
                let mut sets = side.sets.iter();
                sets.any(|it| it.iter().all(|name| set.contains(name)))
            }
        }
    }

    /// The set of one side that became this one: one that the other side no longer has.
    fn nearest(self, set: &[String], side: &Sets, other: &Sets) -> Option<String> {
        let least = match self {
            Self::AtMostOne => 2,
            Self::AtLeastOne => 1,
        };
        let shared = |it: &Vec<String>| it.iter().filter(|name| set.contains(name)).count();
        let sets = side.sets.iter();
        let went = sets.filter(|it| !other.sets.iter().any(|other| is_same(it, other)));
        let nearest = went
            .filter(|it| shared(it) >= least)
            .max_by_key(|it| shared(it));
        nearest.map(|it| it.join(", "))
    }
}

fn is_same(one: &[String], other: &[String]) -> bool {
    one.len() == other.len() && one.iter().all(|name| other.contains(name))
}

#[cfg(test)]
mod tests {
    use super::{Rule, Sets, compare};

    /// The sets of this text, separated by `|`, and further names.
    fn sets(written: &str, names: &str) -> Sets {
        let words =
            |text: &str| -> Vec<String> { text.split_whitespace().map(Into::into).collect() };
        let sets = written.split('|').map(words);
        Sets {
            sets: sets.filter(|set| !set.is_empty()).collect(),
            names: words(names).into_iter().collect(),
        }
    }

    #[test]
    fn a_set_is_tightened_by_what_it_refuses_and_by_nothing_else() {
        use Rule::{AtLeastOne, AtMostOne};
        // Sets before and after, and whether each change rejects something.
        let cases: [(Rule, &str, &str, &[bool]); 13] = [
            (AtMostOne, "a b | c d", "d c | b a", &[]),
            (AtMostOne, "", "a b", &[true]),
            (AtMostOne, "a b", "", &[false]),
            (AtMostOne, "a b", "a b c", &[true]),
            (AtMostOne, "a b c", "b a", &[false]),
            (AtMostOne, "a b | b c | a c", "a b c", &[]),
            (AtMostOne, "a b c", "b c d", &[true, false]),
            // `new` is a new name, so nobody sent it.
            (AtMostOne, "", "a new", &[]),
            (AtMostOne, "a b", "a b new", &[]),
            (AtLeastOne, "a b", "b a", &[]),
            (AtLeastOne, "a b", "a b c", &[false]),
            (AtLeastOne, "a b c", "a b", &[true]),
            (AtLeastOne, "", "a new", &[true]),
        ];
        for (rule, before, after, refuses) in cases {
            let (old, new) = (sets(before, "a b c d"), sets(after, "a b c d new"));
            let changed = compare(rule, &old, &new);
            let found: Vec<bool> = changed.iter().map(|it| it.tightened).collect();
            assert_eq!(found, refuses, "{rule:?}: {before} -> {after}");
        }
    }

    #[test]
    fn a_set_that_has_other_names_says_which_it_had() {
        let (old, new) = (sets("a b", "a b c"), sets("a b c", "a b c"));
        let text = |rule, old, new| {
            let changed = compare(rule, old, new);
            changed[0].text("requires one of", |set| format!("requires none of {set}"))
        };
        let wider = "requires one of a, b, c, previously of a, b";
        assert_eq!(text(Rule::AtLeastOne, &old, &new), wider);
        let none = sets("", "a b c");
        assert_eq!(text(Rule::AtLeastOne, &none, &old), "requires one of a, b");
        assert_eq!(text(Rule::AtLeastOne, &old, &none), "requires none of a, b");
    }
}
