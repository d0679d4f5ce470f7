//! Handles that are narrowed to a single resource by a query parameter of their calls.

use super::{
    HANDLE_FORM, NARROWED_TYPE,
    place::{Place, above},
};
use crate::{
    diagnostic::{At, Diagnostic, Diagnostics},
    index::{EndpointAt, Home, Index},
    model::{Endpoint, Group, Narrowed, names},
    spec,
    types::TypeExpr,
};

/// Reports what keeps the handle of a group from being narrowed to a single resource.
pub(super) fn narrowed(
    cx: &Index<'_>,
    index: usize,
    group: &spec::Group,
    at: At<'_>,
    out: &mut Diagnostics,
) -> bool {
    let Some(narrowed) = &group.narrowed else {
        return true;
    };
    let place = |key| at.key("narrowed").key(key).value();
    let name = names::field_name(&narrowed.name);
    if name != narrowed.name {
        let message = "this is not a valid method name";
        out.push(
            Diagnostic::new(&HANDLE_FORM, place("name"), message)
                .help(format!("name the method `{name}`, as methods are in Rust")),
        );
        return false;
    }
    let known: Vec<&str> = cx
        .endpoints_of(index)
        .flat_map(|it| it.spec.query.iter().map(|(name, _)| name))
        .collect();
    if !known.contains(&&*narrowed.by) {
        let message = format!("no call of this group has the parameter `{}`", narrowed.by);
        out.push(
            Diagnostic::new(&HANDLE_FORM, place("by"), message)
                .meant(&narrowed.by, cx.candidates(known)),
        );
        return false;
    }
    true
}

/// Whether the parameter that narrows a handle has the same type in all the calls that have it; reports
/// differences, because the method of the handle takes it once.
pub(super) fn all_agree<'a>(
    cx: &Index<'a>,
    places: &[Option<Place<'a>>],
    groups: &[(&'a spec::Group, At<'a>)],
    out: &mut Diagnostics,
) -> bool {
    let mut sound = true;
    for (index, (group, _)) in groups.iter().enumerate() {
        let Some(narrowed) = &group.narrowed else {
            continue;
        };
        let by = narrowed.by.as_str();
        let is_below = |it: &usize| {
            let found = narrowing(places, groups, *it);
            *it != index && found.is_some_and(|(at, _)| at == index)
        };
        let all = std::iter::once(index).chain((0..groups.len()).filter(is_below));
        let calls = all.flat_map(|it| cx.endpoints_of(it));
        let mut taken = calls.flat_map(|call| types_of(cx, call, by));
        let Some((first, as_first, first_at)) = taken.next() else {
            continue;
        };
        for (kind, _, at) in taken.filter(|(_, meaning, _)| *meaning != as_first) {
            let message = format!("`{by}` is `{kind}` here, but `{first}` in another call");
            out.push(
                Diagnostic::new(&NARROWED_TYPE, at.value(), message)
                    .also(first_at.value(), format!("`{first}` here"))
                    .why(format!(
                        "`{}` has it as one argument for all calls",
                        narrowed.name
                    ))
                    .help("write the same type in both, or narrow the handle by another parameter"),
            );
            sound = false;
        }
    }
    sound
}

/// A type without the name of the schema's group, and the file that declares the schema.
type Meaning = (String, Option<Home>);

/// The types of the query parameter of this name in a call: as written, resolved, and their places. Invalid
/// ones are reported elsewhere.
fn types_of<'a>(
    cx: &Index<'a>,
    call: EndpointAt<'a>,
    name: &'a str,
) -> Vec<(&'a str, Meaning, At<'a>)> {
    let parameter = call
        .spec
        .query
        .get(name)
        .map(|it| (it.kind.as_str(), "query"));
    let filter = call.spec.filters.get(name);
    let filter = filter.filter(|it| it.ops.iter().any(|op| op == "eq"));
    let filter = filter.map(|it| (it.kind.as_str(), "filters"));
    let found = parameter.into_iter().chain(filter);
    let found = found.filter_map(|(kind, key)| {
        let at = call.at.key(key).key(name).key("type");
        Some((kind, meaning(cx, call.home, kind)?, at))
    });
    found.collect()
}

fn meaning(cx: &Index<'_>, home: Home, kind: &str) -> Option<Meaning> {
    let ty = cx.read(home, kind).ok()?;
    let written = ty.expr.to_string();
    let TypeExpr::Named { group, .. } = ty.expr.leaf() else {
        return Some((written, None));
    };
    let bare = match group {
        Some(group) => written.replacen(&format!("{group}."), "", 1),
        None => written,
    };
    Some((bare, Some(ty.schema?.home)))
}

/// The group that narrows the handle of a group: itself, or else the nearest parent that does.
fn narrowing<'s>(
    places: &[Option<Place<'_>>],
    groups: &[(&'s spec::Group, At<'_>)],
    group: usize,
) -> Option<(usize, &'s spec::Narrowed)> {
    let way = above(places, group)?;
    let above = way.iter().rev().map(|place| place.under);
    let mut nearest = std::iter::once(group).chain(above);
    nearest.find_map(|at| Some((at, groups.get(at)?.0.narrowed.as_ref()?)))
}

/// Records how handles are narrowed to a single resource, and which calls on them it affects.
pub(super) fn narrow(
    places: &[Option<Place<'_>>],
    specs: &[(&spec::Group, At<'_>)],
    groups: &mut [Group],
    endpoints: &mut [Endpoint],
) -> Option<()> {
    for (at, group) in groups.iter_mut().enumerate() {
        let own = endpoints.get_mut(group.endpoints.clone())?;
        let Some((by, narrowed)) = narrowing(places, specs, at) else {
            continue;
        };
        let mut parameter = None;
        for endpoint in own {
            if let Some(found) = endpoint.query.iter().find(|it| it.wire == narrowed.by) {
                endpoint.narrowed_by = Some(narrowed.by.clone());
                parameter.get_or_insert_with(|| found.clone());
            }
        }
        if by == at {
            group.narrowed = Some(Narrowed {
                method: narrowed.name.clone(),
                parameter: parameter?,
                does: narrowed.does.clone(),
            });
        }
    }
    Some(())
}
