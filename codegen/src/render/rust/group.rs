//! The folder of a group: its handles, its requests and its models, a file each.

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, emit::Source, event_data, handle, model, request, source, turns, ty};
use crate::model::{Api, Endpoint, Gate, Group, GroupId, Home, TypeDef, field_name};

/// The files of a group.
pub(super) fn sources<'a>(api: &'a Api, group: &'a Group) -> Vec<Source<'a>> {
    let (name, spec) = (&group.name, group.spec_file.as_str());
    let Some(id) = api
        .groups
        .iter()
        .position(|other| other.name == *name)
        .map(GroupId)
    else {
        return Vec::new();
    };
    let mut sources = vec![
        source(format!("{name}/mod.rs"), spec, move || {
            module(api, group, id)
        }),
        source(format!("{name}/handle.rs"), spec, move || {
            handle::tokens(api, group)
        }),
        source(format!("{name}/requests/mod.rs"), spec, move || {
            requests(group, api.endpoints_of(group))
        }),
    ];
    for endpoint in api.endpoints_of(group) {
        let path = format!("{name}/requests/{}.rs", endpoint.call);
        sources.push(source(path, spec, move || request::tokens(api, endpoint)));
    }
    sources.extend(model_sources(
        api,
        Home::Group(id),
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
        sources.push(source(path, spec, move || model::tokens(api, def)));
    }
    if home == Home::Events {
        let path = format!("{folder}/{}.rs", event_data::MODULE);
        sources.push(source(path, spec, move || event_data::tokens(api)));
    }
    sources.push(source(format!("{folder}/mod.rs"), spec, move || {
        models(api, home, &types)
    }));
    sources
}

/// The module of a type. It names a file too, which takes nothing but ASCII.
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

fn module(api: &Api, group: &Group, id: GroupId) -> TokenStream {
    let feature = &group.name;
    let (handle, reader) = (ty::ident(&group.handle), ty::ident(&group.reader));
    let mut lines = vec![docs::prose(&format!("{}: {}", group.title, group.does))];
    if !group.warning.is_empty() {
        lines.extend([String::new(), docs::prose(&group.warning)]);
    }
    for note in &group.notes {
        lines.extend([String::new(), docs::prose(note)]);
    }
    let doc = inner(&lines);
    // Types that other groups use are there without the feature; the rest comes and goes with it.
    let any = api.types.iter().any(|ty| ty.home == Home::Group(id));
    let gate = whole_gate(api, Home::Group(id)).map(|feature| quote!(#[cfg(feature = #feature)]));
    let models = any.then(|| quote!(#gate mod models; #gate pub use self::models::*;));
    quote! {
        #doc
        #[cfg(feature = #feature)]
        mod handle;
        #models
        #[cfg(feature = #feature)]
        pub mod requests;
        #[cfg(feature = #feature)]
        pub use self::handle::{#handle, #reader};
    }
}

fn requests(group: &Group, endpoints: &[Endpoint]) -> TokenStream {
    let doc = inner(&[format!(
        "The requests of [`{}`](super::{}).",
        group.name, group.handle
    )]);
    let modules = endpoints.iter().map(|endpoint| ty::ident(&endpoint.call));
    let uses = endpoints.iter().map(|endpoint| {
        let (module, request) = (ty::ident(&endpoint.call), ty::ident(&endpoint.request));
        quote!(pub use self::#module::#request;)
    });
    quote! {
        #doc
        #(mod #modules;)*
        #(#uses)*
    }
}

fn models(api: &Api, home: Home, types: &[&TypeDef]) -> TokenStream {
    let doc = inner(&[match home {
        Home::Group(_) => "The types of this group.".to_owned(),
        Home::Shared => "Types that several groups use.".to_owned(),
        Home::Events => {
            "What webhook deliveries carry: the delivery itself and a payload for each event."
                .to_owned()
        }
    }]);
    let whole = whole_gate(api, home).is_some();
    let gate = |def: &TypeDef| match def.gate {
        Gate::Always => None,
        Gate::Feature(_) if whole => None,
        Gate::Feature(group) => {
            let feature = &api.group(group).name;
            Some(quote!(#[cfg(feature = #feature)]))
        }
    };
    let items = types.iter().map(|def| {
        let (module, name) = (ty::ident(&file(def)), ty::ident(&def.name));
        let gate = gate(def);
        (
            quote!(#gate mod #module;),
            quote!(#gate pub use self::#module::#name;),
        )
    });
    let (modules, uses): (Vec<_>, Vec<_>) = items.unzip();
    let data = (home == Home::Events).then(|| {
        let (module, name) = (ty::ident(event_data::MODULE), ty::ident(event_data::NAME));
        quote!(mod #module; pub use self::#module::#name;)
    });
    let unfinished = unfinished(types, gate);
    quote!(#doc #(#modules)* #(#uses)* #data #unfinished)
}

/// The module of values that still lack something required, where types of this home have such.
fn unfinished(
    types: &[&TypeDef],
    gate: impl Fn(&TypeDef) -> Option<TokenStream>,
) -> Option<TokenStream> {
    let uses: Vec<_> = types
        .iter()
        .map(|def| (def, turns::names(def)))
        .filter(|(_, names)| !names.is_empty())
        .map(|(def, names)| {
            let (module, gate) = (ty::ident(&file(def)), gate(def));
            quote!(#gate pub use super::#module::{#(#names),*};)
        })
        .collect();
    let name = ty::ident(turns::MODULE);
    (!uses.is_empty()).then(|| {
        quote! {
            /// Values that still lack something required, as `new` makes them where what is required
            /// could be exchanged unnoticed.
            pub mod #name { #(#uses)* }
        }
    })
}

/// The feature that gates every type of `home`, so that it can stand once above all of them.
fn whole_gate(api: &Api, home: Home) -> Option<&str> {
    let mut gates = api
        .types
        .iter()
        .filter(|ty| ty.home == home)
        .map(|ty| ty.gate);
    let Some(Gate::Feature(group)) = gates.next() else {
        return None;
    };
    gates
        .all(|gate| gate == Gate::Feature(group))
        .then(|| api.group(group).name.as_str())
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
