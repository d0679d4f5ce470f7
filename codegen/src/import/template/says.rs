//! The arguments with which a use of the template makes what was drafted.

use std::collections::BTreeMap;

use serde_json::Map;

use super::{Template, fit::Fit};
use crate::import::{
    draft::{DraftGroup, DraftUse},
    known::stem,
    names,
};

pub(super) type Values = BTreeMap<String, String>;

/// The use; `None` if an argument stays unknown.
pub(super) fn of(
    template: &Template,
    group: &DraftGroup,
    fit: &Fit<'_>,
    (version, source): (&str, &str),
) -> Option<DraftUse> {
    let mut given: Values = fit
        .paths
        .iter()
        .map(|(hole, path)| ((*hole).to_owned(), (*path).to_owned()))
        .collect();
    given.extend(alone(&template.group, &group.name));
    given.extend(operations(fit));
    // The default of an argument may determine another that it contains.
    for (name, default) in &template.arguments {
        let (Some(value), Some(default)) = (given.get(name), default) else {
            continue;
        };
        if let Some((hole, part)) = alone(&filled(default, &given), value) {
            given.entry(hole).or_insert(part);
        }
    }
    if let Some((_, handle)) = &group.under {
        given.insert("handle".to_owned(), handle.clone());
    }
    let mut says = Vec::new();
    let mut values = Values::new();
    for (name, default) in &template.arguments {
        let usual = default.as_ref().map(|default| filled(default, &values));
        let value = given.get(name).cloned().or_else(|| usual.clone())?;
        if usual.as_ref() != Some(&value) {
            says.push((name.clone(), value.clone()));
        }
        values.insert(name.clone(), value);
    }
    if group.version != version {
        says.push(("version".to_owned(), group.version.clone()));
    }
    if stem(&group.source) != stem(source) {
        says.push(("source".to_owned(), group.source.clone()));
    }
    let is_there = |id: &str| fit.calls.iter().any(|(call, _)| call.id == id);
    let left = template.calls.iter().filter(|call| !is_there(&call.id));
    let other = fit.calls.iter().filter_map(|(call, endpoint)| {
        let differs = filled(&call.operation, &values) != endpoint.operation;
        let operation = ("operation".to_owned(), endpoint.operation.clone().into());
        differs.then(|| (call.id.clone(), Map::from_iter([operation])))
    });
    Some(DraftUse {
        template: template.name.clone(),
        says,
        without: left.map(|call| call.id.clone()).collect(),
        endpoints: other.collect(),
        ..DraftUse::default()
    })
}

/// The placeholder values that most operation ids agree on.
fn operations(fit: &Fit<'_>) -> Values {
    let mut told: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    for (call, endpoint) in &fit.calls {
        if let Some((hole, value)) = alone(&call.operation, &endpoint.operation) {
            *told.entry(hole).or_default().entry(value).or_default() += 1;
        }
    }
    let most = told.into_iter().filter_map(|(hole, values)| {
        let (value, _) = values.into_iter().max_by_key(|(_, times)| *times)?;
        Some((hole, value))
    });
    most.collect()
}

/// The placeholder of a text with one, with its value in another text, as it would be written by itself.
pub(super) fn alone(pattern: &str, text: &str) -> Option<(String, String)> {
    let (before, rest) = pattern.split_once("${")?;
    let (hole, after) = rest.split_once('}')?;
    if after.contains("${") {
        return None;
    }
    let value = text.strip_prefix(before)?.strip_suffix(after)?;
    let is_name = hole.starts_with(char::is_uppercase);
    Some(match (value.is_empty(), is_name) {
        (true, _) => return None,
        (_, true) => (names::snake(hole), names::snake(value).replace('_', " ")),
        (_, false) => (hole.to_owned(), value.to_owned()),
    })
}

/// A text with the known placeholders filled in.
pub(super) fn filled(text: &str, values: &Values) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("${") {
        let Some((hole, after)) = behind.split_once('}') else {
            break;
        };
        out += before;
        let is_name = hole.starts_with(char::is_uppercase);
        match values.get(&names::snake(hole)) {
            Some(value) if is_name => out += &names::camel(value),
            Some(value) => out += value,
            None => out += &format!("${{{hole}}}"),
        }
        rest = after;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::{Values, alone, filled};

    #[test]
    fn the_value_of_a_hole_is_what_is_in_its_place() {
        let one = |pattern, text| alone(pattern, text);
        let told = |hole: &str, value: &str| Some((hole.to_owned(), value.to_owned()));
        assert_eq!(one("${of}_notes", "shop_notes"), told("of", "shop"));
        assert_eq!(
            one("get${Of}Notes", "getGiftShopNotes"),
            told("of", "gift shop")
        );
        assert_eq!(one("${of}_notes", "notes"), None);
        assert_eq!(one("${of}_${more}", "shop_notes"), None);
    }

    #[test]
    fn holes_of_what_is_not_known_stay() {
        let values = Values::from([("of".to_owned(), "gift shop".to_owned())]);
        assert_eq!(filled("get${Of}By${id}", &values), "getGiftShopBy${id}");
    }
}
