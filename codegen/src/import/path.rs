//! Declares the parameters of a group's paths, and gives them names.

use std::collections::{HashMap, HashSet};

use super::{
    draft::{DraftEndpoint, DraftGroup, DraftParameter},
    names,
    operation::Operation,
    parameters,
    types::Speller,
};

/// Declares the parameters of the path in the group, once for all its endpoints, and names them in the
/// endpoint's path: as other paths of the group do, or else in snake case by what they are the id of.
pub(crate) fn declare(
    group: &mut DraftGroup,
    endpoint: &mut DraftEndpoint,
    operation: &Operation,
    places: &HashMap<String, String>,
    speller: &mut Speller<'_>,
) {
    let mut above = "";
    let mut place = String::new();
    let mut used: HashSet<String> = HashSet::new();
    let mut segments: Vec<String> = Vec::new();
    for segment in operation.path.split('/') {
        let inner = segment
            .strip_prefix('{')
            .and_then(|rest| rest.strip_suffix('}'));
        let Some(official) = inner else {
            above = segment;
            if !segment.is_empty() {
                place.push('/');
                place.push_str(segment);
            }
            segments.push(segment.to_owned());
            continue;
        };
        let draft = path_parameter(endpoint, operation, official, speller);
        let own = format!(
            "{}_{}",
            names::snake(&names::one(above)),
            names::snake(official)
        );
        let wishes = places.get(&place).cloned().into_iter();
        let wishes = wishes.chain([names::parameter(official, above), own]);
        let wishes: Vec<String> = wishes.collect();
        let fits = |name: &&String| {
            let same = group
                .path
                .get(*name)
                .is_none_or(|known| known.kind == draft.kind);
            same && !used.contains(name.as_str())
        };
        let name = wishes.iter().find(fits).or(wishes.first());
        let name = name.cloned().unwrap_or_default();
        match group.path.get(&name) {
            Some(known) if known.kind != draft.kind => endpoint.todo.push(format!(
                "path parameter `{name}` is `{}` here and `{}` elsewhere",
                draft.kind, known.kind
            )),
            Some(_) => {}
            None => {
                group.path.insert(name.clone(), draft);
            }
        }
        segments.push(format!("{{{name}}}"));
        used.insert(name);
        place.push_str("/{}");
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
