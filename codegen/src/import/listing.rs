//! Reads what the query of a list says about it as a whole: its pagination and its order.

use super::{
    draft::{DraftEndpoint, DraftLimit, DraftSort},
    operation::{OfficialParameter, Operation},
    shape::{Kind, Shape, distinct},
    types::{Speller, number_text},
};

/// How a list is paged: by number, or by number and by cursor.
pub(super) fn style(operation: &Operation, version: &str) -> Option<String> {
    let has = |name: &str| {
        operation
            .parameters
            .iter()
            .any(|p| p.place == "query" && p.name == name)
    };
    let numbered = operation.method == "get" && has("page") && has("limit");
    match (numbered, has("before") && has("after")) {
        (false, _) => None,
        (true, true) => Some(format!("{version}_cursor")),
        (true, false) => Some(version.to_owned()),
    }
}

/// The page size. If a description states none, lists have 50 items, and up to 250 by common practice.
pub(super) fn limit(endpoint: &mut DraftEndpoint, shape: &Shape) {
    let default = shape.default.as_ref().and_then(number_text);
    let size = |text: Option<String>| text.filter(|text| text.parse::<u32>().is_ok_and(|n| n > 0));
    let (default, max) = (size(default), size(shape.range.max.clone()));
    let number = |text: &Option<String>| text.as_ref().and_then(|text| text.parse::<u32>().ok());
    let unstated = default.is_none() || max.is_none();
    let max = max.unwrap_or_else(|| 250.max(number(&default).unwrap_or_default()).to_string());
    let least = number(&Some(max.clone())).unwrap_or(50).min(50);
    endpoint.limit = Some(DraftLimit {
        default: default.unwrap_or_else(|| least.to_string()),
        max,
        unstated,
    });
}

/// The values of a parameter, single or in a list.
pub(super) fn members(shape: &Shape) -> Vec<String> {
    match &shape.kind {
        Kind::List(item) => members(item),
        _ => {
            let texts = shape.values.iter().filter_map(|value| value.as_str());
            texts.map(str::to_owned).collect()
        }
    }
}

/// Whether the spec's `sort` can express a `sort` parameter.
pub(super) fn sorts(parameter: &OfficialParameter, direction: bool) -> bool {
    let members = members(&parameter.shape);
    let joined = members.iter().all(|member| member.contains(':'));
    !members.is_empty() && (joined || direction)
}

/// Fills in the order of a `sort` parameter of the type `about`. False if it is not one.
pub(super) fn order(
    endpoint: &mut DraftEndpoint,
    parameter: &OfficialParameter,
    about: &str,
    direction: bool,
    speller: &mut Speller<'_>,
) -> bool {
    if !sorts(parameter, direction) {
        return false;
    }
    let members = members(&parameter.shape);
    let joined = members.iter().all(|member| member.contains(':'));
    let fields = members.iter().map(|member| member.split(':').next());
    let mut fields: Vec<String> = fields
        .map(|field| field.unwrap_or_default().to_owned())
        .collect();
    distinct(&mut fields);
    let default = parameter
        .shape
        .default
        .as_ref()
        .and_then(|value| value.as_str());
    endpoint.sort = Some(DraftSort {
        by: speller.enums.name(&format!("{about}Sort"), &fields),
        joined,
        default: default.map(str::to_owned),
    });
    true
}
