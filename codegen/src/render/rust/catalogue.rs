//! The catalogue: endpoints, groups, scopes and events as constants, with all their facts in the spec.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{conflicts, docs, emit::Source, facts, group::inner, reach, service, source, ty};
use crate::{
    model::{Api, Event, Group, Scope},
    render::rust_text,
    words::of_channel,
};

/// The files of the catalogue.
pub(super) fn sources(api: &Api) -> Vec<Source<'_>> {
    let mut sources = facts::sources(api);
    sources.extend([
        source("catalogue/mod.rs".to_owned(), "", module),
        source("catalogue/endpoint.rs".to_owned(), "", move || {
            endpoints(api)
        }),
        source("catalogue/group.rs".to_owned(), "", move || groups(api)),
        source("catalogue/scope.rs".to_owned(), "scopes.yaml", move || {
            scopes(api)
        }),
        source("catalogue/event.rs".to_owned(), "events.yaml", move || {
            events(api)
        }),
        source(
            "catalogue/service.rs".to_owned(),
            "service.yaml",
            move || service::service(api),
        ),
        source("catalogue/provenance.rs".to_owned(), "", move || {
            service::provenance(api)
        }),
    ]);
    sources
}

fn module() -> TokenStream {
    let doc = inner(&["Endpoints, groups, scopes and events as constants.".to_owned()]);
    quote! {
        #doc
        mod endpoint;
        mod event;
        mod facts;
        mod group;
        pub mod provenance;
        mod scope;
        pub mod service;
        pub use self::{endpoint::Endpoint, event::Event, group::Group, scope::Scope};
    }
}

/// An enumeration of names with a fact sheet each.
fn table(
    name: &str,
    facts: &str,
    doc: &str,
    docs: impl Iterator<Item = TokenStream>,
    variants: &[&str],
    sheets: impl Iterator<Item = TokenStream>,
    imports: TokenStream,
) -> TokenStream {
    let (name, facts) = (ty::ident(name), ty::ident(facts));
    let doc = docs::paragraph(doc);
    let idents: Vec<_> = variants.iter().map(|variant| ty::ident(variant)).collect();
    let count = Literal::usize_unsuffixed(variants.len());
    quote! {
        #imports
        #doc
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum #name { #(#docs #idents,)* }
        impl #name {
            /// Every one, in the order of the docs.
            pub const ALL: &'static [Self] = &[#(Self::#idents),*];
            /// All its facts in the spec.
            pub const fn facts(self) -> &'static #facts { &FACTS[self as usize] }
        }
        static FACTS: [#facts; #count] = [#(#sheets),*];
    }
}

/// The calls by name. Their facts are in the tables of their groups, which the groups' features enable.
fn endpoints(api: &Api) -> TokenStream {
    let variants = api.endpoints.iter().map(|endpoint| {
        let line = format!(
            "`{} {}`: {}",
            endpoint.method,
            endpoint.path,
            docs::prose(&endpoint.does)
        );
        let (doc, variant) = (docs::attributes(&[line]), ty::ident(&endpoint.variant));
        let feature = &api.group(endpoint.group).feature;
        quote!(#doc #[cfg(feature = #feature)] #variant)
    });
    let all = api.endpoints.iter().map(|endpoint| {
        let (variant, feature) = (
            ty::ident(&endpoint.variant),
            &api.group(endpoint.group).feature,
        );
        quote!(#[cfg(feature = #feature)] Self::#variant)
    });
    let facts = api.endpoints.iter().map(|endpoint| {
        let variant = ty::ident(&endpoint.variant);
        let (feature, path) = (
            &api.group(endpoint.group).feature,
            facts::path(api, endpoint),
        );
        quote!(#[cfg(feature = #feature)] Self::#variant => &#path)
    });
    // A type without values would make the code that handles one unreachable.
    let features = api.features.iter().map(|feature| &feature.name);
    let bare = quote!(#[cfg(not(any(#(feature = #features),*)))]);
    quote! {
        use crate::catalogue::EndpointFacts;
        /// A call of the API.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Endpoint {
            #(#variants,)*
            #bare
            #[doc(hidden)]
            None,
        }
        impl Endpoint {
            /// Every one whose feature is enabled, in the order of the docs.
            pub const ALL: &'static [Self] = &[#(#all),*];
            /// All its facts in the spec.
            pub const fn facts(self) -> &'static EndpointFacts {
                match self {
                    #(#facts,)*
                    #bare
                    Self::None => &EndpointFacts::USUAL,
                }
            }
        }
    }
}

fn groups(api: &Api) -> TokenStream {
    let names: Vec<String> = api.groups.iter().map(|g| g.handle.clone()).collect();
    let variants: Vec<&str> = names.iter().map(String::as_str).collect();
    table(
        "Group",
        "GroupFacts",
        "A group of the API: the calls of one handle.",
        api.groups.iter().map(|group| {
            let text = format!("`{}`: {}", group.name, docs::prose(&group.does));
            docs::attributes(&[text])
        }),
        &variants,
        api.groups.iter().map(|group| group_facts(api, group)),
        quote!(
            use crate::catalogue::GroupFacts;
        ),
    )
}

fn group_facts(api: &Api, group: &Group) -> TokenStream {
    let (name, title, does) = (&group.name, &group.title, &group.does);
    let (warning, feature) = (&group.warning, &group.feature);
    let words = reach::words(group, api.endpoints_of(group));
    let within = reach::within(api, group);
    quote! {
        GroupFacts {
            name: #name,
            title: #title,
            does: #does,
            warning: #warning,
            feature: #feature,
            words: &[#(#words),*],
            within: &[#(#within),*],
        }
    }
}

fn scopes(api: &Api) -> TokenStream {
    let variants: Vec<&str> = api
        .scopes
        .iter()
        .map(|scope| scope.variant.as_str())
        .collect();
    let conflict = conflicts::import(api.areas.iter().map(|area| &area.conflicts));
    let unasked = &api.granted_unasked;
    let table = table(
        "Scope",
        "ScopeFacts",
        "An OAuth scope: the permission of a token for an area of the store.",
        api.scopes.iter().map(|scope| {
            let area = &api.areas[scope.area];
            let text = format!("`{}`: {}, {}.", scope.wire, area.label, scope.level);
            let mut lines = vec![docs::prose(&text)];
            lines.extend(docs::conflicts_apart(api, &area.conflicts));
            docs::attributes(&lines)
        }),
        &variants,
        api.scopes.iter().map(|scope| scope_facts(api, scope)),
        quote! {
            #conflict
            use crate::catalogue::ScopeFacts;
        },
    );
    quote! {
        #table
        impl Scope {
            /// What BigCommerce adds to every grant, although no app requests it. No call needs it.
            pub(crate) const GRANTED_UNASKED: &'static [&'static str] = &[#(#unasked),*];
        }
    }
}

fn scope_facts(api: &Api, scope: &Scope) -> TokenStream {
    let area = &api.areas[scope.area];
    let (wire, level, writes) = (&scope.wire, &scope.level, scope.writes);
    let (label, name, covers) = (&area.label, &area.name, &area.covers);
    let conflicts = conflicts::constant(&area.conflicts);
    let satisfied_by = scope
        .satisfied_by
        .iter()
        .map(|id| ty::ident(&api.scope(*id).variant));
    quote! {
        ScopeFacts {
            wire: #wire,
            label: #label,
            level: #level,
            area: #name,
            covers: #covers,
            writes: #writes,
            satisfied_by: &[#(Scope::#satisfied_by),*],
            conflicts: #conflicts,
        }
    }
}

fn events(api: &Api) -> TokenStream {
    let variants: Vec<&str> = api
        .events
        .iter()
        .map(|event| event.variant.as_str())
        .collect();
    let wildcards = api.wildcards.iter().map(|wildcard| &wildcard.scope);
    let conflict = conflicts::import(api.events.iter().map(|event| &event.conflicts));
    let table = table(
        "Event",
        "EventFacts",
        "An event that a store can send to a webhook.",
        api.events.iter().map(|event| {
            let mut lines = vec![format!("`{}`: {}", event.scope, docs::prose(&event.does))];
            for note in event.note.iter().cloned().chain(of_channel(event)) {
                lines.extend([String::new(), docs::prose(&note)]);
            }
            lines.extend(docs::conflicts_apart(api, &event.conflicts));
            docs::attributes(&lines)
        }),
        &variants,
        api.events.iter().map(|event| event_facts(api, event)),
        quote! {
            #conflict
            use crate::catalogue::EventFacts;
        },
    );
    quote! {
        #table
        impl Event {
            /// The wildcards that a webhook may subscribe to, such as `store/order/*`.
            pub const WILDCARDS: &'static [&'static str] = &[#(#wildcards),*];
        }
    }
}

fn event_facts(api: &Api, event: &Event) -> TokenStream {
    let (scope, does) = (&event.scope, &event.does);
    let guide = ty::option(event.guide.as_ref());
    let (payload, per_channel) = (rust_text::of_value(api, &event.payload), event.per_channel);
    let conflicts = conflicts::constant(&event.conflicts);
    quote! {
        EventFacts {
            scope: #scope, guide: #guide, does: #does, payload: #payload, per_channel: #per_channel,
            conflicts: #conflicts
        }
    }
}
