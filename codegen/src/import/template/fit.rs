//! Matches each drafted endpoint with a call of a template.

use std::collections::BTreeMap;

use super::{Call, Template};
use crate::{
    bare_path,
    import::draft::{DraftEndpoint, DraftGroup},
};

/// The endpoints of a draft as calls of a template.
pub(super) struct Fit<'f> {
    /// The values of the placeholders at the start of paths.
    pub paths: BTreeMap<&'f str, &'f str>,
    /// The matched calls, each with its endpoint.
    pub calls: Vec<(&'f Call, &'f DraftEndpoint)>,
}

/// The match of all endpoints of a group with calls of a template, most of which must exist.
pub(super) fn fit<'f>(template: &'f Template, group: &'f DraftGroup) -> Option<Fit<'f>> {
    // Each endpoint is another call, so there are few combinations.
    if group.endpoints.len() > template.calls.len() {
        return None;
    }
    let mut holes: Vec<&str> = Vec::new();
    for call in &template.calls {
        if !holes.contains(&&*call.hole) {
            holes.push(&call.hole);
        }
    }
    let mut starts: Vec<&str> = Vec::new();
    for endpoint in &group.endpoints {
        for call in template
            .calls
            .iter()
            .filter(|call| call.method == endpoint.method)
        {
            if let Some(start) = start(call, &endpoint.path).filter(|it| !starts.contains(it)) {
                starts.push(start);
            }
        }
    }
    let fits = ways(&holes, &starts).into_iter();
    let best = fits
        .filter_map(|paths| with(template, group, paths))
        .max_by_key(|fit| fit.calls.len())?;
    (best.calls.len() * 2 > template.calls.len()).then_some(best)
}

/// The start of a path that ends like that of a call.
fn start<'p>(call: &Call, path: &'p str) -> Option<&'p str> {
    let behind = call.rest.matches('/').count();
    let (at, _) = path.rmatch_indices('/').nth(behind.checked_sub(1)?)?;
    let (start, rest) = path.split_at_checked(at)?;
    (bare_path::bare(rest) == bare_path::bare(&call.rest)).then_some(start)
}

/// Each combination of starts for the placeholders.
fn ways<'f>(holes: &[&'f str], starts: &[&'f str]) -> Vec<BTreeMap<&'f str, &'f str>> {
    let mut all = vec![BTreeMap::new()];
    for hole in holes {
        let longer = all.iter().flat_map(|way: &BTreeMap<_, _>| {
            starts.iter().map(|start| {
                let mut way = way.clone();
                way.insert(*hole, *start);
                way
            })
        });
        all = longer.collect();
    }
    all
}

fn with<'f>(
    template: &'f Template,
    group: &'f DraftGroup,
    paths: BTreeMap<&'f str, &'f str>,
) -> Option<Fit<'f>> {
    let mut calls = Vec::new();
    for endpoint in &group.endpoints {
        let takes_list = endpoint
            .takes
            .as_deref()
            .is_some_and(|it| it.starts_with('['));
        let own = template.calls.iter().filter(|call| {
            let start = start(call, &endpoint.path);
            call.method == endpoint.method
                && start.is_some()
                && start == paths.get(&*call.hole).copied()
        });
        // If an item and its collection have the same path, the body distinguishes them.
        let best = own.max_by_key(|call| call.takes_list == takes_list)?;
        if calls
            .iter()
            .any(|(call, _): &(&Call, _)| call.id == best.id)
        {
            return None;
        }
        calls.push((best, endpoint));
    }
    Some(Fit { paths, calls })
}
