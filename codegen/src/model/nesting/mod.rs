//! Handles on the handles of other groups: the parent of each, its parameters, and its endpoints.

mod narrowed;
mod place;

use self::{
    narrowed::{all_agree, narrow, narrowed},
    place::{Place, above, place},
};
use super::{Endpoint, Group, Nested, Parameter, names::Handles};
use crate::{
    diagnostic::{At, Code, Diagnostic, Diagnostics},
    index::{GroupId, Index, placeholders},
    spec,
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
