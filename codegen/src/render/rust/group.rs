//! The folder of a group: its handles, its requests and its models, one file each.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    docs,
    emit::Source,
    event_data, handle, model,
    print::{Text, literal},
    request, source, turns,
};
use crate::model::{Api, Endpoint, Gate, Group, Home, TypeDef, field_name};

/// The files of a group.
pub(super) fn sources<'a>(api: &'a Api, group: &'a Group) -> Vec<Source<'a>> {
    let (name, spec) = (&group.name, group.spec_file.as_str());
    let mut sources = vec![
        source(format!("{name}/mod.rs"), spec, move || module(api, group)),
        source(format!("{name}/handle.rs"), spec, move || {
            handle::text(api, group)
        }),
        source(format!("{name}/requests/mod.rs"), spec, move || {
            requests(api, group, api.endpoints_of(group))
        }),
    ];
    for endpoint in api.endpoints_of(group) {
        let path = format!("{name}/requests/{}.rs", endpoint.call);
        sources.push(source(path, spec, move || request::text(api, endpoint)));
    }
    sources.extend(model_sources(
        api,
        Home::Group(group.id),
        format!("{name}/models"),
        spec,
    ));
    sources
}

/// The files of the types that belong to no group.
pub(super) fn shared_sources<'a>(api: &'a Api, home: Home, spec: &'a str) -> Vec<Source<'a>> {
    model_sources(api, home, api.module(home).to_owned(), spec)
}

fn model_sources<'a>(api: &'a Api, home: Home, folder: String, spec: &'a str) -> Vec<Source<'a>> {
    let types: Vec<&TypeDef> = api.types.iter().filter(|ty| ty.home == home).collect();
    let mut sources = Vec::new();
    for &def in &types {
        let path = format!("{folder}/{}.rs", file(def));
        sources.push(source(path, spec, move || model::text(api, def)));
    }
    if home == Home::Events {
        let path = format!("{folder}/{}.rs", event_data::MODULE);
        sources.push(source(path, spec, move || event_data::text(api)));
    }
    sources.push(source(format!("{folder}/mod.rs"), spec, move || {
        models(api, home, &types)
    }));
    sources
}

/// The module of a type. It is also the name of a file, so it has only ASCII characters.
fn file(def: &TypeDef) -> String {
    let name = field_name(&def.name);
    if name.is_ascii() {
        return name;
    }
    let spelled = |c: char| {
        if c.is_ascii() {
            c.to_string()
        } else {
            format!("u{:x}", u32::from(c))
        }
    };
    name.chars().map(spelled).collect()
}

fn module(api: &Api, group: &Group) -> Text {
    let mut lines = vec![docs::prose(&format!("{}: {}", group.title, group.does))];
    if !group.warning.is_empty() {
        lines.extend([String::new(), docs::prose(&group.warning)]);
    }
    for note in &group.notes {
        lines.extend([String::new(), docs::prose(note)]);
    }
    lines.extend(docs::on_the_site(api, group));
    let mut text = Text::default();
    text.module_docs(&lines);
    // Types that other groups use do not need the feature; the rest does, and so does the whole module if
    // there are no such types.
    let home = Home::Group(group.id);
    let gated = whole_gate(api, home).is_none();
    let any = api.types.iter().any(|ty| ty.home == home);
    let own = |text: &mut Text, item: &str| {
        if gated {
            text.line(&format!("#[cfg(feature = {})]", literal(&group.feature)));
        }
        text.line(item);
    };
    own(&mut text, "mod handle;");
    if any {
        text.line("mod models;");
    }
    own(&mut text, "pub mod requests;");
    text.line("");
    let handles = handles(api, group).join(", ");
    own(&mut text, &format!("pub use self::handle::{{{handles}}};"));
    if any {
        text.line("pub use self::models::*;");
    }
    text
}

/// The names of a group's handles.
fn handles<'a>(api: &Api, group: &'a Group) -> Vec<&'a str> {
    let own = api.has_own_handle(group);
    let own = own.then_some([&*group.handle, &*group.reader]);
    let nested = group.nested.as_ref();
    let nested = nested.map(|nested| [&*nested.handle, &*nested.reader]);
    let mut handles: Vec<_> = own.into_iter().chain(nested).flatten().collect();
    handles.sort_unstable();
    handles
}

fn requests(api: &Api, group: &Group, endpoints: &[Endpoint]) -> Text {
    let mut text = Text::default();
    text.module_docs(&[format!(
        "The requests of [`{}`](super::{}).",
        group.name,
        handles(api, group).first().unwrap_or(&"")
    )]);
    for endpoint in endpoints {
        text.line(&format!("mod {};", endpoint.call));
    }
    text.line("");
    for endpoint in endpoints {
        text.line(&format!(
            "pub use self::{}::{};",
            endpoint.call, endpoint.request
        ));
    }
    text
}

fn models(api: &Api, home: Home, types: &[&TypeDef]) -> Text {
    let mut text = Text::default();
    text.module_docs(&[match home {
        Home::Group(_) => "The types of this group.".to_owned(),
        Home::Shared => "Types that several groups use.".to_owned(),
        Home::Events => {
            "The types of webhook deliveries: the delivery itself and a payload for each event."
                .to_owned()
        }
    }]);
    let whole = whole_gate(api, home).is_some();
    let gate = |text: &mut Text, def: &TypeDef| {
        if let (Gate::Feature(group), false) = (def.gate, whole) {
            let feature = literal(&api.group(group).feature);
            text.line(&format!("#[cfg(feature = {feature})]"));
        }
    };
    for def in types {
        gate(&mut text, def);
        text.line(&format!("mod {};", file(def)));
    }
    if home == Home::Events {
        text.line(&format!("mod {};", event_data::MODULE));
    }
    text.line("");
    for def in types {
        gate(&mut text, def);
        text.line(&format!("pub use self::{}::{};", file(def), def.name));
    }
    if home == Home::Events {
        let (module, name) = (event_data::MODULE, event_data::NAME);
        text.line(&format!("pub use self::{module}::{name};"));
    }
    unfinished(&mut text, types, gate);
    text
}

/// Prints the module of incomplete values, if types of this home have such.
fn unfinished(text: &mut Text, types: &[&TypeDef], gate: impl Fn(&mut Text, &TypeDef)) {
    let named = types.iter().map(|def| (def, turns::names(def)));
    let named: Vec<_> = named.filter(|(_, names)| !names.is_empty()).collect();
    if named.is_empty() {
        return;
    }
    text.line("");
    text.docs(&[
        "Values with missing required fields, which `new` returns if its arguments could be \
         swapped unnoticed."
            .to_owned(),
    ]);
    text.block(&format!("pub mod {}", turns::MODULE), |text| {
        for (def, names) in named {
            gate(text, def);
            let names = names.join(", ");
            text.line(&format!("pub use super::{}::{{{names}}};", file(def)));
        }
    });
}

/// The feature that gates every type of `home`, so that it can be written once above all of them.
pub(super) fn whole_gate(api: &Api, home: Home) -> Option<&str> {
    let mut gates = api
        .types
        .iter()
        .filter(|ty| ty.home == home)
        .map(|ty| ty.gate);
    let feature = |gate| match gate {
        Gate::Always => None,
        Gate::Feature(group) => Some(api.group(group).feature.as_str()),
    };
    let first = match (gates.next(), home) {
        (Some(gate), _) => feature(gate)?,
        (None, Home::Group(group)) => &api.group(group).feature,
        (None, _) => return None,
    };
    gates
        .all(|gate| feature(gate) == Some(first))
        .then_some(first)
}

/// Inner doc attributes.
pub(super) fn inner(lines: &[String]) -> TokenStream {
    let lines = lines.iter().flat_map(|line| {
        let wrapped: Vec<String> = if line.is_empty() {
            vec![String::new()]
        } else {
            textwrap::wrap(line, 96)
                .iter()
                .map(|part| format!(" {part}"))
                .collect()
        };
        wrapped
    });
    quote!(#(#![doc = #lines])*)
}
