//! Compares the scopes of which a call needs only one: those of the security requirements of a description, or
//! those in a list of its text.

use serde_json::Value;

use super::{Topic, edit::Change, findings::Findings, ours::Spec};
use crate::{
    import::operation::Operation,
    index::{EndpointAt, NeededScope},
    spec::Scope,
};

/// The scopes that are sufficient according to the requirements, or else according to the text; none if neither
/// says so.
pub(super) fn accepted(operation: &Operation, value: &Value) -> Vec<String> {
    if operation.scopes.is_empty() {
        let text = value.get("description").and_then(Value::as_str);
        listed(text.unwrap_or_default())
    } else {
        operation.scopes.clone()
    }
}

/// The items of a list that follows a line such as "At least one of the following scopes:".
fn listed(text: &str) -> Vec<String> {
    let is_title = |line: &str| {
        let line = line.to_ascii_lowercase();
        line.contains("one of") && line.ends_with("scopes:")
    };
    let lines = text.lines().map(str::trim);
    let below = lines.skip_while(|line| !is_title(line)).skip(1);
    let items = below.map_while(|line| line.strip_prefix("* ").or(line.strip_prefix("- ")));
    let names = items.map(|item| item.trim().trim_matches('`'));
    names.map(str::to_owned).collect()
}

/// The scope of the spec that is meant.
pub(super) fn scope_of<'a>(spec: &Spec<'a>, needed: &NeededScope<'a>) -> Option<&'a Scope> {
    let area = spec.document.scopes.areas.get(needed.area)?;
    area.levels.get(needed.level)
}

/// Compares the `accepted` scopes of other areas than that of the least one with the alternative of the endpoint.
pub(super) fn compare<'a>(
    ours: EndpointAt<'a>,
    accepted: &[String],
    spec: &Spec<'a>,
    found: &mut Findings<'a>,
) {
    if accepted.is_empty() {
        return;
    }
    let (needed, other) = (ours.needed_scope(), ours.or_scope());
    if let Some(other) = other
        && let Some(scope) = scope_of(spec, &other)
        && !accepted.contains(&scope.wire)
    {
        let place = alternative(&scope.wire);
        found.within(other.at, |found| found.extra(Topic::Scope, &place));
        found.mend(ours.at, Change::Drop("or_scope".to_owned()));
    }
    let areas = &spec.document.scopes.areas;
    let own = [Some(needed.area), other.map(|other| other.area)];
    let own = own.into_iter().flatten().filter_map(|area| areas.get(area));
    let own = own.flat_map(|area| area.levels.iter());
    let own: Vec<&str> = own.map(|(_, scope)| scope.wire.as_str()).collect();
    let Some(wire) = accepted.iter().find(|wire| !own.contains(&wire.as_str())) else {
        return;
    };
    let place = alternative(wire);
    found.within(needed.at, |found| found.missing(Topic::Scope, &place));
    let name = areas.iter().find_map(|(area, one)| {
        let mut levels = one.levels.iter();
        let (level, _) = levels.find(|(_, scope)| scope.wire == *wire)?;
        Some(format!("{area}.{level}"))
    });
    if let Some(name) = name.filter(|_| other.is_none()) {
        found.mend(ours.at, Change::of_endpoint("or_scope", name));
    }
}

fn alternative(wire: &str) -> String {
    format!("the alternative scope `{wire}`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_scopes_is_read_only_below_a_line_that_says_that_one_is_sufficient() {
        let text = "Moves it.\n\nRequires at least one of the following scopes:\n* `store_a`\n* `store_b`   \n\n**Note:**\n* A note.";
        assert_eq!(listed(text), ["store_a", "store_b"]);
        for other in [
            "",
            "Requires the following scopes:\n* `store_a`",
            "One of the following fields:\n* `name`",
        ] {
            assert_eq!(listed(other), [""; 0], "{other}");
        }
    }
}
