//! The place of a group's handle: the handle that it is on, and its method there.

use super::{HANDLE_FORM, UNKNOWN_PARENT};
use crate::{
    diagnostic::{At, Diagnostic, Diagnostics},
    index::{Index, placeholders},
    model::names,
    spec,
};

/// The place of a group's handle.
#[derive(Clone)]
pub(super) struct Place<'a> {
    pub under: usize,
    pub method: &'a str,
    /// The parameters of the method.
    pub takes: Vec<&'a str>,
}

/// The outer option is none if something is wrong.
#[allow(clippy::option_option, reason = "a group need not be nested")]
pub(super) fn place<'a>(
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
pub(super) fn above<'p, 'a>(
    places: &'p [Option<Place<'a>>],
    group: usize,
) -> Option<Vec<&'p Place<'a>>> {
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
