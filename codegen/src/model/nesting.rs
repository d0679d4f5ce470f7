//! Handles on the handles of other groups: the parent of each, its parameters, and its endpoints.

use super::{
    Endpoint, Group, Narrowed, Nested, Parameter,
    names::{self, Handles},
};
use crate::{
    diagnostic::{At, Code, Diagnostic, Diagnostics},
    index::{EndpointAt, GroupId, Home, Index, placeholders},
    spec,
    types::TypeExpr,
};

pub static UNKNOWN_PARENT: Code = Code::error(
    "E107",
    "unknown-parent",
    "The parent of a nested group exists and is not nested under that group.",
);
pub static HANDLE_FORM: Code = Code::error(
    "E108",
    "handle-form",
    "`under` and `handle` are set together, a handle is a method with parameters of the group's paths, \
     and `narrowed` names a query parameter of its calls.",
);
pub static NARROWED_TYPE: Code = Code::error(
    "E110",
    "narrowed-type",
    "The parameter that narrows a handle has the same type in all calls.",
);
/// The codes that may be reported here.
pub static CODES: &[&Code] = &[&UNKNOWN_PARENT, &HANDLE_FORM, &NARROWED_TYPE];

/// The place of a group's handle.
#[derive(Clone)]
pub(super) struct Place<'a> {
    under: usize,
    method: &'a str,
    /// The parameters of the method.
    takes: Vec<&'a str>,
}

/// The places of all handles.
pub(super) struct Nesting<'a> {
    /// The place of each group's handle; `None` for a group that is not nested.
    places: Vec<Option<Place<'a>>>,
    sound: bool,
}

impl<'a> Nesting<'a> {
    /// The methods that return the handles nested in that of the group at this position, each with its group
    /// and its place.
    pub fn under(
        &self,
        cx: &Index<'a>,
        group: usize,
    ) -> impl Iterator<Item = (&'a str, &'a str, At<'a>)> {
        let places = self.places.iter().zip(cx.groups());
        places.filter_map(move |(place, (below, at))| {
            let place = place.as_ref().filter(|place| place.under == group)?;
            Some((place.method, &*below.group, at))
        })
    }
}

/// Finds the place of each group's handle.
pub(super) fn resolve<'a>(cx: &Index<'a>, out: &mut Diagnostics) -> Nesting<'a> {
    let groups: Vec<_> = cx.groups().collect();
    let places = groups.iter().enumerate();
    let places = places.map(|(index, (group, at))| place(cx, index, group, *at, out));
    let places: Vec<_> = places.collect();
    let sound = places.iter().all(Option::is_some);
    let places: Vec<_> = places.into_iter().map(Option::flatten).collect();
    let narrow = groups.iter().enumerate();
    let narrow = narrow.filter(|(index, (group, at))| !narrowed(cx, *index, group, *at, out));
    let sound = narrow.count() == 0 && sound;
    let sound = sound && all_reach(cx, &places, &groups, out);
    let sound = sound && all_agree(cx, &places, &groups, out);
    Nesting { places, sound }
}

/// Reports what keeps the handle of a group from being narrowed to a single resource.
fn narrowed(
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

/// Whether each nested handle can be reached and has a call; reports those that cannot or have none.
fn all_reach(
    cx: &Index<'_>,
    places: &[Option<Place<'_>>],
    groups: &[(&spec::Group, At<'_>)],
    out: &mut Diagnostics,
) -> bool {
    let circles = (0..places.len()).filter(|at| above(places, *at).is_none());
    let circles: Vec<usize> = circles.collect();
    for at in &circles {
        let (group, at) = &groups[*at];
        let message = format!("`{}` is nested under itself", group.group);
        out.push(
            Diagnostic::new(&UNKNOWN_PARENT, at.key("under").value(), message)
                .help("remove `under` and `handle` from the outermost of these groups"),
        );
    }
    if !circles.is_empty() {
        return false;
    }
    let lost = (0..places.len()).filter(|index| !reaches(cx, places, *index, groups, out));
    lost.count() == 0
}

/// Whether a group has a call on its nested handle; reports that it has none.
fn reaches(
    cx: &Index<'_>,
    places: &[Option<Place<'_>>],
    index: usize,
    groups: &[(&spec::Group, At<'_>)],
    out: &mut Diagnostics,
) -> bool {
    let (Some((_, at)), Some(way)) = (groups.get(index), above(places, index)) else {
        return true;
    };
    let takes: Vec<&str> = way.iter().flat_map(|it| it.takes.iter().copied()).collect();
    let mut paths = cx.endpoints_of(index).flat_map(|it| it.methods());
    let found = way.is_empty()
        || paths.any(|(_, path)| {
            let names: Vec<&str> = placeholders(path).collect();
            takes.iter().all(|name| names.contains(name))
        });
    if !found {
        let all: Vec<String> = takes.iter().map(|name| format!("`{name}`")).collect();
        let message = format!("no path of this group has all of {}", all.join(", "));
        out.push(
            Diagnostic::new(&HANDLE_FORM, at.key("handle").value(), message)
                .why("a nested handle also has the parameters of the handles above it")
                .help("nest it under another group, or correct the paths"),
        );
    }
    found
}

/// Whether the parameter that narrows a handle has the same type in all the calls that have it; reports
/// differences, because the method of the handle takes it once.
fn all_agree<'a>(
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

/// The outer option is none if something is wrong.
#[allow(
    clippy::option_option,
    reason = "a group may well stand under no other"
)]
fn place<'a>(
    cx: &Index<'a>,
    index: usize,
    group: &'a spec::Group,
    at: At<'a>,
    out: &mut Diagnostics,
) -> Option<Option<Place<'a>>> {
    let (under, handle) = match (&group.under, &group.handle) {
        (None, None) => return Some(None),
        (Some(under), Some(handle)) => (under, handle),
        (under, _) => {
            let (has, lacks) = if under.is_some() {
                ("under", "handle")
            } else {
                ("handle", "under")
            };
            let message = format!("`{has}` requires `{lacks}`");
            let help = match lacks {
                "handle" => "name the method, as in `handle: images(product_id)`",
                _ => "name the group whose handle has the method, as in `under: products`",
            };
            out.push(Diagnostic::new(&HANDLE_FORM, at.key(has).name(), message).help(help));
            return None;
        }
    };
    let Some(parent) = cx.group(under) else {
        let message = format!("there is no group `{under}`");
        let known = cx.document.groups.iter().map(|it| it.group.as_str());
        let problem = Diagnostic::new(&UNKNOWN_PARENT, at.key("under").value(), message)
            .lacks(under)
            .meant(under, cx.candidates(known));
        out.push(match problem.help.is_empty() {
            true => problem.help("correct the name, or add the group"),
            false => problem,
        });
        return None;
    };
    let form = || {
        Diagnostic::new(
            &HANDLE_FORM,
            at.key("handle").value(),
            "this is not a handle",
        )
    };
    let Some((method, takes)) = names::handle_parts(handle) else {
        out.push(form().help("write a method and its parameters, as in `images(product_id)`"));
        return None;
    };
    if names::field_name(method) != method {
        let name = names::field_name(method);
        out.push(form().help(format!("name the method `{name}`, as methods are in Rust")));
        return None;
    }
    let paths = cx.endpoints_of(index).flat_map(|it| it.methods());
    let known: Vec<&str> = paths.flat_map(|(_, path)| placeholders(path)).collect();
    if let Some(name) = takes.iter().find(|name| !known.contains(name)) {
        let message = format!("no path of this group has the parameter `{name}`");
        out.push(
            Diagnostic::new(&HANDLE_FORM, at.key("handle").value(), message)
                .meant(name, cx.candidates(known)),
        );
        return None;
    }
    Some(Some(Place {
        under: parent,
        method,
        takes,
    }))
}

/// The places from the outermost down to that of a group; `None` if they form a circle.
fn above<'p, 'a>(places: &'p [Option<Place<'a>>], group: usize) -> Option<Vec<&'p Place<'a>>> {
    let mut way = Vec::new();
    let mut at = group;
    while let Some(place) = &places[at] {
        if way.len() > places.len() {
            return None;
        }
        way.push(place);
        at = place.under;
    }
    way.reverse();
    Some(way)
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
fn narrow(
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

/// Puts the handles into the groups, and the endpoints onto them.
pub(super) fn finish(
    cx: &Index<'_>,
    nesting: &Nesting<'_>,
    handles: &[Handles],
    groups: &mut [Group],
    endpoints: &mut [Endpoint],
) -> Option<()> {
    let places = nesting.sound.then_some(&nesting.places)?;
    let specs: Vec<_> = cx.groups().collect();
    narrow(places, &specs, groups, endpoints)?;
    for ((at, group), names) in groups.iter_mut().enumerate().zip(handles) {
        let (Some(place), Some(pair)) = (&places[at], names.nested.clone()) else {
            continue;
        };
        let way = above(places, at)?;
        let takes: Vec<&str> = way
            .iter()
            .flat_map(|place| place.takes.iter().copied())
            .collect();
        let own = endpoints
            .get_mut(group.endpoints.clone())
            .unwrap_or_default();
        let mut parameters: Vec<Parameter> = Vec::new();
        for endpoint in own {
            let found = |name: &&str| endpoint.path_parameters.iter().find(|it| it.wire == **name);
            let found: Option<Vec<&Parameter>> = takes.iter().map(found).collect();
            if let Some(found) = found {
                if parameters.is_empty() {
                    parameters = found.into_iter().cloned().collect();
                }
                endpoint.nested = true;
            }
        }
        group.nested = Some(Nested {
            under: GroupId(place.under),
            method: place.method.to_owned(),
            reader: pair.reader,
            handle: pair.handle,
            takes: parameters,
            own: place.takes.len(),
        });
    }
    Some(())
}
