//! Compares the members of enumerations.

use serde_json::Value;

use super::{Findings, Topic, edit::Change};
use crate::{
    code_span::code,
    diagnostic::At,
    import::shape::{Kind, Shape},
};

/// An official enumeration that is open here.
pub(super) fn open(shape: &Shape, path: &str, found: &mut Findings<'_>) {
    if matches!(shape.kind, Kind::Text | Kind::Int) && !shape.values.is_empty() {
        let mut all = sorted(texts(shape));
        for member in all.iter_mut().filter(|member| member.is_empty()) {
            *member = code(member);
        }
        let all = all.join(", ");
        found.add(
            Topic::Members,
            path,
            format!("has members officially ({all}) but is open here"),
        );
    }
}

/// Members in a fixed order, whichever side lists them.
fn sorted<T: Ord>(mut members: Vec<T>) -> Vec<T> {
    members.sort();
    members
}

/// The members of an official enumeration.
pub(super) fn texts(shape: &Shape) -> Vec<String> {
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    shape.values.iter().map(text).collect()
}

/// Compares the members of an enumeration.
pub(super) fn members(
    path: &str,
    official: &[String],
    ours: &[&str],
    at: Option<At<'_>>,
    found: &mut Findings<'_>,
) {
    let quoted = |all: &[&str]| match all {
        [""] => format!(": {} is", code("")),
        [one] => format!(": member {} is", code(one)),
        all => {
            let all: Vec<String> = all.iter().map(|one| code(one)).collect();
            format!(": members {} are", all.join(", "))
        }
    };
    let known = |member: &&str| official.iter().any(|known| known == member);
    let missing = official.iter().map(String::as_str);
    let missing = sorted(missing.filter(|member| !ours.contains(member)).collect());
    if !missing.is_empty() {
        let says = format!("{} missing here", quoted(&missing));
        found.add(Topic::Members, path, says);
        for member in missing {
            at.into_iter()
                .for_each(|at| found.mend(at, Change::set(member, Value::Null)));
        }
    }
    let extra = ours.iter().copied().filter(|member| !known(member));
    let extra: Vec<&str> = sorted(extra.collect());
    if !extra.is_empty() && !official.is_empty() {
        let says = format!("{} not official", quoted(&extra));
        found.add(Topic::Members, path, says);
        for member in extra {
            at.into_iter()
                .for_each(|at| found.mend(at, Change::Drop(member.to_owned())));
        }
    }
}
