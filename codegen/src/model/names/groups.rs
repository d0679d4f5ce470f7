//! The names of groups: modules of the client, methods of `Client`, variants of `Group`, cargo features
//! and pages of the docs.

use std::collections::HashMap;

use super::{
    claims::{OTHER_NAME, RENAME, Taken, reserved, what},
    module_name,
    reserved::{CLIENT_METHODS, FEATURES, MODULES},
    types::Handles,
};
use crate::{
    diagnostic::{At, Diagnostics},
    docs_pages,
    index::Index,
    spec::Group,
};

pub(in crate::model) struct GroupNames {
    /// The module, which is also the method of `Client`.
    pub module: String,
    /// The cargo feature.
    pub feature: String,
}

/// Claims the names of all groups, whose handles are the variants of `Group`, too.
pub(in crate::model) fn groups(
    cx: &Index<'_>,
    handles: &[Handles],
    out: &mut Diagnostics,
) -> Vec<GroupNames> {
    let mut modules = Taken::new(what("the client", []));
    let mut variants = Taken::new(what("`Group`", []));
    let pages: Vec<&str> = docs_pages::names().collect();
    let mut times: HashMap<&str, usize> = HashMap::new();
    for (group, _) in cx.groups() {
        *times.entry(&group.group).or_default() += 1;
    }
    let names = cx.groups().zip(handles).map(|((group, at), handles)| {
        let module = module_name(&group.group);
        let feature = feature(group, &module, at, out);
        let thing = what("the group `{}`", [&group.group]).at_value(at.key("group"));
        let taken = [
            (MODULES, "the client has a module of that name"),
            (FEATURES, "the client has a feature of that name"),
            (CLIENT_METHODS, "the client has a method of that name"),
            (&*pages, "the docs have a page of that name"),
        ];
        let taken = taken
            .iter()
            .find(|(names, _)| names.contains(&module.as_str()));
        // A duplicate group is reported as a duplicate id.
        let again = times.get(&*group.group).is_some_and(|times| *times > 1);
        if let Some((_, why)) = taken {
            reserved(&module, why, OTHER_NAME, thing.place(), out);
        } else if !(again && modules.has(&module)) {
            let before = out.len();
            modules.take(&module, thing, RENAME, out);
            if out.len() == before {
                variants.take(&handles.own.handle, thing, RENAME, out);
            }
        }
        GroupNames { module, feature }
    });
    names.collect()
}

/// The feature that enables a group, its own or a shared one.
fn feature(group: &Group, module: &str, at: At<'_>, out: &mut Diagnostics) -> String {
    let Some(feature) = &group.feature else {
        return module.to_owned();
    };
    // A group made by a template has the feature of the group that uses it, where it is checked.
    if group.made.is_none() {
        let place = at.key("feature").value();
        let spelled = module_name(feature);
        if FEATURES.contains(&feature.as_str()) {
            let why = "the client has a feature of that name";
            reserved(feature, why, OTHER_NAME, place, out);
        } else if spelled != *feature {
            let why = "a feature has the name of a Rust module";
            let help = format!("write `{spelled}`");
            reserved(feature, why, &help, place, out);
        }
    }
    feature.clone()
}
