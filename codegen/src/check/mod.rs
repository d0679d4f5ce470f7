//! Checks a document against a list of rules. Each rule is a small function that inspects the whole
//! document and reports everything it finds; none depends on the findings of another.

mod rules;

use std::collections::HashSet;

use self::rules::RULES;
pub(crate) use self::rules::{is_event_scope, is_path};
use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics, codes},
    index::Index,
    model,
};

/// A requirement on a spec.
#[derive(Debug)]
pub(crate) struct Rule {
    /// The codes it may report.
    pub codes: &'static [&'static Code],
    /// Looks at the document.
    pub run: fn(&Index<'_>, &mut Diagnostics),
}

/// Every kind of problem, each with its name and a sentence; those of reading come first.
pub fn all_codes() -> impl Iterator<Item = &'static Code> {
    let judging = RULES.iter().flat_map(|rule| rule.codes);
    let resolving = model::CODES.into_iter().flatten();
    codes::READING
        .iter()
        .chain(resolving)
        .chain(judging)
        .copied()
}

/// Checks the document against every rule.
pub(crate) fn check(index: &Index<'_>, out: &mut Diagnostics) {
    for rule in RULES {
        (rule.run)(index, out);
    }
    let absent = rules::absent_groups(index);
    if !absent.is_empty() {
        out.retain(|diagnostic| !follows(diagnostic, &absent));
    }
}

/// What is checked across all groups: totals, official operations, names from anywhere, and what is used.
const OF_ALL_GROUPS: &[&str] = &["E326", "E501", "E507", "E533", "E540", "W330", "W331"];

/// Whether it only says that a group is missing, which is reported in the list of groups.
fn follows(diagnostic: &Diagnostic, absent: &HashSet<&str>) -> bool {
    let lacks = diagnostic.lacks.as_deref();
    OF_ALL_GROUPS.contains(&diagnostic.code.number)
        || lacks.is_some_and(|group| absent.contains(group))
}
