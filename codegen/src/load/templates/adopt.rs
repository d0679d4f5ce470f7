//! The groups that templates make, among those of the spec.

use crate::spec::{Endpoint, Group};

/// Inserts the generated groups after the groups that use their templates, with the path parameters that they
/// share. A parameter that is not in the paths of the using group belongs only to the new one.
pub(in super::super) fn adopt(kept: Vec<Group>, made: Vec<Group>) -> Vec<Group> {
    let mut groups = kept;
    let mut given: Vec<(usize, String)> = Vec::new();
    for mut group in made {
        let Some(made) = &group.made else {
            groups.push(group);
            continue;
        };
        let parent = groups.iter().position(|kept| kept.file == made.file);
        let Some(parent) = parent else { continue };
        let shared = groups[parent].path.iter();
        let shared: Vec<(String, _)> = shared
            .filter(|(name, _)| !group.path.contains(name) && has_parameter(&group, name))
            .map(|(name, parameter)| (name.to_owned(), parameter.clone()))
            .collect();
        given.extend(shared.iter().map(|(name, _)| (parent, name.clone())));
        let own = group
            .path
            .iter()
            .map(|(name, own)| (name.to_owned(), own.clone()));
        group.path = shared.into_iter().chain(own.collect::<Vec<_>>()).collect();
        groups.push(group);
    }
    for (parent, name) in given {
        let group = &mut groups[parent];
        if !has_parameter(group, &name) {
            let left = group.path.iter().filter(|(it, _)| *it != name);
            group.path = left
                .map(|(name, parameter)| (name.to_owned(), parameter.clone()))
                .collect();
        }
    }
    groups
}

/// Whether a path of the group has the parameter.
fn has_parameter(group: &Group, name: &str) -> bool {
    let hole = format!("{{{name}}}");
    group.endpoints.iter().any(|endpoint| {
        let Endpoint {
            get,
            post,
            put,
            patch,
            delete,
            ..
        } = endpoint;
        let mut paths = [get, post, put, patch, delete].into_iter().flatten();
        paths.any(|path| path.contains(&hole))
    })
}
