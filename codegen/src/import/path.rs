//! Declares the parameters of a group's paths, and names them.

use std::collections::{HashMap, HashSet};

use super::{
    draft::{DraftEndpoint, DraftGroup, DraftParameter},
    known::Known,
    names,
    operation::{OfficialParameter, Operation},
    parameters,
    types::Speller,
};
use crate::bare_path;

/// The name of the parameter at each position, the same in all paths.
#[derive(Debug, Default)]
pub(crate) struct PathNames(HashMap<String, String>);

impl PathNames {
    /// The names in the spec, and for other positions the description's name or, if that is only an id, the
    /// name of its resource.
    pub(crate) fn new<'a>(paths: impl Iterator<Item = &'a str>, known: &Known) -> Self {
        let mut names = Self::default();
        for group in known.groups.values() {
            for (place, name) in group.places() {
                names.0.entry(place).or_insert(name);
            }
        }
        for path in paths {
            let mut used: HashSet<String> = HashSet::new();
            for (place, official, above) in places(path) {
                let wish = names::parameter(official, above);
                let name = names
                    .0
                    .entry(place)
                    .or_insert_with(|| match used.contains(&wish) {
                        true => joined(above, official),
                        false => wish,
                    });
                used.insert(name.clone());
            }
        }
        names
    }
}

/// The name with its resource as a prefix, if another parameter has the name.
fn joined(above: &str, official: &str) -> String {
    let one = names::snake(&names::one(above));
    format!("{one}_{}", names::snake(official))
}

/// Each parameter of a path: its position, its name, and the word before it.
fn places(path: &str) -> impl Iterator<Item = (String, &str, &str)> {
    let mut above = "";
    let mut end = 0;
    let segments = path.split_inclusive('/');
    segments.filter_map(move |piece| {
        let start = end;
        end += piece.len();
        let segment = piece.trim_end_matches('/');
        let inner = segment
            .strip_prefix('{')
            .and_then(|rest| rest.strip_suffix('}'));
        match inner {
            Some(official) => {
                let before = path.get(..start).unwrap_or_default();
                Some((bare_path::bare(before), official, above))
            }
            None => {
                above = segment;
                None
            }
        }
    })
}

/// Declares the path parameters in the group, once for all its endpoints, and names them in the endpoint's
/// path. A parameter with another type in one endpoint is declared there.
pub(crate) fn declare(
    group: &mut DraftGroup,
    endpoint: &mut DraftEndpoint,
    operation: &Operation,
    names: &PathNames,
    speller: &mut Speller<'_>,
) {
    let there = group.path.values().any(|parameter| parameter.kept);
    let mut segments: Vec<String> = Vec::new();
    let mut found = places(&operation.path);
    for segment in operation.path.split('/') {
        let parameter = segment.starts_with('{') && segment.ends_with('}');
        let Some((place, official, above)) = parameter.then(|| found.next()).flatten() else {
            segments.push(segment.to_owned());
            continue;
        };
        let name = names.0.get(&place).cloned();
        let name = name.unwrap_or_else(|| names::parameter(official, above));
        // An existing group keeps its names.
        let name = if there { name } else { names::snake(&name) };
        // A parameter that the operation does not declare has the group's type.
        let is_declared = |one: &OfficialParameter| one.place == "path" && one.name == official;
        let is_kept = group.path.get(&name).is_some_and(|known| known.kept);
        if is_kept && !operation.parameters.iter().any(is_declared) {
            segments.push(format!("{{{name}}}"));
            continue;
        }
        let draft = path_parameter(endpoint, operation, official, speller);
        match group.path.get(&name) {
            Some(known) if known.kind != draft.kind => {
                endpoint.own_path.insert(name.clone(), draft);
            }
            Some(_) => {}
            None => {
                group.path.insert(name.clone(), draft);
            }
        }
        segments.push(format!("{{{name}}}"));
    }
    endpoint.path = segments.join("/");
}

fn path_parameter(
    endpoint: &mut DraftEndpoint,
    operation: &Operation,
    name: &str,
    speller: &mut Speller<'_>,
) -> DraftParameter {
    let mut parameters = operation.parameters.iter();
    match parameters.find(|p| p.place == "path" && p.name == name) {
        Some(parameter) => {
            let kind = parameters::kind(endpoint, &parameter.shape, "", name, speller);
            parameters::draft(parameter, kind)
        }
        None => {
            let todo = format!("path parameter `{name}` is not declared");
            endpoint.todo.push(todo);
            DraftParameter {
                kind: "string".into(),
                ..DraftParameter::default()
            }
        }
    }
}
